package regio

import (
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// balanceColumns are the columns of negative balances of a provider with a municipality.
var balanceColumns = []layout.Column[report.Debt]{
	layout.Col("Aanbieder", 0, workbook.Plain, func(v *layout.View, d report.Debt) workbook.Value { return workbook.Text(v.ProviderName(d.Provider)) }),
	layout.Col("Gemeente", 0, workbook.Plain, func(v *layout.View, d report.Debt) workbook.Value {
		return workbook.Text(v.MunicipalityName(d.Municipality))
	}),
	layout.Col("AGB-code", 0, workbook.Plain, func(_ *layout.View, d report.Debt) workbook.Value { return workbook.Text(d.Provider) }),
	layout.Col("Saldo", 0, workbook.Euro, func(_ *layout.View, d report.Debt) workbook.Value { return workbook.Money(d.Balance) }).Summed(),
	layout.Col("Negatief sinds", 0, workbook.MonthOf, func(_ *layout.View, d report.Debt) workbook.Value { return workbook.Month(d.Since) }),
	layout.Col("Maanden", 0, workbook.Whole, func(_ *layout.View, d report.Debt) workbook.Value { return workbook.Count(d.Months) }),
}

// balancesBlock lists the balances that have been negative for months.
func (w *Workbook) balancesBlock(page *workbook.Page) {
	debts := w.LastingDebts()
	if len(debts) == 0 {
		return
	}
	page.Section(&workbook.Section{
		Title: w.Say("Al drie maanden of langer een negatief saldo"), Columns: layout.ColumnsOf(w.View, balanceColumns),
		Rows: layout.BlockOf(w.View, balanceColumns, debts), Total: w.Say("Totaal"),
	})
	page.Paragraph(w.Say("Een negatief saldo wordt met een volgende declaratie verrekend. Declareert de aanbieder niet meer, vorder het dan terug."))
}
