package reports_test

import (
	"archive/zip"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// written writes a report and returns the folder.
func written(t *testing.T, d *demo) (dir string, files []reports.File) {
	t.Helper()
	dir = t.TempDir()
	files, err := reports.Write(t.Context(), dir, &d.report)
	if err != nil {
		t.Fatal(err)
	}
	return dir, files
}

// everythingIn returns the text of all parts of a workbook.
func everythingIn(t *testing.T, path string) string {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	var all strings.Builder
	for _, part := range archive.File {
		reader, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, reader); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

// TestRegionWithoutClients searches every part of regio.xlsx for BSNs and references, including those in names of
// files.
func TestRegionWithoutClients(t *testing.T) {
	d := newDemo(60)
	d.report.Files[0].Name = "jeugd 999910012 oktober.xlsx"
	dir, _ := written(t, d)
	text := everythingIn(t, filepath.Join(dir, "regio.xlsx"))
	for i := range d.rows {
		record := d.rows[i].Record
		for _, secret := range []string{record.BSN, record.Reference, record.ReferralNumber} {
			if secret != "" && strings.Contains(text, secret) {
				t.Fatalf("regio.xlsx holds %s", secret)
			}
		}
	}
	if !strings.Contains(text, "jeugd ••• oktober.xlsx") {
		t.Error("the name of the file is not there")
	}
}

// TestReturnFileNamesNobodyElse searches every return file for anything of another provider, and for S01, S03, S04 and
// D03, which describe one. S02 names nobody.
func TestReturnFileNamesNobodyElse(t *testing.T) {
	d := newDemo(300)
	find(&d.rows[20], billing.Accepted, billing.S04, billing.FieldProduct, "begeleiding", "t1800000", "300")
	find(&d.rows[21], billing.Accepted, billing.S02, billing.FieldDate, d.rows[21].Record.First.String())
	dir, files := written(t, d)
	for _, file := range files {
		agb, ok := strings.CutPrefix(file.Name, "retour-")
		if !ok {
			continue
		}
		agb = agb[:8]
		text := everythingIn(t, filepath.Join(dir, file.Name))
		for _, secret := range []string{"ANDER-1", "88888888", "ANDER-2", "S01", "S03", "S04", "D03", "900103"} {
			if strings.Contains(text, secret) && !(secret == "900103" && agb == "20000002") {
				t.Errorf("%s holds %s", file.Name, secret)
			}
		}
		for i := range d.rows {
			row := &d.rows[i]
			if row.ReturnTo == agb {
				continue
			}
			for _, secret := range []string{row.Record.BSN, row.Record.Reference, row.ReturnTo, d.report.Book.Provider(row.ReturnTo).Name} {
				if strings.Contains(text, secret) {
					t.Fatalf("%s holds %s of %s", file.Name, secret, row.ReturnTo)
				}
			}
		}
	}
}

// TestMunicipalityOwnResidents searches every municipality's workbook for clients of another, including one after whom a
// provider named its file, and its sheet or declaration.
func TestMunicipalityOwnResidents(t *testing.T) {
	const named = "999990019"
	d := newDemo(300)
	for i := range d.rows {
		record := d.rows[i].Record
		if record.File, record.Sheet = "zorg "+named+".xlsx", "uren "+named; i%2 == 0 {
			record.Prestatie = &billing.Prestatie{Client: 1, Part: 1}
		}
	}
	dir, files := written(t, d)
	for _, file := range files {
		code, ok := strings.CutPrefix(file.Name, "gemeente-")
		if !ok || strings.HasPrefix(code, "onbekend") {
			continue
		}
		text := everythingIn(t, filepath.Join(dir, file.Name))
		if strings.Contains(text, named) {
			t.Errorf("%s holds %s", file.Name, named)
		}
		for i := range d.rows {
			row := &d.rows[i]
			if row.Municipality != code[:4] && strings.Contains(text, row.Record.Reference) {
				t.Fatalf("%s holds %s of %s", file.Name, row.Record.Reference, row.Municipality)
			}
		}
	}
}
