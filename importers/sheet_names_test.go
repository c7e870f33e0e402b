package importers_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
)

// Messages about a row mention the name of its sheet, so a citizen service number in the name is masked when the file is read;
// each sheet keeps its own columns.
func TestNumbersInNamesOfSheets(t *testing.T) {
	path := filepath.Join(t.TempDir(), "uren.xlsx")
	book := excelize.NewFile()
	headings := []any{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Eenheid", "Aantal"}
	for i, name := range []string{"999910012", "9999-10-024", "Uren 999910012", "•••"} {
		if _, err := book.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for column, heading := range headings {
			cell, err := excelize.CoordinatesToCellName(column+1+i, 1)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetCellStr(name, cell, heading.(string)); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := book.DeleteSheet("Sheet1"); err != nil {
		t.Fatal(err)
	}
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	reader := importers.Reader{Limits: table.DefaultLimits()}
	summary, err := reader.Read(context.Background(), path, billing.NewDate(2026, 11, 5), &taken{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"••• (2)", "••• (3)", "Uren •••", "•••"} {
		if got := summary.Sheets[i]; got.Name != want || got.Columns[billing.FieldReference] != i+1 {
			t.Errorf("sheet %d is %q, its reference in column %d", i+1, got.Name, got.Columns[billing.FieldReference])
		}
	}
}
