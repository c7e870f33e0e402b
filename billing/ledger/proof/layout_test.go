package proof

import (
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// A row is split into its columns, or not at all: no text in it makes another row of it.
func TestSplit(t *testing.T) {
	columns := []string{"id", "remark", "state", "late", "later"}
	for late := range 3 {
		parts := []database.DigestPart{database.InDigest, database.InDigest, database.NotInDigest, database.InDigestUnlessZero, database.InDigestUnlessZero}[:3+late]
		l := newLayout("records", columns[:3+late], parts, true)
		for separators := range 5 {
			fields := []string{"1", "x" + strings.Repeat(separator, separators), "digest", "current"}
			for _, zero := range []bool{true, false} {
				want, text := slices.Clone(fields), slices.Clone(fields)
				for range late {
					if zero {
						want = append(want, "0")
					} else {
						want, text = append(want, "7"), append(text, "7")
					}
				}
				if late > 0 && zero {
					text = append(text, lateAreZero)
				} else if late > 0 {
					text = append(text, lateAreHere)
				}
				got, ok := l.split(strings.Join(text, separator), nil)
				if ok != (separators == 0) || ok && !slices.Equal(got, want) {
					t.Errorf("%d late columns, zero %v, %d separators in a text: got %q, %v", late, zero, separators, got, ok)
				}
			}
		}
	}
}
