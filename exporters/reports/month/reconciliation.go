package month

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

const reconciliationAbout = "Wat gelezen is tegenover wat ervan geworden is, en de declaratie op meer manieren opgeteld."

// ReconciliationSheet returns the reconciliation of the region, next to the sum of its municipalities and the sum of its
// providers.
func (m *Month) ReconciliationSheet(region, towns, providers *Party) layout.Sheet {
	return layout.Sheet{Name: "Aansluiting", About: reconciliationAbout, Build: func(book *workbook.Book, name string) error {
		page := book.AddPage(name, name, 52, 17, 17, 17, 17, 17, 40)
		m.accounts(page, &region.Tally)
		paid := billing.Money(0)
		for i := range m.Payments {
			paid += m.Payments[i].Net
		}
		m.sides(page, []side{
			{m.Say("Declaratieregels van de periode"), region.Declared.Lines, region.Declared.Net()},
			{m.Say("Som van de gemeenten"), towns.Declared.Lines, towns.Declared.Net()},
			{m.Say("Som van de aanbieders"), providers.Declared.Lines, providers.Declared.Net()},
		})
		page.Row(workbook.Cell{Value: workbook.Text(m.Say("Netto volgens het blad Betaling van regio.xlsx")).As(workbook.Label)}, workbook.Cell{},
			workbook.Cell{Value: workbook.Money(paid), Format: workbook.Euro}) // in the column of the amounts above
		m.stepsBlock(page, region)
		m.files(page)
		m.refused(page)
		m.madeOf(page)
		return page.Close()
	}}
}

// PartyReconciliation returns the reconciliation of one municipality or provider: its rows, and the lines and amount in its
// workbook next to the declaration of the region.
func (m *Month) PartyReconciliation(p *Party, lines int, amount billing.Money) layout.Sheet {
	return layout.Sheet{Name: "Aansluiting", About: reconciliationAbout, Build: func(book *workbook.Book, name string) error {
		page := book.AddPage(name, name, 46, 17, 17, 17)
		m.accounts(page, &p.Tally)
		m.sides(page, []side{
			{m.Say("Volgens de declaratie van de regio"), p.Declared.Lines, p.Declared.Net()},
			{m.Say("Declaratieregels in dit werkboek"), lines, amount},
		})
		m.stepsBlock(page, p)
		m.madeOf(page)
		return page.Close()
	}}
}

// madeOf shows what the workbook was made from, for readers who want to verify it.
func (m *Month) madeOf(page *workbook.Page) {
	page.Chapter(m.Say("Waaruit opgemaakt"))
	if m.Closed {
		page.Fact(m.Say("Ketenkop"), workbook.Text(m.ChainHead), workbook.Plain)
	}
	page.Fact(m.Say("Contractenboek"), workbook.Text(m.Fingerprint), workbook.Plain)
	page.Fact(m.Say("Programma"), workbook.Text(m.Program), workbook.Plain)
}

// account is one line of the accounts: rows that were read, or rows with one outcome.
type account struct {
	label string
	Count
}

var accountColumns = []layout.Column[account]{
	layout.Col("Wat", 0, workbook.Plain, func(_ *layout.View, a account) workbook.Value { return workbook.Text(a.label) }),
	layout.Col("Zorgregels", 0, workbook.Whole, func(_ *layout.View, a account) workbook.Value { return workbook.Count(a.Rows) }).Summed(),
	layout.Col("Uren", 0, workbook.Quantity, func(_ *layout.View, a account) workbook.Value { return workbook.Hours(a.Time) }).Summed(),
	layout.Col("Dagdelen", 0, workbook.Quantity, func(_ *layout.View, a account) workbook.Value { return workbook.Dayparts(a.Dayparts) }).Summed(),
}

// accounts shows the rows that were read and their outcomes, both added up by the spreadsheet, and the difference.
func (m *Month) accounts(page *workbook.Page, t *Tally) {
	columns := layout.ColumnsOf(m.View, accountColumns)
	page.Section(&workbook.Section{Title: m.Say("Gelezen"), Columns: columns, Total: m.Say("Te verantwoorden"), Rows: layout.BlockOf(m.View, accountColumns, []account{
		{m.Say("Nieuw ontvangen: sinds de vorige afsluiting"), t.Fresh},
		{m.Say("Van eerder: gewijzigd of nog in uitval"), t.Before},
		{m.Say("Al eerder ontvangen"), t.Again},
		{m.Say("Overgeslagen: regels met totalen"), Count{Rows: t.totals}},
		{m.Say("Overgeslagen: lege rijen"), Count{Rows: t.empty}},
	})})
	read := page.Next() - 1
	lines := make([]account, 0, len(outcomes)+2)
	for _, outcome := range outcomes {
		lines = append(lines, account{m.Outcome(outcome), *t.Of(outcome)})
	}
	lines = append(lines, account{m.Say("al eerder ontvangen"), t.Again}, account{m.Say("overgeslagen"), Count{Rows: t.Skipped()}})
	page.Section(&workbook.Section{Title: m.Say("Geworden"), Columns: columns, Total: m.Say("Verantwoord"), Rows: layout.BlockOf(m.View, accountColumns, lines)})
	done := page.Next() - 1
	a, b := t.read(), t.Accounted()
	minus := func(column string) string { return fmt.Sprintf("ROUND(%s%d-%s%d,4)", column, read, column, done) }
	page.Row(
		workbook.Cell{Value: workbook.Text(m.Say("Verschil (moet 0 zijn)")).As(workbook.Label)},
		workbook.Cell{Value: workbook.Count(a.Rows - b.Rows).As(workbook.Label), Format: workbook.Whole, Formula: minus("B")},
		workbook.Cell{Value: workbook.Hours(a.Time - b.Time).As(workbook.Label), Format: workbook.Quantity, Formula: minus("C")},
		workbook.Cell{Value: workbook.Dayparts(a.Dayparts - b.Dayparts).As(workbook.Label), Format: workbook.Quantity, Formula: minus("D")},
	)
	page.Paragraph(m.Say("Uren staan hier en op alle bladen met twee decimalen; opgeteld wordt met de hele minuten."))
}

// side is one way of adding up the declaration.
type side struct {
	label  string
	lines  int
	amount billing.Money
}

var sideColumns = []layout.Column[side]{
	layout.Col("Opgeteld als", 0, workbook.Plain, func(_ *layout.View, s side) workbook.Value { return workbook.Text(s.label) }),
	layout.Col("Declaratieregels", 0, workbook.Whole, func(_ *layout.View, s side) workbook.Value { return workbook.Count(s.lines) }),
	layout.Col("Bedrag", 0, workbook.Euro, func(_ *layout.View, s side) workbook.Value { return workbook.Money(s.amount) }),
}

// sides shows the declaration added up in several ways, and the difference between them, which must be 0.
func (m *Month) sides(page *workbook.Page, sides []side) {
	page.Section(&workbook.Section{Title: m.Say("Declaratie"), Columns: layout.ColumnsOf(m.View, sideColumns), Rows: layout.BlockOf(m.View, sideColumns, sides)})
	m.Spread(page, len(sides), 1)
}

var fileColumns = []layout.Column[*report.FileIn]{
	layout.Col("Bestand", 0, workbook.Wrapped, func(v *layout.View, f *report.FileIn) workbook.Value {
		name := bsn.MaskLine(f.Name)
		if f.ReadAgain {
			name += " " + v.Say("(nog eens gelezen: niemand stuurde het opnieuw)")
		}
		return workbook.Text(name)
	}),
	layout.Col("Ontvangen op", 0, workbook.DayOf, func(_ *layout.View, f *report.FileIn) workbook.Value { return workbook.Day(f.Received) }),
	layout.Col("Zorgregels gelezen", 0, workbook.Whole, func(_ *layout.View, f *report.FileIn) workbook.Value { return workbook.Count(f.Rows) }).Summed(),
	layout.Col("Nieuw ontvangen", 0, workbook.Whole, func(_ *layout.View, f *report.FileIn) workbook.Value { return workbook.Count(f.Kept) }).Summed(),
	layout.Col("Al eerder ontvangen", 0, workbook.Whole, func(_ *layout.View, f *report.FileIn) workbook.Value { return workbook.Count(f.Rows - f.Kept) }).Summed(),
	layout.Col("Overgeslagen", 0, workbook.Whole, func(_ *layout.View, f *report.FileIn) workbook.Value { return workbook.Count(f.Totals + f.Empty) }).Summed(),
	layout.Col("Aanbieder met de meeste regels", 0, workbook.Wrapped, func(v *layout.View, f *report.FileIn) workbook.Value {
		if f.Provider == "" {
			return workbook.None()
		}
		return workbook.Text(v.ProviderName(f.Provider))
	}),
}

// files lists the files that were taken in since the last close.
func (m *Month) files(page *workbook.Page) {
	if len(m.Files) == 0 {
		return
	}
	list := make([]*report.FileIn, len(m.Files))
	for i := range m.Files {
		list[i] = &m.Files[i]
	}
	page.Section(&workbook.Section{
		Title: m.Say("Bestanden"), Columns: layout.ColumnsOf(m.View, fileColumns), Rows: layout.BlockOf(m.View, fileColumns, list), Total: m.Say("Totaal"),
	})
}

var refusedColumns = []layout.Column[report.RefusedFile]{
	layout.Col("Bestand", 0, workbook.Wrapped, func(_ *layout.View, f report.RefusedFile) workbook.Value {
		return workbook.Text(bsn.MaskLine(f.Name))
	}),
	layout.Col("Waarom geweigerd", 0, workbook.Wrapped, func(v *layout.View, f report.RefusedFile) workbook.Value {
		return workbook.Text(f.Reason.In(v.Language))
	}).Stretched(),
}

// refused lists the files that were refused whole.
func (m *Month) refused(page *workbook.Page) {
	if len(m.Refused) == 0 {
		return
	}
	page.Section(&workbook.Section{
		Title: m.Say("Geweigerde bestanden"), Columns: layout.ColumnsOf(m.View, refusedColumns), Rows: layout.BlockOf(m.View, refusedColumns, m.Refused),
	})
	page.Paragraph(m.Say("Van een geweigerd bestand is niets ingelezen; het telt in geen van de getallen hierboven mee."))
}
