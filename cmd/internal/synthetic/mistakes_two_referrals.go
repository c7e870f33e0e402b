package synthetic

import "github.com/pxq-nl/pxq/billing"

// buildTakenOver makes a client with care next to a referral for a segment that takes over all care. Nothing is
// declared on that referral.
func buildTakenOver(p *plan, c chance, code billing.Code) bool {
	_, all := p.somewhere(c, func(_ *home, o offer) bool { return p.book.Segment(o.product.Segment).TakesOver })
	here, o := p.sessionSomewhere(c, anyOffer)
	if here == nil || all == (offer{}) {
		return false
	}
	r := p.flawed(c, code, here, o, p.bornBetween(c, 8, 17), nil)
	over := p.newReferral(c, r.client, all)
	over.flaw, over.fixed, over.unit = code, true, billing.Time
	over.Start, over.End = p.period.First().AddDays(-c.between(10, 60)), p.horizon().AddMonths(6)
	over.Assigned = over.Start.AddDays(-c.between(3, 20))
	return true
}

// buildTwoHomes makes a client who lived in two places on the same days, according to its rows.
func buildTwoHomes(p *plan, c chance, code billing.Code) bool {
	here := p.homeFor(c, func(h *home) bool { return h.chooseOf(c, stay, inDayparts) != offer{} })
	if here == nil {
		return false
	}
	o := here.chooseOf(c, stay, inDayparts)
	other := here.chooseOf(c, stay, func(next offer) bool {
		return inDayparts(next) && next.provider != o.provider && next.product != o.product &&
			next.product.AgeLimitOrDefault() == o.product.AgeLimitOrDefault()
	})
	if other == (offer{}) {
		return false
	}
	r := p.flawed(c, code, here, o, p.birthFor(c, o.product), nil)
	second := p.newReferral(c, r.client, other)
	second.flaw, second.sameDays = code, r
	p.steadyTerms(c, second)
	p.settle(c, second)
	second.want, second.fixed = 3, true
	return true
}

func inDayparts(o offer) bool { return o.product.AllowsDaypart && !o.product.AllowsTime }

// buildParallel makes a client with two providers for the same care, long after a hand-over should be complete.
func buildParallel(p *plan, c chance, code billing.Code) bool {
	here, o, other := p.twoProviders(c)
	if here == nil {
		return false
	}
	r := p.flawed(c, code, here, o, p.bornBetween(c, 5, 17), nil)
	second := p.newReferral(c, r.client, other)
	second.flaw = code
	p.steadyTerms(c, second)
	p.settle(c, second)
	return true
}

// buildHandover makes a client who changes provider in the period, with a few days of both.
func buildHandover(p *plan, c chance, _ billing.Code) bool {
	here, o, other := p.twoProviders(c)
	if here == nil {
		return false
	}
	change := p.period.First().AddDays(c.between(8, 18))
	r := p.flawed(c, billing.NoCode, here, o, p.bornBetween(c, 5, 17), func(_ *plan, c chance, r *referral) {
		r.End = change.AddDays(c.between(2, 9))
	})
	second := p.newReferral(c, r.client, other)
	second.Start, second.End = change, change.AddMonths(9)-1
	p.settle(c, second)
	return true
}

// twoProviders picks a place and two offers of the same product there.
func (p *plan) twoProviders(c chance) (*home, offer, offer) {
	for range 20 {
		here, o := p.sessionSomewhere(c, anyOffer)
		if here == nil {
			break
		}
		other := here.chooseOf(c, session, func(next offer) bool { return next.product == o.product && next.provider != o.provider })
		if other != (offer{}) {
			return here, o, other
		}
	}
	return nil, offer{}, offer{}
}

// buildMuchHelp makes a client with so much help of a kind, over two months, that it passes the number of hours from which
// Segment 1 is to be considered.
func (p *plan) buildMuchHelp(c chance, code billing.Code, kind billing.Kind) bool {
	before := p.period.Add(-1).First()
	here, o := p.somewhere(c, func(h *home, o offer) bool {
		return o.product.Kind == kind && classOf(o.product) == session && p.delivers(o.provider, o.product, h.Municipality, before) &&
			p.delivers(o.provider, o.product, h.Municipality, p.horizon())
	})
	if here == nil {
		return false
	}
	r := p.flawed(c, code, here, o, p.bornBetween(c, 8, 16), nil)
	r.fixed, r.want = true, len(weekdays(before, p.period.Last()))
	return true
}

// muchHelp returns the number of hours of a kind of help from which Segment 1 is to be considered; 0 for a kind that
// is not counted.
func (p *plan) muchHelp(kind billing.Kind) int {
	switch kind {
	case billing.Begeleiding:
		return p.policy.Segment1Begeleiding
	case billing.Behandeling:
		return p.policy.Segment1Behandeling
	}
	return 0
}
