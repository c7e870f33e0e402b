package reports

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// measures is what declaration lines come to, with the credits apart. Quantities of credits count as
// negative, like their amounts.
type measures struct {
	lines          int
	time, dayparts billing.Quantity
	debit, credit  billing.Money
	month          monthly // of it, care of the period itself
}

// monthly is care of one month, by unit.
type monthly [billing.Daypart + 1]struct {
	quantity billing.Quantity
	amount   billing.Money
}

func (m *monthly) add(unit billing.Unit, quantity billing.Quantity, amount billing.Money) {
	m[unit].quantity += quantity
	m[unit].amount += amount
}

func (m *monthly) merge(other *monthly) {
	for unit := range m {
		m.add(billing.Unit(unit), other[unit].quantity, other[unit].amount)
	}
}

// amount is what it comes to over the units.
func (m *monthly) amount() billing.Money {
	sum := billing.Money(0)
	for _, part := range m {
		sum += part.amount
	}
	return sum
}

func (m *measures) add(line *billing.DeclaredLine) {
	m.lines++
	switch line.Unit {
	case billing.Time:
		m.time += shown.SignedQuantity(line)
	case billing.Daypart:
		m.dayparts += shown.SignedQuantity(line)
	}
	if line.CareMonth == line.Period {
		m.month.add(line.Unit, shown.SignedQuantity(line), line.Amount)
	}
	if line.Kind == billing.Credit {
		m.credit += line.Amount
	} else {
		m.debit += line.Amount
	}
}

func (m *measures) merge(other *measures) {
	m.lines += other.lines
	m.time += other.time
	m.dayparts += other.dayparts
	m.debit += other.debit
	m.credit += other.credit
	m.month.merge(&other.month)
}

func (m *measures) net() billing.Money { return m.debit + m.credit }

// cube holds the measures of everything that totals are made of.
type cube map[cubeKey]*measures

type cubeKey struct{ municipality, provider, product string }

func (c cube) add(line *billing.DeclaredLine) {
	key := cubeKey{line.Municipality, line.Provider, line.Product}
	total := c[key]
	if total == nil {
		total = &measures{}
		c[key] = total
	}
	total.add(line)
}

// group is the measures of one thing.
type group struct {
	key string
	measures
}

// groups adds up what is kept, by something, sorted by it.
func (c cube) groups(keep func(cubeKey) bool, by func(cubeKey) string) []group {
	sums := make(map[string]*measures)
	for key, part := range c {
		if !keep(key) {
			continue
		}
		name := by(key)
		if sums[name] == nil {
			sums[name] = &measures{}
		}
		sums[name].merge(part)
	}
	found := make([]group, 0, len(sums))
	for name, total := range sums {
		found = append(found, group{name, *total})
	}
	slices.SortFunc(found, func(a, b group) int { return cmp.Compare(a.key, b.key) })
	return found
}

func everything(cubeKey) bool { return true }

// measureColumns are what every table of totals ends with.
var measureColumns = []column[group]{
	{"Declaratieregels", 17, workbook.Whole, func(_ *view, g group) workbook.Value { return workbook.Count(g.lines) }, summed},
	{"Uren", 15, workbook.Quantity, func(_ *view, g group) workbook.Value { return workbook.Hours(g.time) }, summed},
	{"Dagdelen", 15, workbook.Quantity, func(_ *view, g group) workbook.Value { return workbook.Dayparts(g.dayparts) }, summed},
	{"Debet", 17, workbook.Euro, func(_ *view, g group) workbook.Value { return workbook.Money(g.debit) }, summed},
	{"Credit", 17, workbook.Euro, func(_ *view, g group) workbook.Value { return workbook.Money(g.credit) }, summed},
	{"Bedrag", 17, workbook.Euro, func(_ *view, g group) workbook.Value { return workbook.Money(g.net()) }, summed},
}

// withMeasures puts the measures behind the columns that say what they are of.
func withMeasures(columns ...column[group]) []column[group] {
	return append(columns, measureColumns...)
}

func keyColumn(heading string, width float64) column[group] {
	return column[group]{heading, width, workbook.Plain, func(_ *view, g group) workbook.Value { return workbook.Text(g.key) }, plain}
}

func nameColumn(heading string, width float64, name func(*view, string) string) column[group] {
	return column[group]{heading, width, workbook.Plain, func(v *view, g group) workbook.Value { return workbook.Text(name(v, g.key)) }, plain}
}
