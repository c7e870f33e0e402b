package report

import (
	"context"
	"errors"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

// TestAhead reads parts concurrently and expects each row once, or the first error of reading or visiting.
func TestAhead(t *testing.T) {
	const count = 2*rowsAhead*chunksAhead + 7 // of each part: more than the queue holds
	broken := errors.New("broken")
	for name, test := range map[string]struct {
		parts     []int
		readFails int // after this many rows; 0 for never
		seeFails  int
		want      error
	}{
		"no part":       {},
		"one part":      {parts: []int{0}},
		"two parts":     {parts: []int{0, count}},
		"reading fails": {parts: []int{0, count}, readFails: rowsAhead + 1, want: broken},
		"visit fails":   {parts: []int{0, count}, seeFails: 3, want: broken},
	} {
		seen := make(map[int64]int)
		err := ahead(t.Context(), test.parts, func(_ context.Context, first int, hand func(*Row) error) error {
			for i := range count {
				if test.readFails > 0 && i == test.readFails {
					return broken
				}
				if err := hand(&Row{Record: &billing.Record{ID: int64(first + i)}}); err != nil {
					return err
				}
			}
			return nil
		}, func(row *Row) error {
			seen[row.Record.ID]++
			if len(seen) == test.seeFails {
				return broken
			}
			return nil
		})
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
		if test.want != nil {
			continue
		}
		if len(seen) != count*len(test.parts) {
			t.Errorf("%s: %d rows", name, len(seen))
		}
		for id, times := range seen {
			if times != 1 {
				t.Errorf("%s: row %d came %d times", name, id, times)
			}
		}
	}
}
