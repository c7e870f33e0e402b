package reports

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// ceilingsBlock shows the contracts that are near or over what may be declared in a year, or that will be.
func (g *gathering) ceilingsBlock(page *workbook.Page) {
	var near []billing.Ceiling
	for _, ceiling := range g.Ceilings {
		if ceiling.Reaches(g.Policy.CeilingWarning) || ceiling.Forecast > ceiling.Limit {
			near = append(near, ceiling)
		}
	}
	if len(near) == 0 {
		return
	}
	page.Section(&workbook.Section{
		Title: g.say("Budgetplafonds die aandacht vragen"), Columns: columnsOf(g.view, nearColumns), Rows: blockOf(g.view, nearColumns, near),
	})
}

// ceilingSheet lists every contract with a ceiling.
func (g *gathering) ceilingSheet() sheet {
	rows := g.spool.Rows()
	for _, ceiling := range g.Ceilings {
		rows.Add(cellsOf(g.view, ceilingColumns, ceiling)...)
	}
	return rowSheet(g, "Budgetplafonds", "Wat van elk plafond gedeclareerd is, en waar het met gelijk tempo op uitkomt aan het eind van het jaar.",
		"tbl_budgetplafonds", ceilingColumns, rows)
}

type ceilingColumn = column[billing.Ceiling]

// The columns of ceilings.
var (
	ceilingProvider = ceilingColumn{"Aanbieder", 34, workbook.Plain, func(v *view, c billing.Ceiling) workbook.Value { return workbook.Text(v.providerName(c.Provider)) }, plain}
	ceilingAGB      = ceilingColumn{"AGB-code", 12, workbook.Plain, func(_ *view, c billing.Ceiling) workbook.Value { return workbook.Text(c.Provider) }, plain}
	ceilingSegment  = ceilingColumn{"Segment", 11, workbook.Plain, func(_ *view, c billing.Ceiling) workbook.Value { return workbook.Text(c.Segment) }, plain}
	ceilingArea     = ceilingColumn{"Gebied", 11, workbook.Plain, func(_ *view, c billing.Ceiling) workbook.Value { return workbook.Text(c.Area) }, plain}
	ceilingYear     = ceilingColumn{"Jaar", 9, workbook.Number, func(_ *view, c billing.Ceiling) workbook.Value { return workbook.Count(c.Year) }, plain}
	ceilingShare    = ceilingColumn{"Deel van plafond", 12, workbook.Percent, func(_ *view, c billing.Ceiling) workbook.Value { return workbook.Count(c.Percentage()) }, plain}
	ceilingVerdict  = ceilingColumn{"Oordeel", 34, workbook.Plain, func(v *view, c billing.Ceiling) workbook.Value { return v.verdict(c) }, plain}
	ceilingDeclared = ceilingColumn{"Gedeclareerd", 17, workbook.Euro, func(_ *view, c billing.Ceiling) workbook.Value { return workbook.Money(c.Declared) }, plain}
	ceilingLimit    = ceilingColumn{"Plafond", 17, workbook.Euro, func(_ *view, c billing.Ceiling) workbook.Value { return workbook.Money(c.Limit) }, plain}
	ceilingLeft     = ceilingColumn{"Nog ruimte", 17, workbook.Euro, func(_ *view, c billing.Ceiling) workbook.Value { return workbook.Money(c.Limit - c.Declared) }, plain}
	ceilingForecast = ceilingColumn{"Bij gelijk tempo eind jaar", 17, workbook.Euro, func(_ *view, c billing.Ceiling) workbook.Value { return workbook.Money(c.Forecast) }, plain}
)

var (
	ceilingColumns = []ceilingColumn{
		ceilingAGB, ceilingProvider, ceilingSegment, ceilingArea, ceilingYear, ceilingDeclared, ceilingLimit, ceilingShare, ceilingLeft,
		ceilingForecast, ceilingVerdict,
	}
	// nearColumns have the widths of a page.
	nearColumns = []ceilingColumn{
		ceilingProvider, ceilingAGB, ceilingSegment, ceilingArea, ceilingYear, ceilingShare, ceilingDeclared, ceilingLimit, ceilingForecast, ceilingVerdict,
	}
)

// verdict says in words how a ceiling stands.
func (v *view) verdict(c billing.Ceiling) workbook.Value {
	switch {
	case c.Declared > c.Limit:
		return workbook.Text(v.say("boven het plafond")).As(workbook.Strong)
	case c.Forecast > c.Limit:
		return workbook.Text(v.say("komt er bij gelijk tempo boven")).As(workbook.Strong)
	case c.Reaches(v.Policy.CeilingWarning):
		return workbook.Text(v.say("nadert het plafond"))
	}
	return workbook.Text(v.say("binnen het plafond"))
}
