package rates

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
)

func (r *reading) readPrices() {
	g := r.grid("tarieven")
	for _, line := range g.rows {
		price := billing.PriceRow{
			Unit:        line.cell("eenheid").unit(),
			Price:       line.cell("tarief").price(),
			SourceOfRow: line.source(),
		}
		price.Product, _ = r.productCodes.find(line.cell("productcode"), line.cell("productcode").text)
		price.Provider, _ = r.providerCodes.find(line.cell("agb"), line.cell("agb").agb())
		price.From, price.To = line.days()
		r.checkUnit(line.cell("eenheid"), price)
		r.prices = append(r.prices, entry[billing.PriceRow]{price, line})
	}
	r.checkOverlappingPrices()
}

// price reads a price in euros per hour or day-part.
func (c cell) price() billing.Price {
	cents, given := c.cents(written.Price)
	if given && (cents <= 0 || cents > int64(billing.PriceMax)) {
		c.report("%s is geen tarief: verwacht meer dan 0 en hoogstens %s. Verbeter het",
			"%s is not a price: expected more than 0 and at most %s. Correct it", quote(c.text), billing.PriceMax)
		return 0
	}
	return billing.Price(cents)
}

// checkUnit reports a price per unit that the product does not have on any day of the price.
func (r *reading) checkUnit(c cell, price billing.PriceRow) {
	if price.Product == "" || price.Unit == billing.NoUnit {
		return
	}
	rows := slices.SortedStableFunc(slices.Values(r.productOf[price.Product]), func(a, b billing.Product) int { return cmp.Compare(a.From, b.From) })
	for i, product := range rows {
		if !product.AllowsTime && !product.AllowsDaypart {
			return // the units of this row were unreadable
		}
		before := i > 0 && !price.To.IsZero() && price.To < product.From
		after := i+1 < len(rows) && rows[i+1].From <= price.From
		if !before && !after && product.Allows(price.Unit) {
			return
		}
	}
	c.report("product %s gaat niet per %s; verbeter de eenheid hier of de eenheden van het product",
		"product %s is not delivered per %s; correct the unit here or the eenheden of the product",
		quote(price.Product), strings.ToLower(c.text))
}

// checkOverlappingPrices reports rows of equal rank that are valid on the same day, for which the price is ambiguous.
func (r *reading) checkOverlappingPrices() {
	equal := newOverlaps()
	for _, e := range r.prices {
		p, agb := e.fact, e.row.cell("agb")
		if p.Product == "" || p.Unit == billing.NoUnit || p.From.IsZero() || agb.text != "" && p.Provider == "" {
			continue
		}
		equal.add(strings.Join([]string{p.Product, p.Unit.String(), p.Provider}, "\x00"), p.From, p.To, e.row)
	}
	equal.each(func(earlier, later *row) {
		later.cell("van").report(
			"het tarief overlapt in tijd met dat in rij %d (zelfde product, eenheid en aanbieder); laat het ene eindigen voordat het andere begint",
			"the price overlaps in time with the one in row %d (same product, unit and provider); let one end before the other begins",
			earlier.number)
	})
}
