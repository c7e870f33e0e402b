package rates

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
)

func (r *reading) readContracts() {
	g := r.grid("contracten")
	equal := newOverlaps()
	for _, line := range g.rows {
		contract := billing.Contract{SourceOfRow: line.source()}
		contract.Provider, _ = r.providerCodes.find(line.cell("agb"), line.cell("agb").agb())
		contract.Segment, _ = r.segmentCodes.find(line.cell("segment"), line.cell("segment").text)
		contract.Area, _ = r.areaCodes.find(line.cell("gebied"), line.cell("gebied").text)
		products, productsKnown := r.contractProducts(line.cell("producten"), contract.Segment)
		contract.Products = products
		contract.From, contract.To = line.days()
		contract.Ceiling, contract.HasCeiling = line.cell("plafond").amount()
		contract.DeclaredBefore, contract.DeclaredBeforeIn = line.declaredBefore()
		r.contracts = append(r.contracts, entry[billing.Contract]{contract, line})
		if productsKnown {
			r.addEqual(equal, contract, line)
		}
	}
	equal.each(func(earlier, later *row) {
		later.cell("van").report(
			"het contract overlapt in tijd met het gelijke contract in rij %d (zelfde aanbieder, segment, gebied en producten); laat het ene eindigen voordat het andere begint",
			"the contract overlaps in time with the matching contract in row %d (same provider, segment, area and products); let one end before the other begins",
			earlier.number)
	})
}

// contractProducts reads the products of a contract, each once and as their table spells it. allKnown reports whether the
// table has all of them.
func (r *reading) contractProducts(c cell, segment string) (codes []string, allKnown bool) {
	allKnown = true
	for _, text := range list(c.text) {
		code, known := r.productCodes.find(c, text)
		allKnown = allKnown && known
		if !known || slices.Contains(codes, code) {
			continue
		}
		if of := r.segmentsOf(code); len(of) > 0 && segment != "" && !slices.Contains(of, segment) {
			c.report("%s is een product van segment %s, het contract is voor segment %s; verbeter een van beide",
				"%s is a product of segment %s, the contract is for segment %s; correct one of the two",
				quote(code), quoteAll(of), quote(segment))
		}
		codes = append(codes, code)
	}
	return codes, allKnown
}

// segmentsOf returns the segments that a product belongs to on any day; nil if one of them is unreadable.
func (r *reading) segmentsOf(product string) []string {
	var segments []string
	for _, row := range r.productOf[product] {
		if row.Segment == "" {
			return nil
		}
		if !slices.Contains(segments, row.Segment) {
			segments = append(segments, row.Segment)
		}
	}
	return segments
}

// days reads van and tot, both inclusive, and reports a period that ends before it begins. If tot is unreadable it returns
// no days at all, so that later checks do not rely on half a period.
func (r *row) days() (from, to billing.Date) {
	from, to = r.cell("van").date(), r.cell("tot").date()
	if to.IsZero() && r.cell("tot").text != "" {
		return 0, 0
	}
	if !from.IsZero() && !to.IsZero() && to < from {
		r.cell("tot").report("de periode eindigt op %s, voordat zij op %s begint; verbeter een van beide of laat tot leeg (open)",
			"the period ends on %s, before it begins on %s; correct one of the two or leave tot empty (open)", to, from)
	}
	return from, to
}

// amount reads an amount in euros of 0 or more; false if the cell is empty or unreadable.
func (c cell) amount() (billing.Money, bool) {
	cents, given := c.cents(written.Amount)
	if cents < 0 {
		c.report("%s is minder dan 0; schrijf een bedrag van 0 of meer", "%s is less than 0; write an amount of 0 or more",
			quote(c.text))
		return 0, false
	}
	return billing.Money(cents), given
}

// declaredBefore reads the amount that already counts towards the ceiling and its calendar year, and reports one without
// the other.
func (r *row) declaredBefore() (billing.Money, int) {
	amountCell, yearCell := r.cell("eerder_gedeclareerd"), r.cell("eerder_jaar")
	amount, _ := amountCell.amount()
	year := yearCell.whole(yearMin, yearMax)
	switch {
	case amountCell.text != "" && yearCell.text == "":
		yearCell.report("eerder_gedeclareerd is ingevuld en dit jaar niet; vul het kalenderjaar in waarover dat bedrag gaat",
			"eerder_gedeclareerd is filled in but this year is not; fill in the calendar year of that amount")
	case amountCell.text == "" && yearCell.text != "":
		amountCell.report("eerder_jaar is ingevuld en dit bedrag niet; vul het bedrag in of maak het jaar leeg",
			"eerder_jaar is filled in but this amount is not; fill in the amount or clear the year")
	}
	return amount, year
}

// addEqual adds the days of a contract under its provider, segment, area and set of products: if contracts equal in these
// overlap in time, it is ambiguous whose ceiling an amount counts towards. The area is ignored for a segment that is not
// contracted per area. A contract with an unreadable key, which has been reported already, is not added.
func (r *reading) addEqual(equal *overlaps, c billing.Contract, line *row) {
	perArea, known := r.perArea(c.Segment)
	if c.Provider == "" || c.From.IsZero() || !known || perArea && c.Area == "" && line.cell("gebied").text != "" {
		return
	}
	area := c.Area
	if !perArea {
		area = ""
	}
	products := slices.Sorted(slices.Values(c.Products))
	equal.add(strings.Join(append([]string{c.Provider, c.Segment, area}, products...), "\x00"), c.From, c.To, line)
}

// perArea reports whether the segment is contracted per area; known is false if that is unreadable.
func (r *reading) perArea(segment string) (is, known bool) {
	i := slices.IndexFunc(r.segments, func(s entry[billing.Segment]) bool { return segment != "" && s.fact.Code == segment })
	if i < 0 {
		return false, false
	}
	said := r.segments[i].row.cell("per_gebied").text
	return r.segments[i].fact.PerArea, r.segments[i].fact.PerArea || strings.EqualFold(said, "nee")
}

func (r *reading) readProviders() {
	g := r.grid("aanbieders")
	r.providerCodes = newRegister(g, "agb", same)
	for _, line := range g.rows {
		provider := billing.Provider{
			AGB: line.cell("agb").agb(), Name: line.cell("naam").text, From: line.cell(sinceHeading).date(), SourceOfRow: line.source(),
		}
		r.providerCodes.add(line.cell("agb"), provider.AGB, provider.From)
		r.providers = append(r.providers, entry[billing.Provider]{provider, line})
	}
}
