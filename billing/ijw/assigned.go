package ijw

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
)

// Breaches returns every rule that the message breaks. A product that breaks one is not taken in; if the client breaks
// one, none of its products is. A rule that is only Reported prevents nothing.
func (m *Message301) Breaches() []Breach {
	j := &Judge{Header: m.Header}
	client := Place{Client: 1, Line: m.Assigned.Line}
	for i := range assignmentRules {
		rule := &assignmentRules[i]
		switch {
		case rule.assigned != nil:
			rule.assigned(&check{j, rule, client}, &m.Assigned)
		case rule.assignments != nil:
			rule.assignments(&check{j, rule, client}, m.Assigned.Products)
		}
	}
	for p := range m.Assigned.Products {
		product := &m.Assigned.Products[p]
		place := Place{Client: 1, Part: p + 1, Line: product.Line}
		for i := range assignmentRules {
			if rule := &assignmentRules[i]; rule.assignment != nil {
				rule.assignment(&check{j, rule, place}, product)
			}
		}
	}
	return j.sorted()
}

func elevenTestAssigned(c *check, a *Assigned) {
	if !billing.ValidBSN(a.BSN) {
		c.breach(elementBSN)
	}
}

func endNotBeforeStart(c *check, a *Assignment) {
	if a.End.Given() && a.End.Date < a.Start.Date {
		c.breach("Einddatum", a.End.Date.String(), a.Start.Date.String())
	}
}

func volumeWithCode(c *check, a *Assignment) {
	if a.Product != "" && !a.Volume.Given() {
		c.breach("Omvang")
	}
}

func endWithBudget(c *check, a *Assignment) {
	if a.Budget.Given() && !a.End.Given() {
		c.breach("Einddatum")
	}
}

func endWithWeeks(c *check, a *Assignment) {
	if a.Frequency == billing.PerWeek && !a.End.Given() {
		c.breach("Einddatum")
	}
}

func volumeOrBudget(c *check, a *Assignment) {
	if a.Volume.Given() && a.Budget.Given() {
		c.breach(c.rule.Element)
	}
}

func productUnlessBudget(c *check, a *Assignment) {
	if !a.HasProduct() && !a.Budget.Given() {
		c.breach("Product")
	}
}

// lastWithoutCode is the last day on which an assignment may end that has a volume but no product code (CD080).
var lastWithoutCode = billing.NewDate(2020, 12, 31)

func noVolumeWithoutCode(c *check, a *Assignment) {
	if a.Volume.Given() && a.Product == "" && (!a.End.Given() || a.End.Date > lastWithoutCode) {
		c.breach("Omvang")
	}
}

func deletedOnOneDay(c *check, a *Assignment) {
	if a.Deleted() && (!a.End.Given() || a.End.Date != a.Start.Date) {
		c.breach("RedenWijziging", a.Start.Date.String())
	}
}

func noLapsedReason(c *check, a *Assignment) {
	if a.Reason == reasonCorrection {
		c.breach("RedenWijziging")
	}
}

func unitAllowsFrequency(c *check, a *Assignment) {
	switch a.Unit {
	case FullDay, Daypart, Euros, EffortsOf:
		switch a.Frequency {
		case billing.PerWeek, billing.PerMonth, billing.InTotal:
		default:
			c.breach("Omvang/Frequentie", string(a.Unit), strconv.Itoa(int(a.Frequency)))
		}
	}
}

// noProductTwice finds products that are assigned twice for the same day. An assignment without a code stands for all
// products of its category, one without a category for all products. Deleted assignments do not count.
func noProductTwice(c *check, products []Assignment) {
	for i := range products {
		for first := range i {
			if products[i].overlaps(&products[first]) {
				place := Place{Client: c.place.Client, Part: i + 1, Line: products[i].Line}
				c.breachAt(place, "", strconv.FormatInt(products[first].Number.Value, 10))
				break
			}
		}
	}
}

// overlaps reports whether two assignments cover the same product on the same day.
func (a *Assignment) overlaps(other *Assignment) bool {
	if a.gone() || other.gone() {
		return false
	}
	if a.HasProduct() && other.HasProduct() {
		if a.Category != other.Category || a.Product != "" && other.Product != "" && billing.FoldProduct(a.Product) != billing.FoldProduct(other.Product) {
			return false
		}
	}
	return !a.endsBefore(other) && !other.endsBefore(a)
}

// gone reports whether the whole assignment was taken back.
func (a *Assignment) gone() bool {
	return (a.Deleted() || a.Reason == reasonCorrection) && a.End.Given() && a.End.Date == a.Start.Date
}

func (a *Assignment) endsBefore(other *Assignment) bool {
	return a.End.Given() && a.End.Date < other.Start.Date
}
