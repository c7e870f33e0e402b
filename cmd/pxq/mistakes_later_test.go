package main

import (
	"database/sql"
	"testing"
)

var mistakesLater = []mistake{
	{"explain of a record that nobody sent", failed, ran, "explain A-999"},
	{"explain of a line that does not exist", failed, ran, "explain 2026-10-999999"},
	{"explain of a reference of two providers", failed, func(t testing.TB) {
		write(t, "dubbel.csv", submissionHeadings+"\nA-1;30000003;999900201;T03;41VB1;06-10-2026;uur;1\nA-1;20000002;999900006;T01;45VB1;06-10-2026;uur;1\n")
		succeed(t, "import", "dubbel.csv", "--workspace", "regio", "--as-of", "2026-11-05", "--quiet")
		ran(t)
	}, "explain A-1"},
	{"explain of nothing", misused, nil, "explain"},
	{"verify with another head", failed, closed, "verify --head 0000000000000000000000000000000000000000000000000000000000000000"},
	{"verify with what is no head", misused, nil, "verify --head 0000"},
	{"diff without an earlier run", done, ran, "diff --period 2026-10"},
	{"diff of a month without a run", failed, ran, "diff --period 2026-09"},
	{"report of a year before any run", failed, nil, "report --year 2026"},
	{"report of a year while nothing came in", failed, ran, "report --year 2026"},
	{"report of a year without care", failed, closedWithCare, "report --year 2024"},
	{"report from a ledger that was changed", failed, func(t testing.TB) {
		closedWithCare(t)
		inSQLite(t, "regio/pxq.db", "UPDATE lines SET amount = amount + 100")
	}, "report --year 2026"},
	{"report from a ledger with a line too many", failed, func(t testing.TB) {
		closedWithCare(t)
		inSQLite(t, "regio/pxq.db", "INSERT INTO lines SELECT bsn, first_run, last_run, period + 1, kind, care_month, municipality, provider, referral, product, unit, quantity, "+
			"price, amount, record_count, first_date, sequence, original, hash, digest FROM lines")
	}, "report --year 2026"},
	{"a file in the place of the year's reports", failed, func(t testing.TB) {
		closedWithCare(t)
		write(t, "regio/reports/2026", "hallo")
	}, "report --year 2026"},
	{"withdraw of a file that never came", failed, ran, "withdraw weg.csv"},
	{"withdraw of what was declared in a closed period", failed, closedWithCare, "withdraw a.csv"},
	{"a template over a file that is there", failed, put("leeg.xlsx", "hallo"), "template submission --out leeg.xlsx"},
	{"a template that does not exist", misused, nil, "template declaratie --out leeg.xlsx"},
	{"a template without a file", misused, nil, "template submission"},
	{"a template in a folder that is not there", failed, nil, "template submission --out weg/leeg.xlsx"},
	{"a template for a provider that nobody knows", failed, nil, "template submission --provider 99999999 --out leeg.xlsx"},
}

// closedWithCare closes a month with one record in it.
func closedWithCare(t testing.TB) {
	write(t, "regio/submissions/a.csv", submissionHeadings+"\nA-1;30000003;999900201;T03;41VB1;06-10-2026;uur;1\n")
	closed(t)
}

// inSQLite changes a database outside pxq, after removing the triggers that protect declared lines.
func inSQLite(t testing.TB, path, statement string) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, text := range []string{"DROP TRIGGER IF EXISTS guard_lines_update", "DROP TRIGGER IF EXISTS guard_lines_delete", statement} {
		if _, err := db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
}
