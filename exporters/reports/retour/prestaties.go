package retour

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// prestatieColumns are the columns of what came by message (JW323). Fewer than five of their headings are those of a submission,
// so that the reader skips the sheet, even if a program dropped the kind of the workbook: a prestatie must not come in twice.
var prestatieColumns = []returnedColumn{
	layout.Col("Referentie", 22, workbook.Plain, func(_ *layout.View, r *returned) workbook.Value { return workbook.Text(r.Record.Reference) }),
	columnOutcome,
	layout.Col("Retourcodes", 14, workbook.Plain, func(v *layout.View, r *returned) workbook.Value {
		return workbook.Text(strings.Join(shown.ReturnCodes(v.Catalogue, r.Row), " "))
	}),
	columnCodes, columnText, ofRow(month.RecordBSN), goneReferral, ofRow(month.RecordProduct),
	layout.Col("Eerste dag", 12, workbook.DayOf, func(_ *layout.View, r *returned) workbook.Value { return workbook.Day(r.Record.First) }),
	layout.Col("Laatste dag", 12, workbook.DayOf, func(_ *layout.View, r *returned) workbook.Value { return workbook.Day(r.Record.LastDay()) }),
	layout.Col("Volume", 11, workbook.Whole, func(_ *layout.View, r *returned) workbook.Value {
		return workbook.Count(int(r.Record.Prestatie.Volume))
	}),
	layout.Col("In eenheid", 12, workbook.Plain, func(v *layout.View, r *returned) workbook.Value {
		unit := r.Record.Prestatie.Unit
		if r.Record.Unit == billing.NoUnit {
			return workbook.Text(unit) // it is not settled
		}
		return workbook.Text(unit + " " + v.Say(billing.WrittenOf(unit)))
	}),
	layout.Col("Ingediend tarief", 17, workbook.Euro, func(_ *layout.View, r *returned) workbook.Value {
		if !r.Record.Prestatie.HasTariff {
			return workbook.None()
		}
		return workbook.Money(billing.Money(r.Record.Prestatie.Tariff))
	}),
	layout.Col("Ingediend bedrag", 18, workbook.Euro, func(_ *layout.View, r *returned) workbook.Value {
		if r.Record.IsCredit() {
			return workbook.Money(-r.Record.Prestatie.Claimed)
		}
		return workbook.Money(r.Record.Prestatie.Claimed)
	}).Summed(),
	columnAmount, columnHours, columnDayparts, columnFile, ofRow(month.RecordInMessage),
}

// prestatiesNote explains on the first sheet that prestaties are corrected by message.
func (w *Workbook) prestatiesNote(page *workbook.Page) {
	if w.prestaties.Len() == 0 {
		return
	}
	page.Skip()
	page.Paragraph(w.Say("Prestaties uit berichten (JW323) staan op het blad Prestaties. Aantal: %s. Het antwoordbericht (JW325) zegt hetzelfde; verbeter een afgewezen prestatie in een volgend bericht, met een nieuw referentienummer.", w.Count(w.prestaties.Len())))
}

// notSentNote mentions on the first sheet that messages count as never sent: none of their prestaties is among the rows and
// amounts, so nothing else there would show it.
func (w *Workbook) notSentNote(page *workbook.Page) {
	if w.messagesNotSent == 0 {
		return
	}
	page.Paragraph(w.Say("Berichten (JW323) die als niet verstuurd gelden, zodat niets eruit meetelt: %s. Het blad Berichten zegt wat er niet klopt; verbeter ze en verstuur ze opnieuw.", w.Count(w.messagesNotSent)))
}
