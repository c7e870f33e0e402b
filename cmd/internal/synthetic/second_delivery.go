package synthetic

import "github.com/pxq-nl/pxq/billing"

// laterShare is how many rows in ten thousand are of the second delivery.
const laterShare = 150

func (p *plan) laterRows() int { return (p.options.Records*laterShare + 5000) / 10000 }

// makeVersions makes the second delivery: corrected, mended and withdrawn records, and some that are sent again
// unchanged. It fills the workspace up to the number of records that was asked for.
func (p *plan) makeVersions() error {
	c := p.chance(streamVersions)
	p.inFileOrder(p.visits)
	planted := make(map[billing.Code]int)
	for i := range p.visits {
		planted[p.visits[i].flaw]++
	}
	for len(p.visits)+len(p.later) < p.options.Records {
		v, how := p.toChange(c, planted)
		if v == nil {
			break
		}
		v.change = how
		p.later = append(p.later, v.version(how))
	}
	p.inFileOrder(p.later)
	return nil
}

// toChange picks a visit for the second delivery and how it comes back.
func (p *plan) toChange(c chance, planted map[billing.Code]int) (*visit, change) {
	if c.maybe(18) {
		if v := p.pick(c, func(v *visit) bool { return canBeMended(v) && planted[v.flaw] > 4 && p.of(v).flaw == billing.NoCode }); v != nil {
			planted[v.flaw]--
			return v, mended
		}
	}
	how := resent
	switch at := c.between(1, 100); {
	case at <= 60:
		how = corrected
	case at <= 78:
		how = withdrawn
	}
	return p.pick(c, p.isSound), how
}

// canBeMended reports whether the row shows its reference, so that a later one can replace it, and has a mistake that
// somebody would correct at once.
func canBeMended(v *visit) bool {
	if v.change != unchanged {
		return false
	}
	switch v.flaw {
	case billing.F02, billing.F03, billing.F04, billing.F06, billing.F07, billing.F08, billing.F10, billing.R01, billing.R05, billing.R10, billing.R14:
		return true
	}
	return false
}

// version returns the visit as it is sent again.
func (v *visit) version(how change) visit {
	next := *v
	next.change, next.flaw = how, billing.NoCode
	switch how {
	case corrected:
		next.quantity = v.less()
	case withdrawn:
		next.quantity = 0
	}
	return next
}

// less returns a smaller quantity that no other visit of the day has: a third less if it is alone, else two minutes less,
// since sessions last a multiple of five; half of one or two day-parts.
func (v *visit) less() int32 {
	switch third := v.quantity / 3 / wholeDaypart * wholeDaypart; {
	case third == 0:
		return v.quantity / 2
	case v.alone:
		return v.quantity - third
	}
	return v.quantity - 2*hundredthsMinute
}
