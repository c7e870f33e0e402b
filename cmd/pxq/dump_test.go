package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// dump returns the cells of a workbook as text, sheet by sheet, as another program reads them.
func dump(t testing.TB, path string) string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	var text strings.Builder
	for _, sheet := range book.GetSheetList() {
		fmt.Fprintf(&text, "== %s\n", sheet)
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		for number, cells := range rows {
			for i := range cells {
				cells[i] = strings.ReplaceAll(withFormula(t, book, sheet, i+1, number+1, cells[i]), "\n", "⏎")
			}
			fmt.Fprintln(&text, strings.TrimRight(fmt.Sprintf("%d: %s", number+1, strings.Join(cells, " | ")), " "))
		}
	}
	return text.String()
}

func withFormula(t testing.TB, book *excelize.File, sheet string, column, row int, value string) string {
	t.Helper()
	place, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		t.Fatal(err)
	}
	formula, err := book.GetCellFormula(sheet, place)
	if err != nil {
		t.Fatal(err)
	}
	if formula == "" {
		return value
	}
	return "=" + formula + " → " + value
}
