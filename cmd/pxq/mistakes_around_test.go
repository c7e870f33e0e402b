package main

import (
	"os"
	"testing"
)

var mistakesAround = []mistake{
	{"a book with overlapping prices", failed, addTo("regio/contract/tarieven.csv", "45VB1;uur;;95.00;2026-10-20;\n"), "run --period 2026-10"},
	{"a book with a price of three decimals", failed, addTo("regio/contract/tarieven.csv", "41VB1;uur;30000003;95.001;2026-10-20;\n"), "run --period 2026-10"},
	{"a book with a product that is not there", failed, addTo("regio/contract/tarieven.csv", "45VB3;uur;;95.00;2026-10-20;\n"), "run --period 2026-10"},
	{"a book with a wrong date", failed, addTo("regio/contract/contracten.csv", "01000001;4;;;01-01-26;;\n"), "run --period 2026-10"},
	{"a book without one of its tables", failed, func(t testing.TB) { remove(t, "regio/contract/producten.csv") }, "run --period 2026-10"},
	{"a book of which a heading is missing", failed, put("regio/contract/gebieden.csv", "code;omschrijving\n1;Gebied 1\n"), "run --period 2026-10"},
	{"a book without tables", failed, func(t testing.TB) {
		remove(t, "regio/contract")
		write(t, "regio/contract/boek.xlsx", workbookOf(t, "== Blad1\nhallo\n"))
	}, "run --period 2026-10"},
	{"a file in the place of contract", failed, func(t testing.TB) {
		remove(t, "regio/contract")
		write(t, "regio/contract", "hallo")
	}, "run --period 2026-10"},
	{"a workspace that is not there", failed, nil, "run --period 2026-10 --workspace weg"},
	{"a file in the place of the workspace", failed, put("werk", "hallo"), "run --period 2026-10 --workspace werk"},
	{"a database that is not there", failed, nil, "status"},
	{"a database in a folder that is not there", failed, nil, "run --period 2026-10 --database sqlite:weg/pxq.db"},
	{"a file that is no database", failed, put("regio/pxq.db", "dit is geen database, maar een gewone tekst van enige lengte"), "run --period 2026-10"},
	{"a folder in the place of the database", failed, func(t testing.TB) { folder(t, "regio/pxq.db") }, "run --period 2026-10"},
	{"a database of an unknown kind", failed, nil, "run --period 2026-10 --database mysql://root:geheim@server/pxq"},
	{"a server that does not answer", failed, nil, "status --database postgres://pxq:geheim@127.0.0.1:1/pxq"},
	{"an address of a server that cannot be read", failed, nil, "status --database postgres://pxq:geh%eim@127.0.0.1:1/pxq"},
	{"a file in the place of reports", failed, put("regio/reports", "hallo"), "run --period 2026-10"},
	{"a file in the place of the period's reports", failed, put("regio/reports/2026-10", "hallo"), "run --period 2026-10"},
	{"a file in the place of submissions", failed, put("regio/submissions", "hallo"), "run --period 2026-10"},
	{"an export to a folder that cannot be written", failed, ran, "export lines --period 2026-10 --out /proc/regels.csv"},
	{"an export to a full disk", failed, ran, "export lines --period 2026-10 --out /dev/full"},
	{"an export to a folder", failed, ran, "export lines --period 2026-10 --out regio"},
	{"an export of a period without a run", failed, ran, "export lines --period 2026-09"},
	{"a backup over a file that is there", failed, ran, "backup regio/pxq.toml"},
	{"a backup in a folder that is not there", failed, ran, "backup weg/pxq.db"},
	{"init in a folder that is not empty", failed, nil, "init regio"},
	{"init in the place of a file", failed, put("werk", "hallo"), "init werk"},
	{"init where nothing can be made", failed, nil, "init /proc/regio"},
	{"generate where it was done before", failed, func(t testing.TB) {
		remove(t, "regio/referrals")
		succeed(t, "generate", "--records", "100", "--workspace", "regio")
	}, "generate --records 100"},
	{"an unknown key in pxq.toml", failed, put("regio/pxq.toml", "regoi = \"Hart van Brabant\"\n"), "run --period 2026-10"},
	{"an unknown key of the policy", failed, put("regio/pxq.toml", "[policy]\ngap_day = 30\n"), "run --period 2026-10"},
	{"a setting of the wrong kind", failed, put("regio/pxq.toml", "region = 12\n"), "run --period 2026-10"},
	{"a policy number of the wrong kind", failed, put("regio/pxq.toml", "[policy]\ngap_days = \"dertig\"\n"), "run --period 2026-10"},
	{"a policy number below 0", failed, put("regio/pxq.toml", "[policy]\ngap_days = -1\n"), "run --period 2026-10"},
	{"a policy day that does not exist", failed, put("regio/pxq.toml", "[policy]\ncoordination_point_from = \"2026-02-31\"\n"), "run --period 2026-10"},
	{"a policy month that does not exist", failed, put("regio/pxq.toml", "[policy]\nrecalculate_from = \"2026-13\"\n"), "run --period 2026-10"},
	{"a language that nobody speaks here", failed, put("regio/pxq.toml", "language = \"fr\"\n"), "run --period 2026-10"},
	{"settings that cannot be read", failed, put("regio/pxq.toml", "region = \"x\"\nlanguage = nl\n"), "run --period 2026-10"},
	{"a folder in the place of pxq.toml", failed, func(t testing.TB) { remove(t, "regio/pxq.toml"); folder(t, "regio/pxq.toml") }, "run --period 2026-10"},
	{"close of a month that is not over", failed, ran, "close --period 2026-10 --as-of 2026-10-31"},
	{"close without a run", failed, ran, "close --period 2026-09"},
	{"close after something came in", failed, func(t testing.TB) {
		ran(t)
		write(t, "later.csv", submissionHeadings+"\nA-1;30000003;999900201;T03;41VB1;06-10-2026;uur;1\n")
		succeed(t, "import", "later.csv", "--workspace", "regio", "--as-of", "2026-11-05", "--quiet")
	}, "close --period 2026-10"},
	{"close after the book changed", failed, func(t testing.TB) {
		ran(t)
		addTo("regio/contract/tarieven.csv", "54VB1;uur;20000002;75.00;2026-10-20;\n")(t)
	}, "close --period 2026-10"},
	{"close twice", failed, closed, "close --period 2026-10"},
	{"close out of turn", failed, func(t testing.TB) {
		closed(t)
		succeed(t, "run", "--workspace", "regio", "--period", "2026-12", "--as-of", "2027-01-05", "--quiet", "--no-reports")
	}, "close --period 2026-12 --as-of 2027-01-05"},
	{"run of a month before a closed one", failed, closed, "run --period 2026-09"},
}

func ran(t testing.TB) {
	succeed(t, "run", "--workspace", "regio", "--period", "2026-10", "--as-of", "2026-11-05", "--quiet", "--no-reports")
}

func closed(t testing.TB) {
	ran(t)
	succeed(t, "close", "--workspace", "regio", "--period", "2026-10", "--as-of", "2026-11-05", "--quiet")
}

// addTo returns a function that adds lines to a file.
func addTo(path, lines string) func(testing.TB) {
	return func(t testing.TB) { write(t, path, read(t, path)+lines) }
}

func remove(t testing.TB, path string) {
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func folder(t testing.TB, path string) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		t.Fatal(err)
	}
}
