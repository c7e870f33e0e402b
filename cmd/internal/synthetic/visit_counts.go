package synthetic

import (
	"errors"
	"math"
)

// countVisits scales the number of visits of every referral, so that together with second rows and the second delivery the
// workspace has exactly the number of records that was asked for.
func (p *plan) countVisits() error {
	wanted := p.options.Records - p.copies() - p.laterRows()
	most := 0
	for _, r := range p.referrals {
		most += r.times(math.Inf(1))
	}
	for i := 0; i < len(p.referrals) && most < wanted; i++ {
		if r := p.referrals[i]; r.goesOn { // its volume is raised later
			most -= r.most
			r.most = r.inDays
			most += r.most
		}
	}
	if most < wanted {
		return errors.New("synthetic: the book and its clients have no room for so many records")
	}
	factor := p.factorFor(wanted)
	rest := wanted
	for _, r := range p.referrals {
		r.want = r.times(factor)
		rest -= r.want
	}
	p.level(rest)
	return nil
}

// times returns the number of visits of the referral when its natural number is multiplied by the factor.
func (r *referral) times(factor float64) int {
	if r.fixed {
		return r.want
	}
	if math.IsInf(factor, 1) {
		return r.most
	}
	return min(r.most, int(float64(r.want)*factor+0.5))
}

// factorFor finds, by bisection, the largest factor that gives no more visits than wanted.
func (p *plan) factorFor(wanted int) float64 {
	low, high := 0.0, 2000.0
	for range 50 {
		middle, sum := (low+high)/2, 0
		for _, r := range p.referrals {
			sum += r.times(middle)
		}
		if sum <= wanted {
			low = middle
		} else {
			high = middle
		}
	}
	return low
}

// level adds one visit here and there until the rest is spent; a negative rest is taken away, also from the mistakes
// that take much care.
func (p *plan) level(rest int) {
	for rest != 0 {
		before := rest
		for _, r := range p.referrals {
			switch {
			case rest > 0 && !r.fixed && r.want < r.most:
				r.want++
				rest--
			case rest < 0 && r.want > 0:
				r.want--
				rest++
			}
			if rest == 0 {
				return
			}
		}
		if rest == before {
			return
		}
	}
}
