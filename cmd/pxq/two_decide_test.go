package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// Above an amount two controllers must decide together, however a decision comes in. A decision by one controller, or by the same
// one twice, is not taken, and the reason is given. The workbook has columns for both, which are read.
func TestTwoDecideTogether(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		folder, database := monthFolder(t, "small"), fresh()
		settings := filepath.Join(folder, "pxq.toml")
		limit := func(euros string) {
			write(t, settings, "trial = true\n[policy]\nsecond_controller_from = "+euros+"\n")
		}
		limit("1")
		with := func(args ...string) []string {
			return append(args, "--workspace", folder, "--database", database, "--as-of", "2026-11-05", "--quiet", "--lang", "nl")
		}
		succeed(t, with("run", "--period", "2026-10")...)
		path := filepath.Join(folder, "reports", "2026-10", "uitval.xlsx")
		hold := holdOf(t, path)
		decide := func(word, by, second string) string {
			file := filepath.Join(t.TempDir(), "besluit.csv")
			write(t, file, "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar;Tweede beoordelaar\n"+strings.Join(append(slices.Clone(hold[:4]), word, "nagekeken", by, second), ";")+"\n")
			_, out, errOut := call(t, with("decide", file)...)
			return out + errOut
		}
		for _, alone := range [][2]string{{"Anna Bos", ""}, {"Anna Bos", "  "}, {"Anna Bos", "anna  bos"}} {
			for _, word := range []string{"akkoord", "afwijzen"} {
				if said := decide(word, alone[0], alone[1]); !strings.Contains(said, "beslissen twee beoordelaars samen") {
					t.Errorf("%s by %q: %s", word, alone, said)
				}
			}
		}
		if said := decide("aanhouden", "Anna Bos", ""); strings.Contains(said, "samen") {
			t.Errorf("keeping it held needs one: %s", said)
		}
		limit("1000000")
		if said := decide("afwijzen", "Cor Dam", ""); strings.Contains(said, "samen") {
			t.Errorf("below the amount one is enough: %s", said)
		}
		limit("1")
		decideIn(t, path, map[string]string{"Besluit": "akkoord", "Reden": "gebeld", "Beoordelaar": "Anna Bos", "Tweede beoordelaar": "Ed Fik"})
		if _, out, errOut := call(t, with("decide", path)...); !strings.Contains(out, "1 besluit") {
			t.Errorf("the workbook: %s%s", out, errOut)
		}
		if told := succeed(t, with("explain", hold[0], "--provider", hold[1])...); !strings.Contains(told, "Anna Bos + Ed Fik") {
			t.Errorf("it is not told who decided: %s", told)
		}
		succeed(t, with("run", "--period", "2026-10")...)
		succeed(t, with("verify")...)
	})
}

// holdOf returns the reference, provider, code and version of the first hold in a workbook.
func holdOf(t *testing.T, path string) []string {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Uitval")
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		if len(row) > 7 && row[0] == "Regelnummer" {
			if row[7] != "Tweede beoordelaar" {
				t.Fatalf("the headings are %q", row[:9])
			}
			return rows[i+1][:4]
		}
	}
	t.Fatal("nothing is held")
	return nil
}

// decideIn fills in a decision on the first hold in a workbook.
func decideIn(t *testing.T, path string, cells map[string]string) {
	t.Helper()
	book, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	rows, err := book.GetRows("Uitval")
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(rows, func(row []string) bool { return len(row) > 0 && row[0] == "Regelnummer" })
	for heading, text := range cells {
		name, err := excelize.CoordinatesToCellName(slices.Index(rows[at], heading)+1, at+2)
		if err != nil {
			t.Fatal(err)
		}
		if err := book.SetCellValue("Uitval", name, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.Save(); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o600); err != nil {
		t.Fatal(err)
	}
}
