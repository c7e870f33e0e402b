package billing

import (
	"cmp"
	"slices"
	"strings"
)

// Spending is the total of the lines of one provider, product, municipality, first care date and care month.
type Spending struct {
	Provider, Product, Municipality string
	First                           Date
	CareMonth                       Period
	Amount                          Money
}

// Ceiling is what was declared on a contract against its ceiling in one calendar year (C05).
type Ceiling struct {
	Provider, Segment, Area string
	Year                    int
	Declared, Limit         Money
	Forecast                Money // of what will be declared at the end of the year, at the rate until this period
}

// Percentage returns which percentage of the ceiling was declared, rounded down; 100 if the ceiling is 0.
func (c Ceiling) Percentage() int {
	if c.Limit == 0 {
		return 100
	}
	return int(int64(c.Declared) * 100 / int64(c.Limit))
}

// Contract returns the name of the contract for people: its segment, and its area if it is for one.
func (c Ceiling) Contract() string {
	if c.Area == "" {
		return "segment " + c.Segment
	}
	return "segment " + c.Segment + " gebied " + c.Area
}

// Reaches reports whether at least that percentage of the ceiling was declared; if nothing was, it is false.
func (c Ceiling) Reaches(percentage int) bool {
	return c.Declared > 0 && int64(c.Declared)*100 >= int64(c.Limit)*int64(percentage)
}

type ceilingKey struct {
	contract *Contract
	year     int
}

// Ceilings adds up, by the calendar year of the care month, what was declared on each contract with a ceiling that
// is valid in the year of the period, or on which anything was declared.
func Ceilings(book *Book, spendings []Spending, period Period) []Ceiling {
	sums, begun := make(map[ceilingKey]Money), make(map[ceilingKey]Period)
	years := map[int]bool{period.Year(): true}
	for _, spending := range spendings {
		year := spending.CareMonth.Year()
		years[year] = true
		if contract := book.ContractFor(spending.Provider, spending.Product, spending.Municipality, spending.First); contract != nil && contract.HasCeiling {
			key := ceilingKey{contract, year}
			sums[key] += spending.Amount
			if month := spending.CareMonth; begun[key] == 0 || month < begun[key] {
				begun[key] = month
			}
		}
	}
	for i := range book.Contracts {
		contract := &book.Contracts[i]
		if !contract.HasCeiling {
			continue
		}
		if contract.DeclaredBeforeIn != 0 && years[contract.DeclaredBeforeIn] {
			sums[ceilingKey{contract, contract.DeclaredBeforeIn}] += contract.DeclaredBefore
		}
		if first, last := monthsOf(contract, period.Year()); first <= last {
			sums[ceilingKey{contract, period.Year()}] += 0 // list it even if nothing was declared on it
		}
	}
	ceilings := make([]Ceiling, 0, len(sums))
	for key, sum := range sums {
		ceiling := Ceiling{
			Provider: key.contract.Provider, Segment: key.contract.Segment, Year: key.year, Declared: sum, Limit: key.contract.Ceiling,
			Forecast: forecast(key, sum, begun[key], period),
		}
		if segment := book.Segment(key.contract.Segment); segment != nil && segment.PerArea {
			ceiling.Area = key.contract.Area
		}
		ceilings = append(ceilings, ceiling)
	}
	slices.SortFunc(ceilings, func(a, b Ceiling) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.Segment, b.Segment), strings.Compare(a.Area, b.Area),
			cmp.Compare(a.Year, b.Year), cmp.Compare(a.Limit, b.Limit), cmp.Compare(a.Declared, b.Declared))
	})
	return ceilings
}

// SplitMonths returns the months from first to last within which the contract of a line can change: a contract begins or
// ends there, or a row of a product or municipality begins. In those the first care date of a line decides which contract
// counts; in all other months the month is enough.
func (b *Book) SplitMonths(first, last Period) []Period {
	var split []Period
	begins := func(day Date) {
		if !day.IsZero() && day != day.Period().First() {
			split = append(split, day.Period())
		}
	}
	for i := range b.Contracts {
		begins(b.Contracts[i].From)
		if to := b.Contracts[i].To; !to.IsZero() && to != to.Period().Last() {
			split = append(split, to.Period())
		}
	}
	for i := range b.Products {
		begins(b.Products[i].From)
	}
	for i := range b.Municipalities {
		begins(b.Municipalities[i].From)
	}
	slices.Sort(split)
	return slices.DeleteFunc(slices.Compact(split), func(month Period) bool { return month < first || month > last })
}

// monthsOf returns the first and the last month of a year in which a contract is valid; if there are none, first > last.
func monthsOf(contract *Contract, year int) (first, last Period) {
	first, last = max(PeriodOf(year, 1), contract.From.Period()), PeriodOf(year, 12)
	if !contract.To.IsZero() {
		last = min(last, contract.To.Period())
	}
	return first, last
}

// forecast extrapolates what was declared up to and including the period to the end of the year, or of the contract
// if that is sooner. It assumes an equal amount in every month since begun, the first month with declared care; if the
// book says what was declared before pxq, since the start of the contract in that year. For another year than that of the
// period it returns what was declared.
func forecast(key ceilingKey, declared Money, begun, period Period) Money {
	first, last := monthsOf(key.contract, key.year)
	if key.contract.DeclaredBeforeIn != key.year {
		first = max(first, begun)
	}
	if key.year != period.Year() || period < first || period >= last {
		return declared
	}
	return declared + declared*Money(last-period)/Money(period-first+1)
}
