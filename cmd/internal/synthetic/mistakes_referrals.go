package synthetic

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// scenario is a mistake that is built into a client's referrals, so that every row on them shows it.
type scenario struct {
	code  billing.Code                                   // NoCode: an unusual case with nothing wrong
	share int                                            // clients in ten thousand; 0: only a few, because it takes much care
	build func(*plan, chance, billing.Code) (built bool) // false if the book does not allow it
}

// scenarios returns all of them.
func scenarios() []scenario {
	return []scenario{
		{billing.R09, 12, buildSession(func(_ *plan, _ chance, r *referral) { r.Status = billing.StatusWithdrawn })},
		{billing.R11, 2, buildWhere(expectsReferrers, unexpectedReferrer)},
		{billing.R12, 2, buildWhere(needsCoordination, func(_ *plan, c chance, r *referral) { r.OwnPlacement = c.maybe(40) })},
		{billing.C02, 8, buildUncontracted},
		{billing.C03, 12, buildUncontracted},
		{billing.C04, 12, buildUncontracted},
		{billing.P05, 8, buildOtherwisePaid},
		{billing.D01, 25, buildSession(tooLong)},
		{billing.S01, 10, buildTakenOver},
		{billing.S02, 2, buildTwoHomes},
		{billing.S03, 10, buildParallel},
		{billing.S04, 0, func(p *plan, c chance, code billing.Code) bool { return p.buildMuchHelp(c, code, billing.Begeleiding) }},
		{billing.S04, 0, func(p *plan, c chance, code billing.Code) bool { return p.buildMuchHelp(c, code, billing.Behandeling) }},
		{billing.A01, 15, buildGrown(0)},
		{billing.A02, 6, buildGrown(1)},
		{billing.V01, 25, buildSession(forVolume)},
		{billing.V02, 15, buildSession(forVolume)},
		{billing.V03, 10, buildSession(forVolume)},
		{billing.NoCode, 12, buildMoved},
		{billing.NoCode, 20, buildHandover},
	}
}

// flawed makes a client with one steady referral, of which spoil, unless nil, makes the mistake.
func (p *plan) flawed(c chance, code billing.Code, here *home, o offer, birth billing.Date, spoil func(*plan, chance, *referral)) *referral {
	r := p.newReferral(c, p.newClient(here, birth), o)
	r.flaw = code
	p.steadyTerms(c, r)
	if spoil != nil {
		spoil(p, c, r)
	}
	p.settle(c, r)
	return r
}

func anyOffer(offer) bool { return true }

// sessionSomewhere picks a municipality and an offer of sessions there.
func (p *plan) sessionSomewhere(c chance, passes func(offer) bool) (*home, offer) {
	here := p.homeFor(c, func(h *home) bool { return h.chooseOf(c, session, passes) != offer{} })
	if here == nil {
		return nil, offer{}
	}
	return here, here.chooseOf(c, session, passes)
}

// buildSession returns a function that makes a client with sessions, on a referral in which spoil makes the mistake.
func buildSession(spoil func(*plan, chance, *referral)) func(*plan, chance, billing.Code) bool {
	return func(p *plan, c chance, code billing.Code) bool {
		here, o := p.sessionSomewhere(c, anyOffer)
		if here == nil {
			return false
		}
		p.flawed(c, code, here, o, p.bornBetween(c, 5, min(o.product.AgeLimitOrDefault()-1, 17)), spoil)
		return true
	}
}

// buildWhere does the same for care of any class that passes.
func buildWhere(passes func(*plan, offer) bool, spoil func(*plan, chance, *referral)) func(*plan, chance, billing.Code) bool {
	return func(p *plan, c chance, code billing.Code) bool {
		fits := func(o offer) bool { return passes(p, o) }
		here := p.homeFor(c, func(h *home) bool { return h.choose(c, fits) != offer{} })
		if here == nil {
			return false
		}
		o := here.choose(c, fits)
		p.flawed(c, code, here, o, p.birthFor(c, o.product), spoil)
		return true
	}
}

func expectsReferrers(p *plan, o offer) bool {
	return len(p.book.Segment(o.product.Segment).Referrers) > 0
}

func unexpectedReferrer(p *plan, c chance, r *referral) {
	expected := p.book.Segment(r.product.Segment).Referrers
	for _, code := range []string{"02", "05", "03", "06", "01"} {
		if r.Referrer = code; !slices.Contains(expected, code) {
			return
		}
	}
}

func needsCoordination(p *plan, o offer) bool {
	return o.product.CoordinationPoint && p.period.First().AddDays(-300) >= p.policy.CoordinationPointFrom
}

// tooLong moves the care past the maximum duration: on one long referral, or in a chain of two.
func tooLong(p *plan, c chance, r *referral) {
	most := p.monthsOf(r.product)
	start := p.period.First().AddMonths(-most - c.between(4, 10)).AddDays(-c.between(0, 27))
	if c.maybe(50) {
		r.Start = start
		return
	}
	before := p.newReferral(c, r.client, offer{r.provider, r.product})
	before.flaw, before.fixed = r.flaw, true
	before.Start, before.End = start, r.Start.AddDays(-c.between(1, p.policy.GapDays-5))
	before.Assigned = start.AddDays(-c.between(3, 28))
}

// forVolume removes the end of the referral for V01, so that only its volume limits it; the volume is set when the visits
// are known.
func forVolume(_ *plan, _ chance, r *referral) {
	if r.flaw == billing.V01 {
		r.End = 0
	}
}

// buildGrown returns a function that makes a client over the age limit: with step 0 without extended youth care, with step 1
// over the age at which youth care ends.
func buildGrown(step int) func(*plan, chance, billing.Code) bool {
	return func(p *plan, c chance, code billing.Code) bool {
		here, o := p.sessionSomewhere(c, func(o offer) bool { return o.product.AgeLimitOrDefault() < p.policy.AgeMaximum })
		if here == nil {
			return false
		}
		birth := p.bornBetween(c, o.product.AgeLimitOrDefault(), p.policy.AgeMaximum-1)
		if step == 1 {
			birth = p.bornBetween(c, p.policy.AgeMaximum, p.policy.AgeMaximum+3)
		}
		p.flawed(c, code, here, o, birth, func(_ *plan, _ chance, r *referral) { r.ExtendedYouthCare = step == 1 })
		return true
	}
}

// buildUncontracted makes a client of a provider that has no contract for the segment (C02), for the area where the client
// lives (C03), or for the product (C04).
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

// lacks returns the code of the contract that the provider lacks to deliver the product there on the day. C01 stands for care
// that does not qualify: it is not settled per P*Q, has no price, or is a stay, which would be too many rows.
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

// somewhere picks a combination that passes, of all municipalities, providers and products.
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
	chosen := oneOf(c, found...)
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

// buildMoved makes a client who moved out of the area of a provider that may continue for some time.
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

// includes reports whether any contract of the provider includes the product.
func (p *plan) includes(o offer, day billing.Date) bool {
	for _, contract := range p.book.ContractsOf(p.providers[o.provider].agb, o.product.Segment, day) {
		if contract.Includes(o.product.Code) {
			return true
		}
	}
	return false
}
