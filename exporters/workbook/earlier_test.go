package workbook

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// mergedBook writes a workbook of two kinds of rows; those that are not in fresh are copied.
func mergedBook(t *testing.T, path string, columns []Column, fresh, isEarlier func(i int) bool, earlier *EarlierSheet) ([]byte, *Merged, error) {
	t.Helper()
	const count = 400
	spool := newTestSpool(t)
	book, err := New(t.TempDir(), Head{Title: "Proef"})
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close() //nolint:errcheck // it was saved or will not be
	book.AddPage("Eerst", "Proef", 10).Fact("a", Text("b"), Plain)
	kinds := make([]Kind, 3) // the last kind has no rows
	for kind := range 2 {
		rows := spool.Rows()
		for i := range count {
			place := int64((i*7919)%count + kind*count)
			row := []Value{Text(fmt.Sprint("rij ", place)), Text("<c r=\"A1\"> é\n" + fmt.Sprint(kind)), Count(int(place)), None(), Text("let op").As(Holding)}
			if fresh(int(place)) {
				rows.AddAt(place, row...)
			}
		}
		for i := range count {
			if place := i + kind*count; isEarlier(place) {
				kinds[kind].Earlier = append(kinds[kind].Earlier, Place{int64(place), !fresh(place)})
			}
		}
		kinds[kind].Rows = rows
	}
	rows, merged, err := spool.Merge(kinds, earlier)
	if err != nil {
		return nil, nil, err
	}
	if err := book.AddTable(&Table{Sheet: "Tabel", Name: "tbl", Title: "Tabel", Columns: columns, Rows: rows}); err != nil {
		t.Fatal(err)
	}
	if _, err := book.Save(path); err != nil {
		return nil, nil, err
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content, merged, nil
}

// TestMerge: a table with copied rows is, byte for byte, the table that is written whole.
func TestMerge(t *testing.T) {
	dir := t.TempDir()
	columns := []Column{{Heading: "A", Width: 5}, {Heading: "B", Width: 9, Format: Wrapped}, {Heading: "C", Width: 5, Format: Whole}, {Heading: "D", Width: 5}, {Heading: "E", Width: 5}}
	all, none := func(int) bool { return true }, func(int) bool { return false }
	third, not := func(i int) bool { return i%3 == 0 }, func(i int) bool { return i%3 != 0 }
	before := filepath.Join(dir, "voor.xlsx")
	_, merged, err := mergedBook(t, before, columns, not, none, nil)
	if err != nil {
		t.Fatal(err)
	}
	shape := &Shape{}
	for i := range 800 {
		if not(i) {
			shape.Add([]Value{Text(fmt.Sprint("rij ", i)), Text("<c r=\"A1\"> é\n0"), Count(i), None(), Text("let op").As(Holding)})
		}
	}
	kept, err := json.Marshal(shape)
	if err != nil {
		t.Fatal(err)
	}
	var back Shape
	if err := json.Unmarshal(kept, &back); err != nil {
		t.Fatal(err)
	}
	want, whole, err := mergedBook(t, filepath.Join(dir, "heel.xlsx"), columns, all, none, nil)
	if err != nil {
		t.Fatal(err)
	}
	earlier := func() *EarlierSheet {
		return &EarlierSheet{Path: before, Sheet: "Tabel", Styles: merged.Styles, Shapes: []*Shape{&back}}
	}
	got, again, err := mergedBook(t, filepath.Join(dir, "nu.xlsx"), columns, third, not, earlier())
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%d bytes, want %d: %v", len(got), len(want), err)
	}
	if fmt.Sprint(again.Places, again.Styles) != fmt.Sprint(whole.Places, whole.Styles) || len(again.Places[1]) != 400 {
		t.Errorf("places %v, want %v", again.Places, whole.Places)
	}
	for name, change := range map[string]func(*EarlierSheet){
		"no such file":  func(s *EarlierSheet) { s.Path += "x" },
		"no such sheet": func(s *EarlierSheet) { s.Sheet = "Blad" },
		"another sheet": func(s *EarlierSheet) { s.Sheet = "Eerst" },
		"another style": func(s *EarlierSheet) { s.Styles[4] = []int{1, 2, 3, 4, 5, 6, 7} },
	} {
		of := earlier()
		of.Styles = append([][]int{}, of.Styles...)
		change(of)
		if _, _, err := mergedBook(t, filepath.Join(dir, name), columns, third, not, of); !errors.Is(err, ErrEarlierDiffers) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, isEarlier := range map[string]func(int) bool{"fewer rows": func(i int) bool { return not(i) && i < 700 }, "more rows": all} {
		if _, _, err := mergedBook(t, filepath.Join(dir, name), columns, third, isEarlier, earlier()); !errors.Is(err, ErrEarlierDiffers) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTakeEarlier: rows written by an older pxq, whose cells state their row, are not copied.
func TestTakeEarlier(t *testing.T) {
	for row, want := range map[string]string{
		`<row r="7"><c r="A7" s="3"><v>1</v></c></row>`:                     "",
		`<row r="7"><c s="3"><v>1</v></c><c s="4"/></row>`:                  `<row r="6"><c s="3"><v>1</v></c><c s="4"/></row>`,
		`<row r="7" ht="31.5" customHeight="1"><c s="3"><v>7</v></c></row>`: `<row r="6" ht="31.5" customHeight="1"><c s="3"><v>7</v></c></row>`,
	} {
		out := newPacking(nil)
		body := &bodyWriter{x: &rowXML{out: out}, row: 5}
		if err := body.take([]byte(row), 7); string(out.chunk) != want || errors.Is(err, ErrEarlierDiffers) != (want == "") {
			t.Errorf("%s: got %s, want %s: %v", row, out.chunk, want, err)
		}
	}
}
