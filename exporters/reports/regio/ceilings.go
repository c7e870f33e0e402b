package regio

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// ceilingsBlock lists the contracts that are near or over their ceiling, or will be by the end of the year.
func (w *Workbook) ceilingsBlock(page *workbook.Page) {
	var near []billing.Ceiling
	for _, ceiling := range w.Ceilings {
		if ceiling.Reaches(w.Policy.CeilingWarning) || ceiling.Forecast > ceiling.Limit {
			near = append(near, ceiling)
		}
	}
	if len(near) == 0 {
		return
	}
	page.Section(&workbook.Section{
		Title: w.Say("Budgetplafonds die aandacht vragen"), Columns: layout.ColumnsOf(w.View, nearColumns), Rows: layout.BlockOf(w.View, nearColumns, near),
	})
}

// ceilingSheet returns a sheet of all contracts with a ceiling.
func (w *Workbook) ceilingSheet() layout.Sheet {
	rows := w.Spool.Rows()
	for _, ceiling := range w.Ceilings {
		rows.Add(layout.CellsOf(w.View, ceilingColumns, ceiling)...)
	}
	return layout.RowSheet(w.View, "Budgetplafonds", "Wat van elk plafond gedeclareerd is, en waar het met gelijk tempo op uitkomt aan het eind van het jaar.",
		"tbl_budgetplafonds", ceilingColumns, rows)
}

type ceilingColumn = layout.Column[billing.Ceiling]

// The columns of ceilings.
var (
	ceilingProvider = layout.Col("Aanbieder", 34, workbook.Plain, func(v *layout.View, c billing.Ceiling) workbook.Value {
		return workbook.Text(v.ProviderName(c.Provider))
	})
	ceilingAGB      = layout.Col("AGB-code", 12, workbook.Plain, func(_ *layout.View, c billing.Ceiling) workbook.Value { return workbook.Text(c.Provider) })
	ceilingSegment  = layout.Col("Segment", 11, workbook.Plain, func(_ *layout.View, c billing.Ceiling) workbook.Value { return workbook.Text(c.Segment) })
	ceilingArea     = layout.Col("Gebied", 11, workbook.Plain, func(_ *layout.View, c billing.Ceiling) workbook.Value { return workbook.Text(c.Area) })
	ceilingYear     = layout.Col("Jaar", 9, workbook.Number, func(_ *layout.View, c billing.Ceiling) workbook.Value { return workbook.Count(c.Year) })
	ceilingShare    = layout.Col("Deel van plafond", 12, workbook.Percent, func(_ *layout.View, c billing.Ceiling) workbook.Value { return workbook.Count(c.Percentage()) })
	ceilingVerdict  = layout.Col("Oordeel", 34, workbook.Plain, func(v *layout.View, c billing.Ceiling) workbook.Value { return verdict(v, c) })
	ceilingDeclared = layout.Col("Gedeclareerd", 17, workbook.Euro, func(_ *layout.View, c billing.Ceiling) workbook.Value { return workbook.Money(c.Declared) })
	ceilingLimit    = layout.Col("Plafond", 17, workbook.Euro, func(_ *layout.View, c billing.Ceiling) workbook.Value { return workbook.Money(c.Limit) })
	ceilingLeft     = layout.Col("Nog ruimte", 17, workbook.Euro, func(_ *layout.View, c billing.Ceiling) workbook.Value { return workbook.Money(c.Limit - c.Declared) })
	ceilingForecast = layout.Col("Bij gelijk tempo eind jaar", 19, workbook.Euro, func(_ *layout.View, c billing.Ceiling) workbook.Value { return workbook.Money(c.Forecast) })
)

var (
	ceilingColumns = []ceilingColumn{
		ceilingAGB, ceilingProvider, ceilingSegment, ceilingArea, ceilingYear, ceilingDeclared, ceilingLimit, ceilingShare, ceilingLeft,
		ceilingForecast, ceilingVerdict,
	}
	// nearColumns are the columns on the first page, in the order of its widths.
	nearColumns = []ceilingColumn{
		ceilingProvider, ceilingAGB, ceilingSegment, ceilingArea, ceilingYear, ceilingShare, ceilingDeclared, ceilingLimit, ceilingForecast, ceilingVerdict,
	}
)

// verdict returns in words how a ceiling stands.
func verdict(v *layout.View, c billing.Ceiling) workbook.Value {
	switch {
	case c.Declared > c.Limit:
		return workbook.Text(v.Say("boven het plafond")).As(workbook.Strong)
	case c.Forecast > c.Limit:
		return workbook.Text(v.Say("komt er bij gelijk tempo boven")).As(workbook.Strong)
	case c.Reaches(v.Policy.CeilingWarning):
		return workbook.Text(v.Say("nadert het plafond"))
	}
	return workbook.Text(v.Say("binnen het plafond"))
}
