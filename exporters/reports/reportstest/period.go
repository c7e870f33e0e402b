package reportstest

import (
	"path/filepath"
	"strings"
	"testing"
)

// The sheets and tables that several workbooks have.
const (
	summary        = "Samenvatting"
	overview       = "Overzicht"
	reconciliation = "Aansluiting"
	figures        = "Kerncijfer"
	total          = "Totaal"
)

// AddUp reads the Dutch workbooks of a period back from their folder and checks that every two figures that a reader would
// compare are equal: totals and their cells, first pages and the sheets after them, the region and its municipalities and
// providers.
func AddUp(t testing.TB, dir string) {
	t.Helper()
	region, exceptions := open(t, filepath.Join(dir, "regio.xlsx")), open(t, filepath.Join(dir, "uitval.xlsx"))
	region.regio()
	exceptions.uitval()
	region.same("zorgregels in uitval", figure{"regio", region.at(summary, figures, "In uitval", "Regels")},
		figure{"uitval, zonder wat al gedeclareerd is", exceptions.count("Uitval", exceptions.heldOnce())})
	region.same("afgewezen zorgregels", figure{"regio", region.at(summary, figures, "Afgewezen", "Regels")}, figure{"uitval", exceptions.count("Afgewezen", nil)})
	region.same("bedrag afgewezen", figure{"regio", region.at(summary, figures, "Afgewezen", "Bedrag")}, figure{"uitval", exceptions.sum("Afgewezen", "Betrokken bedrag", nil)})
	towns, providers := booksOf(t, dir, "gemeente-"), booksOf(t, dir, "retour-")
	for _, heading := range []string{"Gedeclareerd", "Te betalen", "In uitval", "Afgewezen"} {
		sum := 0.0
		for _, town := range towns {
			sum += town.at(summary, figures, heading, "Bedrag")
		}
		region.same(heading, figure{"regio", region.at(summary, figures, heading, "Bedrag")}, figure{"alle gemeenten", sum})
	}
	received, declared := 0.0, 0.0
	for _, provider := range providers {
		received += provider.sumOfBlock(overview, "Wat u ontvangt", "U ontvangt")
		declared += provider.at(overview, "Van akkoord naar gedeclareerd", "Gedeclareerd", "Bedrag")
	}
	region.same("betaald", figure{"regio", region.at(summary, figures, "Te betalen", "Bedrag")}, figure{"alle aanbieders", received})
	region.same("gedeclareerd", figure{"regio", region.at(summary, figures, "Gedeclareerd", "Bedrag")}, figure{"alle aanbieders", declared})
	for _, town := range towns {
		town.gemeente()
	}
	for _, provider := range providers {
		provider.retour()
	}
}

// booksOf opens the workbooks whose names have the given prefix.
func booksOf(t testing.TB, dir, prefix string) []*book {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, prefix+"*.xlsx"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no %s in %s: %v", prefix, dir, err)
	}
	books := make([]*book, len(paths))
	for i, path := range paths {
		books[i] = open(t, path)
	}
	return books
}

// once is a test for rows of the table of holds: it is true for the first hold of each record.
func (b *book) once() func(row []string) bool {
	var key []int
	for _, heading := range []string{"AGB-code", "Regelnummer", "Versie", "Bestand", "Blad"} {
		key = append(key, b.column("Uitval", heading))
	}
	seen := make(map[string]bool)
	return func(row []string) bool {
		var record strings.Builder
		for _, column := range key {
			record.WriteString(cell(row, column) + "\x00")
		}
		first := !seen[record.String()]
		seen[record.String()] = true
		return first
	}
}

// heldOnce is once for records that are held; those declared earlier stay accepted until somebody rejects them.
func (b *book) heldOnce() func(row []string) bool {
	outcome, once := b.column("Uitval", "Uitkomst"), b.once()
	return func(row []string) bool { return once(row) && cell(row, outcome) == "uitval" }
}

// sumOfBlock adds up a column of a small table without its total; 0 if there is no such table.
func (b *book) sumOfBlock(sheet, title, heading string) float64 {
	headings, rows := b.block(sheet, title)
	sum := 0.0
	for i, text := range headings {
		for _, row := range rows {
			if text == heading && cell(row, 0) != total {
				sum += b.number(title, cell(row, i))
			}
		}
	}
	return sum
}

// regio compares the figures in the workbook of the region.
func (b *book) regio() {
	b.Helper()
	b.totals()
	declared := []figure{{figures, b.at(summary, figures, "Gedeclareerd", "Bedrag")}, {"bedragen per gemeente", b.at(summary, "Bedragen per gemeente", total, "Gedeclareerd")}}
	lines := []figure{{figures, b.at(summary, figures, "Gedeclareerd", "Regels")}, {reconciliation, b.at(reconciliation, "Declaratie", "Declaratieregels van de periode", "Declaratieregels")}}
	for _, sheet := range []string{"Gemeenten", "Gebieden", "Segmenten", "Producten", "Aanbieders"} {
		declared = append(declared, figure{sheet, b.sum(sheet, "Bedrag", nil)})
		lines = append(lines, figure{sheet, b.sum(sheet, "Declaratieregels", nil)})
	}
	for _, sheet := range []string{"Aanbieders per gemeente", "Producten per gemeente"} {
		declared = append(declared, figure{sheet, b.sum(sheet, total, nil)})
	}
	b.same("gedeclareerd", append(declared, figure{"Betaling", b.sum("Betaling", "Netto", nil)},
		figure{reconciliation, b.at(reconciliation, "Van akkoord naar gedeclareerd", "Gedeclareerd", "Bedrag")})...)
	b.same("declaratieregels", lines...)
	b.same("te betalen", figure{figures, b.at(summary, figures, "Te betalen", "Bedrag")}, figure{"Betaling", b.sum("Betaling", "Te betalen", nil)},
		figure{"bedragen per gemeente", b.at(summary, "Bedragen per gemeente", total, "Te betalen")})
	b.same("later te verrekenen", figure{"Betaling", b.sum("Betaling", "Door naar volgende periode", nil)},
		figure{"bedragen per gemeente", b.at(summary, "Bedragen per gemeente", total, "Later te verrekenen")})
	for _, outcome := range []struct{ figure, count, account string }{{"In uitval", "Uitval", "uitval"}, {"Afgewezen", "Afgewezen", "afgewezen"}} {
		b.same(outcome.figure, figure{figures, b.at(summary, figures, outcome.figure, "Regels")}, figure{"zorgregels per gemeente", b.at(summary, "Zorgregels per gemeente", total, outcome.count)},
			figure{reconciliation, b.at(reconciliation, "Geworden", outcome.account, "Zorgregels")})
		b.same(outcome.figure, figure{figures, b.at(summary, figures, outcome.figure, "Bedrag")}, figure{"bedragen per gemeente", b.at(summary, "Bedragen per gemeente", total, outcome.figure)})
	}
	b.received()
}

// received compares the counts of what was received, also within the row of each municipality.
func (b *book) received() {
	b.Helper()
	const counts = "Zorgregels per gemeente"
	fresh := []figure{
		{counts, b.at(summary, counts, total, "Nieuw ontvangen")}, {reconciliation, b.at(reconciliation, "Gelezen", "Nieuw ontvangen: sinds de vorige afsluiting", "Zorgregels")},
	}
	if headings, _ := b.block(summary, "Kwaliteit van de aanleveringen"); headings != nil {
		fresh = append(fresh, figure{"kwaliteit", b.at(summary, "Kwaliteit van de aanleveringen", total, "Nieuw ontvangen")})
	}
	if headings, _ := b.block(reconciliation, "Bestanden"); headings != nil {
		fresh = append(fresh, figure{"bestanden", b.at(reconciliation, "Bestanden", total, "Nieuw ontvangen")})
		b.same("al eerder ontvangen", figure{"bestanden", b.at(reconciliation, "Bestanden", total, "Al eerder ontvangen")}, figure{counts, b.at(summary, counts, total, "Al eerder ontvangen")})
	}
	b.same("nieuw ontvangen", fresh...)
	b.same("van eerder", figure{counts, b.at(summary, counts, total, "Van eerder")}, figure{reconciliation, b.at(reconciliation, "Gelezen", "Van eerder: gewijzigd of nog in uitval", "Zorgregels")})
	headings, rows := b.block(summary, counts)
	for _, row := range rows {
		number := func(names ...string) float64 {
			sum := 0.0
			for _, name := range names {
				for i, heading := range headings {
					if heading == name {
						sum += b.number(counts, cell(row, i))
					}
				}
			}
			return sum
		}
		b.same(counts+" "+cell(row, 0), figure{"Samen", number("Samen")}, figure{"wat kwam", number("Nieuw ontvangen", "Van eerder")},
			figure{"wat ervan werd", number("Akkoord", "Uitval", "Afgewezen", "Wacht", "Vervangen of ingetrokken")})
	}
}
