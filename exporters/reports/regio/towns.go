package regio

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// town is a municipality with its rows, declaration and payments; the code is "" for an unknown one.
type town struct {
	code string
	*month.Party
	payments []*report.Payment
}

// townBlock shows the rows of each municipality by outcome, and its amounts; those of an unknown municipality come
// last.
func (w *Workbook) townBlock(page *workbook.Page, parts map[string]*month.Party) {
	var towns []town
	add := func(code string) {
		if parts[code] != nil {
			towns = append(towns, town{code, parts[code], w.PaymentsWhere(func(p *report.Payment) bool { return p.Municipality == code })})
		}
	}
	for _, code := range layout.SortedKeys(parts) {
		if code != "" {
			add(code)
		}
	}
	add("")
	page.Section(&workbook.Section{
		Title: w.Say("Zorgregels per gemeente"), Columns: layout.ColumnsOf(w.View, townCounts), Rows: layout.BlockOf(w.View, townCounts, towns), Total: w.Say("Totaal"),
	})
	page.Section(&workbook.Section{
		Title: w.Say("Bedragen per gemeente"), Columns: layout.ColumnsOf(w.View, townAmounts), Rows: layout.BlockOf(w.View, townAmounts, towns), Total: w.Say("Totaal"),
	})
}

var townName = layout.Col("Gemeente", 0, workbook.Plain, func(v *layout.View, t town) workbook.Value { return workbook.Text(v.MunicipalityName(t.code)) })

// townCounts add up: new rows and earlier ones together are the sum of the outcomes. Rows that were already received are
// counted nowhere else.
var townCounts = []layout.Column[town]{
	townName,
	townCount("Nieuw ontvangen", func(t *month.Tally) int { return t.Fresh.Rows }),
	townCount("Van eerder", func(t *month.Tally) int { return t.Before.Rows }),
	townCount("Samen", (*month.Tally).Kept),
	outcomeCount("Akkoord", billing.Accepted), outcomeCount("Uitval", billing.Held), outcomeCount("Afgewezen", billing.Rejected),
	outcomeCount("Wacht", billing.Pending),
	townCount("Vervangen of ingetrokken", (*month.Tally).Gone),
	townCount("Al eerder ontvangen", func(t *month.Tally) int { return t.Again.Rows }),
}

// townAmounts are the columns of the key figures by municipality.
var townAmounts = []layout.Column[town]{
	townName,
	townAmount("Gedeclareerd", func(t town) billing.Money { return t.Declared.Net() }),
	townAmount("Te betalen", func(t town) billing.Money { return month.ToPay(t.payments) }),
	townAmount("Later te verrekenen", func(t town) billing.Money { return month.SumOf(t.payments, (*report.Payment).CarriesOver).Amount }),
	townAmount("In uitval", func(t town) billing.Money { return t.Tally.Of(billing.Held).Amount }),
	townAmount("Afgewezen", func(t town) billing.Money { return t.Tally.Of(billing.Rejected).Amount }),
}

func townCount(heading string, count func(*month.Tally) int) layout.Column[town] {
	return layout.Col(heading, 0, workbook.Whole, func(_ *layout.View, t town) workbook.Value { return workbook.Count(count(&t.Tally)) }).Summed()
}

func outcomeCount(heading string, outcome billing.Outcome) layout.Column[town] {
	return townCount(heading, func(t *month.Tally) int { return t.Of(outcome).Rows })
}

func townAmount(heading string, amount func(town) billing.Money) layout.Column[town] {
	return layout.Col(heading, 0, workbook.Euro, func(_ *layout.View, t town) workbook.Value { return workbook.Money(amount(t)) }).Summed()
}
