package reports

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

type yearColumn = column[*report.YearTotal]

func yearMoney(heading string, amount func(*report.YearTotal) billing.Money) yearColumn {
	return yearColumn{heading, 15, workbook.Euro, func(_ *view, t *report.YearTotal) workbook.Value { return workbook.Money(amount(t)) }, summed}
}

// yearQuantity gives a quantity in the column of its unit.
func yearQuantity(heading string, width float64, unit billing.Unit, quantity func(*report.YearTotal) billing.Quantity) yearColumn {
	return yearColumn{heading, width, workbook.Quantity, func(_ *view, t *report.YearTotal) workbook.Value {
		if t.Unit != unit {
			return workbook.None()
		}
		return quantityValue(quantity(t), unit)
	}, summed}
}

// The columns of the totals of a year.
var (
	yearTownCode = yearColumn{"Gemeentecode", 17, workbook.Plain, func(_ *view, t *report.YearTotal) workbook.Value { return workbook.Text(t.Municipality) }, plain}
	yearTown     = yearColumn{"Gemeente", 16, workbook.Plain, func(v *view, t *report.YearTotal) workbook.Value {
		return workbook.Text(v.municipalityName(t.Municipality))
	}, plain}
	yearAGB      = yearColumn{"AGB-code", 11, workbook.Plain, func(_ *view, t *report.YearTotal) workbook.Value { return workbook.Text(t.Provider) }, plain}
	yearProvider = yearColumn{"Aanbieder", 28, workbook.Plain, func(v *view, t *report.YearTotal) workbook.Value { return workbook.Text(v.providerName(t.Provider)) }, plain}
	yearSegment  = yearColumn{"Segment", 10, workbook.Plain, func(v *view, t *report.YearTotal) workbook.Value { return workbook.Text(v.product(t.Product).Segment) }, plain}
	yearProduct  = yearColumn{"Productcode", 13, workbook.Plain, func(_ *view, t *report.YearTotal) workbook.Value { return workbook.Text(t.Product) }, plain}
	yearName     = yearColumn{"Product", 28, workbook.Plain, func(v *view, t *report.YearTotal) workbook.Value { return workbook.Text(v.product(t.Product).Name) }, plain}
	yearUnit     = yearColumn{"Eenheid", 10, workbook.Plain, func(v *view, t *report.YearTotal) workbook.Value { return workbook.Text(v.unit(t.Unit)) }, plain}
	yearMonth    = yearColumn{"Zorgmaand", 12, workbook.MonthOf, func(_ *view, t *report.YearTotal) workbook.Value { return workbook.Month(t.CareMonth) }, plain}
	yearLines    = yearColumn{"Declaratieregels", 17, workbook.Whole, func(_ *view, t *report.YearTotal) workbook.Value { return workbook.Count(t.Lines()) }, summed}
	yearHours    = yearQuantity("Uren", 13, billing.Time, func(t *report.YearTotal) billing.Quantity { return t.Quantity })
	yearDayparts = yearQuantity("Dagdelen", 13, billing.Daypart, func(t *report.YearTotal) billing.Quantity { return t.Quantity })
	yearDebit    = yearMoney("Debet", func(t *report.YearTotal) billing.Money { return t.Debit })
	yearCredit   = yearMoney("Credit", func(t *report.YearTotal) billing.Money { return t.Credit })
	yearNet      = yearMoney("Netto", func(t *report.YearTotal) billing.Money { return t.Net() })
	yearHeld     = yearColumn{"Zorgregels in uitval", 12, workbook.Whole, func(_ *view, t *report.YearTotal) workbook.Value { return workbook.Count(t.Held.Count) }, summed}
	heldHours    = yearQuantity("Uren in uitval", 12, billing.Time, func(t *report.YearTotal) billing.Quantity { return t.HeldQuantity })
	heldDayparts = yearQuantity("Dagdelen in uitval", 12, billing.Daypart, func(t *report.YearTotal) billing.Quantity { return t.HeldQuantity })
	heldAmount   = yearMoney("Bedrag in uitval", func(t *report.YearTotal) billing.Money { return t.Held.Amount })
	yearOpen     = yearMoney("Nog niet afgesloten", func(t *report.YearTotal) billing.Money { return t.Open.Amount })
)

// The columns by who reads them: a municipality is only itself, and so is a provider.
var (
	yearMeasures = []yearColumn{
		yearSegment, yearProduct, yearName, yearUnit, yearMonth, yearLines, yearHours, yearDayparts, yearDebit, yearCredit, yearNet, yearHeld, heldHours,
		heldDayparts, heldAmount, yearOpen,
	}
	yearForRegion       = slices.Concat([]yearColumn{yearTownCode, yearTown, yearAGB, yearProvider}, yearMeasures)
	yearForMunicipality = slices.Concat([]yearColumn{yearAGB, wide(yearProvider)}, yearMeasures)
	yearForProvider     = slices.Concat([]yearColumn{yearTownCode, yearTown}, yearMeasures)
)

// wide gives the column of a name room where there is some: most names then go on one line.
func wide(c yearColumn) yearColumn {
	c.width = 44
	return c
}

// unit gives the word for a kind of unit.
func (v *view) unit(unit billing.Unit) string {
	switch unit {
	case billing.Time:
		return v.say("uur")
	case billing.Daypart:
		return v.say("dagdeel")
	}
	return ""
}

// yearGroup is what one thing comes to in a year.
type yearGroup struct {
	key string
	yearSum
}

// by adds up the totals of a party by something, sorted by it.
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

// months gives every month of the year, also those without care.
func (y *yearly) months(p *yearParty) []yearGroup {
	months := make([]yearGroup, 12)
	for i := range months {
		months[i].key = y.monthShort(i)
	}
	for _, total := range p.totals {
		months[total.CareMonth.Month()-1].add(total)
	}
	return months
}

func groupMoney(heading string, width float64, amount func(yearGroup) billing.Money) column[yearGroup] {
	return column[yearGroup]{heading, width, workbook.Euro, func(_ *view, g yearGroup) workbook.Value { return workbook.Money(amount(g)) }, summed}
}

// Where the amounts stand that a chart draws, behind the one column that says what they are of.
const (
	netColumn  = 5
	heldColumn = 6
	openColumn = 7
)

// withYear puts what things come to behind the columns that say what they are.
func withYear(columns ...column[yearGroup]) []column[yearGroup] {
	return append(columns,
		column[yearGroup]{"Uren", 15, workbook.Quantity, func(_ *view, g yearGroup) workbook.Value { return workbook.Hours(g.time) }, summed},
		column[yearGroup]{"Dagdelen", 15, workbook.Quantity, func(_ *view, g yearGroup) workbook.Value { return workbook.Dayparts(g.dayparts) }, summed},
		groupMoney("Debet", 17, func(g yearGroup) billing.Money { return g.Debit }),
		groupMoney("Credit", 17, func(g yearGroup) billing.Money { return g.Credit }),
		groupMoney("Netto", 17, func(g yearGroup) billing.Money { return g.Net() }),
		groupMoney("In uitval", 17, func(g yearGroup) billing.Money { return g.held.Amount }),
		groupMoney("Nog niet afgesloten", 17, func(g yearGroup) billing.Money { return g.open.Amount }),
	)
}

func yearNamed(heading string, width float64, name func(*view, string) string) column[yearGroup] {
	return column[yearGroup]{heading, width, workbook.Wrapped, func(v *view, g yearGroup) workbook.Value { return workbook.Text(name(v, g.key)) }, plain}
}
