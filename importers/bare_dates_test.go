package importers_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// from1904 changes a workbook to the 1904 date system.
func from1904(t *testing.T, path string) {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	yes := true
	if err := book.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes}); err != nil {
		t.Fatal(err)
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
}

// TestBareDatesFrom1904 reads dates that lost their number format in the date system of their workbook; the two systems are
// four years and a day apart.
func TestBareDatesFrom1904(t *testing.T) {
	submission := func(date any) grid {
		return grid{
			{"Regelnummer", "AGB-code", "BSN", "Geboortedatum", "Productcode", "Datum", "Eenheid", "Aantal"},
			{"A-1", "01000001", "999910012", 39579, "45VB1", date, "uur", 1},
		}
	}
	usual := workbook(t, "", []string{"Blad1"}, map[string]grid{"Blad1": submission(46029)})
	mac := workbook(t, "", []string{"Blad1"}, map[string]grid{"Blad1": submission(44567)})
	from1904(t, mac)
	for path, born := range map[string]billing.Date{usual: billing.NewDate(2008, 5, 11), mac: billing.NewDate(2012, 5, 12)} {
		sink, _, err := readPath(path)
		if err != nil {
			t.Fatal(err)
		}
		record := sink.records[0]
		if record.First != billing.NewDate(2026, 1, 7) || record.BirthDate != born {
			t.Errorf("%s: care on %s, born on %s, want 2026-01-07 and %s", path, record.First, record.BirthDate, born)
		}
	}

	referrals := workbook(t, "", []string{"Blad1"}, map[string]grid{"Blad1": {
		{"Toewijzingsnummer", "BSN", "Gemeente", "AGB-code", "Productcode", "Ingangsdatum", "Einddatum", "Volume", "Geboortedatum", "Toewijzingsdatum", "Max duur verlengd tot", "Voortzetting tot"},
		{900101, "999910012", "0855", "01000001", "45VB1", 44561, 44925, 40000, 38117, 44560, 44926, 44927},
	}})
	from1904(t, referrals)
	sink, _, err := readPath(referrals)
	if err != nil {
		t.Fatal(err)
	}
	if r := sink.referrals[0]; r.Start != billing.NewDate(2026, 1, 1) || r.End != billing.NewDate(2026, 12, 31) || r.VolumeText.String() != "40000" ||
		r.BirthDate != billing.NewDate(2008, 5, 11) || r.Assigned != billing.NewDate(2025, 12, 31) || r.ExtendedTo != billing.NewDate(2027, 1, 1) || r.ContinuesTo != billing.NewDate(2027, 1, 2) {
		t.Errorf("got %+v", r.Referral)
	}
}

// TestBareDatesOfDocuments does the same for OpenDocument workbooks, whose first day the user can choose.
func TestBareDatesOfDocuments(t *testing.T) {
	for from, bare := range map[string]int{"1899-12-30": 46029, "1900-01-01": 46027, "1904-01-01": 44567} {
		row := func(cells ...any) string {
			text := ""
			for _, cell := range cells {
				if number, is := cell.(int); is {
					text += fmt.Sprintf(`<table:table-cell office:value-type="float" office:value="%d"/>`, number)
				} else {
					text += fmt.Sprintf(`<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>`, cell)
				}
			}
			return "<table:table-row>" + text + "</table:table-row>"
		}
		path := filepath.Join(t.TempDir(), "a.ods")
		document(t, path, `<table:calculation-settings><table:null-date table:date-value="`+from+`"/></table:calculation-settings><table:table table:name="Blad1">`+
			row("Regelnummer", "AGB-code", "BSN", "Productcode", "Datum", "Eenheid", "Aantal")+row("A-1", "01000001", "999910012", "45VB1", bare, "uur", 1)+"</table:table>")
		sink, _, err := readPath(path)
		if err != nil {
			t.Fatal(err)
		}
		if record := sink.records[0]; record.First != billing.NewDate(2026, 1, 7) {
			t.Errorf("counted from %s: care on %s, want 2026-01-07", from, record.First)
		}
	}
}

// document writes an OpenDocument workbook with this content.
func document(t *testing.T, path, content string) {
	t.Helper()
	var written bytes.Buffer
	archive := zip.NewWriter(&written)
	for _, part := range [][2]string{
		{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
		{"content.xml", `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">` +
			`<office:body><office:spreadsheet>` + content + `</office:spreadsheet></office:body></office:document-content>`},
	} {
		if to, err := archive.Create(part[0]); err != nil {
			t.Fatal(err)
		} else if _, err := to.Write([]byte(part[1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, written.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// TestBookDates reads the dates of a book like those of a submission: without a number format in the date system of the
// workbook, and ignoring the time of day.
func TestBookDates(t *testing.T) {
	for name, test := range map[string]struct {
		van, tot any
		is1904   bool
	}{
		"of the usual count":   {45292, 46036, false},
		"of the count of 1904": {43830, 44574, true},
		"with a time of day":   {time.Date(2024, 1, 1, 14, 30, 0, 0, time.UTC), time.Date(2026, 1, 14, 14, 30, 0, 0, time.UTC), false},
	} {
		sheets := bookGrids(t)
		sheets["tarieven"][1][4], sheets["tarieven"][1][5] = test.van, test.tot
		path := workbook(t, "", rates.TableNames, sheets)
		if test.is1904 {
			from1904(t, path)
		}
		book, _, err := importers.Book(filepath.Dir(path), table.Limits{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if price := book.Prices[0]; price.From != billing.NewDate(2024, 1, 1) || price.To != billing.NewDate(2026, 1, 14) {
			t.Errorf("%s: the price holds from %s to %s", name, price.From, price.To)
		}
	}
}
