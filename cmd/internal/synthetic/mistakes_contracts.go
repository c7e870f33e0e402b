package synthetic

import "github.com/pxq-nl/pxq/billing"

// buildUncontracted makes a client of a provider that has no contract for the segment (C02), none where the
// client lives (C03), or none with the product (C04).
func buildUncontracted(p *plan, c chance, code billing.Code) bool {
	here, o := p.somewhere(c, func(h *home, o offer) bool {
		return p.lacks(o, h.Municipality, p.period.First()) == code && p.lacks(o, h.Municipality, p.horizon()) == code
	})
	if here == nil {
		return false
	}
	p.flawed(c, code, here, o, p.birthFor(c, o.product), nil)
	return true
}

// lacks tells what contract the provider lacks to deliver the product there on the day; C01 stands for care
// that is not settled per P*Q or has no price, and a stay, of which there would be too much.
func (p *plan) lacks(o offer, home *billing.Municipality, day billing.Date) billing.Code {
	segment, agb := p.book.Segment(o.product.Segment), p.providers[o.provider].agb
	if !segment.SettledPQ || classOf(o.product) == stay || p.priceOn(o.product, billing.Time, agb, day) == 0 {
		return billing.C01
	}
	contracts := p.book.ContractsOf(agb, segment.Code, day)
	missing := billing.C02
	for _, contract := range contracts {
		if segment.PerArea && contract.Area != "" && contract.Area != home.Area {
			missing = max(missing, billing.C03)
			continue
		}
		if contract.Includes(o.product.Code) {
			return billing.NoCode
		}
		missing = billing.C04
	}
	return missing
}

// somewhere picks, of all places, providers and products, a combination that passes.
func (p *plan) somewhere(c chance, passes func(*home, offer) bool) (*home, offer) {
	type place struct {
		home  *home
		offer offer
	}
	var found []place
	for i := range p.homes {
		for number := range p.providers {
			for k := range p.book.Products {
				if o := (offer{number, &p.book.Products[k]}); passes(&p.homes[i], o) {
					found = append(found, place{&p.homes[i], o})
				}
			}
		}
	}
	if len(found) == 0 {
		return nil, offer{}
	}
	chosen := one(c, found...)
	return chosen.home, chosen.offer
}

// buildOtherwisePaid makes a client with care of a segment that is not settled per P*Q.
func buildOtherwisePaid(p *plan, c chance, code billing.Code) bool {
	here, o := p.somewhere(c, func(_ *home, o offer) bool {
		segment := p.book.Segment(o.product.Segment)
		return !segment.SettledPQ && !segment.TakesOver && o.product.AllowsTime
	})
	if here == nil {
		return false
	}
	r := p.flawed(c, code, here, o, p.bornBetween(c, 5, 17), nil)
	r.unit = billing.Time
	return true
}

// buildMoved makes a client that moved out of the area of its provider, who may go on for some time.
func buildMoved(p *plan, c chance, _ billing.Code) bool {
	here, o := p.somewhere(c, func(h *home, o offer) bool {
		return p.lacks(o, h.Municipality, p.period.First()) == billing.C03 && p.lacks(o, h.Municipality, p.horizon()) == billing.C03 &&
			p.includes(o, p.period.First()) && p.includes(o, p.horizon())
	})
	if here == nil {
		return false
	}
	p.flawed(c, billing.NoCode, here, o, p.bornBetween(c, 5, 17), func(p *plan, c chance, r *referral) {
		r.ContinuesTo = p.horizon().AddMonths(c.between(1, 8))
	})
	return true
}

// includes reports whether the product is in a contract of the provider, wherever.
func (p *plan) includes(o offer, day billing.Date) bool {
	for _, contract := range p.book.ContractsOf(p.providers[o.provider].agb, o.product.Segment, day) {
		if contract.Includes(o.product.Code) {
			return true
		}
	}
	return false
}
