package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// planRegion plans regio.xlsx: totals for the region, without a client or a record.
func (g *gathering) planRegion() plan {
	title := g.say("Declaratie P*Q %s", g.Region)
	sheets := []sheet{
		g.paymentSheet(paymentsOfRegion, g.paymentsWhere(func(*report.Payment) bool { return true })),
		g.municipalitySheet(),
		g.groupSheet("Gebieden", "De declaratie per gebied.", "tbl_gebieden",
			withMeasures(keyColumn("Code", 10), nameColumn("Gebied", 34, (*view).areaName)),
			func() []group {
				return g.cube.groups(everything, func(k cubeKey) string { return g.areaOf(k.municipality) })
			}),
		g.segmentSheet(everything),
		g.productSheet(everything),
		g.providerSheet(everything),
		g.providerCross(),
		g.productCross(),
		g.comparisonSheet(),
	}
	changes := g.changes(true, "")
	if len(changes) > 0 {
		sheets = append(sheets, g.changesSheet(true, changes))
	}
	if len(g.Ceilings) > 0 {
		sheets = append(sheets, g.ceilingSheet())
	}
	sheets = append(sheets, g.reconciliationSheet())
	return plan{
		name: fileName("regio", "", ""), head: g.head("regio", title),
		build: func(book *workbook.Book) error {
			page := book.AddPage(g.say("Samenvatting"), title+" – "+g.month(g.Period), g.nameWidth(), 17, 16, 16, 17, 16, 18, 18, 18, 18)
			g.regionSummary(page, sheets)
			return finish(page, g.build(book, sheets))
		},
	}
}

func (g *gathering) regionSummary(page *workbook.Page, sheets []sheet) {
	g.facts(page)
	if g.Closed {
		page.Fact(g.say("Ketenkop"), workbook.Text(g.ChainHead), workbook.Plain)
	}
	page.Fact(g.say("Contractenboek"), workbook.Text(g.Fingerprint), workbook.Plain)
	g.headlines(page, &g.region, g.paymentsWhere(func(*report.Payment) bool { return true }))
	var towns []*municipality
	for _, code := range sortedKeys(g.municipalities) {
		if code != "" {
			towns = append(towns, g.municipalities[code])
		}
	}
	if unknown := g.municipalities[""]; unknown != nil {
		towns = append(towns, unknown)
	}
	page.Section(&workbook.Section{
		Title: g.say("Per gemeente"), Columns: columnsOf(g.view, townColumns), Rows: blockOf(g.view, townColumns, towns), Total: g.say("Totaal"),
	})
	g.matrixBlock(page)
	g.areaBlock(page)
	g.changesBlock(page, g.changes(true, ""))
	g.ceilingsBlock(page)
	g.qualityBlock(page)
	g.missing(page)
	g.links(page, sheets, 0)
	g.notes(page)
}

// townColumns are the summary by municipality.
var townColumns = []column[*municipality]{
	{"Gemeente", 0, workbook.Plain, func(v *view, m *municipality) workbook.Value { return workbook.Text(v.municipalityName(m.code)) }, plain},
	{"Zorgregels ontvangen", 0, workbook.Whole, func(_ *view, m *municipality) workbook.Value { return workbook.Count(m.tally.received()) }, summed},
	outcomeColumn("Akkoord", billing.Accepted), outcomeColumn("Uitval", billing.Held), outcomeColumn("Afgewezen", billing.Rejected),
	outcomeColumn("Wacht", billing.Pending),
	{"Overig", 0, workbook.Whole, func(_ *view, m *municipality) workbook.Value {
		return workbook.Count(m.tally.of(billing.Replaced).rows + m.tally.of(billing.Withdrawn).rows + m.tally.again.rows)
	}, summed},
	{"Gedeclareerd bedrag", 0, workbook.Euro, func(_ *view, m *municipality) workbook.Value { return workbook.Money(m.declared.net()) }, summed},
	{"Bedrag in uitval", 0, workbook.Euro, func(_ *view, m *municipality) workbook.Value { return workbook.Money(m.tally.of(billing.Held).amount) }, summed},
	{"Bedrag afgewezen", 0, workbook.Euro, func(_ *view, m *municipality) workbook.Value {
		return workbook.Money(m.tally.of(billing.Rejected).amount)
	}, summed},
}

func outcomeColumn(heading string, outcome billing.Outcome) column[*municipality] {
	return column[*municipality]{heading, 0, workbook.Whole, func(_ *view, m *municipality) workbook.Value { return workbook.Count(m.tally.of(outcome).rows) }, summed}
}

// missing names who sent nothing.
func (g *gathering) missing(page *workbook.Page) {
	if len(g.Missing) == 0 {
		return
	}
	columns := []column[string]{
		{"Aanbieder", 0, workbook.Plain, func(v *view, agb string) workbook.Value { return workbook.Text(v.providerName(agb)) }, plain},
		{"AGB-code", 0, workbook.Plain, func(_ *view, agb string) workbook.Value { return workbook.Text(agb) }, plain},
	}
	page.Section(&workbook.Section{
		Title: g.say("Vorige periode wel, nu niets aangeleverd"), Columns: columnsOf(g.view, columns), Rows: blockOf(g.view, columns, g.Missing),
	})
}
