package reports_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
)

// returnFile writes the demo and returns the path of one provider's return file.
func returnFile(t *testing.T, d *demo, agb string) string {
	t.Helper()
	dir, _ := written(t, d)
	paths, err := filepath.Glob(filepath.Join(dir, "retour-"+agb+"*.xlsx"))
	if err != nil || len(paths) != 1 {
		t.Fatalf("%s: %v %v", agb, paths, err)
	}
	return paths[0]
}

// TestReturnFileWithoutProperties sends in a return file of which a program dropped the properties: only the sheets that
// are meant for it are read.
func TestReturnFileWithoutProperties(t *testing.T) {
	for _, language := range []string{"nl", "en"} {
		d := newDemo(300)
		d.report.Language = language
		path := returnFile(t, d, "01000001")
		want, _ := readBack(t, filepath.Dir(path), "retour-01000001")
		file := open(t, path)
		if err := file.SetDocProps(&excelize.DocProperties{Category: "werkmap"}); err != nil {
			t.Fatal(err)
		}
		other := filepath.Join(t.TempDir(), "verbeterd.xlsx")
		if err := file.SaveAs(other); err != nil {
			t.Fatal(err)
		}
		sink := &taken{}
		summary, err := (&importers.Reader{}).Read(t.Context(), other, billing.NewDate(2026, 11, 10), sink)
		if err != nil || len(sink.records) != len(want.records) {
			t.Errorf("%s: %d rows, not %d: %v", language, len(sink.records), len(want.records), err)
		}
		for _, sheet := range summary.Sheets {
			if read := sheet.Kind != billing.NoSheet; read != slices.Contains([]string{"Uren", "Dagdelen"}, sheet.Name) {
				t.Errorf("%s: %s: read is %v", language, sheet.Name, read)
			}
		}
	}
}

// TestReturnFileOfAnothersReferral: a number of another provider's referral does not reveal what that referral is for,
// and a row in another's file does not reveal who sent it.
func TestReturnFileOfAnothersReferral(t *testing.T) {
	d := newDemo(60)
	row := &d.rows[0]
	find(row, billing.Rejected, billing.R03, billing.FieldProvider, "900199")
	find(row, billing.Rejected, billing.R05, billing.FieldProduct, "900199", "GEHEIM", "45VB1")
	find(row, billing.Rejected, billing.R10, billing.FieldMunicipality, "900199", "Geheimstad", "Tilburg")
	row.SentBy, row.Record.File = "20000002", "20000002 oktober.xlsx"
	d.redo()
	path := returnFile(t, d, "01000001")
	text := everythingIn(t, path)
	for _, secret := range []string{">R05", "R05:", "GEHEIM", ">R10", "R10:", "Geheimstad", "20000002 oktober"} {
		if strings.Contains(text, secret) {
			t.Errorf("the return file holds %s", secret)
		}
	}
	for _, told := range []string{"R03: Toewijzing 900199 is voor een andere aanbieder", "niet uit een bestand van u"} {
		if !strings.Contains(text, told) {
			t.Errorf("the return file does not say %s", told)
		}
	}
}

// TestReturnFileNumbers compares the key figures with the rows, and what was received with their sum.
func TestReturnFileNumbers(t *testing.T) {
	d := newDemo(300)
	file := open(t, returnFile(t, d, "01000001"))
	rows, err := file.GetRows("Overzicht", excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	shown := make(map[string]string)
	for _, row := range rows {
		if len(row) > 2 && shown[row[0]] == "" {
			shown[row[0]] = row[2]
		}
	}
	counts := map[string]int{"Al eerder ontvangen": 2, "Samen": 2}
	words := map[billing.Outcome]string{
		billing.Accepted: "Akkoord", billing.Held: "Uitval", billing.Rejected: "Afgewezen", billing.Pending: "Wacht",
		billing.Replaced: "Vervangen of ingetrokken", billing.Withdrawn: "Vervangen of ingetrokken",
	}
	for i := range d.rows {
		if d.rows[i].ReturnTo == "01000001" {
			counts[words[d.rows[i].Outcome]]++
			counts["Samen"]++
		}
	}
	for label, count := range counts {
		if shown[label] != fmt.Sprint(count) {
			t.Errorf("%s: %s, not %d", label, shown[label], count)
		}
	}
	paid := billing.Money(0)
	for _, payment := range d.report.Payments {
		if payment.Provider == "01000001" {
			paid += payment.ToPay
		}
	}
	at := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 3 && row[0] == "U ontvangt" })
	if at < 0 || strings.TrimRight(strings.TrimRight(paid.String(), "0"), ".") != rows[at][3] {
		t.Errorf("paid %s: %v", paid, rows[at])
	}
}
