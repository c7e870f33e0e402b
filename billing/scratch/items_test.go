package scratch_test

import (
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing/scratch"
)

type item struct {
	key     [2]uint64
	numbers []uint64
}

// TestItems checks that the last item of a key is found and no other, however few are held in memory, also after Truncate;
// keys share chains and lines of the filter. Each visits everything that was added, and no file is left in the folder.
func TestItems(t *testing.T) {
	folder := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		items := scratch.NewItems(folder, rapid.IntRange(0, 60).Draw(t, "held"))
		defer items.Close()
		var added []item
		marks := []scratch.Mark{0}
		for range rapid.IntRange(0, 100).Draw(t, "steps") {
			if rapid.IntRange(0, 19).Draw(t, "forget") == 0 {
				count := rapid.IntRange(0, len(added)).Draw(t, "count")
				if err := items.Truncate(marks[count]); err != nil {
					t.Fatal(err)
				}
				added, marks = added[:count], marks[:count+1]
			}
			key := [2]uint64{rapid.Uint64Range(0, 3).Draw(t, "chain"), rapid.Uint64Range(0, 10).Draw(t, "key")}
			var want []uint64
			for _, one := range added {
				if one.key == key {
					want = one.numbers
				}
			}
			found, err := items.Find(key)
			if err != nil || (found != nil) != (want != nil) || !slices.Equal(found, want) {
				t.Fatalf("%v: found %v (%v), want %v", key, found, err, want)
			}
			next := item{key, rapid.SliceOfN(rapid.Uint64(), 1, 12).Draw(t, "item")}
			if err := items.Add(key, next.numbers...); err != nil {
				t.Fatal(err)
			}
			added, marks = append(added, next), append(marks, items.Mark())
		}
		at := 0
		err := items.Each(func(key [2]uint64, numbers []uint64) error {
			if key != added[at].key || !slices.Equal(numbers, added[at].numbers) {
				t.Fatalf("item %d is %v of %v, want %v", at, numbers, key, added[at])
			}
			at++
			return nil
		})
		if err != nil || at != len(added) {
			t.Fatalf("%d items of %d, %v", at, len(added), err)
		}
	})
	if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
		t.Errorf("left %v, %v", left, err)
	}
}

// TestLongItems checks that Each visits items that are longer than a block, and those that lie across the end of one.
func TestLongItems(t *testing.T) {
	items := scratch.NewItems(t.TempDir(), 0)
	defer items.Close()
	sizes := []int{1, 5000, 5000, 20_000, 3, 8186, 1, 40_000, 1}
	for i, size := range sizes {
		if err := items.Add([2]uint64{uint64(i)}, make([]uint64, size)...); err != nil {
			t.Fatal(err)
		}
	}
	var got []int
	err := items.Each(func(key [2]uint64, item []uint64) error {
		if key != [2]uint64{uint64(len(got))} {
			t.Errorf("item %d has key %v", len(got), key)
		}
		got = append(got, len(item))
		return nil
	})
	if err != nil || !slices.Equal(got, sizes) {
		t.Errorf("%v, %v", got, err)
	}
	if found, err := items.Find([2]uint64{3}); len(found) != sizes[3] || err != nil {
		t.Errorf("%d numbers, %v", len(found), err)
	}
}

func TestTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOf(rapid.Byte()).Draw(t, "text"))
		got, rest := scratch.TextOf(append(scratch.AppendText(nil, text), 7))
		if got != text || !slices.Equal(rest, []uint64{7}) {
			t.Fatalf("%q became %q, %v", text, got, rest)
		}
	})
}

// TestItemsWithoutFolder checks that an error of writing is returned.
func TestItemsWithoutFolder(t *testing.T) {
	items := scratch.NewItems("/nowhere/at/all", 1)
	if err := items.Add([2]uint64{1, 1}, 1); err != nil {
		t.Fatal(err)
	}
	if err := items.Add([2]uint64{2, 2}, 2); err == nil {
		t.Error("no error")
	}
}

func BenchmarkItems(b *testing.B) {
	items := scratch.NewItems(b.TempDir(), 1<<19)
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
