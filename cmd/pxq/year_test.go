package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// The statement of the year in which the conformance sample plays two months agrees with the lines and records that the sample
// expects, has no clients, and is the same, byte for byte, each time and on both databases. Every cell of its workbooks is in
// testdata/year, so that changes can be reviewed.
func TestYearOfTheSample(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	written := make(map[string]string)
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		play := playSteps(t, fresh(), func(*play) {})
		var statement struct {
			Lines               int
			Debit, Credit, Head string
			Held                struct{ Records int }
			Final               bool
			Reports             string
			Workbooks           []string
		}
		if err := json.Unmarshal([]byte(play.pxq("report", "--year", "2026", "--json")), &statement); err != nil {
			t.Fatal(err)
		}
		got := fmt.Sprintf("%d lines: %s and %s, %d held", statement.Lines, statement.Debit, statement.Credit, statement.Held.Records)
		if want := play.expectedOf("2026"); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		if head := play.head(); statement.Head != head || statement.Final {
			t.Errorf("head %s of %s, final is %v", statement.Head, head, statement.Final)
		}
		first := hashes(t, statement.Reports)
		play.pxq("report", "--year", "2026")
		if again := hashes(t, statement.Reports); again != first {
			t.Errorf("written again: %s", firstDifference(first, again))
		}
		written[t.Name()] = first
		play.goldenYear(statement.Reports, statement.Workbooks)
	})
	for name, hashes := range written {
		for other, others := range written {
			if hashes != others {
				t.Errorf("%s and %s: %s", name, other, firstDifference(hashes, others))
			}
		}
	}
}

// goldenYear compares the cells of the workbooks, without what changes with every version of the program.
func (p *play) goldenYear(folder string, workbooks []string) {
	p.Helper()
	expected := filepath.Join("testdata", "year")
	var names []string
	for _, name := range workbooks {
		text := aHash.ReplaceAllString(strings.ReplaceAll(dump(p, filepath.Join(folder, name)), workspace.Program(), "pxq"), "…")
		if leak := leaked(nil, text, ""); leak != "" {
			p.Errorf("%s: %s", name, leak)
		}
		golden(p, filepath.Join(expected, name+".txt"), text)
		names = append(names, name+".txt")
	}
	if known := entries(p, expected); !slices.Equal(known, names) {
		p.Errorf("workbooks\ngot  %v\nwant %v", names, known)
	}
}

// expectedOf adds up what the sample expects for the care of a year: the lines of both closed months, and the records that
// are held after the last run.
func (p *play) expectedOf(year string) string {
	p.Helper()
	column := func(rows [][]string, name string) int { return slices.Index(rows[0], name) }
	lines, debit, credit, held := 0, decimal.Zero, decimal.Zero, 0
	for _, name := range []string{"2-januari.lines.csv", "3-februari.lines.csv"} {
		rows := parseCSV(p, read(p, filepath.Join(p.folder, "expected", name)))
		for _, row := range rows[1:] {
			if !strings.HasPrefix(row[column(rows, "care_month")], year) {
				continue
			}
			lines++
			if amount := decimal.RequireFromString(row[column(rows, "amount")]); row[column(rows, "kind")] == "credit" {
				credit = credit.Add(amount)
			} else {
				debit = debit.Add(amount)
			}
		}
	}
	rows := parseCSV(p, read(p, filepath.Join(p.folder, "expected", "3-februari.records.csv")))
	for _, row := range rows[1:] {
		if row[column(rows, "outcome")] == "held" && strings.HasPrefix(row[column(rows, "care_date")], year) {
			held++
		}
	}
	return fmt.Sprintf("%d lines: %s and %s, %d held", lines, debit.StringFixed(2), credit.StringFixed(2), held)
}
