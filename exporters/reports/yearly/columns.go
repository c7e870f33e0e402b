package yearly

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

type yearColumn = layout.Column[*report.YearTotal]

func yearMoney(heading string, amount func(*report.YearTotal) billing.Money) yearColumn {
	return layout.Col(heading, 15, workbook.Euro, func(_ *layout.View, t *report.YearTotal) workbook.Value { return workbook.Money(amount(t)) }).Summed()
}

// yearQuantity returns a column of quantities in one unit.
func yearQuantity(heading string, width float64, unit billing.Unit, quantity func(*report.YearTotal) billing.Quantity) yearColumn {
	return layout.Col(heading, width, workbook.Quantity, func(_ *layout.View, t *report.YearTotal) workbook.Value {
		if t.Unit != unit {
			return workbook.None()
		}
		return workbook.Care(quantity(t), unit)
	}).Summed()
}

// The columns of the totals of a year.
var (
	yearTownCode = layout.Col("Gemeentecode", 17, workbook.Plain, func(_ *layout.View, t *report.YearTotal) workbook.Value { return workbook.Text(t.Municipality) })
	yearTown     = layout.Col("Gemeente", 16, workbook.Plain, func(v *layout.View, t *report.YearTotal) workbook.Value {
		return workbook.Text(v.MunicipalityName(t.Municipality))
	})
	yearAGB      = layout.Col("AGB-code", 11, workbook.Plain, func(_ *layout.View, t *report.YearTotal) workbook.Value { return workbook.Text(t.Provider) })
	yearProvider = layout.Col("Aanbieder", 28, workbook.Plain, func(v *layout.View, t *report.YearTotal) workbook.Value {
		return workbook.Text(v.ProviderName(t.Provider))
	})
	yearSegment = layout.Col("Segment", 10, workbook.Plain, func(v *layout.View, t *report.YearTotal) workbook.Value {
		return workbook.Text(v.ProductIn(t.Product, t.CareMonth).Segment)
	})
	yearProduct = layout.Col("Productcode", 13, workbook.Plain, func(_ *layout.View, t *report.YearTotal) workbook.Value { return workbook.Text(t.Product) })
	yearName    = layout.Col("Product", 28, workbook.Plain, func(v *layout.View, t *report.YearTotal) workbook.Value {
		return workbook.Text(v.Product(t.Product).Name)
	})
	yearUnit     = layout.Col("Eenheid", 10, workbook.Plain, func(v *layout.View, t *report.YearTotal) workbook.Value { return workbook.Text(v.Unit(t.Unit)) })
	yearMonth    = layout.Col("Zorgmaand", 12, workbook.MonthOf, func(_ *layout.View, t *report.YearTotal) workbook.Value { return workbook.Month(t.CareMonth) })
	yearLines    = layout.Col("Declaratieregels", 20, workbook.Whole, func(_ *layout.View, t *report.YearTotal) workbook.Value { return workbook.Count(t.Lines()) }).Summed()
	yearHours    = yearQuantity("Uren", 13, billing.Time, func(t *report.YearTotal) billing.Quantity { return t.Quantity })
	yearDayparts = yearQuantity("Dagdelen", 13, billing.Daypart, func(t *report.YearTotal) billing.Quantity { return t.Quantity })
	yearDebit    = yearMoney("Debet", func(t *report.YearTotal) billing.Money { return t.Debit })
	yearCredit   = yearMoney("Credit", func(t *report.YearTotal) billing.Money { return t.Credit })
	yearNet      = yearMoney("Netto", func(t *report.YearTotal) billing.Money { return t.Net() })
	yearHeld     = layout.Col("Zorgregels in uitval", 12, workbook.Whole, func(_ *layout.View, t *report.YearTotal) workbook.Value { return workbook.Count(t.Held.Count) }).Summed()
	heldHours    = yearQuantity("Uren in uitval", 12, billing.Time, func(t *report.YearTotal) billing.Quantity { return t.HeldQuantity })
	heldDayparts = yearQuantity("Dagdelen in uitval", 12, billing.Daypart, func(t *report.YearTotal) billing.Quantity { return t.HeldQuantity })
	heldAmount   = yearMoney("Bedrag in uitval", func(t *report.YearTotal) billing.Money { return t.Held.Amount })
	yearOpen     = yearMoney("Nog niet afgesloten", func(t *report.YearTotal) billing.Money { return t.Open.Amount })
)

// The columns by reader: those of a municipality leave out the municipality, and those of a provider the provider. Where there
// is room, the name of a provider fits on one line.
var (
	yearMeasures = []yearColumn{
		yearSegment, yearProduct, yearName, yearUnit, yearMonth, yearLines, yearHours, yearDayparts, yearDebit, yearCredit, yearNet, yearHeld, heldHours,
		heldDayparts, heldAmount, yearOpen,
	}
	yearForRegion       = slices.Concat([]yearColumn{yearTownCode, yearTown, yearAGB, yearProvider}, yearMeasures)
	yearForMunicipality = slices.Concat([]yearColumn{yearAGB, yearProvider.Widened(44)}, yearMeasures)
	yearForProvider     = slices.Concat([]yearColumn{yearTownCode, yearTown}, yearMeasures)
)

// yearGroup is the total of one group in a year.
type yearGroup struct {
	key string
	yearSum
}

// by adds up the totals of a party by the key that key returns, sorted by it.
func (p *yearParty) by(key func(*report.YearTotal) string) []yearGroup {
	sums := make(map[string]*yearGroup)
	for _, total := range p.totals {
		name := key(total)
		if sums[name] == nil {
			sums[name] = &yearGroup{key: name}
		}
		sums[name].add(total)
	}
	groups := make([]yearGroup, 0, len(sums))
	for _, sum := range sums {
		groups = append(groups, *sum)
	}
	slices.SortFunc(groups, func(a, b yearGroup) int { return cmp.Compare(a.key, b.key) })
	return groups
}

// months returns every month of the year, also those without care.
func (y *yearly) months(p *yearParty) []yearGroup {
	months := make([]yearGroup, 12)
	for i := range months {
		months[i].key = y.MonthShort(i)
	}
	for _, total := range p.totals {
		months[total.CareMonth.Month()-1].add(total)
	}
	return months
}

func groupMoney(heading string, width float64, amount func(yearGroup) billing.Money) layout.Column[yearGroup] {
	return layout.Col(heading, width, workbook.Euro, func(_ *layout.View, g yearGroup) workbook.Value { return workbook.Money(amount(g)) }).Summed()
}

// The indexes of the amounts that a chart draws, after the one column that names the group.
const (
	netColumn  = 5
	heldColumn = 6
	openColumn = 7
)

// withYear appends the columns of the totals to those that name a group.
func withYear(columns ...layout.Column[yearGroup]) []layout.Column[yearGroup] {
	return append(columns,
		layout.Col("Uren", 15, workbook.Quantity, func(_ *layout.View, g yearGroup) workbook.Value { return workbook.Hours(g.time) }).Summed(),
		layout.Col("Dagdelen", 15, workbook.Quantity, func(_ *layout.View, g yearGroup) workbook.Value { return workbook.Dayparts(g.dayparts) }).Summed(),
		groupMoney("Debet", 17, func(g yearGroup) billing.Money { return g.Debit }),
		groupMoney("Credit", 17, func(g yearGroup) billing.Money { return g.Credit }),
		groupMoney("Netto", 17, func(g yearGroup) billing.Money { return g.Net() }),
		groupMoney("In uitval", 17, func(g yearGroup) billing.Money { return g.held.Amount }),
		groupMoney("Nog niet afgesloten", 21, func(g yearGroup) billing.Money { return g.open.Amount }),
	)
}

func yearNamed(heading string, width float64, name func(*layout.View, string) string) layout.Column[yearGroup] {
	return layout.Col(heading, width, workbook.Wrapped, func(v *layout.View, g yearGroup) workbook.Value { return workbook.Text(name(v, g.key)) })
}
