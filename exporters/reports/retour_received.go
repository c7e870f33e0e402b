package reports

import (
	"strings"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// paid shows, under the numbers of a return file, what the provider is paid and what goes on to the next period.
func (g *gathering) paid(page *workbook.Page, payments []*report.Payment) {
	forward := sumOf(payments, goesOn).Amount
	meaning := g.say("Wat wordt betaald voor deze periode, na verrekening van eerdere perioden.")
	if forward != 0 {
		meaning = g.say("Na verrekening; een saldo van %s gaat door naar de volgende periode.", g.euros(forward)) // as long as there is room for
	}
	page.Row(
		workbook.Cell{Value: workbook.Text(g.say("U ontvangt")).As(workbook.Big)},
		workbook.Cell{Value: workbook.Text(meaning)},
		workbook.Cell{},
		workbook.Cell{Value: workbook.Money(toPay(payments)).As(workbook.Big), Format: workbook.Euro},
	)
}

// receivedColumns show what the provider is paid by one municipality.
var receivedColumns = []paymentColumn{
	paymentTown,
	{"Uitleg", 0, workbook.Wrapped, func(v *view, p *report.Payment) workbook.Value {
		var parts []string
		if p.CarriedOver != 0 {
			parts = append(parts, v.say("Verrekend met %s van eerdere perioden.", v.euros(p.CarriedOver)))
		}
		if forward := goesOn(p); forward != 0 {
			parts = append(parts, v.say("Een saldo van %s gaat door naar de volgende periode.", v.euros(forward)))
		}
		return workbook.Text(strings.Join(parts, " "))
	}, plain},
	{"Uiterlijk betaald op", 0, workbook.DayOf, func(_ *view, p *report.Payment) workbook.Value {
		if p.ToPay == 0 {
			return workbook.None()
		}
		return workbook.Day(p.Due)
	}, plain},
	{"U ontvangt", 0, workbook.Euro, paymentToPay.cell, summed},
}

// toReceive shows what the provider is paid, by municipality.
func (g *gathering) toReceive(page *workbook.Page, payments []*report.Payment) {
	page.Section(&workbook.Section{
		Title: g.say("Wat u ontvangt"), Columns: columnsOf(g.view, receivedColumns), Rows: blockOf(g.view, receivedColumns, payments), Total: g.say("Totaal"),
	})
}
