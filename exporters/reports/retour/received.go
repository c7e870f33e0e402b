package retour

import (
	"strings"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// paid shows, below the key figures, what the provider is paid and what is carried over to the next period.
func (w *Workbook) paid(page *workbook.Page, payments []*report.Payment) {
	forward := month.SumOf(payments, (*report.Payment).CarriesOver).Amount
	meaning := w.Say("Wat wordt betaald voor deze periode, na verrekening van eerdere perioden.")
	if forward != 0 {
		meaning = w.Say("Na verrekening; een saldo van %s gaat door naar de volgende periode.", w.Euros(forward)) // as long as there is room for
	}
	page.Row(
		workbook.Cell{Value: workbook.Text(w.Say("U ontvangt")).As(workbook.Big)},
		workbook.Cell{Value: workbook.Text(meaning)},
		workbook.Cell{},
		workbook.Cell{Value: workbook.Money(month.ToPay(payments)).As(workbook.Big), Format: workbook.Euro},
	)
}

// receivedColumns are the columns of what the provider is paid by each municipality.
var receivedColumns = []month.PaymentColumn{
	month.PaymentTown,
	layout.Col("Uitleg", 0, workbook.Wrapped, func(v *layout.View, p *report.Payment) workbook.Value {
		parts := []string{v.Say("Gedeclareerd %s.", v.Euros(p.Net))}
		if p.CarriedOver != 0 {
			parts = append(parts, v.Say("Verrekend met %s van eerdere perioden.", v.Euros(p.CarriedOver)))
		}
		if forward := p.CarriesOver(); forward != 0 {
			parts = append(parts, v.Say("Een saldo van %s gaat door naar de volgende periode.", v.Euros(forward)))
		}
		return workbook.Text(strings.Join(parts, " "))
	}),
	layout.Col("Uiterlijk betaald op", 0, workbook.DayOf, func(_ *layout.View, p *report.Payment) workbook.Value {
		if p.ToPay == 0 {
			return workbook.None()
		}
		return workbook.Day(p.Due)
	}),
	layout.Col("U ontvangt", 0, workbook.Euro, month.PaymentToPay.Cell).Summed(),
}

// toReceive shows what the provider is paid, by municipality.
func (w *Workbook) toReceive(page *workbook.Page, payments []*report.Payment) {
	page.Section(&workbook.Section{
		Title: w.Say("Wat u ontvangt"), Columns: layout.ColumnsOf(w.View, receivedColumns), Rows: layout.BlockOf(w.View, receivedColumns, payments), Total: w.Say("Totaal"),
	})
}
