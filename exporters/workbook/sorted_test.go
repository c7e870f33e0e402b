package workbook

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// TestRowsWithPlaces adds rows in any order, some at the same place, and expects a table in the order of the places: in
// memory, in several baskets, on one sheet and on several, with the notes at their cells.
func TestRowsWithPlaces(t *testing.T) {
	const count = 3000
	random := rand.New(rand.NewPCG(1, 2))
	for _, noted := range []int{0, 200, 2} { // a note on every so many rows: on none, on some, on more than the limit
		rowAt := func(i int) []Value {
			row := testRow(i)
			if noted > 0 && i%noted == 0 && len(row) > 1 {
				row[1] = row[1].Noted(fmt.Sprint("let op ", i))
			}
			return row
		}
		for _, sheetRows := range []int{SheetRows, 700} {
			spool := newTestSpool(t)
			spool.SheetRows, spool.basketBits = sheetRows, 6
			want, got := spool.Rows(), spool.Rows()
			for i := range count {
				want.Add(rowAt(i)...)
			}
			order := random.Perm(count / 3)
			for _, place := range order {
				for i := 3 * place; i < 3*place+3; i++ {
					got.AddAt(int64(place), rowAt(i)...)
				}
			}
			divided, err := got.divided()
			if err != nil {
				t.Fatal(err)
			}
			if len(divided.parts) != len(want.parts) || divided.Len() != count || divided.Sum(1) != want.Sum(1) {
				t.Fatalf("%d sheets, %d rows", len(divided.parts), divided.Len())
			}
			for i, part := range divided.parts {
				if a, b := allOf(t, divided, part), allOf(t, want, want.parts[i]); !reflect.DeepEqual(a, b) {
					t.Errorf("sheet %d of %d rows each: another order", i, sheetRows)
				}
				at := func(notes []note) (at []string) {
					for _, n := range notes {
						at = append(at, fmt.Sprint(n.row, n.column, n.text))
					}
					return at
				}
				if a, b := at(part.notes), at(want.parts[i].notes); sheetRows == SheetRows && !slices.Equal(a, b) {
					t.Errorf("notes %v, want %v", a, b)
				}
			}
		}
	}
}

// allOf returns the rows of a part, encoded.
func allOf(t *testing.T, rows *Rows, p *part) (all [][]byte) {
	t.Helper()
	if err := rows.each(p, func(row []Value) error {
		all = append(all, appendRow(nil, row))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestPlacesThatAreDamaged: malformed rows are detected.
func TestPlacesThatAreDamaged(t *testing.T) {
	for name, damage := range map[string]func([]byte) []byte{
		"cut off":  func(data []byte) []byte { return data[:len(data)-1] },
		"no place": func(data []byte) []byte { return append(data, 1, 0, 0) },
		"too long": func(data []byte) []byte { data[0]++; return data },
	} {
		rows := newTestSpool(t).Rows()
		rows.AddAt(1, testRow(7)...)
		rows.baskets[0].buffer = damage(rows.baskets[0].buffer)
		if err := rows.each(rows.parts[0], func([]Value) error { return nil }); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
