package workbook

import (
	"context"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/pxq-nl/pxq/billing"
)

func newTestSpool(t *testing.T) *Spool {
	t.Helper()
	dir := t.TempDir()
	spool, err := NewSpool(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := spool.Close(); err != nil {
			t.Error(err)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
			t.Errorf("left behind: %v %v", entries, err)
		}
	})
	return spool
}

func testRow(i int) []Value {
	return []Value{
		Text(fmt.Sprintf("rij %d", i)), Money(billing.Money(-i)), None(), Hours(billing.Quantity(i)).As(Wrong), Day(billing.NewDate(2026, 10, 30)),
		Text("é\x00=1+1").As(Input), None().As(Strong),
	}[:i%8]
}

// TestSpool fills many streams at the same time and reads them while others are filled: every row comes back,
// in order, with the sums.
func TestSpool(t *testing.T) {
	spool := newTestSpool(t)
	spool.SheetRows = 700
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			const count = 3000
			rows := spool.Rows()
			sum := int64(0)
			for i := range count {
				row := testRow(i)
				if len(row) > 1 {
					sum -= int64(i)
				}
				rows.Add(row...)
			}
			i := 0
			for _, part := range rows.parts {
				err := rows.each(part, func(row []Value) error {
					if want := testRow(i); len(want) != len(row) || len(want) > 0 && !reflect.DeepEqual(want, row) {
						return fmt.Errorf("row %d: got %v, want %v", i, row, want)
					}
					i++
					return nil
				})
				if err != nil {
					t.Error(err)
				}
			}
			if i != count || rows.Len() != count || rows.Sum(1) != sum || rows.Sum(99) != 0 || len(rows.parts) != 5 {
				t.Errorf("%d rows read of %d, sum %d of %d, %d parts", i, rows.Len(), rows.Sum(1), sum, len(rows.parts))
			}
		})
	}
	group.Wait()
}

// TestNotesHaveALimit: a spreadsheet program cannot open a sheet with a note at every cell.
func TestNotesHaveALimit(t *testing.T) {
	rows := newTestSpool(t).Rows()
	for range notesMax + 10 {
		rows.Add(Text("x"), Text("y").Noted("let op"))
	}
	if notes := rows.parts[0].notes; len(notes) != notesMax || notes[3] != (note{row: 3, column: 1, text: "let op", added: 3}) {
		t.Errorf("%d notes", len(notes))
	}
}

// TestJoined: joined tables are one table of their rows, with all totals, on one sheet and on several.
func TestJoined(t *testing.T) {
	const count = 900
	for _, sheetRows := range []int{SheetRows, 700} {
		spool := newTestSpool(t)
		spool.SheetRows = sheetRows
		want := spool.Rows()
		var tables []*Rows
		for first := 0; first < count; first += 300 {
			table := spool.Rows()
			for i := first; i < first+300; i++ {
				want.Add(testRow(i)...)
				if first == 300 {
					table.AddAt(int64(i), testRow(i)...)
				} else {
					table.Add(testRow(i)...)
				}
			}
			tables = append(tables, table)
		}
		got, err := spool.Joined(append(tables, spool.Rows())...)
		if err != nil || len(got.parts) != len(want.parts) {
			t.Fatalf("%d parts, want %d: %v", len(got.parts), len(want.parts), err)
		}
		for i, part := range got.parts {
			var rows, wanted []string
			err := errors.Join(
				got.each(part, func(row []Value) error { rows = append(rows, fmt.Sprint(row)); return nil }),
				want.each(want.parts[i], func(row []Value) error { wanted = append(wanted, fmt.Sprint(row)); return nil }),
			)
			if err != nil || !slices.Equal(rows, wanted) {
				t.Errorf("part %d: %d rows, want %d: %v", i, len(rows), len(wanted), err)
			}
			part.blocks, part.buffer, want.parts[i].blocks, want.parts[i].buffer = nil, nil, nil, nil
			if !reflect.DeepEqual(part, want.parts[i]) {
				t.Errorf("part %d: %+v, want %+v", i, part, want.parts[i])
			}
		}
	}
}

var errFull = errors.New("full")

// TestPacking packs sheets of all sizes: everything arrives in order, and an error in packing is returned.
func TestPacking(t *testing.T) {
	for _, rows := range []int{0, 1, 2000, 40_000} {
		var got, want strings.Builder
		out := newPacking(func(part []byte) error {
			got.Write(part)
			return nil
		})
		for i := range rows {
			line := fmt.Sprintf("regel %d van %d met wat er zoal in staat, en nog wat meer daarachter\n", i, rows)
			want.WriteString(line)
			if err := writeLine(out, line); err != nil {
				t.Fatal(err)
			}
		}
		if err := errors.Join(out.close(), out.end()); err != nil || got.String() != want.String() {
			t.Errorf("%d rows: %v", rows, err)
		}
		if (out.group != nil) != (rows == 40_000) {
			t.Errorf("%d rows: handed over is %v", rows, out.group != nil)
		}
	}
}

func writeLine(out *packing, line string) error {
	out.chunk = append(out.chunk, line...)
	return out.flushIfFull()
}

// TestPackingFails checks that an error in the packing goroutine is returned, and not that the rest was cancelled because of it.
func TestPackingFails(t *testing.T) {
	left := 2 * chunksAlone
	out := newPacking(func([]byte) error {
		if left--; left < 0 {
			return errFull
		}
		return nil
	})
	var err error
	for i := 0; i < 400_000 && err == nil; i++ {
		err = writeLine(out, fmt.Sprintf("%d %d\n", i, i*i*7919))
	}
	if out.group == nil {
		t.Fatal("nothing was handed over")
	}
	for _, told := range []error{err, out.close()} {
		if !errors.Is(told, errFull) || errors.Is(told, context.Canceled) {
			t.Errorf("told is %v", told)
		}
	}
}

// FuzzRows: malformed rows are detected, without a panic.
func FuzzRows(f *testing.F) {
	f.Add(appendRow(nil, testRow(7)))
	f.Fuzz(func(t *testing.T, data []byte) {
		reader := rowReader{data, true}
		for len(reader.data) > 0 && reader.ok {
			reader.row(nil)
		}
	})
}
