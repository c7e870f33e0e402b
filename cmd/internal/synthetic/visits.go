package synthetic

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// How sessions fall on a day with more than one: 75 minutes apart from seven o'clock, each of another length, so that they
// are not taken for duplicates.
const (
	sessionsPerDay   = 12
	firstSession     = 7 * 60
	betweenSessions  = 75
	usualDayFirst    = 8 * 4 // in quarters of an hour, as usualDayLast
	usualDayLast     = 16 * 4
	hundredthsMinute = 100
	wholeDaypart     = 100
)

// lengths are the lengths of the sessions of one day, in minutes.
var lengths = [sessionsPerDay]int{45, 30, 60, 20, 35, 50, 25, 40, 55, 15, 10, 65}

// latePercent is the percentage of care that is delivered one or two months late.
const latePercent = 1.5

// makeVisits spreads all care over days, numbers it per provider by date, and sets the volumes and budgets of the
// referrals.
func (p *plan) makeVisits() error {
	c := p.chance(streamVisits)
	p.visits = make([]visit, 0, p.options.Records)
	for _, r := range p.referrals {
		from := len(p.visits)
		switch {
		case r.flaw == billing.S04:
			p.helpMuch(r)
		case r.sameDays != nil:
			p.shareDays(r)
		default:
			p.layOut(c, r)
		}
		for i := from; i < len(p.visits); i++ {
			p.visits[i].referral, p.visits[i].provider = r.index, int16(r.provider)
		}
		p.markAll(r, p.visits[from:])
	}
	slices.SortStableFunc(p.visits, func(a, b visit) int {
		return cmp.Or(cmp.Compare(a.provider, b.provider), cmp.Compare(a.date, b.date), cmp.Compare(a.start, b.start))
	})
	for i := range p.visits {
		p.visits[i].number = p.nextNumber(p.visits[i].provider)
	}
	p.giveRoom()
	return nil
}

func (p *plan) nextNumber(provider int16) int32 {
	p.providers[provider].last++
	return p.providers[provider].last
}

// markAll marks the visits of a referral with its mistake, if it shows on each of them.
func (p *plan) markAll(r *referral, visits []visit) {
	switch r.flaw {
	case billing.NoCode, billing.S02, billing.S04, billing.V01, billing.V02, billing.V03:
		return
	}
	for i := range visits {
		visits[i].flaw = r.flaw
	}
}

// layOut spreads the visits of a referral over its days.
func (p *plan) layOut(c chance, r *referral) {
	first, last := p.days(r)
	late := p.lateDays(r)
	lateCount := 0
	if len(late) > 0 {
		for range r.want {
			if c.maybe(latePercent) {
				lateCount++
			}
		}
		lateCount = min(lateCount, len(late))
	}
	for _, day := range spread(c, late, lateCount) {
		p.dayOf(c, r, day, 1)
		p.visits[len(p.visits)-1].flaw = billing.T02
	}
	count := r.want - lateCount
	days := daysFrom(first, last)
	if classOf(r.product) != stay {
		if working := weekdays(first, last); len(working) > 0 && count <= 5*len(working) && r.most >= len(days)*sessionsPerDay || count <= len(working) {
			days = working
		}
	}
	p.fill(c, r, days, count)
}

// fill puts the given number of visits on the days: the same number on each day, and the rest spread. A stay has no gaps.
func (p *plan) fill(c chance, r *referral, days []billing.Date, count int) {
	if len(days) == 0 {
		return
	}
	each, rest := count/len(days), count%len(days)
	more := make(map[billing.Date]bool, rest)
	if classOf(r.product) == stay && each == 0 {
		for _, day := range days[:rest] {
			more[day] = true
		}
	} else {
		for _, day := range spread(c, days, rest) {
			more[day] = true
		}
	}
	for _, day := range days {
		n := each
		if more[day] {
			n++
		}
		if n > 0 {
			p.dayOf(c, r, day, n)
		}
	}
}

// spread chooses that many of the days, spread evenly.
func spread(c chance, days []billing.Date, count int) []billing.Date {
	var chosen []billing.Date
	for k := range count {
		low, high := k*len(days)/count, (k+1)*len(days)/count
		chosen = append(chosen, days[c.between(low, high-1)])
	}
	return chosen
}

// dayOf adds the visits of one day.
func (p *plan) dayOf(c chance, r *referral, day billing.Date, count int) {
	shift := 0
	if count > 1 {
		shift = c.IntN(sessionsPerDay)
	}
	for k := range count {
		v := visit{date: day, start: -1, alone: count == 1}
		switch {
		case r.unit == billing.Daypart && count == 1:
			v.quantity = int32(wholeDaypart * p.partsOf(c, r))
		case r.unit == billing.Daypart:
			v.quantity, v.part = wholeDaypart, uint8(k+1)
		case count == 1:
			v.quantity = int32(hundredthsMinute * usualLength(c, r))
			v.start = int16(15 * c.between(usualDayFirst, usualDayLast))
		default:
			v.quantity = int32(hundredthsMinute * lengths[(k+shift)%sessionsPerDay])
			v.start = int16(firstSession + k*betweenSessions)
		}
		p.visits = append(p.visits, v)
	}
}

// partsOf returns the day-parts in one row: of a stay the same number every day.
func (p *plan) partsOf(c chance, r *referral) int {
	if classOf(r.product) == stay {
		return 1 + int(r.product.Code[len(r.product.Code)-1])%3
	}
	return oneOf(c, 1, 1, 2)
}

// usualLength returns the length of a session in minutes.
func usualLength(c chance, r *referral) int {
	if classOf(r.product) != session {
		return oneOf(c, 90, 120, 120, 180)
	}
	return oneOf(c, 30, 45, 45, 50, 60, 60, 60, 75, 75, 90, 90, 120)
}

// lateDays returns the working days in the two months before the period on which care was delivered on the referral. A
// referral with a mistake has none.
func (p *plan) lateDays(r *referral) []billing.Date {
	if r.flaw != billing.NoCode || classOf(r.product) != session || r.End != 0 && r.End < p.period.First() {
		return nil
	}
	days := weekdays(max(r.Start, p.period.Add(-2).First()), p.period.First()-1)
	return slices.DeleteFunc(days, func(day billing.Date) bool {
		return r.ContinuesTo == 0 && !p.delivers(r.provider, r.product, r.client.home, day)
	})
}

// helpMuch adds so much help on every working day of two months that it passes the number of hours of S04.
func (p *plan) helpMuch(r *referral) {
	days := weekdays(p.period.Add(-1).First(), p.period.Last())
	quarters := (p.muchHelp(r.product.Kind)*4*104/100)/len(days) + 1
	for _, day := range days[:min(r.want, len(days))] {
		p.visits = append(p.visits, visit{date: day, start: 8 * 60, quantity: int32(quarters * 15 * hundredthsMinute), alone: true})
	}
}

// shareDays adds visits on the first days of the other referral, and marks both with the mistake.
func (p *plan) shareDays(r *referral) {
	shared := make(map[billing.Date]bool)
	for i := range p.visits {
		v := &p.visits[i]
		if v.referral != r.sameDays.index || len(shared) == r.want && !shared[v.date] {
			continue
		}
		shared[v.date] = true
		v.flaw = r.flaw
	}
	for _, day := range daysFrom(p.period.First(), p.period.Last()) {
		if shared[day] {
			p.visits = append(p.visits, visit{date: day, start: -1, quantity: wholeDaypart, flaw: r.flaw, alone: true})
		}
	}
}

// daysFrom returns the days from first to last.
func daysFrom(first, last billing.Date) []billing.Date {
	var days []billing.Date
	for day := first; day <= last; day++ {
		days = append(days, day)
	}
	return days
}

// weekdays returns the days from first to last without Saturdays and Sundays.
func weekdays(first, last billing.Date) []billing.Date {
	return slices.DeleteFunc(daysFrom(first, last), func(day billing.Date) bool {
		return int(day+2)%7 >= 5 // 1970-01-01, day 1, was a Thursday
	})
}
