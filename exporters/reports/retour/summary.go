package retour

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

func (w *Workbook) summary(page *workbook.Page, sheets []layout.Sheet, leftOut *workbook.Rows) {
	page.Skip()
	page.Fact(w.Say("AGB-code"), workbook.Text(w.agb), workbook.Plain)
	page.Fact(w.Say("Stand per"), workbook.Day(w.AsOf), workbook.DayOf)
	payments := w.PaymentsWhere(func(payment *report.Payment) bool { return payment.Provider == w.agb })
	w.numbers(page, payments)
	w.whatToDo(page)
	w.prestatiesNote(page)
	w.strangersNote(page)
	w.leftOutNote(page, leftOut)
	w.stepsBlock(page)
	if len(payments) > 0 {
		w.toReceive(page, payments)
	}
	w.Links(page, sheets, 0)
}

// outcomeLine is one of the key figures at the top of a return file.
type outcomeLine struct {
	label, meaning string
	rows           int
	amount         billing.Money
	big            bool // one of the three key figures; the others have no amount
}

func (o outcomeLine) value(value workbook.Value) workbook.Value {
	if o.big {
		return value.As(workbook.Big)
	}
	return value
}

var outcomeColumns = []layout.Column[outcomeLine]{
	layout.Col("Uitkomst", 0, workbook.Plain, func(_ *layout.View, o outcomeLine) workbook.Value { return o.value(workbook.Text(o.label)) }),
	layout.Col("Wat het betekent", 0, workbook.Wrapped, func(_ *layout.View, o outcomeLine) workbook.Value { return workbook.Text(o.meaning) }),
	layout.Col("Zorgregels", 0, workbook.Whole, func(_ *layout.View, o outcomeLine) workbook.Value { return o.value(workbook.Count(o.rows)) }).Summed(),
	layout.Col("Bedrag", 0, workbook.Euro, func(_ *layout.View, o outcomeLine) workbook.Value {
		if !o.big {
			return workbook.None()
		}
		return o.value(workbook.Money(o.amount))
	}),
}

// numbers shows what was received by outcome, which adds up, and what is paid.
func (w *Workbook) numbers(page *workbook.Page, payments []*report.Payment) {
	accepted, held, rejected := w.Party.Tally.Of(billing.Accepted), w.Party.Tally.Of(billing.Held), w.Party.Tally.Of(billing.Rejected)
	lines := []outcomeLine{
		{w.Say("Akkoord"), w.Say("Deze regels kloppen. Hieronder staat hoe hun bedrag dat van de declaratie wordt."), accepted.Rows, w.Party.Accepted(), true},
		{w.Say("Uitval"), w.Say("De regio beoordeelt deze regels; het bedrag is nog niet gedeclareerd."), held.Rows, held.Amount, true},
		{w.Say("Afgewezen"), w.Say("Herstel deze regels en lever ze opnieuw aan; zie hieronder. Het bedrag is dat van de regels met een bekende prijs."), rejected.Rows, rejected.Amount, true},
	}
	w.sayNone(&lines[1], &lines[2])
	for _, rest := range []outcomeLine{
		{label: w.Say("Wacht"), meaning: w.Say("Zorg van na deze periode; die telt in haar eigen maand mee."), rows: w.Party.Tally.Of(billing.Pending).Rows},
		{label: w.Say("Vervangen of ingetrokken"), meaning: w.Say("Hiervoor kwam een nieuwere regel in de plaats, of u trok iets in."), rows: w.Party.Tally.Of(billing.Replaced).Rows + w.Party.Tally.Of(billing.Withdrawn).Rows},
		{label: w.Say("Al eerder ontvangen"), meaning: w.Say("Gelijk aan wat er al was; dit telt niet dubbel."), rows: w.Party.Tally.Again.Rows},
	} {
		if rest.rows > 0 {
			lines = append(lines, rest)
		}
	}
	page.Skip()
	page.Block(layout.ColumnsOf(w.View, outcomeColumns), layout.BlockOf(w.View, outcomeColumns, lines), w.Say("Samen"))
	w.paid(page, payments)
	tally := &w.Party.Tally
	page.Paragraph(w.Say("Samen: nieuw ontvangen %s, van eerder en gewijzigd of nog in uitval %s, al eerder ontvangen %s.", w.Count(tally.Fresh.Rows), w.Count(tally.Before.Rows), w.Count(tally.Again.Rows)))
}

// sayNone says of no held or rejected rows that there are none, instead of what becomes of them.
func (w *Workbook) sayNone(held, rejected *outcomeLine) {
	if held.rows == 0 {
		held.meaning = w.Say("Er wacht niets op een besluit.")
	}
	if rejected.rows == 0 {
		rejected.meaning = w.Say("Er is niets afgewezen.")
	}
}

var stepColumns = []layout.Column[month.Step]{
	layout.Col("Stap", 0, workbook.Plain, func(_ *layout.View, s month.Step) workbook.Value { return workbook.Text(s.Label) }),
	layout.Col("Uitleg", 0, workbook.Wrapped, func(_ *layout.View, s month.Step) workbook.Value { return workbook.Text(s.Meaning) }),
	layout.Col("", 0, workbook.Plain, func(*layout.View, month.Step) workbook.Value { return workbook.None() }).Kept(),
	layout.Col("Bedrag", 0, workbook.Euro, func(_ *layout.View, s month.Step) workbook.Value { return workbook.Money(s.Amount) }).Summed(),
}

// stepsBlock shows how the accepted amount becomes the declared amount.
func (w *Workbook) stepsBlock(page *workbook.Page) {
	page.Section(&workbook.Section{
		Title: w.Say("Van akkoord naar gedeclareerd"), Columns: layout.ColumnsOf(w.View, stepColumns), Rows: layout.BlockOf(w.View, stepColumns, w.Steps(&w.Party)),
		Total: w.Say("Gedeclareerd"),
	})
	told := "Het akkoord bedrag is dat van de kolom Toegekend bedrag op de bladen Uren en Dagdelen. Aantal declaratieregels: %s."
	if w.prestaties.Len() > 0 {
		told = "Het akkoord bedrag is dat van de kolom Toegekend bedrag op de bladen Uren, Dagdelen en Prestaties. Aantal declaratieregels: %s."
	}
	page.Paragraph(w.Say(told, w.Count(w.Party.Declared.Lines)))
}
