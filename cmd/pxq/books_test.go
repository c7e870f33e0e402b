package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// november adds what comes in after October of the small month was closed: a correction, a withdrawal, late care and new
// care. A raised price makes more corrections.
const november = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Gemeente;Productcode;Datum;Eenheid;Aantal\n" +
	"A-002;01000001;999901059;T04;Tilburg;44VB1;02-10-2026;dagdeel;0\n" +
	"A-003;01000001;999901059;T04;Tilburg;44VB1;03-10-2026;dagdeel;0,5\n" +
	"N-001;01000001;999901059;T04;Tilburg;44VB1;27-10-2026;dagdeel;1\n" +
	"N-002;01000001;999901059;T04;Tilburg;44VB1;02-11-2026;dagdeel;1\n" +
	"N-003;01000001;999901059;T04;Tilburg;44VB1;03-11-2026;uur;1\n"

// TestWorkbooksInOtherPrograms makes workbooks of every kind and opens them with other programs.
func TestWorkbooksInOtherPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	books := everyKindOfWorkbook(t)
	t.Run("parts", func(t *testing.T) { testParts(t, books) })
	t.Run("openpyxl", func(t *testing.T) { testOpenpyxl(t, books) })
	t.Run("LibreOffice", func(t *testing.T) { testLibreOffice(t, books) })
}

// everyKindOfWorkbook returns the paths of workbooks of every kind: a closed month in Dutch; the next month, with corrections
// and a previous month to compare with, in English; the year; and the templates in both languages. It lists the folder reports,
// so that a new kind of workbook only needs the command that makes it.
func everyKindOfWorkbook(t *testing.T) []string {
	folder := monthFolder(t, "small")
	pxq := func(args ...string) { succeed(t, append(args, "--workspace", folder, "--quiet")...) }
	if err := os.CopyFS(folder, os.DirFS(filepath.Join(folder, "later"))); err != nil {
		t.Fatal(err)
	}
	pxq("run", "--period", "2026-10", "--as-of", "2026-11-06")
	pxq("close", "--period", "2026-10", "--as-of", "2026-11-06")
	write(t, filepath.Join(folder, "submissions", "november.csv"), november)
	prices := filepath.Join(folder, "contract", "tarieven.csv")
	write(t, prices, strings.Replace(read(t, prices), ";93.60;", ";95.20;", 1))
	pxq("run", "--period", "2026-11", "--as-of", "2026-12-05", "--lang", "en")
	pxq("report", "--year", "2026", "--as-of", "2026-12-05")
	templates := filepath.Join(folder, "reports", "templates")
	for _, lang := range []string{"nl", "en"} {
		if err := os.MkdirAll(filepath.Join(templates, lang), 0o700); err != nil {
			t.Fatal(err)
		}
		make := func(kind, name string, flags ...string) {
			pxq(append([]string{"template", kind, "--out", filepath.Join(templates, lang, name+".xlsx"), "--lang", lang, "--as-of", "2026-11-06"}, flags...)...)
		}
		make("submission", "submission")
		make("submission", "submission-own", "--provider", "01000001")
		make("referrals", "referrals")
		make("contract", "contract")
	}
	return booksIn(t, filepath.Join(folder, "reports"))
}

func booksIn(t *testing.T, folder string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".xlsx" {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}

// nameOf returns a short name for a workbook that is unique within the test: 2026-10/regio.xlsx.
func nameOf(path string) string {
	return filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path)
}

// kindOf returns the kind of a workbook by its file name: gemeente, regio, submission, verantwoording-regio.
func kindOf(path string) string {
	words := strings.Split(strings.TrimSuffix(filepath.Base(path), ".xlsx"), "-")
	if len(words) > 1 && (words[1] == "gemeente" || words[1] == "regio") {
		return words[0] + "-" + words[1]
	}
	return words[0]
}

// need skips the test when something that it needs besides Go is missing; where everything must be tested it fails.
func need(t *testing.T, what string, missing error) {
	t.Helper()
	switch {
	case missing == nil:
	case os.Getenv("CI") != "":
		t.Fatalf("CI is set and %s is not here; .ci/needs installs it: %v", what, missing)
	default:
		t.Skipf("not tried with %s, which is not here; .ci/needs installs it: %v", what, missing)
	}
}
