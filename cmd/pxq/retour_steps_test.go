package main

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// A record that replaces declared care with the same amount is part of the line that was declared. The return file shows it as
// declared earlier, and not as rounding.
func TestReturnFileTellsWhatStandsAsDeclared(t *testing.T) {
	notOnceMore(t)
	e := newExchange(t, "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"))
	e.assign(assigned())
	rows := func(name, day string) {
		write(t, filepath.Join(e.folder, "submissions", name), hourHeadings+"S1;99040001;999900006;100;45X01;"+day+";uur;2\n")
	}
	rows("rows.csv", "2026-10-07")
	e.declare(declared("2026-10", func(_ *ijw.Message323, p *ijw.Prestatie) { p.Reference = "P1" }))
	e.run("2026-10")
	succeed(t, e.args("close", "--period", "2026-10", "--as-of", "2026-11-05", "--yes")...)
	rows("later.csv", "2026-10-08") // the date was corrected
	e.declare(declared("2026-11", func(m *ijw.Message323, p *ijw.Prestatie) {
		p.Reference, p.Period = "P2", ijw.SpanOf(dayOf("2026-10-01").Date, dayOf("2026-10-31").Date)
		credit := *p
		credit.Reference, credit.Previous, credit.Amount = "C1", "P1", ijw.AmountOf(-8355)
		m.Clients[0].Prestaties = append(m.Clients[0].Prestaties, credit)
	}))
	e.run("2026-11")
	told := e.sheetOf("2026-11", "retour-99040001-*.xlsx", "Overzicht")
	if _, steps, ok := strings.Cut(told, "Van akkoord naar gedeclareerd"); !ok || strings.Contains(steps, "Afronding") ||
		!strings.Contains(steps, "Eerder gedeclareerd | zorgregels die al in een eerdere declaratie zaten |  | € -250.65") {
		t.Errorf("it tells:\n%s", told)
	}
	// The summary of the run reports the row that the newer one replaced: nothing was withdrawn, and the price is the same.
	if _, out, _ := call(t, e.args("run", "--period", "2026-11", "--as-of", "2026-12-05")...); !strings.Contains(out, "vervallen, vervangen of met ander tarief") {
		t.Errorf("the run tells:\n%s", out)
	}
}
