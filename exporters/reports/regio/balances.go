package regio

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// monthsNegative is from which month on a balance that stays negative is named: the provider may have stopped, and then
// no later declaration settles it.
const monthsNegative = 3

// balance is a negative balance of a provider with a municipality.
type balance struct {
	provider, municipality string
	amount                 billing.Money
	since                  billing.Period // the declaration that made it negative
	months                 int            // with this period
}

var balanceColumns = []layout.Column[balance]{
	layout.Col("Aanbieder", 0, workbook.Plain, func(v *layout.View, b balance) workbook.Value { return workbook.Text(v.ProviderName(b.provider)) }),
	layout.Col("Gemeente", 0, workbook.Plain, func(v *layout.View, b balance) workbook.Value {
		return workbook.Text(v.MunicipalityName(b.municipality))
	}),
	layout.Col("AGB-code", 0, workbook.Plain, func(_ *layout.View, b balance) workbook.Value { return workbook.Text(b.provider) }),
	layout.Col("Saldo", 0, workbook.Euro, func(_ *layout.View, b balance) workbook.Value { return workbook.Money(b.amount) }).Summed(),
	layout.Col("Negatief sinds", 0, workbook.MonthOf, func(_ *layout.View, b balance) workbook.Value { return workbook.Month(b.since) }),
	layout.Col("Maanden", 0, workbook.Whole, func(_ *layout.View, b balance) workbook.Value { return workbook.Count(b.months) }),
}

// balancesBlock names who has had a negative balance for months.
func (w *Workbook) balancesBlock(page *workbook.Page) {
	balances := longNegative(w.ReportHead)
	if len(balances) == 0 {
		return
	}
	page.Section(&workbook.Section{
		Title: w.Say("Al drie maanden of langer een negatief saldo"), Columns: layout.ColumnsOf(w.View, balanceColumns),
		Rows: layout.BlockOf(w.View, balanceColumns, balances), Total: w.Say("Totaal"),
	})
	page.Paragraph(w.Say("Een negatief saldo wordt met een volgende declaratie verrekend. Declareert de aanbieder niet meer, vorder het dan terug."))
}

// longNegative returns the balances that have been negative for monthsNegative periods or more, in the order of the
// payments.
func longNegative(head *report.ReportHead) []balance {
	type creditor struct{ provider, municipality string }
	carried, since := make(map[creditor]billing.Money), make(map[creditor]billing.Period)
	sums, last := make(map[creditor]billing.Money), billing.Period(0)
	settle := func() {
		for who, sum := range sums {
			before := carried[who]
			if carried[who] = min(0, before+sum); carried[who] < 0 && before == 0 {
				since[who] = last
			}
		}
		clear(sums)
	}
	for i := range head.Earlier { // by period
		earlier := &head.Earlier[i]
		if earlier.Period >= head.Period {
			break
		}
		if earlier.Period != last {
			settle()
			last = earlier.Period
		}
		sums[creditor{earlier.Provider, earlier.Municipality}] += earlier.Amount
	}
	settle()
	var found []balance
	for i := range head.Payments {
		payment := &head.Payments[i]
		who := creditor{payment.Provider, payment.Municipality}
		if carried[who] == 0 || month.GoesOn(payment) >= 0 {
			continue
		}
		if months := int(head.Period-since[who]) + 1; months >= monthsNegative {
			found = append(found, balance{who.provider, who.municipality, month.GoesOn(payment), since[who], months})
		}
	}
	return found
}
