package main

import "testing"

var mistakesLater = []mistake{
	{"explain of a record that nobody sent", failed, ran, "explain A-999"},
	{"explain of a line that does not exist", failed, ran, "explain 2026-10-999999"},
	{"explain of a reference of two providers", failed, func(t testing.TB) {
		write(t, "dubbel.csv", submissionHeadings+"\nA-1;30000003;999900201;T03;41VB1;06-10-2026;uur;1\nA-1;20000002;999900006;T01;45VB1;06-10-2026;uur;1\n")
		succeed(t, "import", "dubbel.csv", "--workspace", "regio", "--as-of", "2026-11-05", "--quiet")
		ran(t)
	}, "explain A-1"},
	{"explain of nothing", misused, nil, "explain"},
	{"verify with another head", failed, closed, "verify --head 0000"},
	{"diff without an earlier run", done, ran, "diff --period 2026-10"},
	{"diff of a month without a run", failed, ran, "diff --period 2026-09"},
	{"withdraw of a file that never came", failed, ran, "withdraw weg.csv"},
	{"withdraw of what was declared in a closed period", failed, func(t testing.TB) {
		write(t, "regio/submissions/a.csv", submissionHeadings+"\nA-1;30000003;999900201;T03;41VB1;06-10-2026;uur;1\n")
		closed(t)
	}, "withdraw a.csv"},
	{"a template over a file that is there", failed, put("leeg.xlsx", "hallo"), "template submission --out leeg.xlsx"},
	{"a template that does not exist", misused, nil, "template declaratie --out leeg.xlsx"},
	{"a template without a file", misused, nil, "template submission"},
	{"a template in a folder that is not there", failed, nil, "template submission --out weg/leeg.xlsx"},
	{"a template for a provider that nobody knows", failed, nil, "template submission --provider 99999999 --out leeg.xlsx"},
}
