package month

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/shown"
)

// Measures adds up declaration lines, with debits and credits apart. Quantities of credits count as negative, like their
// amounts.
type Measures struct {
	Lines          int
	Time, Dayparts billing.Quantity
	Debit, Credit  billing.Money
	Month          Monthly // the part that is care of the period itself
}

// In returns the measures in a language, for a message that two of them differ.
func (m Measures) In(language string) string {
	return billing.Texts("%d declaratieregels (%d minuten en %d dagdelen, beide ×100; debet %s, credit %s euro)",
		"%d lines (%d minutes and %d day-parts, both ×100; debit %s, credit %s euros)", m.Lines, m.Time, m.Dayparts, m.Debit, m.Credit).In(language)
}

// Monthly adds up care of one month, by unit.
type Monthly [billing.Daypart + 1]struct {
	Quantity billing.Quantity
	Amount   billing.Money
}

// Add adds care.
func (m *Monthly) Add(unit billing.Unit, quantity billing.Quantity, amount billing.Money) {
	m[unit].Quantity += quantity
	m[unit].Amount += amount
}

// Merge adds other care.
func (m *Monthly) Merge(other *Monthly) {
	for unit := range m {
		m.Add(billing.Unit(unit), other[unit].Quantity, other[unit].Amount)
	}
}

// Amount returns the sum over the units.
func (m *Monthly) Amount() billing.Money {
	sum := billing.Money(0)
	for _, part := range m {
		sum += part.Amount
	}
	return sum
}

// Add adds a line.
func (m *Measures) Add(line *billing.DeclaredLine) {
	m.Lines++
	switch line.Unit {
	case billing.Time:
		m.Time += shown.SignedQuantity(line)
	case billing.Daypart:
		m.Dayparts += shown.SignedQuantity(line)
	}
	if line.CareMonth == line.Period {
		m.Month.Add(line.Unit, shown.SignedQuantity(line), line.Amount)
	}
	if line.Kind == billing.Credit {
		m.Credit += line.Amount
	} else {
		m.Debit += line.Amount
	}
}

// Merge adds other lines.
func (m *Measures) Merge(other *Measures) {
	m.Lines += other.Lines
	m.Time += other.Time
	m.Dayparts += other.Dayparts
	m.Debit += other.Debit
	m.Credit += other.Credit
	m.Month.Merge(&other.Month)
}

// Net returns the sum of debit and credit, which is negative or 0.
func (m *Measures) Net() billing.Money { return m.Debit + m.Credit }
