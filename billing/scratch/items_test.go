package scratch_test

import (
	"os"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing/scratch"
)

// TestItems sees that items are found under their keys and no others, however few are held in memory, also after some were
// forgotten; keys share chains and lines of the filter. Nothing is left in the folder.
func TestItems(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		items := scratch.NewItems(folder, 2, rapid.IntRange(1, 5).Draw(t, "held"))
		defer items.Close()
		drawKey := func() [2]uint64 {
			return [2]uint64{rapid.Uint64Range(0, 3).Draw(t, "chain"), rapid.Uint64Range(0, 20).Draw(t, "key")}
		}
		var order [][2]uint64
		known := make(map[[2]uint64]uint64)
		for step := range uint64(rapid.IntRange(0, 100).Draw(t, "steps")) {
			if rapid.IntRange(0, 19).Draw(t, "forget") == 0 {
				count := rapid.IntRange(0, len(order)).Draw(t, "count")
				if err := items.Truncate(count); err != nil {
					t.Fatal(err)
				}
				for _, key := range order[count:] {
					delete(known, key)
				}
				order = order[:count]
			}
			key := drawKey()
			found, err := items.Find(key)
			value, is := known[key]
			if err != nil || (found != nil) != is || is && (found[0] != value || found[1] != ^value) {
				t.Fatalf("%v: found %v (%v), want %d, %t", key, found, err, value, is)
			}
			if !is {
				if err := items.Add(key, step, ^step); err != nil {
					t.Fatal(err)
				}
				known[key], order = step, append(order, key)
			}
			if items.Len() != len(order) {
				t.Fatalf("%d items, want %d", items.Len(), len(order))
			}
		}
	})
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// TestItemsWithoutFolder sees that what cannot be written is told.
func TestItemsWithoutFolder(t *testing.T) {
	items := scratch.NewItems("/nowhere/at/all", 1, 1)
	if err := items.Add([2]uint64{1, 1}, 1); err != nil {
		t.Fatal(err)
	}
	if err := items.Add([2]uint64{2, 2}, 2); err == nil {
		t.Error("no error")
	}
}

func BenchmarkItems(b *testing.B) {
	items := scratch.NewItems(b.TempDir(), 5, 1<<15)
	defer items.Close()
	for key := uint64(1); b.Loop(); key++ {
		mixed := [2]uint64{key * 0x9e3779b97f4a7c15, key * 0xbf58476d1ce4e5b9}
		mixed[0], mixed[1] = mixed[0]^mixed[0]>>29, mixed[1]^mixed[1]>>31
		if found, err := items.Find(mixed); found != nil || err != nil {
			b.Fatal("found", err)
		}
		if err := items.Add(mixed, 1, 2, 3, 4, 5); err != nil {
			b.Fatal(err)
		}
	}
}
