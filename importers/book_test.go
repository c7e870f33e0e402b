package importers_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// bookGrids returns the book of the sample as sheets.
func bookGrids(t *testing.T) map[string]grid {
	t.Helper()
	sheets := map[string]grid{}
	for _, name := range rates.TableNames {
		content, err := os.ReadFile(filepath.Join(conformance, "contract", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
			var row []any
			for _, cell := range strings.Split(strings.TrimSpace(line), ";") {
				row = append(row, cell)
			}
			sheets[name] = append(sheets[name], row)
		}
	}
	return sheets
}

func TestBookWorkbook(t *testing.T) {
	sheets := bookGrids(t)
	sheets["Uitleg"] = grid{{"Zo vult u het boek in"}}
	path := workbook(t, "", append([]string{"Uitleg"}, rates.TableNames...), sheets)
	book, found, err := importers.Book(filepath.Dir(path), table.Limits{})
	if err != nil || !found || book.Product("45VB1") == nil {
		t.Fatalf("%v, %v", found, err)
	}
	if is, err := importers.IsBook(path, table.Limits{}); !is || err != nil {
		t.Errorf("the workbook is no book: %v", err)
	}
	_, _, err = readPath(path)
	refused(t, "the book as an import", err, "contract/")
}

// TestBookUnderTitles reads a book whose sheets have a title, as pxq writes it; a wrong heading below it is still reported.
func TestBookUnderTitles(t *testing.T) {
	for wrong, says := range map[string]string{"": "", "prijs": "prijs"} {
		sheets := bookGrids(t)
		for name, rows := range sheets {
			sheets[name] = append(grid{{"Titel"}, {"Waar dit blad voor is."}, {"Terug naar Uitleg"}, {"Geldig", "van", "1-1-2026", "tot", "31-12-2026"}, {"Naam"}, {"Tarief"}, {}}, rows...)
		}
		if wrong != "" {
			sheets["tarieven"][7][3] = wrong
		}
		path := workbook(t, "", rates.TableNames, sheets)
		book, _, err := importers.Book(filepath.Dir(path), table.Limits{})
		if wrong != "" {
			if err == nil || !strings.Contains(err.Error(), says) {
				t.Errorf("a wrong heading: %v", err)
			}
			continue
		}
		if err != nil || book.Product("45VB1") == nil {
			t.Fatal(err)
		}
		if is, err := importers.IsBook(path, table.Limits{}); !is || err != nil {
			t.Errorf("the workbook is no book: %v", err)
		}
		_, _, err = readPath(path)
		refused(t, "the book as an import", err, "contract/")
	}
}

// A formula without a stored value is refused with its cell; a whole number in a cell is read as that number.
func TestBookCells(t *testing.T) {
	sheets := bookGrids(t)
	for _, test := range []struct {
		ceiling any
		want    billing.Money
	}{{1.234, 0}, {"1.234", 123400}, {123.5, 12350}, {1234.56, 123456}, {123, 12300}} {
		sheets["contracten"][1][6] = test.ceiling
		read, _, err := importers.Book(filepath.Dir(workbook(t, "", rates.TableNames, sheets)), table.Limits{})
		switch {
		case test.want == 0:
			refused(t, "a thousandth in a cell", err, "werkmap.xlsx", "contracten", "plafond")
		case err != nil || read.Contracts[0].Ceiling != test.want:
			t.Errorf("the ceiling of %v: got %v, %v", test.ceiling, read, err)
		}
	}
	path := workbook(t, "", rates.TableNames, sheets)
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(book.SetCellValue("tarieven", "D3", nil), book.SetCellFormula("tarieven", "D3", "90+1.23"), book.Save(), book.Close()); err != nil {
		t.Fatal(err)
	}
	_, _, err = importers.Book(filepath.Dir(path), table.Limits{})
	refused(t, "a formula without outcome", err, "werkmap.xlsx", "tarieven", "D3", "Excel")
}

func TestBookRefusals(t *testing.T) {
	path := workbook(t, "", []string{"prijzen"}, map[string]grid{"prijzen": {{"a"}}})
	_, found, err := importers.Book(filepath.Dir(path), table.Limits{})
	refused(t, "no table", err, "werkmap.xlsx", "tarieven")
	if !found {
		t.Error("a folder with a workbook counts as found")
	}

	dir := t.TempDir()
	for _, name := range []string{"README.txt", "~$boek.xlsx", ".boek.csv"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if book, found, err := importers.Book(dir, table.Limits{}); book != nil || found || err != nil {
		t.Errorf("a folder without tables: %v, %v", found, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "Tarieven.csv"), []byte("productcode;eenheid;agb;tarief;van;tot\n45VB1;uur;;1.000,5;x;\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, _, err = importers.Book(dir, table.Limits{})
	refused(t, "a wrong table", err, "Tarieven.csv", "tarief")
	var problems rates.Problems
	if !errors.As(err, &problems) {
		t.Errorf("got %T", err)
	}
	if _, _, err = importers.Book(filepath.Join(dir, "README.txt"), table.Limits{}); err == nil {
		t.Error("a file is no folder")
	}
}

// A table under another name is recognised by its headings.
func TestBookFilesByHeadings(t *testing.T) {
	dir := t.TempDir()
	var paths []string
	for _, name := range rates.TableNames {
		content, err := os.ReadFile(filepath.Join(conformance, "contract", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "ons-"+name+"-2026.csv")
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		if is, err := importers.IsBook(path, table.Limits{}); !is || err != nil {
			t.Errorf("%s is no book: %v", path, err)
		}
		paths = append(paths, path)
	}
	if book, found, err := importers.BookFiles(paths, table.Limits{}); err != nil || !found || book == nil {
		t.Errorf("%v, %v", found, err)
	}
	if is, err := importers.IsBook(filepath.Join(conformance, "incoming", "2026-02-05-01000001.csv"), table.Limits{}); is || err != nil {
		t.Errorf("a submission is a book: %v", err)
	}
	if _, found, err := importers.BookFiles(nil, table.Limits{}); found || err != nil {
		t.Errorf("no files: %v, %v", found, err)
	}
}

// The delimiter of a table in CSV is the semicolon, however many commas its lists and sources contain.
func TestBookOfLists(t *testing.T) {
	dir := t.TempDir()
	content := "code;naam\n\"a,b,c,d,e,f\";\"x, y, z, u, v\"\na,b,c,d,e,f,g,h;i,j,k,l,m,n\n"
	if err := os.WriteFile(filepath.Join(dir, "gebieden.csv"), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if is, err := importers.IsBook(filepath.Join(dir, "gebieden.csv"), table.Limits{}); !is || err != nil {
		t.Errorf("the table is no book: %v", err)
	}
	tables, err := importers.BookTables(dir)
	if err != nil || len(tables) != 1 || tables[0].Name != "gebieden" || len(tables[0].Rows) != 3 {
		t.Fatalf("got %+v, %v", tables, err)
	}
	for _, row := range tables[0].Rows {
		if len(row.Cells) != 2 {
			t.Errorf("row %d: %q", row.Number, row.Cells)
		}
	}
}
