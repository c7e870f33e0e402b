package synthetic

import (
	"errors"
	"math"

	"github.com/pxq-nl/pxq/billing"
)

// provider is a provider that sends submissions.
type provider struct {
	agb, name string
	weight    float64 // relative to the others; some providers are large, many small
	style     *style
	last      int32 // number of the last reference given out
}

// home is a municipality with the care that is offered there.
type home struct {
	*billing.Municipality
	offers [classes]offers
}

// class is a kind of care by the rhythm of its visits.
type class uint8

const (
	session class = iota // visits by appointment
	dayCare              // parts of a day in a group, or respite
	stay                 // living somewhere
	classes
)

func classOf(product *billing.Product) class {
	switch {
	case product.Residential:
		return stay
	case product.AllowsDaypart:
		return dayCare
	}
	return session
}

// offers are the offers of one class of care in one municipality, with the probability of each.
type offers struct {
	list    []offer
	weights []float64
}

// offer is a product of one provider.
type offer struct {
	provider int
	product  *billing.Product
}

// findProviders finds the providers with a contract for care that is settled per P*Q, and what each offers where.
func (p *plan) findProviders() error {
	c := p.chance(streamProviders)
	for i := range p.book.Providers {
		if known := &p.book.Providers[i]; p.isContracted(known.AGB) {
			p.providers = append(p.providers, provider{agb: known.AGB, name: known.Name})
		}
	}
	for rank, i := range c.Perm(len(p.providers)) {
		p.providers[i].weight = 1 / math.Pow(float64(rank+1), 0.7)
		p.providers[i].style = p.styleOf(c, rank, p.worksInParts(p.providers[i].agb))
	}
	any := false
	for i := range p.book.Municipalities {
		here := home{Municipality: &p.book.Municipalities[i]}
		for number := range p.providers {
			for k := range p.book.Products {
				product := &p.book.Products[k]
				if p.delivers(number, product, here.Municipality, p.period.First()) && p.delivers(number, product, here.Municipality, p.horizon()) {
					kind := &here.offers[classOf(product)]
					kind.list = append(kind.list, offer{number, product})
					kind.weights = append(kind.weights, p.providers[number].weight)
					any = true
				}
			}
		}
		p.homes = append(p.homes, here)
	}
	if !any {
		return errors.New("synthetic: the book has no care that is contracted, priced and settled per P*Q in the period")
	}
	return nil
}

// isContracted reports whether the provider may declare anything per P*Q in the period.
func (p *plan) isContracted(agb string) bool {
	for i := range p.book.Segments {
		segment := &p.book.Segments[i]
		if segment.SettledPQ && len(p.book.ContractsOf(agb, segment.Code, p.period.First())) > 0 {
			return true
		}
	}
	return false
}

// worksInParts reports whether the provider may deliver anything in day-parts.
func (p *plan) worksInParts(agb string) bool {
	for i := range p.book.Products {
		product := &p.book.Products[i]
		if product.AllowsDaypart && len(p.book.ContractsOf(agb, product.Segment, p.period.First())) > 0 {
			return true
		}
	}
	return false
}

// delivers reports whether the provider may deliver the product to residents on the day, at a price.
func (p *plan) delivers(number int, product *billing.Product, home *billing.Municipality, day billing.Date) bool {
	segment := p.book.Segment(product.Segment)
	agb := p.providers[number].agb
	if !segment.SettledPQ || p.priceOn(product, billing.Time, agb, day) == 0 && p.priceOn(product, billing.Daypart, agb, day) == 0 {
		return false
	}
	for _, contract := range p.book.ContractsOf(agb, segment.Code, day) {
		if contract.Includes(product.Code) && (!segment.PerArea || contract.Area == "" || contract.Area == home.Area) {
			return true
		}
	}
	return false
}

// priceOn returns the price, 0 if there is none or the product does not go in the unit.
func (p *plan) priceOn(product *billing.Product, unit billing.Unit, agb string, day billing.Date) billing.Price {
	if !product.Allows(unit) {
		return 0
	}
	row := p.book.PriceOn(product, unit, agb, day)
	if row == nil {
		return 0
	}
	return row.Price
}

// unitFor returns a unit in which the provider may deliver the product on the day.
func (p *plan) unitFor(c chance, o offer, day billing.Date) billing.Unit {
	agb := p.providers[o.provider].agb
	hours := p.priceOn(o.product, billing.Time, agb, day) > 0
	parts := p.priceOn(o.product, billing.Daypart, agb, day) > 0
	if hours && (!parts || c.maybe(35)) {
		return billing.Time
	}
	return billing.Daypart
}

// inhabitants returns the inhabitants in thousands, so that large municipalities have many clients; 25 for those of another
// region.
func inhabitants(code string) float64 {
	switch code {
	case "0855":
		return 230
	case "0867":
		return 50
	case "0797":
		return 46
	case "0824":
		return 33
	case "0784", "0766":
		return 27
	case "0785", "0809":
		return 24
	case "0798":
		return 16
	case "1723":
		return 11
	case "0744":
		return 7
	}
	return 25
}
