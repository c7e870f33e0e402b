package workbook

import (
	"bytes"
	"testing"

	"github.com/xuri/excelize/v2"
)

// Other programs read plain rows: texts as they are, whole numbers, formulas with their result.
func TestWritePlain(t *testing.T) {
	file := excelize.NewFile()
	if _, err := file.NewSheet("Tweede"); err != nil {
		t.Fatal(err)
	}
	format := "0.00"
	style, err := file.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	var raw bytes.Buffer
	err = WritePlain(file, t.TempDir(), map[int]func(*PlainRows) error{
		1: func(rows *PlainRows) error {
			rows.Begin(1)
			rows.Text(0, " Jansen & Zn <1> _x0041_ ")
			rows.Number(2, style, 1.1, "SUM(A5,0.1)")
			return rows.End()
		},
		2: func(rows *PlainRows) error {
			rows.Begin(3)
			rows.Number(1, 0, 26100001709, "")
			return rows.End()
		},
	}, &raw)
	if err != nil {
		t.Fatal(err)
	}
	read, err := excelize.OpenReader(&raw)
	if err != nil {
		t.Fatal(err)
	}
	for at, want := range map[[2]string]string{
		{"Sheet1", "A1"}: " Jansen & Zn <1> _x0041_ ", {"Sheet1", "B1"}: "", {"Sheet1", "C1"}: "1.10", {"Tweede", "B3"}: "26100001709",
	} {
		if got, err := read.GetCellValue(at[0], at[1]); got != want || err != nil {
			t.Errorf("%v: got %q, %v, want %q", at, got, err, want)
		}
	}
	if formula, err := read.GetCellFormula("Sheet1", "C1"); formula != "SUM(A5,0.1)" || err != nil {
		t.Errorf("formula %q, %v", formula, err)
	}
}

// A plain sheet with too many columns is an error.
func TestWritePlainTooWide(t *testing.T) {
	err := WritePlain(excelize.NewFile(), t.TempDir(), map[int]func(*PlainRows) error{1: func(rows *PlainRows) error {
		rows.Begin(1)
		rows.Text(mostPlainColumns, "x")
		return rows.End()
	}}, &bytes.Buffer{})
	if err == nil {
		t.Error("it was written")
	}
}
