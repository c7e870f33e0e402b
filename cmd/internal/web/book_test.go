package web_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// changedBook returns the contract book of the site with another price and without one table; "" keeps all tables.
func (c *client) changedBook(t *testing.T, price float64, without string) string {
	t.Helper()
	_, content := c.get(t, "/boek/bestand")
	book, err := excelize.OpenReader(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("tarieven")
	if err != nil {
		t.Fatal(err)
	}
	for at, row := range rows {
		if column := indexOf(row, "tarief"); column >= 0 {
			cell, err := excelize.CoordinatesToCellName(column+1, at+2)
			if err != nil {
				t.Fatal(err)
			}
			if err := book.SetCellValue("tarieven", cell, price); err != nil {
				t.Fatal(err)
			}
			break
		}
	}
	if without != "" {
		if err := book.DeleteSheet(without); err != nil {
			t.Fatal(err)
		}
	}
	written, err := book.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return written.String()
}

func indexOf(list []string, text string) int {
	for i, item := range list {
		if item == text {
			return i
		}
	}
	return -1
}

// An uploaded contract book is read in full, and its differences are shown before it replaces the one in use. Only the account that
// uploaded it can confirm it, and only once.
func TestReplaceBook(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c, other := s.as(t, "demo-regio"), s.as(t, "demo-regio-2")
	contract := func() []string {
		found, err := filepath.Glob(filepath.Join(s.folder, "contract*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	before := contract()
	if status, _ := c.postFile(t, "/boek", "boek.xlsx", c.changedBook(t, 123.45, "segmenten")); status != http.StatusUnprocessableEntity {
		t.Errorf("a book without a table: %d", status)
	}
	_, waits := c.postFile(t, "/boek", "boek.xlsx", c.changedBook(t, 123.45, ""))
	if !strings.HasPrefix(waits, "/boek/nieuw/") {
		t.Fatalf("it leads to %q", waits)
	}
	if status, page := c.get(t, waits); status != http.StatusOK || !strings.Contains(page, "123.45") || !strings.Contains(page, "Verschillen met het boek in gebruik: 1.") {
		t.Errorf("%d: %s", status, page)
	}
	if now := contract(); len(now) != len(before) {
		t.Errorf("it changed before anybody said yes: %v", now)
	}
	_, nothing := other.get(t, "/boek/nieuw/bestaat-niet")
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		if status, page := other.do(t, method, waits, ""); status != http.StatusNotFound || steady(page) != steady(nothing) {
			t.Errorf("%s of another account: %d", method, status)
		}
	}
	_, late := c.postFile(t, "/boek", "boek.xlsx", c.changedBook(t, 234.56, ""))
	if status, _ := c.post(t, waits, ""); status != http.StatusSeeOther {
		t.Fatalf("replace: %d", status)
	}
	if status, page := c.post(t, late, ""); status != http.StatusUnprocessableEntity || !strings.Contains(page, "intussen gewijzigd") {
		t.Errorf("a book that was held against another: %d", status)
	}
	for _, path := range []string{waits, "/boek/nieuw/..%2f"} {
		if status, _ := c.get(t, path); status != http.StatusNotFound {
			t.Errorf("%s once more: %d", path, status)
		}
	}
	if content, err := os.ReadFile(filepath.Join(s.folder, "contract", "boek.xlsx")); err != nil || len(content) == 0 {
		t.Errorf("the book is not there: %v", err)
	}
	_, damaged := c.postFile(t, "/boek", "boek.xlsx", c.changedBook(t, 345.67, ""))
	for _, path := range s.uploadedBooks(t) {
		if err := os.WriteFile(path, []byte("no workbook"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if status, page := c.get(t, damaged); status != http.StatusConflict || !strings.Contains(page, "dit is een tekstbestand") {
		t.Errorf("a book whose file was damaged meanwhile: %d, %q", status, matches(page, `<h1>(.*)</h1>`))
	}
	_, same := c.postFile(t, "/boek", "boek.xlsx", c.changedBook(t, 123.45, ""))
	if _, page := c.get(t, same); !strings.Contains(page, "zegt hetzelfde") {
		t.Errorf("the book in use differs from itself: %s", page)
	}
}

// uploadedBooks returns the files of uploaded books that await confirmation.
func (s *site) uploadedBooks(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(s.folder, "*", "*", "boek.xlsx"))
	if err != nil || len(found) == 0 {
		t.Fatalf("no uploaded book is found: %v", err)
	}
	return found
}
