package synthetic

import (
	"bytes"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/rates"
)

// TestPlainCanBeReadByOthers checks that other programs can read a plain workspace: first headings in the first row,
// numbers as text, days as days, the municipality by its name, and the book as CSV.
func TestPlainCanBeReadByOthers(t *testing.T) {
	options := optionsOf(3000, 1)
	options.Plain = true
	dir, summary := generate(t, options)
	count := 0
	for _, name := range summary.Files {
		switch {
		case strings.HasPrefix(name, "contract/"), strings.HasPrefix(name, "referrals/"):
			continue
		case filepath.Ext(name) != ".xlsx":
			t.Errorf("%s is no workbook", name)
		}
		count += plainRows(t, filepath.Join(dir, filepath.FromSlash(name)))
	}
	if count != options.Records {
		t.Errorf("%d rows, want %d", count, options.Records)
	}
	for _, table := range rates.TableNames {
		first, _, _ := strings.Cut(string(read(t, dir, "contract/"+table+".csv")), "\n")
		if got := strings.Split(first, ";"); !slices.Equal(got, rates.Columns(table)) {
			t.Errorf("%s has columns %v", table, got)
		}
	}
}

// plainRows checks a plain submission and counts its rows.
func plainRows(t *testing.T, path string) int {
	t.Helper()
	file, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if sheets := file.GetSheetList(); !slices.Equal(sheets, []string{"Uren", "Dagdelen"}) {
		t.Errorf("%s has sheets %v", path, sheets)
	}
	count := 0
	for _, sheet := range file.GetSheetList() {
		rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(rows[0], billing.FieldHeadings[1:]) {
			t.Errorf("%s %s has headings %v", path, sheet, rows[0])
		}
		count += len(rows) - 1
		for number := range rows[1:] {
			row := rows[number+1]
			if row[billing.FieldMunicipality-1] == "" {
				t.Errorf("%s %s row %d has no municipality", path, sheet, number+2)
			}
		}
		if len(rows) > 1 {
			checkKinds(t, file, sheet)
		}
	}
	return count
}

// checkKinds checks the types of the cells in the first row without a visible mistake.
func checkKinds(t *testing.T, file *excelize.File, sheet string) {
	t.Helper()
	kind := func(cell string) excelize.CellType {
		found, err := file.GetCellType(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if got := kind("C2"); got != excelize.CellTypeInlineString && got != excelize.CellTypeUnset {
		t.Errorf("%s: the BSN is of kind %d", sheet, got)
	}
	shown, err := file.GetCellValue(sheet, "D2")
	if err != nil || len(shown) != len("01-02-2010") || shown[2] != '-' {
		t.Errorf("%s: the birth date shows as %q, %v", sheet, shown, err)
	}
}

// TestEveryStyleIsUsed checks that the region's providers use all styles.
func TestEveryStyleIsUsed(t *testing.T) {
	dir, summary := generate(t, optionsOf(12_000, 1))
	p := planOf(t, optionsOf(12_000, 1))
	used := make(map[string]bool)
	for i := range p.providers {
		used[p.providers[i].style.name] = true
	}
	for _, w := range styles() {
		if !used[w.name] {
			t.Errorf("nobody sends as %s", w.name)
		}
	}
	if len(summary.Files) < 42 {
		t.Errorf("only %d files", len(summary.Files))
	}
	odd := 0
	for _, name := range summary.Files {
		if content := read(t, dir, name); filepath.Ext(name) == ".csv" && bytes.Contains(content, []byte("Ren\xe9e")) {
			odd++
		}
	}
	if odd == 0 {
		t.Error("no file is in Windows-1252")
	}
}

// TestSmallBook makes a workspace with a book that has no areas, stays or referrers.
func TestSmallBook(t *testing.T) {
	book := (&billing.Book{
		Segments:       []billing.Segment{{Code: "A", Name: "Ambulant", SettledPQ: true}},
		Products:       []billing.Product{{Code: "45A01", Name: "Begeleiding", Segment: "A", Category: "45", AllowsTime: true}},
		Municipalities: []billing.Municipality{{Code: "0001", Name: "Ergens"}},
		Providers:      []billing.Provider{{AGB: "01000001", Name: "Zorg"}},
		Contracts:      []billing.Contract{{Provider: "01000001", Segment: "A", From: billing.NewDate(2020, 1, 1)}},
		Prices:         []billing.PriceRow{{Product: "45A01", Unit: billing.Time, Price: 6000, From: billing.NewDate(2020, 1, 1)}},
	}).Index()
	for _, records := range []int{1, 300, 5000} {
		options := optionsOf(records, 1)
		options.Book = book
		dir, summary := generate(t, options)
		p := planOf(t, options)
		in := takeIn(t, dir, summary)
		if in.rows != records {
			t.Errorf("%d rows, want %d", in.rows, records)
		}
		cases, _, _ := in.judge(book, options.Period)
		for i := range p.visits {
			v := &p.visits[i]
			codes, found := cases[recordKey{"01000001", p.reference(&p.providers[0], v.number)}]
			if found && v.flaw == billing.NoCode && v.date.Period() == p.period && !codes.IsEmpty() {
				t.Fatalf("visit %+v has %v", *v, names(codes))
			}
		}
	}
}

func TestEmptyBookIsRefused(t *testing.T) {
	options := optionsOf(100, 1)
	options.Book = (&billing.Book{}).Index()
	if _, err := newPlan(options); err != nil {
		t.Fatal(err)
	}
	p, _ := newPlan(options)
	if err := p.make(t.Context()); err == nil {
		t.Error("no error")
	}
}
