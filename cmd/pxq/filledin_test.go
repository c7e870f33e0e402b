package main

import (
	"archive/zip"
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// rawParts returns the text of every part of a workbook.
func rawParts(t *testing.T, path string) map[string]string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	parts := make(map[string]string)
	for _, entry := range archive.File {
		reader, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(reader)
		if err != nil {
			t.Fatal(err)
		}
		parts[entry.Name] = string(text)
	}
	return parts
}

// Rows to fill in on templates, by the headings of their columns, and the totals that must result.
var (
	filledHours = []map[string]any{
		{"Regelnummer": "R1", "AGB-code": "01234567", "BSN": "999990019", "Productcode": "45A04", "Eenheid": "uur", "Aantal": 1.25, "Bedrag": 100.10},
		{"Regelnummer": "R2", "AGB-code": "1234567", "BSN": "123456789", "Productcode": "45A04", "Eenheid": "minuut", "Aantal": 90, "Bedrag": 50.05},
		{"Regelnummer": "R3", "AGB-code": "0123456x", "BSN": "12345672", "Productcode": "45A04", "Eenheid": "min", "Aantal": 30},
		{"Regelnummer": "R4", "BSN": 999990019, "Productcode": "45A05", "Eenheid": "uur", "Aantal": 2},
		{"Regelnummer": "R5", "BSN": "abcdefghi", "Productcode": "45A05"},
		{"Regelnummer": "R1", "BSN": "9999900190", "Productcode": "45A05", "Eenheid": "Minuten", "Aantal": 60, "Bedrag": 0.01},
		{"Regelnummer": "R8", "BSN": "000000000", "Productcode": "45A05"},
		{"Regelnummer": "R9", "BSN": "0000012", "Productcode": "45A05"}, // seven digits, which would be valid with leading zeros
		{"Regelnummer": "R7", "BSN": "999990019", "Productcode": "45A05", "Begintijd": 0.375, "Eindtijd": 0.4375},
	}
	totalsOfHours   = map[string]float64{"Productcode": 9, "BSN": 5, "Aantal": 7.75, "Bedrag": 150.16}
	filledReferrals = []map[string]any{
		{"Toewijzingsnummer": "T1", "BSN": "012345672", "AGB-code": "01234567", "Ingangsdatum": 46023},
		{"Toewijzingsnummer": "T2", "BSN": "012345673", "AGB-code": "12345678", "Ingangsdatum": 46023},
	}
	totalsOfReferrals = map[string]float64{"BSN": 1, "Ingangsdatum": 2}
	filledProviders   = []map[string]any{{"agb": "01234567"}, {"agb": "0123456"}}
)

// The expected results of checks and marks on the rows that were filled in.
var wrong = []any{"123456789", "000000000", "0000012", "abcdefghi", "9999900190", "012345673", "1234567", "0123456x", "0123456"}

// addFilledIn adds templates with rows filled in. Checks and marks are formulas that are in no cell, so they are copied into
// cells to the right of the rows.
func (o *office) addFilledIn(t *testing.T, books []string) (all []*filledIn) {
	t.Helper()
	for _, template := range []struct {
		kind, sheet, language string
		rows                  []map[string]any
		totals                map[string]float64
	}{
		{"submission", "Uren", "nl", filledHours, totalsOfHours}, {"referrals", "Toewijzingen", "en", filledReferrals, totalsOfReferrals},
		{"contract", "aanbieders", "nl", filledProviders, nil},
	} {
		at := slices.IndexFunc(books, func(path string) bool {
			return filepath.Base(path) == template.kind+".xlsx" && filepath.Base(filepath.Dir(path)) == template.language
		})
		path := filepath.Join(t.TempDir(), template.kind+"-filled.xlsx")
		write(t, path, read(t, books[at]))
		file, err := excelize.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		f := &filledIn{T: t, file: file, totals: make(map[place]float64)}
		f.fill(template.sheet, template.rows, template.totals)
		for _, sheet := range file.GetSheetList() {
			f.probe(sheet, map[bool]int{true: len(template.rows), false: 1}[sheet == template.sheet])
		}
		if err := file.Save(); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		f.name = o.add(t, path)
		all = append(all, f)
	}
	return all
}

type place struct{ sheet, cell string }

// filledIn is a template that was filled in.
type filledIn struct {
	*testing.T
	name     string
	file     *excelize.File
	headings int // the row of the headings of the sheet in hand
	totals   map[place]float64
	probes   []probe
}

// probe is a cell with the formula of a check or mark, and its expected result.
type probe struct {
	place
	formula string
	want    bool
}

func (f *filledIn) must(err error) {
	f.Helper()
	if err != nil {
		f.Fatal(err)
	}
}

// columnsOf returns the columns of a sheet by heading, and remembers the row of the headings.
func (f *filledIn) columnsOf(sheet string) map[string]int {
	tables, err := f.file.GetTables(sheet)
	f.must(err)
	columns := make(map[string]int)
	for _, table := range tables {
		first, row, last, _ := numbersOf(table.Range)
		f.headings = row
		for column := first; column <= last; column++ {
			heading, err := f.file.GetCellValue(sheet, cellAt(column, row))
			f.must(err)
			columns[heading] = column
		}
	}
	return columns
}

func (f *filledIn) fill(sheet string, rows []map[string]any, totals map[string]float64) {
	columns := f.columnsOf(sheet)
	for i, row := range rows {
		for heading, value := range row {
			if columns[heading] == 0 {
				f.Fatalf("%s has no column %s", sheet, heading)
			}
			f.must(f.file.SetCellValue(sheet, cellAt(columns[heading], f.headings+1+i), value))
		}
	}
	for heading, want := range totals {
		f.totals[place{sheet, cellAt(columns[heading], f.headings-1)}] = want
	}
}

// oneRow matches an absolute column with the row at which a formula starts.
var oneRow = regexp.MustCompile(`(\$[A-Z]+)\d+\b`)

// probe puts the checks and marks of a sheet into cells right of its table.
func (f *filledIn) probe(sheet string, rows int) {
	column := len(f.columnsOf(sheet)) + 5
	put := func(row int, formula string, want bool) {
		cell := cellAt(column, row)
		f.must(f.file.SetCellFormula(sheet, cell, formula))
		f.probes = append(f.probes, probe{place{sheet, cell}, formula, want})
	}
	// each adds the formula for every cell of the area that was filled in, or for the one cell above the headings.
	each := func(area, formula string, want func(value string) bool) {
		at, first, _, last := numbersOf(area)
		if last < f.headings {
			f.must(f.file.SetCellValue(sheet, area, "01234567"))
		}
		for row := first; row <= min(last, first+rows-1); row++ {
			value, err := f.file.GetCellValue(sheet, cellAt(at, row))
			f.must(err)
			if value != "" {
				put(row, oneRow.ReplaceAllString(formula, fmt.Sprintf("${1}%d", row)), want(value))
			}
		}
		column++
	}
	right := func(value string) bool { return !slices.Contains(wrong, any(value)) }
	checks, err := f.file.GetDataValidations(sheet)
	f.must(err)
	for _, check := range checks {
		switch check.Type {
		case "custom":
			each(check.Sqref, "IFERROR("+check.Formula1+",FALSE)", right)
		case "list":
			put(f.headings+1, "ROWS("+check.Formula1+")>0", true)
		default:
			put(f.headings+1, fmt.Sprintf("AND(ISNUMBER(%s),ISNUMBER(%s))", check.Formula1, cmp.Or(check.Formula2, "0")), true)
		}
		column++
	}
	marks, err := f.file.GetConditionalFormats(sheet)
	f.must(err)
	for area, list := range marks {
		for _, mark := range list {
			if mark.Type == "formula" {
				each(area, mark.Criteria, func(value string) bool { return !right(value) })
			}
		}
	}
}

// check compares totals, checks and marks with the expected ones.
func (f *filledIn) check(t *testing.T, o *office) {
	sheets := sheetsOf(partsOf(t, o.converted(f.name, "xlsx")))
	value := func(at place) string {
		cell := cellsOf(sheets[at.sheet])[at.cell]
		if cell == nil {
			return "gone"
		}
		return cell.first("v").text
	}
	for at, want := range f.totals {
		if got := value(at); got != fmt.Sprint(want) {
			t.Errorf("%s: the total in %s is %s, not %v", f.name, at, got, want)
		}
	}
	if len(f.probes) < 10 {
		t.Errorf("%s: %d checks and marks", f.name, len(f.probes))
	}
	for _, p := range f.probes {
		if got := value(p.place); got != map[bool]string{true: "1", false: "0"}[p.want] {
			t.Errorf("%s: %s =%s is %s, not %v", f.name, p.place, p.formula, got, p.want)
		}
	}
}

var pageOfPDF = regexp.MustCompile(`/Type\s*/Page\b`)

// testPages prints a workbook of each kind, and expects a few pages, not pages for all rows that can be filled in.
func (o *office) testPages(t *testing.T, books, names []string) {
	var print []string
	seen := make(map[string]bool)
	for i, book := range books {
		if kind := kindOf(book); !seen[kind] {
			seen[kind] = true
			print = append(print, names[i])
		}
	}
	o.convert(t, "pdf", print...)
	for _, name := range print {
		content, err := os.ReadFile(o.converted(name, "pdf"))
		if err != nil {
			t.Fatal(err)
		}
		if pages := len(pageOfPDF.FindAll(content, -1)); pages < 3 || pages > 60 {
			t.Errorf("%s is printed on %d pages", name, pages)
		}
	}
}
