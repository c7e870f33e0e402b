package reports

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// planProvider plans the return file of one provider: what to mend first, then its own records in the layout of
// the template. Sheets that are read back have Dutch names in every language.
func (g *gathering) planProvider(p *provider) plan {
	name := g.providerName(p.agb)
	title := g.say("Retour %s", name)
	if name == g.unknown() {
		title = g.say("Retour AGB-code %s", p.agb)
	}
	hours := rowSheet(g, "Uren", "Zorg in uren en minuten, met de uitkomst ernaast. Herstel de rood omkaderde cellen en lever dit bestand opnieuw aan; wat gelijk blijft, telt niet dubbel.", "tbl_uren", returnedHours, p.hours)
	dayparts := rowSheet(g, "Dagdelen", "Zorg in dagdelen, met de uitkomst ernaast. Herstel de rood omkaderde cellen en lever dit bestand opnieuw aan; wat gelijk blijft, telt niet dubbel.", "tbl_dagdelen", returnedDayparts, p.dayparts)
	hours.kept, dayparts.kept = true, true
	sheets := []sheet{hours, dayparts}
	if p.gone.Len() > 0 {
		sheets = append(sheets, rowSheet(g, "Vervangen", "Regels waarvoor een nieuwere in de plaats kwam, en regels die iets introkken.", "tbl_vervangen", goneColumns, p.gone))
	}
	if p.lines.Len() > 0 {
		sheets = append(sheets, rowSheet(g, "Declaratie", "De declaratieregels van deze periode: elke regel is één keer afgerond.", "tbl_declaratie", linesForProvider, p.lines))
	}
	if p.signals.Len() > 0 {
		sheets = append(sheets, rowSheet(g, "Signalen", "Wat opvalt aan uw toewijzingen en contracten.", "tbl_signalen", signalsForProvider, p.signals))
	}
	sheets = append(sheets, g.partyReconciliation(&p.party, p.lines.Len(), amountOf(p.lines, linesForProvider)))
	return plan{
		name: fileName("retour", p.agb, name), head: g.head("retour", title),
		build: func(book *workbook.Book) error {
			page := book.AddPage(g.say("Overzicht"), title+" – "+g.month(g.Period), 26, 68, 14, 18, 74)
			g.providerSummary(page, p, sheets)
			return finish(page, g.build(book, sheets))
		},
	}
}

func (g *gathering) providerSummary(page *workbook.Page, p *provider, sheets []sheet) {
	page.Skip()
	page.Fact(g.say("AGB-code"), workbook.Text(p.agb), workbook.Plain)
	page.Fact(g.say("Stand per"), workbook.Day(g.AsOf), workbook.DayOf)
	payments := g.paymentsWhere(func(payment *report.Payment) bool { return payment.Provider == p.agb })
	g.numbers(page, p, payments)
	g.whatToDo(page, p)
	g.strangersNote(page, p)
	if len(payments) > 0 {
		g.toReceive(page, payments)
	}
	g.links(page, sheets, 0)
}

// outcomeLine is one of the numbers on top of a return file.
type outcomeLine struct {
	label, meaning string
	rows           int
	amount         billing.Money
	big            bool // one of the three that matter most; the others have no amount
}

func (o outcomeLine) value(value workbook.Value) workbook.Value {
	if o.big {
		return value.As(workbook.Big)
	}
	return value
}

var outcomeColumns = []column[outcomeLine]{
	{"Uitkomst", 0, workbook.Plain, func(_ *view, o outcomeLine) workbook.Value { return o.value(workbook.Text(o.label)) }, plain},
	{"Wat het betekent", 0, workbook.Wrapped, func(_ *view, o outcomeLine) workbook.Value { return workbook.Text(o.meaning) }, plain},
	{"Zorgregels", 0, workbook.Whole, func(_ *view, o outcomeLine) workbook.Value { return o.value(workbook.Count(o.rows)) }, summed},
	{"Bedrag", 0, workbook.Euro, func(_ *view, o outcomeLine) workbook.Value {
		if !o.big {
			return workbook.None()
		}
		return o.value(workbook.Money(o.amount))
	}, plain},
}

// numbers shows what was received and what became of it, which adds up, and what is paid.
func (g *gathering) numbers(page *workbook.Page, p *provider, payments []*report.Payment) {
	accepted, held, rejected := p.tally.of(billing.Accepted), p.tally.of(billing.Held), p.tally.of(billing.Rejected)
	lines := []outcomeLine{
		{g.say("Akkoord"), g.say("Gedeclareerd in deze periode, credits verrekend. Aantal declaratieregels: %d; elke is één keer afgerond, wat centen kan schelen met de bladen Uren en Dagdelen.", p.declared.lines), accepted.rows, p.declared.net(), true},
		{g.say("Uitval"), g.say("De regio beoordeelt deze regels; het bedrag is nog niet gedeclareerd."), held.rows, held.amount, true},
		{g.say("Afgewezen"), g.say("Herstel deze regels en lever ze opnieuw aan; zie hieronder. Het bedrag is dat van de regels met een bekende prijs."), rejected.rows, rejected.amount, true},
	}
	if held.rows == 0 {
		lines[1].meaning = g.say("Er wacht niets op een besluit.")
	}
	if rejected.rows == 0 {
		lines[2].meaning = g.say("Er is niets afgewezen.")
	}
	for _, rest := range []outcomeLine{
		{label: g.say("Wacht"), meaning: g.say("Zorg van na deze periode; die telt in haar eigen maand mee."), rows: p.tally.of(billing.Pending).rows},
		{label: g.say("Vervangen of ingetrokken"), meaning: g.say("Hiervoor kwam een nieuwere regel in de plaats, of u trok iets in."), rows: p.gone.Len()},
		{label: g.say("Al eerder ontvangen"), meaning: g.say("Gelijk aan wat er al was; dit telt niet dubbel."), rows: p.tally.again.rows},
	} {
		if rest.rows > 0 {
			lines = append(lines, rest)
		}
	}
	page.Skip()
	received := g.say("Ontvangen")
	if p.tally.before.rows > 0 {
		received = g.say("Ontvangen of nog open")
	}
	page.Block(columnsOf(g.view, outcomeColumns), blockOf(g.view, outcomeColumns, lines), received)
	g.paid(page, payments)
}

// toDo is one thing to mend.
type toDo struct {
	reason
	count
}

// whatToDo lists what to mend, rejects before what the region judges, the most frequent first.
func (g *gathering) whatToDo(page *workbook.Page, p *provider) {
	var list []toDo
	for key, sum := range p.byReason {
		list = append(list, toDo{key, *sum})
	}
	slices.SortFunc(list, func(a, b toDo) int {
		return cmp.Or(cmp.Compare(b.effect, a.effect), cmp.Compare(b.rows, a.rows), cmp.Compare(a.code, b.code), cmp.Compare(a.remedy, b.remedy))
	})
	page.Chapter(g.say("Wat te doen"))
	if len(list)+p.refusedByHuman.rows+p.unexplainedHeld.rows == 0 {
		page.Row(workbook.Cell{Value: workbook.Text(g.say("Niets: er is niets afgewezen en er wacht niets op een besluit."))})
		return
	}
	g.howToMend(page, p)
	held := slices.IndexFunc(list, func(t toDo) bool { return t.effect != billing.Reject })
	if held < 0 {
		held = len(list)
	}
	rows := blockOf(g.view, toDoColumns, list[:held])
	rows = g.addUntold(rows, p.refusedByHuman, billing.Reject, g.say("Na beoordeling afgewezen."), g.say("Na beoordeling afgewezen; vraag de regio naar de reden."))
	rows = append(rows, blockOf(g.view, toDoColumns, list[held:])...)
	rows = g.addUntold(rows, p.unexplainedHeld, billing.Hold, g.say("De regio beoordeelt deze regels."), g.say("U hoeft niets te doen, tenzij een regel niet klopt."))
	page.Block(columnsOf(g.view, toDoColumns), rows, "")
}

// addUntold adds the rows of which no reason can be told.
func (g *gathering) addUntold(rows [][]workbook.Value, sum count, severity billing.Severity, rule, remedy string) [][]workbook.Value {
	if sum.rows == 0 {
		return rows
	}
	return append(rows, []workbook.Value{
		workbook.Text("– (" + g.severity(severity) + ")"), workbook.Text(rule), workbook.Count(sum.rows), amountIfAny(sum.amount), workbook.Text(remedy),
	})
}

// amountIfAny leaves out an amount that could not be known: rows without a price have none.
func amountIfAny(amount billing.Money) workbook.Value {
	if amount == 0 {
		return workbook.None()
	}
	return workbook.Money(amount)
}

// howToMend tells how to send mended rows in, and how to read the reasons.
func (g *gathering) howToMend(page *workbook.Page, p *provider) {
	reasons := p.refusedByHuman.rows + p.unexplainedHeld.rows
	for _, sum := range p.byReason {
		reasons += sum.rows
	}
	lines := []string{
		g.say("Kies op de bladen Uren en Dagdelen onder ‘Uitkomst pxq’ de regels met ‘afgewezen’. De cel die niet klopt is rood omkaderd en heeft een notitie."),
		g.say("Verbeter die cellen, maar laat het regelnummer staan: daaraan herkent de regio de regel. Iets intrekken doet u met aantal 0."),
		g.say("Bewaar dit bestand en lever het opnieuw aan. Alleen de bladen Uren en Dagdelen worden gelezen, en alleen wat u wijzigde telt als nieuw."),
	}
	if p.tally.of(billing.Rejected).rows == 0 {
		lines = nil
	}
	if p.tally.of(billing.Held).rows > 0 {
		lines = append(lines, g.say("Een gele, vet gedrukte cel beoordeelt de regio: de notitie zegt wat er is gevonden."))
	}
	if reasons > p.tally.of(billing.Held).rows+p.tally.of(billing.Rejected).rows {
		lines = append(lines, g.say("Een regel met meer redenen telt hieronder bij elke reden mee. Zonder bedrag is de prijs niet bekend."))
	}
	for _, line := range lines {
		page.Paragraph(line)
	}
}

var toDoColumns = []column[toDo]{
	{"Reden", 0, workbook.Plain, func(v *view, t toDo) workbook.Value {
		return workbook.Text(t.code.String() + " (" + v.severity(t.effect) + ")")
	}, plain},
	{"Wat moet kloppen", 0, workbook.Wrapped, func(v *view, t toDo) workbook.Value {
		return workbook.Text(shown.Rule(v.Catalogue, t.code).Title.In(v.language))
	}, plain},
	{"Zorgregels", 0, workbook.Whole, func(_ *view, t toDo) workbook.Value { return workbook.Count(t.rows) }, plain},
	{"Betrokken bedrag", 0, workbook.Euro, func(_ *view, t toDo) workbook.Value { return amountIfAny(t.amount) }, plain},
	{"Wat te doen", 0, workbook.Wrapped, func(_ *view, t toDo) workbook.Value { return workbook.Text(t.remedy) }, plain},
}
