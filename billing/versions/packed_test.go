package versions

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestPacked sees that a plain reference comes back as it was, after each row of a group.
func TestPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := NewReference(nil)
		for i, text := range slices.Concat(drawPlay(t)[0]...) {
			a := newActor(t, text, 100)
			a.row.ID = 1<<40 + int64(i)
			r.Take(a.row)
			if !r.IsPlain() {
				return
			}
			if got := r.Packed().Reference(); got != r {
				t.Fatalf("got %+v, want %+v", got, r)
			}
		}
	})
}
