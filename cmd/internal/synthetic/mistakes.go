package synthetic

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// rowMistake is a mistake in one row.
type rowMistake struct {
	code  billing.Code
	share int                                // rows in ten thousand
	copy  bool                               // it needs a second row
	fits  func(*plan, *visit) bool           // whether it can be made on a visit; nil: on any
	plant func(*plan, chance, *visit) *visit // makes it in the plan and returns a second row if it needs one; nil: the plan stays as it is
}

// rowMistakes returns all of them. How those without plant show is in mistakes_rows.go.
func rowMistakes() []rowMistake {
	return []rowMistake{
		{code: billing.F01, share: 30},
		{code: billing.F02, share: 20},
		{code: billing.F03, share: 15, fits: writesQuantity},
		{code: billing.F04, share: 25},
		{code: billing.F05, share: 5, fits: writes(billing.FieldProvider)},
		{code: billing.F06, share: 12, fits: writes(billing.FieldUnit)},
		{code: billing.F07, share: 15},
		{code: billing.F08, share: 12, fits: writes(billing.FieldMunicipality)},
		{code: billing.F09, share: 6, plant: aYearLater},
		{code: billing.F10, share: 10, fits: writesTimes},
		{code: billing.F11, share: 6, fits: writes(billing.FieldClaimedPrice)},
		{code: billing.U01, share: 8, copy: true, plant: twiceOtherwise},
		{code: billing.U02, share: 20, copy: true, fits: mayBeTwice, plant: twiceTheSame},
		{code: billing.R01, share: 40},
		{code: billing.R02, share: 15},
		{code: billing.R03, share: 10, fits: func(p *plan, v *visit) bool { return p.elsewhere(v) != nil }},
		{code: billing.R04, share: 4, fits: inCategory},
		{code: billing.R05, share: 20, fits: forProduct},
		{code: billing.R06, share: 5, fits: inEitherUnit},
		{code: billing.R07, share: 15, fits: startedLately, plant: beforeStart},
		{code: billing.R08, share: 15, fits: endsInTime, plant: afterEnd},
		{code: billing.R10, share: 20, fits: writes(billing.FieldMunicipality)},
		{code: billing.R13, share: 40, fits: canBeFound},
		{code: billing.R14, share: 8, fits: writes(billing.FieldBirthDate)},
		{code: billing.C01, share: 5, fits: writes(billing.FieldProvider)},
		{code: billing.P01, share: 6, fits: inOneUnit},
		{code: billing.P02, share: 3, plant: beforePrices},
		{code: billing.P03, share: 20, fits: claims},
		{code: billing.P04, share: 10, fits: claims},
		{code: billing.L01, share: 8, fits: aloneInTime, plant: tooManyHours},
		{code: billing.L02, share: 4, fits: aloneInParts, plant: tooManyParts},
		{code: billing.L03, share: 8, copy: true, fits: canOverlap, plant: overlapping},
		{code: billing.T01, share: 15, plant: tooLate},
	}
}

// copies returns the number of second rows that the mistakes need.
func (p *plan) copies() int {
	sum := 0
	for _, m := range rowMistakes() {
		if m.copy {
			sum += p.share(p.options.Records, m.share)
		}
	}
	return sum
}

// plantMistakes makes the mistakes in single rows, each on a visit with nothing else wrong.
func (p *plan) plantMistakes() error {
	c := p.chance(streamMistakes)
	var copies []visit
	for _, m := range rowMistakes() {
		sound := &picker{p: p, passes: func(v *visit) bool { return p.isSound(v) && (m.fits == nil || m.fits(p, v)) }}
		for range p.share(p.options.Records, m.share) {
			v := sound.next(c)
			if v == nil {
				break
			}
			v.flaw = m.code
			if m.plant == nil {
				continue
			}
			if second := m.plant(p, c, v); second != nil {
				copies = append(copies, *second)
			}
		}
	}
	p.visits = append(p.visits, copies...)
	p.postpone(c)
	return nil
}

// isSound reports whether the visit has no mistake and no mistake depends on it.
func (p *plan) isSound(v *visit) bool {
	return v.flaw == billing.NoCode && v.change == unchanged && !v.tied && p.of(v).flaw == billing.NoCode
}

// pick picks a visit that passes at random; nil if there is none.
func (p *plan) pick(c chance, passes func(*visit) bool) *visit {
	return (&picker{p: p, passes: passes}).next(c)
}

// picker picks one visit after the other. A visit that did not pass must not pass later.
type picker struct {
	p        *plan
	passes   func(*visit) bool
	looked   bool    // whether all visits were tested
	passable []int32 // indexes of those that passed then
}

// next picks a visit that passes at random, or else the first one after a random index; nil if there is none.
func (k *picker) next(c chance) *visit {
	visits := k.p.visits
	if len(visits) == 0 {
		return nil
	}
	for range 500 {
		if v := &visits[c.IntN(len(visits))]; k.passes(v) {
			return v
		}
	}
	from, _ := slices.BinarySearch(k.lookAtAll(), int32(c.IntN(len(visits))))
	for i := range k.passable {
		if v := &visits[k.passable[(from+i)%len(k.passable)]]; k.passes(v) {
			return v
		}
	}
	return nil
}

// lookAtAll returns the indexes of all visits that may pass, in ascending order.
func (k *picker) lookAtAll() []int32 {
	if !k.looked {
		k.looked = true
		for i := range k.p.visits {
			if k.passes(&k.p.visits[i]) {
				k.passable = append(k.passable, int32(i))
			}
		}
	}
	return k.passable
}

// writes returns a test that is true if the provider fills in the column.
func writes(field billing.Field) func(*plan, *visit) bool {
	return func(p *plan, v *visit) bool { return p.styleOfVisit(v).has(field) }
}

func (p *plan) styleOfVisit(v *visit) *style { return p.providers[v.provider].style }

func writesQuantity(p *plan, v *visit) bool { return p.styleOfVisit(v).quantity != onlyTimes }

func writesTimes(p *plan, v *visit) bool {
	return v.start >= 0 && p.of(v).unit == billing.Time && p.styleOfVisit(v).hasTimes()
}

func claims(p *plan, v *visit) bool { return p.styleOfVisit(v).has(billing.FieldClaimedPrice) }

// mayBeTwice reports whether the same care again is not too much for a day.
func mayBeTwice(p *plan, v *visit) bool {
	r := p.of(v)
	return v.alone && v.quantity <= 2*6000 && (r.unit == billing.Time || classOf(r.product) == stay)
}

func aloneInTime(p *plan, v *visit) bool {
	r := p.of(v)
	return v.alone && r.unit == billing.Time && classOf(r.product) != stay
}

func aloneInParts(p *plan, v *visit) bool {
	r := p.of(v)
	return v.alone && r.unit == billing.Daypart && classOf(r.product) != stay
}

func canOverlap(p *plan, v *visit) bool {
	return v.alone && writesTimes(p, v) && v.quantity >= 30*hundredthsMinute
}

func canBeFound(p *plan, v *visit) bool {
	r := p.of(v)
	return r.Product != "" || r.Category != ""
}

func startedLately(p *plan, v *visit) bool {
	return p.of(v).Start > p.period.Add(-1).First().AddDays(5)
}

func endsInTime(p *plan, v *visit) bool {
	end := p.of(v).End
	return end != 0 && end < p.period.Last()
}

func inCategory(p *plan, v *visit) bool {
	r := p.of(v)
	return r.Product == "" && r.Category != "" && p.otherProduct(v) != nil
}

func forProduct(p *plan, v *visit) bool {
	return p.of(v).Product != "" && p.otherProduct(v) != nil
}

func inEitherUnit(p *plan, v *visit) bool {
	r := p.of(v)
	return r.HasVolume && r.product.AllowsTime && r.product.AllowsDaypart
}

func inOneUnit(p *plan, v *visit) bool {
	product := p.of(v).product
	return product.AllowsTime != product.AllowsDaypart && p.styleOfVisit(v).quantity != onlyTimes
}

// elsewhere returns a referral of the client at another provider.
func (p *plan) elsewhere(v *visit) *referral {
	mine := p.of(v)
	for _, r := range mine.client.referrals {
		if r.provider != mine.provider && r.flaw == billing.NoCode {
			return r
		}
	}
	return nil
}

// otherProduct returns a product that the provider may deliver to the client but that the referral is not for.
func (p *plan) otherProduct(v *visit) *billing.Product {
	r := p.of(v)
	for i := range p.book.Products {
		product := &p.book.Products[i]
		if product == r.product || r.Product == "" && product.Category == r.Category {
			continue
		}
		if product.Allows(r.unit) && p.delivers(r.provider, product, r.client.home, v.date) {
			return product
		}
	}
	return nil
}
