package versions

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestNumbers checks that a reference can be restored from its numbers, and that one whose further contents are stored
// separately and added when a row needs them decides like one that has them all.
func TestNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		play := drawPlayWithCloses(t)
		p := newPlayer()
		if before := play[:len(play)-1]; len(before) > 0 {
			p = tell(t, write(before))
		}
		whole := p.reference()
		put, aside := p.reference(), make(map[Content]int64)
		numbers := put.AppendNumbers(nil)
		for i, text := range slices.Concat(play[len(play)-1]...) {
			if text[0] == '!' {
				return
			}
			a := newActor(t, text, 100)
			a.row.ID = 1<<40 + int64(i)
			r, rest := ReferenceOf(append(slices.Clone(numbers), 7))
			if !slices.Equal(rest, []uint64{7}) {
				t.Fatalf("%v are left", rest)
			}
			if again := r.AppendNumbers(nil); !slices.Equal(again, numbers) {
				t.Fatalf("%v became %v", numbers, again)
			}
			if !whole.HasMore() && !reflect.DeepEqual(r, whole) {
				t.Fatalf("got %+v, want %+v", r, whole)
			}
			if row, is := aside[a.row.Content]; is {
				r.AddContent(a.row.Content, row)
			}
			verdict, want := r.Take(a.row), whole.Take(a.row)
			if verdict != want {
				t.Fatalf("%s: got %+v, want %+v", text, verdict, want)
			}
			if verdict.Kind == Ambiguous {
				aside[a.row.Content] = a.row.ID
			}
			numbers = r.AppendNumbers(numbers[:0])
		}
		r, _ := ReferenceOf(numbers)
		if got, want := slices.Collect(r.Settle()), slices.Collect(whole.Settle()); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}
