package exporters

import (
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// planExceptions plans uitval.xlsx, in which controllers see what asks for a decision and fill it in.
func (g *gathering) planExceptions() plan {
	title := g.say("Uitval %s", g.Region)
	e := &g.exceptions
	sheets := []sheet{
		g.holdSheet(),
		rowSheet(g, "Afgewezen", "Afgewezen zorgregels; alleen andere gegevens kunnen dat veranderen.", "tbl_afgewezen", recordsRejected, e.rejected),
		rowSheet(g, "Signalen", "Wat opvalt; het verandert niets aan de uitkomst.", "tbl_signalen", signalColumns, e.signals),
		g.reconciliationSheet(),
	}
	return plan{
		name: fileName("uitval", "", ""), head: g.head("uitval", title),
		build: func(book *workbook.Book) error {
			page := book.AddPage(g.say("Overzicht"), title+" – "+g.month(g.Period), 9, 60, 46, 14, 14, 14, 20)
			g.exceptionSummary(page, sheets)
			return finish(page, g.build(book, sheets))
		},
	}
}

// holdSheet is the table in which controllers decide. Nothing but their three columns can be changed by accident.
func (g *gathering) holdSheet() sheet {
	const about = "Kies per regel een besluit, vul reden en beoordelaar in, en geef het bestand terug; de aanbieder leest de reden van een afwijzing."
	return sheet{name: "Uitval", about: about, build: func(book *workbook.Book, name string) error {
		table := tableOf(g.view, name, "tbl_uitval", name, g.say(about), holdColumns, g.exceptions.holds)
		table.Frozen, table.Protect = 4, true // the columns that say which hold it is
		return book.AddTable(table)
	}}
}

func (g *gathering) exceptionSummary(page *workbook.Page, sheets []sheet) {
	page.Skip()
	e := &g.exceptions
	page.Row(workbook.Cell{Value: workbook.Text(g.say("%d zorgregels vragen een besluit; samen %s. Regels met meer redenen tellen hieronder bij elke reden mee.",
		e.open.rows, g.euros(e.open.amount))).As(workbook.Label)})
	if len(e.stakes) > 0 {
		page.Chapter(g.say("Uitval per reden"))
		page.Block(columnsOf(g.view, stakeColumns), blockOf(g.view, stakeColumns, byCode(e.stakes)), "")
		page.Chapter(g.say("Uitval per reden en aanbieder"))
		page.Block(columnsOf(g.view, providerStakeColumns), blockOf(g.view, providerStakeColumns, byCodeAndProvider(e.stakes)), "")
	}
	if len(e.refused) > 0 {
		page.Chapter(g.say("Afgewezen per reden"))
		page.Block(columnsOf(g.view, stakeColumns), blockOf(g.view, stakeColumns, byCode(e.refused)), "")
	}
	g.notes(page)
	page.Chapter(g.say("Bladen"))
	for _, s := range sheets {
		name := g.nameOf(s)
		page.Row(workbook.Cell{Value: workbook.None()}, workbook.Cell{Value: workbook.Text(name).As(workbook.Link), Link: name})
	}
}

type stakeColumn = column[stake]

// The columns of what is at stake.
var (
	stakeCode = stakeColumn{"Code", 0, workbook.Plain, func(_ *view, s stake) workbook.Value { return workbook.Text(s.code.String()) }, plain}
	stakeRule = stakeColumn{"Wat moet kloppen", 0, workbook.Wrapped, func(v *view, s stake) workbook.Value {
		return workbook.Text(ruleOf(v.Catalogue, s.code).Title.In(v.language))
	}, plain}
	stakeSource   = stakeColumn{"Bron van de regel", 0, workbook.Plain, func(v *view, s stake) workbook.Value { return workbook.Text(v.source(s.code)) }, plain}
	stakeProvider = stakeColumn{"Aanbieder", 0, workbook.Wrapped, func(v *view, s stake) workbook.Value {
		if s.provider == "" {
			return workbook.Text(v.unknown())
		}
		return workbook.Text(s.provider + " " + v.providerName(s.provider))
	}, plain}
	stakeRows     = stakeColumn{"Zorgregels", 0, workbook.Whole, func(_ *view, s stake) workbook.Value { return workbook.Count(s.rows) }, plain}
	stakeHours    = stakeColumn{"Uren", 0, workbook.Quantity, func(_ *view, s stake) workbook.Value { return workbook.Hours(s.time) }, plain}
	stakeDayparts = stakeColumn{"Dagdelen", 0, workbook.Quantity, func(_ *view, s stake) workbook.Value { return workbook.Dayparts(s.dayparts) }, plain}
	stakeAmount   = stakeColumn{"Betrokken bedrag", 0, workbook.Euro, func(_ *view, s stake) workbook.Value { return workbook.Money(s.amount) }, plain}
)

var (
	stakeColumns         = []stakeColumn{stakeCode, stakeRule, stakeSource, stakeRows, stakeHours, stakeDayparts, stakeAmount}
	providerStakeColumns = []stakeColumn{stakeCode, stakeRule, stakeProvider, stakeRows, stakeHours, stakeDayparts, stakeAmount}
)
