package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// After a second import of the same month is withdrawn, every export is what it was after the first.
func TestWithdraw(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		folder, database := monthFolder(t, "small"), fresh()
		pxq := func(args ...string) string {
			return succeed(t, append(args, "--workspace", folder, "--database", database, "--quiet", "--as-of", "2026-11-05")...)
		}
		pictures := func() string {
			pxq("run", "--period", "2026-10")
			var all strings.Builder
			for _, what := range workspace.Exports {
				all.WriteString(pxq("export", what, "--period", "2026-10"))
			}
			return all.String()
		}
		before := pictures()
		records := parseCSV(t, pxq("export", "records", "--period", "2026-10"))
		if len(records) < 10 {
			t.Fatal("too few records")
		}
		wrong := filepath.Join(folder, "submissions", "wrong.csv")
		write(t, wrong, "Regelnummer;AGB-code;BSN;Productcode;Datum;Eenheid;Aantal\n"+
			records[1][1]+";"+records[1][0]+";999900006;"+records[1][7]+";2026-10-01;uur;0\n"+
			records[2][1]+";"+records[2][0]+";999900006;"+records[2][7]+";2026-10-01;uur;3\n")
		if after := pictures(); after == before {
			t.Fatal("the file changed nothing")
		}
		out := pxq("withdraw", wrong)
		if !strings.Contains(out, "wrong.csv is teruggetrokken") || !strings.Contains(out, "staat er nog") {
			t.Errorf("said %s", out)
		}
		if err := os.Remove(wrong); err != nil {
			t.Fatal(err)
		}
		if after := pictures(); after != before {
			t.Error(firstDifference(before, after))
		}
	})
}

// After a month was run by mistake and forgotten, the next run of the right month has the result that it would have had anyway,
// both when nothing was run before and when rows came in that only the forgotten run judged.
func TestForgottenRunLeavesNothing(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		after := ""
		for _, mistaken := range []bool{true, false} {
			folder, database := monthFolder(t, "small"), fresh()
			pxq := func(args ...string) string {
				return succeed(t, append(args, "--workspace", folder, "--database", database, "--quiet", "--as-of", "2026-11-05")...)
			}
			pictures := func() string {
				if mistaken {
					pxq("run", "--period", "2026-11")
					pxq("forget", "--period", "2026-11")
				}
				pxq("run", "--period", "2026-10")
				pxq("verify")
				var all strings.Builder
				for _, what := range workspace.Exports {
					all.WriteString(pxq("export", what, "--period", "2026-10"))
				}
				return all.String() + hashes(t, filepath.Join(folder, "reports"))
			}
			first := pictures()
			write(t, filepath.Join(folder, "submissions", "more.csv"), "Regelnummer;AGB-code;BSN;Productcode;Datum;Eenheid;Aantal\n"+
				"MORE-1;01000001;999900006;45VB9;2026-10-01;uur;3\nMORE-2;01000001;999900006;;2026-10-01;uur;3\n")
			got := first + pictures()
			if mistaken {
				after = got
			} else if got != after {
				t.Error(firstDifference(got, after))
			}
		}
	})
}

func TestWithdrawSays(t *testing.T) {
	folder := monthFolder(t, "small")
	flags := []string{"--workspace", folder, "--database", "sqlite:pxq.db", "--quiet", "--as-of", "2026-11-05"}
	succeed(t, append([]string{"run", "--period", "2026-10"}, flags...)...)
	for _, c := range []struct{ file, want string }{
		{"nergens.csv", "Er is geen bestand nergens.csv ingelezen"},
		{"map/nergens.csv", "is er niet of is niet te lezen"},
	} {
		status, _, said := call(t, append([]string{"withdraw", c.file}, flags...)...)
		if status != failed || !strings.Contains(said, c.want) {
			t.Errorf("%s: status %d, %s", c.file, status, said)
		}
	}
	var told struct {
		File      string
		Rows      int
		StillIn   []string `json:"still_in"`
		ReadAgain []string `json:"read_again"`
	}
	text := succeed(t, append([]string{"withdraw", "01000001.csv", "--json"}, flags...)...)
	if err := json.Unmarshal([]byte(text), &told); err != nil || told.File != "01000001.csv" || told.Rows == 0 || len(told.StillIn) != 1 {
		t.Errorf("%s: %v", text, err)
	}
	if status, _, said := call(t, append([]string{"close", "--period", "2026-10"}, flags...)...); status != failed {
		t.Errorf("closed without a run: %s", said)
	}
	succeed(t, append([]string{"run", "--period", "2026-10"}, flags...)...) // takes it in again
	succeed(t, append([]string{"close", "--period", "2026-10"}, flags...)...)
	status, _, said := call(t, append([]string{"withdraw", "01000001.csv", "--lang", "en"}, flags...)...)
	if status != failed || !strings.Contains(said, "can no longer be taken back") {
		t.Errorf("status %d, %s", status, said)
	}
}

// A file of which nothing was declared can be withdrawn after a close: the closed month stays as it was, and the workbooks of the
// next month still reconcile.
func TestWithdrawAfterClose(t *testing.T) {
	folder, pxq := followingMonths(t)
	wrong := filepath.Join(folder, "submissions", "wrong.csv")
	write(t, wrong, "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n"+
		"R1;99020001;999900006;T1;44X01;2026-10-01;dagdeel;veel\nR3;99020001;999900006;T9;44X01;2026-10-02;dagdeel;1\n")
	exported := func() string {
		var all strings.Builder
		for _, what := range workspace.Exports {
			file := filepath.Join(t.TempDir(), what)
			pxq("export", what, "--period", "2026-10", "--out", file)
			all.WriteString(read(t, file))
		}
		return all.String()
	}
	pxq("run", "--period", "2026-10", "--as-of", "2026-11-05")
	pxq("close", "--period", "2026-10", "--as-of", "2026-11-05")
	before, shown := exported(), pxq("run", "--period", "2026-10", "--as-of", "2026-11-05")
	pxq("withdraw", "wrong.csv")
	if err := os.Remove(wrong); err != nil {
		t.Fatal(err)
	}
	pxq("run", "--period", "2026-11", "--as-of", "2026-12-05")
	if after := exported(); after != before {
		t.Error(firstDifference(before, after))
	}
	if again := pxq("run", "--period", "2026-10", "--as-of", "2026-12-05"); again != shown {
		t.Error(firstDifference(shown, again))
	}
	pxq("close", "--period", "2026-11", "--as-of", "2026-12-05")
	pxq("verify")
}
