package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// planExceptions plans uitval.xlsx, in which controllers see what asks for a decision and fill it in.
func (g *gathering) planExceptions() plan {
	title := g.say("Uitval %s", g.Region)
	e := &g.exceptions
	sheets := []sheet{
		g.holdSheet(),
		rowSheet(g, "Afgewezen", "Afgewezen zorgregels; alleen andere gegevens kunnen dat veranderen.", "tbl_afgewezen", recordsRejected, e.rejected),
		g.signalSheet(),
		g.reconciliationSheet(),
	}
	return plan{
		name: fileName("uitval", "", ""), head: g.head("uitval", title),
		build: func(book *workbook.Book) error {
			page := book.AddPage(g.say("Overzicht"), title+" – "+g.month(g.Period), 9, 60, 46, 14, 14, 14, 20, 15, 9)
			g.exceptionSummary(page, sheets)
			return finish(page, g.build(book, sheets))
		},
	}
}

// holdSheet is the table in which controllers decide. Nothing but their three columns can be changed by accident.
func (g *gathering) holdSheet() sheet {
	const about = "Kies per regel een besluit en vul reden (verplicht bij akkoord en afwijzen) en beoordelaar in; geef het bestand terug. De aanbieder leest de reden van een afwijzing, behalve bij regels die over anderen gaan (S01)."
	return sheet{name: "Uitval", about: "Eén rij per besluit dat gevraagd wordt.", build: func(book *workbook.Book, name string) error {
		var order []billing.Code // as on the first sheet: what is most at stake comes first
		for _, stake := range byCode(g.exceptions.stakes) {
			order = append(order, stake.code)
		}
		rows, err := g.exceptions.holds.table(order, nil)
		if err != nil {
			return err
		}
		table := tableOf(g.view, name, "tbl_uitval", name, g.say(about), holdColumns, rows)
		table.Frozen, table.Protect = 4, true // the columns that say which hold it is
		return book.AddTable(table)
	}}
}

// signalSheet is the table of signals, kind by kind.
func (g *gathering) signalSheet() sheet {
	const about = "Wat opvalt; het verandert niets aan de uitkomst. Bovenaan staat waar nog iets aan te doen is."
	return sheet{name: "Signalen", about: about, build: func(book *workbook.Book, name string) error {
		rows, err := g.exceptions.signals.table(firstSignals, lastSignals)
		if err != nil {
			return err
		}
		return book.AddTable(tableOf(g.view, name, "tbl_signalen", name, g.say(about), signalColumns, rows))
	}}
}

func (g *gathering) exceptionSummary(page *workbook.Page, sheets []sheet) {
	e := &g.exceptions
	page.Skip()
	page.Row(workbook.Cell{Value: workbook.Text(g.say("%d zorgregels vragen een besluit; samen %s. Regels met meer redenen tellen hieronder bij elke reden mee.",
		e.open.rows, g.euros(e.open.amount))).As(workbook.Label)})
	if e.declared.rows > 0 {
		page.Row(workbook.Cell{Value: workbook.Text(g.say("Daarvan al gedeclareerd, en akkoord zolang niemand ze afwijst: %d, samen %s.", e.declared.rows, g.euros(e.declared.amount)))})
	}
	if e.open.since != 0 {
		page.Row(workbook.Cell{Value: workbook.Text(g.say("De oudste wacht sinds %s: %d dagen op %s.", day(e.open.since), int(g.AsOf-e.open.since), day(g.AsOf)))})
	}
	if count := e.holds.count(); count > 0 {
		page.Row(workbook.Cell{Value: workbook.Text(g.say("Besluiten ingevuld, van de %d die gevraagd worden:", count))}, workbook.Cell{}, workbook.Cell{
			Value: workbook.Count(0).As(workbook.Strong), Format: workbook.Whole, Formula: "COUNTA(" + workbook.Body(g.say("Uitval"), decisionColumn, count) + ")",
		})
	}
	g.stakesBlock(page, "Uitval per reden", heldColumns(stakeSource), byCode(e.stakes))
	g.stakesBlock(page, "Uitval per reden en aanbieder", heldColumns(stakeProvider), byCodeAndProvider(e.stakes))
	g.stakesBlock(page, "Afgewezen per reden", stakeColumns, byCode(e.refused))
	g.stakesBlock(page, "Signalen per soort", notedColumns, byCode(e.noted))
	g.links(page, sheets, 1)
	g.notes(page)
}

// stakesBlock shows what is at stake for each reason.
func (g *gathering) stakesBlock(page *workbook.Page, title string, columns []stakeColumn, list []stake) {
	if len(list) > 0 {
		page.Section(&workbook.Section{Title: g.say(title), Columns: columnsOf(g.view, columns), Rows: blockOf(g.view, columns, list)})
	}
}

type stakeColumn = column[stake]

// The columns of what is at stake.
var (
	stakeCode = stakeColumn{"Code", 0, workbook.Plain, func(v *view, s stake) workbook.Value { return workbook.Text(s.code.String()).As(v.look(s.code)) }, plain}
	stakeRule = stakeColumn{"Wat moet kloppen", 0, workbook.Wrapped, func(v *view, s stake) workbook.Value {
		return workbook.Text(shown.Rule(v.Catalogue, s.code).Title.In(v.language))
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
	stakeSince    = stakeColumn{"Oudste sinds", 0, workbook.DayOf, func(_ *view, s stake) workbook.Value { return workbook.Day(s.since) }, plain}
	stakeDays     = stakeColumn{"Dagen", 0, workbook.Whole, func(v *view, s stake) workbook.Value { return v.daysSince(s.since) }, plain}
)

// stakeColumns are what rejects come to, by rule; notedColumns how often something was signalled.
var (
	stakeColumns = []stakeColumn{stakeCode, stakeRule, stakeSource, stakeRows, stakeHours, stakeDayparts, stakeAmount}
	notedColumns = []stakeColumn{stakeCode, stakeRule, stakeSource, {"Signalen", 0, workbook.Whole, func(_ *view, s stake) workbook.Value { return workbook.Count(s.rows) }, plain}}
)

// heldColumns are what holds come to and how long they have been there, by rule and something else.
func heldColumns(by stakeColumn) []stakeColumn {
	return []stakeColumn{stakeCode, stakeRule, by, stakeRows, stakeHours, stakeDayparts, stakeAmount, stakeSince, stakeDays}
}

// look gives how the code of a rule looks; what it does stands in the heading too.
func (v *view) look(code billing.Code) workbook.Look {
	switch v.Catalogue.Severity(code) {
	case billing.Reject:
		return workbook.Rejection
	case billing.Hold:
		return workbook.Holding
	}
	return workbook.Signalling
}
