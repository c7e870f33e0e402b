package reports

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

const reconciliationAbout = "Wat gelezen is tegenover wat ervan geworden is, en de declaratie op meer manieren opgeteld."

// reconciliationSheet is the reconciliation of the region.
func (g *gathering) reconciliationSheet() sheet {
	return sheet{name: "Aansluiting", about: reconciliationAbout, build: func(book *workbook.Book, name string) error {
		page := book.AddPage(name, name, 52, 17, 17, 17, 17, 17, 40)
		g.accounts(page, &g.region.tally)
		var towns, providers measures
		for _, m := range g.municipalities {
			towns.merge(&m.declared)
		}
		for _, p := range g.providers {
			providers.merge(&p.declared)
		}
		paid := billing.Money(0)
		for i := range g.Payments {
			paid += g.Payments[i].Net
		}
		g.sides(page, []side{
			{g.say("Declaratieregels van de periode"), g.region.declared.lines, g.region.declared.net()},
			{g.say("Som van de gemeenten"), towns.lines, towns.net()},
			{g.say("Som van de aanbieders"), providers.lines, providers.net()},
		})
		page.Fact(g.say("Netto volgens het blad Betaling"), workbook.Money(paid), workbook.Euro)
		g.files(page)
		return page.Close()
	}}
}

// partyReconciliation is the reconciliation of one municipality or provider: its own rows, and what stands in
// its workbook beside the declaration of the region.
func (g *gathering) partyReconciliation(p *party, lines int, amount billing.Money) sheet {
	return sheet{name: "Aansluiting", about: reconciliationAbout, build: func(book *workbook.Book, name string) error {
		page := book.AddPage(name, name, 46, 17, 17, 17)
		g.accounts(page, &p.tally)
		g.sides(page, []side{
			{g.say("Volgens de declaratie van de regio"), p.declared.lines, p.declared.net()},
			{g.say("Declaratieregels in deze werkmap"), lines, amount},
		})
		return page.Close()
	}}
}

// account is one line of what was read, or of what became of it.
type account struct {
	label string
	count
}

var accountColumns = []column[account]{
	{"Wat", 0, workbook.Plain, func(_ *view, a account) workbook.Value { return workbook.Text(a.label) }, plain},
	{"Zorgregels", 0, workbook.Whole, func(_ *view, a account) workbook.Value { return workbook.Count(a.rows) }, summed},
	{"Uren", 0, workbook.Quantity, func(_ *view, a account) workbook.Value { return workbook.Hours(a.time) }, summed},
	{"Dagdelen", 0, workbook.Quantity, func(_ *view, a account) workbook.Value { return workbook.Dayparts(a.dayparts) }, summed},
}

// accounts shows what was read and what became of it, both added up by the spreadsheet, and their difference.
func (g *gathering) accounts(page *workbook.Page, t *tally) {
	columns := columnsOf(g.view, accountColumns)
	page.Section(&workbook.Section{Title: g.say("Gelezen"), Columns: columns, Total: g.say("Te verantwoorden"), Rows: blockOf(g.view, accountColumns, []account{
		{g.say("Nieuw sinds de vorige afsluiting"), t.fresh},
		{g.say("Van eerder: gewijzigd of nog in uitval"), t.before},
		{g.say("Al eerder ontvangen"), t.again},
		{g.say("Overgeslagen: regels met totalen"), count{rows: t.totals}},
		{g.say("Overgeslagen: lege rijen"), count{rows: t.empty}},
	})})
	read := page.Next() - 1
	lines := make([]account, 0, len(outcomes)+2)
	for _, outcome := range outcomes {
		lines = append(lines, account{g.outcome(outcome), *t.of(outcome)})
	}
	lines = append(lines, account{g.say("al eerder ontvangen"), t.again}, account{g.say("overgeslagen"), count{rows: t.skipped()}})
	page.Section(&workbook.Section{Title: g.say("Geworden"), Columns: columns, Total: g.say("Verantwoord"), Rows: blockOf(g.view, accountColumns, lines)})
	done := page.Next() - 1
	a, b := t.read(), t.accounted()
	minus := func(column string) string { return fmt.Sprintf("ROUND(%s%d-%s%d,4)", column, read, column, done) }
	page.Row(
		workbook.Cell{Value: workbook.Text(g.say("Verschil (moet 0 zijn)")).As(workbook.Label)},
		workbook.Cell{Value: workbook.Count(a.rows - b.rows).As(workbook.Label), Format: workbook.Whole, Formula: minus("B")},
		workbook.Cell{Value: workbook.Hours(a.time - b.time).As(workbook.Label), Format: workbook.Quantity, Formula: minus("C")},
		workbook.Cell{Value: workbook.Dayparts(a.dayparts - b.dayparts).As(workbook.Label), Format: workbook.Quantity, Formula: minus("D")},
	)
}

// side is one way of adding up the declaration.
type side struct {
	label  string
	lines  int
	amount billing.Money
}

var sideColumns = []column[side]{
	{"Opgeteld als", 0, workbook.Plain, func(_ *view, s side) workbook.Value { return workbook.Text(s.label) }, plain},
	{"Declaratieregels", 0, workbook.Whole, func(_ *view, s side) workbook.Value { return workbook.Count(s.lines) }, plain},
	{"Bedrag", 0, workbook.Euro, func(_ *view, s side) workbook.Value { return workbook.Money(s.amount) }, plain},
}

// sides shows the declaration added up in several ways, which must be equal: the first against the others.
func (g *gathering) sides(page *workbook.Page, sides []side) {
	page.Section(&workbook.Section{Title: g.say("Declaratie"), Columns: columnsOf(g.view, sideColumns), Rows: blockOf(g.view, sideColumns, sides)})
	g.spread(page, len(sides), 1)
}

// spread writes the difference between so many ways of adding up, which stand above it: of a count, and of so many
// amounts behind it.
func (v *view) spread(page *workbook.Page, ways, amounts int) {
	last := page.Next() - 1
	first := last - ways + 1
	cells := []workbook.Cell{
		{Value: workbook.Text(v.say("Verschil (moet 0 zijn)")).As(workbook.Label)}, {Value: workbook.Count(0).As(workbook.Label), Format: workbook.Whole},
	}
	for range amounts {
		cells = append(cells, workbook.Cell{Value: workbook.Money(0).As(workbook.Label), Format: workbook.Euro})
	}
	for i := 1; i < len(cells); i++ {
		cells[i].Formula = fmt.Sprintf("ROUND(MAX(%[1]c%[2]d:%[1]c%[3]d)-MIN(%[1]c%[2]d:%[1]c%[3]d),2)", 'A'+i, first, last)
	}
	page.Row(cells...)
}

var fileColumns = []column[*report.FileIn]{
	{"Bestand", 0, workbook.Wrapped, func(_ *view, f *report.FileIn) workbook.Value { return workbook.Text(withoutBSN(f.Name)) }, plain},
	{"Ontvangen op", 0, workbook.DayOf, func(_ *view, f *report.FileIn) workbook.Value { return workbook.Day(f.Received) }, plain},
	{"Zorgregels gelezen", 0, workbook.Whole, func(_ *view, f *report.FileIn) workbook.Value { return workbook.Count(f.Rows) }, summed},
	{"Bewaard", 0, workbook.Whole, func(_ *view, f *report.FileIn) workbook.Value { return workbook.Count(f.Kept) }, summed},
	{"Al eerder ontvangen", 0, workbook.Whole, func(_ *view, f *report.FileIn) workbook.Value { return workbook.Count(f.Rows - f.Kept) }, summed},
	{"Overgeslagen", 0, workbook.Whole, func(_ *view, f *report.FileIn) workbook.Value { return workbook.Count(f.Totals + f.Empty) }, summed},
	{"Aanbieder met de meeste regels", 0, workbook.Wrapped, func(v *view, f *report.FileIn) workbook.Value {
		if f.Provider == "" {
			return workbook.None()
		}
		return workbook.Text(v.providerName(f.Provider))
	}, plain},
}

// files lists what was taken in since the last close.
func (g *gathering) files(page *workbook.Page) {
	if len(g.Files) == 0 {
		return
	}
	list := make([]*report.FileIn, len(g.Files))
	for i := range g.Files {
		list[i] = &g.Files[i]
	}
	page.Section(&workbook.Section{
		Title: g.say("Bestanden"), Columns: columnsOf(g.view, fileColumns), Rows: blockOf(g.view, fileColumns, list), Total: g.say("Totaal"),
	})
}
