package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// A prestatie has a separate line, even if spreadsheet rows and another prestatie have its key and price. For each record and
// line, explain shows what is in that line and nothing else.
func TestExplainTellsTheLineOfAPrestatie(t *testing.T) {
	notOnceMore(t)
	e := newExchange(t, "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"))
	e.assign(assigned())
	write(t, filepath.Join(e.folder, "submissions/rows.csv"), hourHeadings+"S1;99040001;999900006;100;45X01;2026-10-07;minuten;20\n"+
		"S2;99040001;999900006;100;45X01;2026-10-08;minuten;10\n")
	e.declare(declared("2026-10", func(_ *ijw.Message323, p *ijw.Prestatie) { p.Reference = "P1" }))
	e.run("2026-10")
	isOfLine := func(asked, amount string, in ...string) {
		t.Helper()
		said := succeed(t, e.args("explain", asked)...)
		_, line, ok := strings.Cut(said, "Declaratieregel ")
		if !ok || !strings.Contains(line, amount) {
			t.Errorf("explain %s does not come to %s:\n%s", asked, amount, said)
		}
		for _, reference := range []string{"S1", "S2", "P1"} {
			if has, want := strings.Contains(line, "    "+reference+" "), strings.Contains(strings.Join(in, " "), reference); has != want {
				t.Errorf("explain %s: %s in its line is %v:\n%s", asked, reference, has, said)
			}
		}
	}
	isOfLine("P1", "= € 83,55", "P1")
	isOfLine("S1", "= € 41,78", "S1", "S2")
	succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-11-01", "--yes")...)
	isOfLine("P1", "= € 83,55", "P1")
	isOfLine("S2", "= € 41,78", "S1", "S2")
	for _, line := range strings.Split(strings.TrimSpace(succeed(t, e.args("export", "lines", "--period", "2026-10")...)), "\n")[1:] {
		cells := strings.Split(line, ",")
		if amount, number := cells[11], cells[13]; amount == "83.55" {
			isOfLine(number, "= € 83,55", "P1")
		} else {
			isOfLine(number, "= € 41,78", "S1", "S2")
		}
	}
}
