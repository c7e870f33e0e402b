package importers_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

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

// TestBookUnderTitles reads a book whose sheets have a title, as pxq writes it; a wrong heading under it is still told.
func TestBookUnderTitles(t *testing.T) {
	for wrong, says := range map[string]string{"": "", "prijs": "prijs"} {
		sheets := bookGrids(t)
		for name, rows := range sheets {
			sheets[name] = append(grid{{"Titel"}, {"Waar dit blad voor is."}, {"Terug naar Uitleg"}, {}}, rows...)
		}
		if wrong != "" {
			sheets["tarieven"][4][3] = wrong
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

// A formula without outcome is named by its cell; a whole number in a cell is that number.
func TestBookCells(t *testing.T) {
	sheets := bookGrids(t)
	sheets["contracten"][1][6] = 123 // its ceiling
	path := workbook(t, "", rates.TableNames, sheets)
	read, _, err := importers.Book(filepath.Dir(path), table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if ceiling := read.Contracts[0].Ceiling; ceiling != 12300 {
		t.Errorf("the ceiling is %v, want 123.00", ceiling)
	}
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

// A table under another name is known by its headings.
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
