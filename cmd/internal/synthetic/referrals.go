package synthetic

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// daysPerMonth is accurate enough for choosing days.
const daysPerMonth = 30

// newReferral adds a referral of the client for the offer. Its terms must still be set.
func (p *plan) newReferral(c chance, client *client, o offer) *referral {
	r := &referral{index: int32(len(p.referrals)), client: client, provider: o.provider, product: o.product}
	r.unit = p.unitFor(c, o, p.period.First())
	r.Provider = p.providers[o.provider].agb
	r.Product = o.product.Code
	r.BirthDate = client.birth
	r.Municipality = client.home.Name
	r.Referrer = p.referrerFor(c, o.product)
	r.Status = "actief"
	r.ExtendedYouthCare = client.birth.AgeOn(p.horizon()) >= o.product.AgeLimitOrDefault()
	p.referrals = append(p.referrals, r)
	client.referrals = append(client.referrals, r)
	return r
}

// ordinaryReferral adds a referral without a mistake.
func (p *plan) ordinaryReferral(c chance, client *client, o offer) *referral {
	r := p.newReferral(c, client, o)
	p.ordinaryTerms(c, r)
	p.generalise(c, r)
	p.settle(c, r)
	return r
}

// settle sets what follows from the terms.
func (p *plan) settle(c chance, r *referral) {
	r.Assigned = r.Start.AddDays(-c.between(3, 28))
	if r.product.CoordinationPoint && r.Start >= p.policy.CoordinationPointFrom && r.flaw != billing.R12 {
		r.CoordinationPoint = fmt.Sprintf("CP-%d-%04d", r.Assigned.Period().Year(), c.between(1, 9999))
		r.OwnPlacement = c.maybe(15)
	}
	p.rhythm(c, r)
}

// ordinaryTerms chooses start and end: most began within the maximum duration, some begin or end in the period,
// some come near the maximum, were planned beyond it, or were extended.
func (p *plan) ordinaryTerms(c chance, r *referral) {
	most := p.monthsOf(r.product)
	switch at := c.between(1, 100); {
	case p.follows(): // new clients have had care for a short time only
		r.Start = p.period.First().AddDays(c.between(-25, 18))
	case at <= 8:
		r.Start = p.period.First().AddDays(c.between(1, 18))
	case at <= 11:
		r.Start = p.horizon().AddMonths(-most).AddDays(c.between(6, 80))
	case at <= 12:
		r.Start = p.period.First().AddMonths(-most - c.between(1, 6))
		r.ExtendedTo = p.horizon().AddMonths(c.between(3, 8))
	default:
		r.Start = p.period.First().AddDays(-c.between(3, max(4, most-4)*daysPerMonth))
	}
	p.chooseEnd(c, r, most)
	if c.maybe(6) && r.Start < p.period.First() {
		r.End = p.period.First().AddDays(c.between(9, 26))
	}
}

// monthsOf returns the maximum duration, three years for a product without one.
func (p *plan) monthsOf(product *billing.Product) int {
	if months := p.book.MaxMonths(product); months > 0 {
		return months
	}
	return 36
}

// chooseEnd chooses an end after the period, or none. One in a hundred is planned beyond the maximum.
func (p *plan) chooseEnd(c chance, r *referral, most int) {
	if c.maybe(1) {
		r.End = r.Start.AddMonths(most + c.between(1, 6))
		return
	}
	for _, months := range []int{3, 6, 9, 12, 18, 24, 36, 60} {
		end := r.Start.AddMonths(months) - 1
		if end > p.horizon() && months <= most && c.maybe(60) {
			r.End = end
			return
		}
	}
	if c.maybe(70) {
		r.End = max(r.Start.AddMonths(most)-1, r.ExtendedTo)
	}
}

// steadyTerms makes a referral run from some months before the period until some weeks after it.
func (p *plan) steadyTerms(c chance, r *referral) {
	r.Start = p.period.First().AddDays(-c.between(100, 300))
	r.End = p.horizon().AddDays(c.between(20, 60))
}

// generalise makes some referrals less precise: for a category, or only for a budget. A client has at most one of those,
// so that its chains stay separate.
func (p *plan) generalise(c chance, r *referral) {
	for _, other := range r.client.referrals {
		if other.Product == "" {
			return
		}
	}
	switch at := c.between(1, 100); {
	case at <= 5 && r.product.Category != "":
		r.Product, r.Category = "", r.product.Category
	case at <= 6:
		r.Product, r.HasBudget = "", true
	}
}

// referrerFor returns a kind of referrer that the segment expects.
func (p *plan) referrerFor(c chance, product *billing.Product) string {
	if expected := p.book.Segment(product.Segment).Referrers; len(expected) > 0 {
		return oneOf(c, expected...)
	}
	switch at := c.between(1, 100); {
	case at <= 46:
		return "02"
	case at <= 76:
		return "01"
	case at <= 88:
		return "04"
	case at <= 94:
		return "05"
	case at <= 98:
		return "03"
	}
	return "08"
}

// days returns the first and last day of the period on which the referral is delivered.
func (p *plan) days(r *referral) (first, last billing.Date) {
	first, last = max(r.Start, p.period.First()), p.period.Last()
	if r.End != 0 {
		last = min(last, r.End)
	}
	return first, last
}

// rhythm chooses how many visits the referral has in a small workspace, and how many would fit.
func (p *plan) rhythm(c chance, r *referral) {
	first, last := p.days(r)
	days := billing.Days(first, last)
	switch kind := classOf(r.product); {
	case kind == stay && r.unit == billing.Daypart:
		r.want, r.most = days, days*(len(dayparts)-1)
	case kind == session || r.unit == billing.Time:
		r.want = oneOf(c, 1, 2, 2, 2, 3, 4, 4, 4, 5, 8)
		r.most = days * sessionsPerDay
	default:
		r.want = oneOf(c, 2, 4, 4, 8, 8, 12)
		r.most = days * p.policy.MaxDaypartsPerDay
	}
	switch r.flaw {
	case billing.V01, billing.V02, billing.V03:
		r.want = max(r.want, 4) // a single visit cannot be too much
	}
	r.want = min(r.want, days)
}

// numberReferrals numbers the new referrals in the order in which they were assigned.
func (p *plan) numberReferrals() {
	order := slices.DeleteFunc(slices.Clone(p.referrals), func(r *referral) bool { return r.goesOn })
	slices.SortFunc(order, func(a, b *referral) int {
		return cmp.Or(cmp.Compare(a.Assigned, b.Assigned), cmp.Compare(a.client.bsn, b.client.bsn), cmp.Compare(a.index, b.index))
	})
	for i, r := range order {
		r.Number = fmt.Sprintf("%02d%02d%05d", p.period.Year()%100, p.period.Month(), i+1)
	}
}
