package sums_test

import (
	"math/rand/v2"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"github.com/pxq-nl/pxq/billing/ledger/sums"
)

// TestOrderDoesNotMatter adds rows in two orders, with others added and removed in between.
func TestOrderDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOf(rapid.String()).Draw(t, "rows")
		var one, other sums.Sum
		for _, row := range rows {
			one.Add("table", row)
		}
		passing := rapid.SliceOf(rapid.String()).Draw(t, "passing")
		for _, row := range passing {
			other.Remove("table", row)
		}
		for _, i := range rand.Perm(len(rows)) {
			other.Add("table", rows[i])
		}
		for _, row := range passing {
			other.Add("table", row)
		}
		if one != other || one.Count != int64(len(rows)) {
			t.Fatalf("%s and %s", one.Hex(), other.Hex())
		}
		if read, err := sums.Read(one.Count, one.Hex()); err != nil || read != one {
			t.Fatalf("read %v, %v", read, err)
		}
	})
}

// TestEveryRowCounts checks that no two rows count alike, nor a row as one of another table, nor as itself twice.
func TestEveryRowCounts(t *testing.T) {
	seen := map[string]string{}
	for i := range 1000 {
		for _, table := range []string{"a", "b"} {
			var sum sums.Sum
			for times := 1; times <= 3; times++ {
				sum.Add(table, strconv.Itoa(i))
				name := table + strconv.Itoa(i) + "×" + strconv.Itoa(times)
				if other, twice := seen[sum.Hex()]; twice {
					t.Fatalf("%s is as good as %s", name, other)
				}
				seen[sum.Hex()] = name
			}
		}
	}
}

// TestReadRefuses checks that texts that are no sum are refused.
func TestReadRefuses(t *testing.T) {
	for _, text := range []string{"", "00", "zz" + new(sums.Sum).Hex()[2:], new(sums.Sum).Hex() + "00"} {
		if _, err := sums.Read(0, text); err == nil {
			t.Errorf("%q is read", text)
		}
	}
}
