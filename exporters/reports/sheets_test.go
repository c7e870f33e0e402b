package reports_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// open opens a workbook that was written.
func open(t *testing.T, path string) *excelize.File {
	t.Helper()
	file, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// allText returns the texts of a sheet.
func allText(t *testing.T, file *excelize.File, sheet string) string {
	t.Helper()
	rows, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(rows)
}

// headingRow is the row with the headings of a table.
const headingRow = 5

// TestSheets checks on every sheet what a stream writer silently drops if it is set at the wrong moment: panes, print
// setup, page header, the table, its headings.
func TestSheets(t *testing.T) {
	dir, files := written(t, newDemo(60))
	tables := 0
	for _, name := range files {
		file := open(t, filepath.Join(dir, name.Name))
		kind, _, _ := strings.Cut(strings.TrimSuffix(name.Name, ".xlsx"), "-")
		if properties, err := file.GetDocProps(); err != nil || properties.Category != "pxq:"+kind || properties.Creator != "pxq 1.0" ||
			properties.Created != "2026-11-09T00:00:00Z" {
			t.Errorf("%s: %+v %v", name.Name, properties, err)
		}
		for _, sheet := range file.GetSheetList() {
			tables += checkSheet(t, file, name.Name+" "+sheet, sheet)
		}
	}
	if tables < 60 {
		t.Errorf("only %d tables", tables)
	}
}

func checkSheet(t *testing.T, file *excelize.File, where, sheet string) (tables int) {
	t.Helper()
	if panes, err := file.GetPanes(sheet); err != nil || !panes.Freeze || panes.YSplit == 0 {
		t.Errorf("%s: panes %+v %v", where, panes, err)
	}
	layout, err := file.GetPageLayout(sheet)
	if err != nil || *layout.Orientation != "landscape" || *layout.Size != 9 {
		t.Errorf("%s: layout %+v %v", where, layout, err)
	}
	if properties, err := file.GetSheetProps(sheet); err != nil || !fits(t, file, sheet, *properties.FitToPage, &layout) {
		t.Errorf("%s: does not fit the paper: %+v %v", where, layout, err)
	}
	page, err := file.GetHeaderFooter(sheet)
	if err != nil || !strings.Contains(page.OddHeader, "VOORLOPIG") || !strings.Contains(page.OddFooter, "&P van &N") {
		t.Errorf("%s: page %+v %v", where, page, err)
	}
	titles := false
	for _, name := range file.GetDefinedName() {
		titles = titles || name.Name == "_xlnm.Print_Titles" && name.Scope == sheet
	}
	if notice, err := file.GetCellValue(sheet, "A2"); !titles || err != nil || !strings.HasPrefix(notice, "VOORLOPIG") {
		t.Errorf("%s: print titles %v, notice %q %v", where, titles, notice, err)
	}
	found, err := file.GetTables(sheet)
	if err != nil || len(found) > 1 {
		t.Errorf("%s: tables %v %v", where, found, err)
	}
	for _, table := range found {
		checkTable(t, file, where, sheet, table)
	}
	return len(found)
}

// checkTable compares the table with its sheet: its headings, and that it ends with the last row.
func checkTable(t *testing.T, file *excelize.File, where, sheet string, table excelize.Table) {
	t.Helper()
	if !strings.HasPrefix(table.Name, "tbl_") {
		t.Errorf("%s: name %q", where, table.Name)
	}
	rows, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	headings := rows[headingRow-1]
	last, err := excelize.CoordinatesToCellName(len(headings), max(len(rows), headingRow+1))
	if err != nil || table.Range != "A5:"+last {
		t.Errorf("%s: range %s, want A5:%s", where, table.Range, last)
	}
	seen := make(map[string]bool)
	for _, heading := range headings {
		if heading == "" || seen[strings.ToLower(heading)] {
			t.Errorf("%s: heading %q", where, heading)
		}
		seen[strings.ToLower(heading)] = true
	}
}

// TestMoneyIsNumbers checks that amounts are numbers that add up to the ledger, for a spreadsheet program too, and that
// the total stored with its formula is that sum.
func TestMoneyIsNumbers(t *testing.T) {
	d := newDemo(120)
	dir, _ := written(t, d)
	file := open(t, filepath.Join(dir, "gemeente-0855-Tilburg.xlsx"))
	want, count := billing.Money(0), 0
	for i := range d.lines {
		if d.lines[i].Municipality == "0855" {
			want += d.lines[i].Amount
			count++
		}
	}
	const sheet = "Declaratieregels"
	column := columnOf(t, file, sheet, "Bedrag")
	sum := billing.Money(0)
	for row := headingRow + 1; row <= headingRow+count; row++ {
		cell := column + strconv.Itoa(row)
		if kind, err := file.GetCellType(sheet, cell); err != nil || kind != excelize.CellTypeUnset {
			t.Fatalf("%s is of type %v, no number (%v)", cell, kind, err)
		}
		sum += cents(t, file, sheet, cell)
	}
	total := column + "4"
	if formula, err := file.GetCellFormula(sheet, total); err != nil || !strings.HasPrefix(formula, "SUBTOTAL(109,"+column+"6:") {
		t.Errorf("formula %q %v", formula, err)
	}
	stored := cents(t, file, sheet, total)
	calculated, err := file.CalcCellValue(sheet, total, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	number, err := strconv.ParseFloat(calculated, 64)
	if err != nil {
		t.Fatal(err)
	}
	if sum != want || stored != want || inCents(number) != want {
		t.Errorf("the ledger has %v, the cells %v, the stored total %v, the formula %v", want, sum, stored, number)
	}
	if shown, err := file.GetCellValue(sheet, total); err != nil || !strings.HasPrefix(shown, "€ ") {
		t.Errorf("shown as %q %v", shown, err)
	}
}

func inCents(euros float64) billing.Money {
	if euros < 0 {
		return billing.Money(euros*100 - 0.5)
	}
	return billing.Money(euros*100 + 0.5)
}

func cents(t *testing.T, file *excelize.File, sheet, cell string) billing.Money {
	t.Helper()
	text, err := file.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, decimals, _ := strings.Cut(text, "."); len(decimals) > 2 {
		t.Errorf("%s holds %s, no whole cents", cell, text)
	}
	number, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Fatal(err)
	}
	return inCents(number)
}

func columnOf(t *testing.T, file *excelize.File, sheet, heading string) string {
	t.Helper()
	rows, err := file.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	letters, err := excelize.ColumnNumberToName(slices.Index(rows[headingRow-1], heading) + 1)
	if err != nil {
		t.Fatal(err)
	}
	return letters
}

// TestHoldsAreToBeFilledIn checks the drop-down, and that everything but the columns to fill in is protected.
func TestHoldsAreToBeFilledIn(t *testing.T) {
	d := newDemo(60)
	dir, _ := written(t, d)
	file := open(t, filepath.Join(dir, "uitval.xlsx"))
	const sheet = "Uitval"
	validations, err := file.GetDataValidations(sheet)
	if err != nil || len(validations) != 2 || validations[0].Formula1 != `"akkoord,afwijzen,aanhouden"` || !strings.HasPrefix(validations[0].Sqref, "E6:E") {
		t.Errorf("drop-down %+v %v", validations, err)
	}
	for cell, open := range map[string]bool{"A6": false, "D6": false, "E6": true, "F6": true, "G6": true, "H6": false} {
		id, err := file.GetCellStyle(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		style, err := file.GetStyle(id)
		if err != nil || style.Protection != nil && style.Protection.Locked == open {
			t.Errorf("%s: %+v %v", cell, style.Protection, err)
		}
		// What is typed there stays text: =1+1, 1-2. excelize reports the code of text, @, as format 49.
		if open && style.NumFmt != 49 && (style.CustomNumFmt == nil || *style.CustomNumFmt != "@") {
			t.Errorf("%s has the format %d %v, not that of text", cell, style.NumFmt, style.CustomNumFmt)
		}
	}
	if text := everythingIn(t, filepath.Join(dir, "uitval.xlsx")); !strings.Contains(text, `<sheetProtection sheet="true"`) {
		t.Error("not protected")
	}
}

// TestBadCells checks the note and the text of a cell that could not be read.
func TestBadCells(t *testing.T) {
	d := newDemo(60)
	dir, _ := written(t, d)
	file := open(t, filepath.Join(dir, "retour-20000002-Stichting Voorbeeld Zorg.xlsx"))
	comments, err := file.GetComments("Uren")
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, comment := range comments {
		if len(comment.Paragraph) > 0 && strings.HasPrefix(comment.Paragraph[0].Text, "F02: ‘31-02-2026’") {
			found = true
			if shown, err := file.GetCellValue("Uren", comment.Cell); err != nil || shown != "31-02-2026" {
				t.Errorf("%s shows %q %v", comment.Cell, shown, err)
			}
		}
	}
	if !found {
		t.Errorf("no note: %+v", comments)
	}
}

// TestManyRows makes a table continue on the next sheet.
func TestManyRows(t *testing.T) {
	d := newDemo(120)
	dir := t.TempDir()
	if _, err := reports.WriteWithRows(t.Context(), dir, &d.report, 10); err != nil {
		t.Fatal(err)
	}
	file := open(t, filepath.Join(dir, "gemeente-0855-Tilburg.xlsx"))
	count := 0
	for i := range d.lines {
		if d.lines[i].Municipality == "0855" {
			count++
		}
	}
	seen, found := 0, 0
	for _, sheet := range file.GetSheetList() {
		if !strings.HasPrefix(sheet, "Declaratieregels") {
			continue
		}
		found++
		rows, err := file.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		seen += len(rows) - headingRow
		checkSheet(t, file, sheet, sheet)
	}
	if found != 3 || seen != count {
		t.Errorf("%d rows on %d sheets, want %d on 3", seen, found, count)
	}
}

// TestEnglish searches every sheet for texts without English, provisional and closed.
func TestEnglish(t *testing.T) {
	for _, closed := range []bool{false, true} {
		d := newDemo(120)
		d.report.Language, d.report.Closed, d.report.ChainHead = "en", closed, "c0ffee"
		dir, files := written(t, d)
		for _, name := range files {
			text := everythingIn(t, filepath.Join(dir, name.Name))
			if at := strings.Index(text, "⟦"); at >= 0 {
				t.Errorf("%s: %.80s", name.Name, text[at:])
			}
			if strings.Contains(text, "VOORLOPIG") || strings.Contains(text, "PROVISIONAL") == closed {
				t.Errorf("%s: closed is %v", name.Name, closed)
			}
		}
		if text := everythingIn(t, filepath.Join(dir, "regio.xlsx")); strings.Contains(text, "c0ffee") != closed {
			t.Errorf("chain head in regio.xlsx, closed is %v", closed)
		}
	}
}
