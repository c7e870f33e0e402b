package importers_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/importers"
)

// A hidden sheet with a heading row refuses the file, unless it would be skipped anyway.
func TestHiddenSheets(t *testing.T) {
	care := grid{{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Aantal"}, {"R1", 1000001, 999910012, "45VB1", "07-01-2026", 1}}
	decisions := grid{{"Regelnummer", "AGB-code", "Code", "Versie", "Besluit", "Reden", "Beoordelaar"}, {"R1", 1000001, "R12", 1, "akkoord", "is gemeld", "J. de Vries"}}
	sheets := map[string]grid{"Uren": care, "Lijsten": {{"uur"}, {"minuut"}}, "Besluiten": decisions}
	order := []string{"Uren", "Lijsten", "Besluiten"}
	for _, test := range []struct {
		kind, hidden string
		veryHidden   bool
		refused      bool
	}{
		{"", "Uren", false, true}, {"", "Uren", true, true}, {"", "Besluiten", false, true}, {"", "Lijsten", false, false},
		{"retour", "Uren", false, true}, {"retour", "Besluiten", false, false}, {"uitval", "Besluiten", false, true}, {"uitval", "Uren", false, false},
	} {
		path := workbook(t, test.kind, order, sheets)
		hide(t, path, test.hidden, test.veryHidden)
		_, _, err := readPath(path)
		if !test.refused {
			if err != nil {
				t.Errorf("%+v: %v", test, err)
			}
			continue
		}
		refusedAs(t, test.hidden, err, importers.RefusedHidden, "werkmap.xlsx", test.hidden)
		if text := err.(importers.Refusal).In("nl"); !strings.Contains(text, "Maak het blad zichtbaar of verwijder het") {
			t.Error(text)
		}
	}
}

func hide(t *testing.T, path, sheet string, veryHidden bool) {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for i, other := range book.GetSheetList() {
		if other != sheet {
			book.SetActiveSheet(i)
		}
	}
	if err := errors.Join(book.SetSheetVisible(sheet, false, veryHidden), book.Save()); err != nil {
		t.Fatal(err)
	}
}

// Hidden rows are read and counted, empty ones and totals are counted.
func TestHiddenRowsAreCounted(t *testing.T) {
	row := []any{"R1", 1000001, 999910012, "45VB1", "07-01-2026", 1}
	care := grid{{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Aantal"}, row, row, nil, {"Totaal"}, row}
	path := workbook(t, "", []string{"Uren"}, map[string]grid{"Uren": care})
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(book.SetRowVisible("Uren", 3, false), book.SetRowVisible("Uren", 5, false), book.Save(), book.Close()); err != nil {
		t.Fatal(err)
	}
	sink, summary, err := readPath(path)
	if err != nil {
		t.Fatal(err)
	}
	if s := summary.Sheets[0]; s.HiddenRows != 1 || s.Rows != 3 || s.Totals != 1 || s.Empty != 1 || len(sink.records) != 3 {
		t.Errorf("got %+v", s)
	}
}

// Rows whose text is struck through are read and counted: striking them through withdraws nothing.
func TestStruckRowsAreCounted(t *testing.T) {
	row := []any{"R1", 1000001, 999910012, "45VB1", "07-01-2026", 1}
	care := grid{{"Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Aantal"}, row, row, row}
	path := workbook(t, "", []string{"Uren"}, map[string]grid{"Uren": care})
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	line, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
	if err := errors.Join(err, book.SetCellStyle("Uren", "A3", "F3", line), book.SetCellStyle("Uren", "A4", "A4", line), book.Save(), book.Close()); err != nil {
		t.Fatal(err)
	}
	sink, summary, err := readPath(path)
	if err != nil {
		t.Fatal(err)
	}
	if s := summary.Sheets[0]; s.StruckRows != 1 || s.Rows != 3 || len(sink.records) != 3 {
		t.Errorf("got %+v", s)
	}
}
