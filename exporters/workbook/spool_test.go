package workbook

import (
	"fmt"
	"os"
	"reflect"
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

// TestNotesHaveALimit: a spreadsheet with a note at every cell does not open.
func TestNotesHaveALimit(t *testing.T) {
	rows := newTestSpool(t).Rows()
	for range notesMax + 10 {
		rows.Add(Text("x"), Text("y").Noted("let op"))
	}
	if notes := rows.parts[0].notes; len(notes) != notesMax || notes[3] != (note{row: 3, column: 1, text: "let op", added: 3}) {
		t.Errorf("%d notes", len(notes))
	}
}

// FuzzRows: what is no row is noticed, never a panic.
func FuzzRows(f *testing.F) {
	f.Add(appendRow(nil, testRow(7)))
	f.Fuzz(func(t *testing.T, data []byte) {
		reader := rowReader{data, true}
		for len(reader.data) > 0 && reader.ok {
			reader.row(nil)
		}
	})
}
