package reports

import (
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// planMunicipality plans the workbook of the finance department of one municipality: only its own residents.
func (g *gathering) planMunicipality(m *municipality) plan {
	name := g.municipalityName(m.code)
	title := g.say("Declaratie jeugdhulp %s", name)
	own := func(k cubeKey) bool { return k.municipality == m.code }
	payments := g.paymentsWhere(func(p *report.Payment) bool { return p.Municipality == m.code })
	sheets := []sheet{
		g.paymentSheet(paymentsOfMunicipality, payments),
		g.segmentSheet(own), g.productSheet(own), g.providerSheet(own), g.providerProductSheet(own), g.taskSheet(own),
		rowSheet(g, "Declaratieregels", "Alle declaratieregels van de eigen inwoners.", "tbl_declaratieregels", linesForMunicipality, m.lines),
		rowSheet(g, "Correcties", "Credits en correcties, met de regel die zij crediteren.", "tbl_correcties", linesForMunicipality, m.corrections),
		rowSheet(g, "Uitval", "Zorgregels die op een besluit wachten; zij zijn niet gedeclareerd.", "tbl_uitval", recordsForMunicipality, m.held),
		rowSheet(g, "Afgewezen", "Afgewezen zorgregels; zij zijn niet gedeclareerd.", "tbl_afgewezen", recordsForMunicipality, m.rejected),
		rowSheet(g, "Signalen", "Wat opvalt aan toewijzingen van de eigen inwoners.", "tbl_signalen", signalsForMunicipality, m.signals),
	}
	if changes := g.changes(false, m.code); len(changes) > 0 {
		sheets = append(sheets, g.changesSheet(false, changes))
	}
	sheets = append(sheets, g.partyReconciliation(&m.party, m.lines.Len(), amountOf(m.lines, linesForMunicipality)))
	return plan{
		name: fileName("gemeente", m.code, name), head: g.head("gemeente", title),
		build: func(book *workbook.Book) error {
			page := book.AddPage(g.say("Samenvatting"), title+" – "+g.month(g.Period), g.nameWidth(), 24, 17, 17, 17, 17, 17, 17)
			g.municipalitySummary(page, m, payments, sheets)
			return finish(page, g.build(book, sheets))
		},
	}
}

func (g *gathering) municipalitySummary(page *workbook.Page, m *municipality, payments []*report.Payment, sheets []sheet) {
	g.facts(page)
	if m.code != "" {
		page.Fact(g.say("Gemeentecode"), workbook.Text(m.code), workbook.Plain)
		page.Fact(g.say("Gebied"), workbook.Text(g.areaName(g.areaOf(m.code))), workbook.Plain)
	}
	g.headlines(page, &m.party, payments)
	own := func(k cubeKey) bool { return k.municipality == m.code }
	if m.code != "" || m.declared.lines > 0 {
		g.monthsBlock(page, m.code)
	}
	g.segmentBlock(page, own)
	g.productBlock(page, own)
	g.movementsBlock(page, m.code)
	g.changesBlock(page, g.changes(false, m.code))
	g.clientsBlock(page, m)
	g.links(page, sheets, 0)
	g.notes(page)
}
