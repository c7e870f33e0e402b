package retour

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// toDo is a reason with the records that have it.
type toDo struct {
	reason
	month.Count
}

// whatToDo lists what to correct: rejects first, then what the region judges, each with the most frequent first.
func (w *Workbook) whatToDo(page *workbook.Page) {
	var list []toDo
	for key, sum := range w.reasons {
		list = append(list, toDo{key, *sum})
	}
	slices.SortFunc(list, func(a, b toDo) int {
		return cmp.Or(cmp.Compare(b.effect, a.effect), cmp.Compare(b.Rows, a.Rows), cmp.Compare(a.code, b.code), cmp.Compare(a.remedy, b.remedy))
	})
	page.Chapter(w.Say("Wat te doen"))
	w.notSentNote(page)
	if len(list)+w.rejectedUntold.Rows+w.heldUntold.Rows == 0 {
		if w.messagesNotSent == 0 {
			page.Row(workbook.Cell{Value: workbook.Text(w.Say("Niets: er is niets afgewezen en er wacht niets op een besluit."))})
		}
		return
	}
	w.howToMend(page)
	held := slices.IndexFunc(list, func(t toDo) bool { return t.effect != billing.Reject })
	if held < 0 {
		held = len(list)
	}
	rows := layout.BlockOf(w.View, toDoColumns, list[:held])
	rows = w.addUntold(rows, w.rejectedUntold, billing.Reject, w.Say("Na beoordeling afgewezen."), w.Say("Na beoordeling afgewezen; vraag de regio naar de reden."))
	rows = append(rows, layout.BlockOf(w.View, toDoColumns, list[held:])...)
	rows = w.addUntold(rows, w.heldUntold, billing.Hold, w.Say("De regio beoordeelt deze regels."), w.Say("U hoeft niets te doen, tenzij een regel niet klopt."))
	page.Block(layout.ColumnsOf(w.View, toDoColumns), rows, "")
}

// addUntold adds a row for records of which the provider may read no reason.
func (w *Workbook) addUntold(rows [][]workbook.Value, sum month.Count, severity billing.Severity, rule, remedy string) [][]workbook.Value {
	if sum.Rows == 0 {
		return rows
	}
	return append(rows, []workbook.Value{
		workbook.Text("– (" + w.Severity(severity) + ")"), workbook.Text(rule), workbook.Count(sum.Rows), amountIfAny(sum.Amount), workbook.Text(remedy),
	})
}

// amountIfAny leaves out an amount of 0, which is not known: rows without a price have none.
func amountIfAny(amount billing.Money) workbook.Value {
	if amount == 0 {
		return workbook.None()
	}
	return workbook.Money(amount)
}

// howToMend explains how to send corrected rows in, and how to read the reasons.
func (w *Workbook) howToMend(page *workbook.Page) {
	reasons := w.rejectedUntold.Rows + w.heldUntold.Rows
	for _, sum := range w.reasons {
		reasons += sum.Rows
	}
	lines := []string{
		w.Say("Kies op de bladen Uren en Dagdelen onder ‘Uitkomst pxq’ de regels met ‘afgewezen’. De cel die niet klopt is rood omkaderd en heeft een notitie."),
		w.Say("Verbeter die cellen, maar laat het regelnummer en de versie staan: daaraan herkent de regio de regel. Iets intrekken doet u met aantal 0."),
		w.Say("Bewaar dit bestand en lever het opnieuw aan. Alleen de bladen Uren en Dagdelen worden gelezen, en alleen wat u wijzigde telt als nieuw."),
	}
	if w.checked {
		lines = w.howToMendChecked()
	}
	if w.rejectedHere == 0 {
		lines = nil // all rejects came by message: there is nothing to correct in this file
	}
	if w.Party.Tally.Of(billing.Held).Rows > 0 {
		lines = append(lines, w.Say("Een gele, vet gedrukte cel beoordeelt de regio: de notitie zegt wat er is gevonden."))
	}
	if reasons > w.Party.Tally.Of(billing.Held).Rows+w.Party.Tally.Of(billing.Rejected).Rows {
		lines = append(lines, w.Say("Een regel met meer redenen telt hieronder bij elke reden mee. Zonder bedrag is de prijs niet bekend."))
	}
	for _, line := range lines {
		page.Paragraph(line)
	}
}

var toDoColumns = []layout.Column[toDo]{
	layout.Col("Reden", 0, workbook.Plain, func(v *layout.View, t toDo) workbook.Value {
		return workbook.Text(t.code.String() + " (" + v.Severity(t.effect) + ")")
	}),
	layout.Col("Wat moet kloppen", 0, workbook.Wrapped, func(v *layout.View, t toDo) workbook.Value {
		return workbook.Text(shown.Rule(v.Catalogue, t.code).Title.In(v.Language))
	}),
	layout.Col("Zorgregels", 0, workbook.Whole, func(_ *layout.View, t toDo) workbook.Value { return workbook.Count(t.Rows) }),
	layout.Col("Betrokken bedrag", 0, workbook.Euro, func(_ *layout.View, t toDo) workbook.Value { return amountIfAny(t.Amount) }),
	layout.Col("Wat te doen", 0, workbook.Wrapped, func(_ *layout.View, t toDo) workbook.Value { return workbook.Text(t.remedy) }),
}
