package regio

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// town is a municipality with its part of the region; the code is empty for what is of an unknown one.
type town struct {
	code string
	*month.Party
}

// townBlock shows what was received of each municipality and what became of it; what is of an unknown one comes last.
func (w *Workbook) townBlock(page *workbook.Page, parts map[string]*month.Party) {
	var towns []town
	for _, code := range layout.SortedKeys(parts) {
		if code != "" {
			towns = append(towns, town{code, parts[code]})
		}
	}
	if unknown := parts[""]; unknown != nil {
		towns = append(towns, town{"", unknown})
	}
	page.Section(&workbook.Section{
		Title: w.Say("Per gemeente"), Columns: layout.ColumnsOf(w.View, townColumns), Rows: layout.BlockOf(w.View, townColumns, towns), Total: w.Say("Totaal"),
	})
}

var townColumns = []layout.Column[town]{
	layout.Col("Gemeente", 0, workbook.Plain, func(v *layout.View, t town) workbook.Value { return workbook.Text(v.MunicipalityName(t.code)) }),
	townCount("Zorgregels ontvangen", func(t *month.Tally) int { return t.Received() }),
	outcomeCount("Akkoord", billing.Accepted), outcomeCount("Uitval", billing.Held), outcomeCount("Afgewezen", billing.Rejected),
	outcomeCount("Wacht", billing.Pending),
	townCount("Overig", func(t *month.Tally) int {
		return t.Of(billing.Replaced).Rows + t.Of(billing.Withdrawn).Rows + t.Again.Rows
	}),
	townAmount("Gedeclareerd bedrag", func(t town) billing.Money { return t.Declared.Net() }),
	townAmount("Bedrag in uitval", func(t town) billing.Money { return t.Tally.Of(billing.Held).Amount }),
	townAmount("Bedrag afgewezen", func(t town) billing.Money { return t.Tally.Of(billing.Rejected).Amount }),
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
