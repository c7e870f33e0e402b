package exporters

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// planProvider plans the return file of one provider: what to mend first, then its own records in the layout of
// the template. Sheets that are read back have Dutch names in every language.
func (g *gathering) planProvider(p *provider) plan {
	name := g.providerName(p.agb)
	title := g.say("Retour %s", name)
	const mend = "Herstel de gekleurde cellen (de reden staat in de notitie en onder Toelichting pxq) en lever dit bestand opnieuw aan; wat gelijk blijft, telt niet dubbel."
	hours := rowSheet(g, "Uren", mend, "tbl_uren", returnedHours, p.hours)
	dayparts := rowSheet(g, "Dagdelen", mend, "tbl_dagdelen", returnedDayparts, p.dayparts)
	hours.kept, dayparts.kept = true, true
	sheets := []sheet{
		hours, dayparts,
		rowSheet(g, "Vervangen", "Regels waarvoor een nieuwere in de plaats kwam, en regels die iets introkken.", "tbl_vervangen", goneColumns, p.gone),
		rowSheet(g, "Declaratie", "De declaratieregels van deze periode: elke regel is één keer afgerond.", "tbl_declaratie", linesForProvider, p.lines),
	}
	if p.signals.Len() > 0 {
		sheets = append(sheets, rowSheet(g, "Signalen", "Wat opvalt aan uw toewijzingen en contracten.", "tbl_signalen", signalsForProvider, p.signals))
	}
	sheets = append(sheets, g.partyReconciliation(&p.party, p.lines.Len(), amountOf(p.lines, linesForProvider)))
	return plan{
		name: fileName("retour", p.agb, name), head: g.head("retour", title),
		build: func(book *workbook.Book) error {
			page := book.AddPage(g.say("Overzicht"), title+" – "+g.month(g.Period), 26, 58, 14, 18, 66)
			g.providerSummary(page, p, sheets)
			return finish(page, g.build(book, sheets))
		},
	}
}

func (g *gathering) providerSummary(page *workbook.Page, p *provider, sheets []sheet) {
	accepted, held, rejected := p.tally.of(billing.Accepted), p.tally.of(billing.Held), p.tally.of(billing.Rejected)
	page.Skip()
	columns := []column[outcomeLine]{
		{"Uitkomst", 0, workbook.Plain, func(_ *view, o outcomeLine) workbook.Value { return workbook.Text(o.label).As(workbook.Big) }, plain},
		{"Wat het betekent", 0, workbook.Wrapped, func(_ *view, o outcomeLine) workbook.Value { return workbook.Text(o.meaning) }, plain},
		{"Zorgregels", 0, workbook.Whole, func(_ *view, o outcomeLine) workbook.Value { return workbook.Count(o.rows).As(workbook.Big) }, plain},
		{"Bedrag", 0, workbook.Euro, func(_ *view, o outcomeLine) workbook.Value { return workbook.Money(o.amount).As(workbook.Big) }, plain},
	}
	page.Block(columnsOf(g.view, columns), blockOf(g.view, columns, []outcomeLine{
		{g.say("Akkoord"), g.say("Gedeclareerd in deze periode: %d declaratieregels, credits verrekend.", p.declared.lines), accepted.rows, p.declared.net()},
		{g.say("Uitval"), g.say("De regio beoordeelt deze regels; het bedrag is nog niet gedeclareerd."), held.rows, held.amount},
		{g.say("Afgewezen"), g.say("Herstel deze regels en lever ze opnieuw aan; zie hieronder."), rejected.rows, rejected.amount},
	}), "")
	g.whatToDo(page, p)
	if payments := g.paymentsWhere(func(payment *batch.Payment) bool { return payment.Provider == p.agb }); len(payments) > 0 {
		g.toReceive(page, payments)
	}
	g.links(page, sheets)
}

// outcomeLine is one of the three numbers on top of a return file.
type outcomeLine struct {
	label, meaning string
	rows           int
	amount         billing.Money
}

// toDo is one thing to mend.
type toDo struct {
	severity billing.Severity
	reason
	count
}

// whatToDo lists what to mend, rejects before what the region judges, the most frequent first.
func (g *gathering) whatToDo(page *workbook.Page, p *provider) {
	var list []toDo
	for key, sum := range p.byReason {
		list = append(list, toDo{g.Catalogue.Severity(key.code), key, *sum})
	}
	slices.SortFunc(list, func(a, b toDo) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(b.rows, a.rows), cmp.Compare(a.code, b.code), cmp.Compare(a.remedy, b.remedy))
	})
	page.Chapter(g.say("Wat te doen"))
	if len(list)+p.refusedByHuman.rows+p.unexplainedHeld.rows == 0 {
		page.Row(workbook.Cell{Value: workbook.Text(g.say("Niets: er is niets afgewezen en er wacht niets op een besluit."))})
		return
	}
	rows := blockOf(g.view, toDoColumns, list)
	for _, rest := range []struct {
		count
		rule, remedy string
	}{
		{p.refusedByHuman, g.say("Na beoordeling afgewezen."), g.say("De reden staat bij de regel, als die is gegeven.")},
		{p.unexplainedHeld, g.say("De regio beoordeelt deze regels."), g.say("U hoeft nu niets te doen.")},
	} {
		if rest.rows > 0 {
			rows = append(rows, []workbook.Value{workbook.Text("–"), workbook.Text(rest.rule), workbook.Count(rest.rows), workbook.Money(rest.amount), workbook.Text(rest.remedy)})
		}
	}
	page.Block(columnsOf(g.view, toDoColumns), rows, "")
}

var toDoColumns = []column[toDo]{
	{"Reden", 0, workbook.Plain, func(v *view, t toDo) workbook.Value {
		return workbook.Text(t.code.String() + " (" + v.severity(t.severity) + ")")
	}, plain},
	{"Wat moet kloppen", 0, workbook.Wrapped, func(v *view, t toDo) workbook.Value {
		return workbook.Text(ruleOf(v.Catalogue, t.code).Title.In(v.language))
	}, plain},
	{"Zorgregels", 0, workbook.Whole, func(_ *view, t toDo) workbook.Value { return workbook.Count(t.rows) }, plain},
	{"Betrokken bedrag", 0, workbook.Euro, func(_ *view, t toDo) workbook.Value { return workbook.Money(t.amount) }, plain},
	{"Wat te doen", 0, workbook.Wrapped, func(_ *view, t toDo) workbook.Value { return workbook.Text(t.remedy) }, plain},
}

// toReceive shows what the provider is paid, by municipality.
func (g *gathering) toReceive(page *workbook.Page, payments []*batch.Payment) {
	columns := []paymentColumn{paymentTown, {"Uitleg", 0, workbook.Plain, func(v *view, p *batch.Payment) workbook.Value {
		if p.Net+p.CarriedOver < 0 {
			return workbook.Text(v.say("Het negatieve saldo gaat door naar de volgende periode."))
		}
		if p.CarriedOver != 0 {
			return workbook.Text(v.say("Verrekend met %s van eerdere perioden.", v.euros(p.CarriedOver)))
		}
		return workbook.None()
	}, plain}, {"Betalen voor of op", 0, workbook.DayOf, paymentDue.cell, plain}, paymentToPay}
	page.Chapter(g.say("Wat u ontvangt"))
	page.Block(columnsOf(g.view, columns), blockOf(g.view, columns, payments), g.say("Totaal"))
}
