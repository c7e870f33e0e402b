package main

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// python is the Python of Debian's packages; another may come first in PATH.
const python = "/usr/bin/python3"

// readBook and its fields are the output of testdata/read_workbooks.py.
type readBook struct {
	Path, Category, Creator, Title, Language, Created string
	Warnings, Names                                   []string
	Sheets                                            []readSheet
}

type readSheet struct {
	Name, Frozen, Titles, Orientation string
	Tables                            []readTable
	Validations                       []readValidation
	Charts, Marks, Notes, Formulas    int
	Paper, Rows, InPassing            int
	Links, Unstored, Errors           []string
	Protected                         bool
}

type readTable struct {
	Name, Ref                   string
	Columns, Headings, Unlocked []string
}

type readValidation struct{ Type, Cells, Formula, Says string }

// testOpenpyxl reads workbooks with openpyxl, and checks that another program finds everything that pxq writes, and that each
// kind of workbook has what its users need.
func testOpenpyxl(t *testing.T, books []string) {
	need(t, "openpyxl", exec.Command(python, "-c", "import openpyxl").Run())
	out, err := exec.Command(python, append([]string{"testdata/read_workbooks.py"}, books...)...).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, said(err))
	}
	var read []readBook
	if err := json.Unmarshal(out, &read); err != nil || len(read) != len(books) {
		t.Fatalf("%d of %d workbooks: %v", len(read), len(books), err)
	}
	best := make(map[string]found)
	for i := range read {
		book := &read[i]
		checkBook(t, book)
		kind := kindOf(book.Path)
		best[kind] = best[kind].most(countIn(book))
	}
	for kind, least := range leastOf {
		if got := best[kind]; got.most(least) != got {
			t.Errorf("no %s has %+v, at most %+v", kind, least, got)
		}
	}
	for kind := range best {
		if _, known := leastOf[kind]; !known {
			t.Errorf("what a workbook %q must have is not told", kind)
		}
	}
}

func said(err error) string {
	if exit, ok := err.(*exec.ExitError); ok {
		return string(exit.Stderr)
	}
	return ""
}

// found counts the features of a workbook.
type found struct{ sheets, tables, charts, validations, marks, notes, names, links, formulas int }

// leastOf is the minimum for the fullest workbook of each kind.
var leastOf = map[string]found{
	"gemeente":                {sheets: 10, tables: 9, charts: 2, links: 15, formulas: 40},
	"regio":                   {sheets: 8, tables: 6, charts: 2, links: 12, formulas: 50},
	"uitval":                  {sheets: 5, tables: 3, validations: 1, links: 5, formulas: 15},
	"retour":                  {sheets: 5, tables: 3, notes: 3, links: 6, formulas: 10},
	"submission":              {sheets: 4, tables: 3, validations: 20, marks: 4, notes: 30, names: 5, formulas: 8},
	"referrals":               {sheets: 3, tables: 2, validations: 18, marks: 2, notes: 20, names: 8, formulas: 2},
	"verantwoording":          {sheets: 4, tables: 2, charts: 1, links: 4, formulas: 30},
	"verantwoording-gemeente": {sheets: 4, tables: 2, charts: 1, links: 4, formulas: 30},
	"verantwoording-regio":    {sheets: 5, tables: 3, charts: 1, links: 5, formulas: 35},
	"contract":                {sheets: 9, tables: 8, validations: 18, notes: 30, names: 10},
}

func countIn(book *readBook) found {
	all := found{sheets: len(book.Sheets), names: len(book.Names)}
	for _, sheet := range book.Sheets {
		all.tables += len(sheet.Tables)
		all.validations += len(sheet.Validations)
		all.charts += sheet.Charts
		all.marks += sheet.Marks
		all.notes += sheet.Notes
		all.links += len(sheet.Links)
		all.formulas += sheet.Formulas
	}
	return all
}

func (f found) most(o found) found {
	return found{
		max(f.sheets, o.sheets), max(f.tables, o.tables), max(f.charts, o.charts), max(f.validations, o.validations), max(f.marks, o.marks),
		max(f.notes, o.notes), max(f.names, o.names), max(f.links, o.links), max(f.formulas, o.formulas),
	}
}

// checkBook checks what every workbook must have.
func checkBook(t *testing.T, book *readBook) {
	name := nameOf(book.Path)
	if len(book.Warnings) > 0 {
		t.Errorf("%s: openpyxl warns: %q", name, book.Warnings)
	}
	if _, kind, ours := strings.Cut(book.Category, "pxq:"); !ours || !strings.HasPrefix(kindOf(book.Path), strings.TrimPrefix(kind, "template-")) ||
		!strings.HasPrefix(book.Creator, "pxq ") || book.Title == "" || book.Language == "" || book.Created < "2026-11-01" || book.Created > "2026-12-31" {
		t.Errorf("%s: properties %q %q %q %q %q", name, book.Category, book.Creator, book.Title, book.Language, book.Created)
	}
	var sheets []string
	for i := range book.Sheets {
		sheets = append(sheets, "'"+book.Sheets[i].Name+"'!A1")
	}
	for i := range book.Sheets {
		sheet := &book.Sheets[i]
		where := name + " " + sheet.Name
		if sheet.Frozen == "" || sheet.Frozen == "A1" || sheet.Titles == "" || sheet.Orientation != "landscape" || sheet.Paper != 9 {
			t.Errorf("%s: frozen %q, titles %q, %s on paper %d", where, sheet.Frozen, sheet.Titles, sheet.Orientation, sheet.Paper)
		}
		if len(sheet.Unstored)+len(sheet.Errors) > 0 {
			t.Errorf("%s: without a stored value %v, with an error %v", where, sheet.Unstored, sheet.Errors)
		}
		if sheet.InPassing != sheet.Rows {
			t.Errorf("%s: %d rows, but %d for who reads in passing", where, sheet.Rows, sheet.InPassing)
		}
		for _, link := range sheet.Links {
			if !slices.Contains(sheets, link) {
				t.Errorf("%s: a link to %s", where, link)
			}
		}
		for _, table := range sheet.Tables {
			if !slices.Equal(table.Columns, table.Headings) || !strings.HasPrefix(table.Name, "tbl_") {
				t.Errorf("%s: table %s has columns\n%q\nunder the headings\n%q", where, table.Name, table.Columns, table.Headings)
			}
			checkInput(t, where, sheet, &table)
		}
	}
}

// checkInput checks that controllers can fill in their three columns and nothing else, and can choose a decision from a list.
func checkInput(t *testing.T, where string, sheet *readSheet, table *readTable) {
	if table.Name != "tbl_uitval" || len(table.Unlocked) == 0 {
		if sheet.Protected || strings.Contains(where, "/uitval.xlsx Uitval") {
			t.Errorf("%s: nothing can be filled in", where)
		}
		return
	}
	if want := []string{"Besluit", "Reden", "Beoordelaar"}; !sheet.Protected || !slices.Equal(table.Unlocked, want) {
		t.Errorf("%s: protected %v, but for %q", where, sheet.Protected, table.Unlocked)
	}
	rows := strings.Split(table.Ref, ":")[1][2:]
	choices := map[string]string{"E6:E" + rows: `"akkoord,afwijzen,aanhouden"`}
	for _, list := range sheet.Validations {
		reason := regexp.MustCompile(`^F\d+(:F\d+)?$`).MatchString(list.Cells) && list.Formula == `"bevestigd dat er twee keer zorg is geleverd"`
		if list.Type != "list" || choices[list.Cells] != list.Formula && !reason {
			t.Errorf("%s: drop-down %+v for the table %s", where, list, table.Ref)
		}
		delete(choices, list.Cells)
	}
	if len(choices) > 0 {
		t.Errorf("%s: no drop-down %v", where, choices)
	}
}
