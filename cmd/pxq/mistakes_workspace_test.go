package main

import (
	"strings"
	"testing"
)

var mistakesAboutWorkspaces = []mistake{
	{"a folder that is no workspace", failed, func(t testing.TB) { remove(t, "regio/pxq.toml") }, "run --period 2026-10"},
	{"a workspace without a contract book", failed, func(t testing.TB) { remove(t, "regio/contract") }, "run --period 2026-10"},
	{"a workspace with an empty contract folder", failed, func(t testing.TB) { remove(t, "regio/contract"); folder(t, "regio/contract") }, "status"},
	{"a workspace of which the book stands in a subfolder of contract", failed, func(t testing.TB) {
		remove(t, "regio/contract")
		write(t, "regio/contract/oud/aanbieders.csv", "agb;naam\n30000003;Dag\n")
		write(t, "regio/contract/lees mij.txt", "het boek van vorig jaar staat in oud\n")
	}, "run --period 2026-10"},
	{"a trial that is neither yes nor no", failed, put("regio/pxq.toml", "trial = \"ja\"\n"), "status"},
	{"close after a run before the end of the month", failed, func(t testing.TB) {
		succeed(t, "run", "--workspace", "regio", "--period", "2026-10", "--as-of", "2026-10-20", "--quiet", "--no-reports")
	}, "close --period 2026-10"},
	{"close while files stand in the folders", failed, func(t testing.TB) {
		ran(t)
		for _, name := range strings.Fields("a b c d e f g") {
			write(t, "regio/submissions/"+name+".csv", submissionHeadings+"\n"+name+"-1;30000003;999900201;T03;41VB1;06-10-2026;uur;1\n")
		}
	}, "close --period 2026-10"},
	{"close on examples", failed, func(t testing.TB) {
		write(t, "regio/contract/tarieven.csv", "productcode;eenheid;agb;tarief;van;tot;bron\n41VB1;uur;;60.06;2023-01-01;;voorbeeld: niet openbaar\n")
		write(t, "regio/submissions/a.csv", submissionHeadings+"\nA-1;30000003;999900201;T03;41VB1;06-10-2026;uur;1\n")
		ran(t)
	}, "close --period 2026-10"},
	{"forget of a closed month", failed, closed, "forget --period 2026-10"},
	{"forget of another month than the newest", failed, ran, "forget --period 2026-09"},
	{"forget without a run", failed, func(t testing.TB) {
		write(t, "leeg.csv", submissionHeadings+"\n")
		succeed(t, "import", "leeg.csv", "--workspace", "regio", "--as-of", "2026-11-05", "--quiet")
	}, "forget --period 2026-10"},
	{"withdraw of a hash that is not known", failed, ran, "withdraw 0123456789ab"},
	{"a number of a client on the command line", misused, ran, "explain --bsn 999900201"},
	{"help of a command that does not exist", misused, nil, "help rapportage"},
}
