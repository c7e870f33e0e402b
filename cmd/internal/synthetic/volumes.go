package synthetic

import (
	"cmp"

	"github.com/pxq-nl/pxq/billing"
)

// care is the care that was delivered on a referral.
type care struct {
	months map[billing.Period]billing.Quantity
	total  billing.Quantity
	cost   int64 // in 1/6000 cents
	last   *visit
	most   *visit // S04: the visit with which the number of hours is passed
}

// giveRoom gives every referral a volume or a budget that fits its care, or that is just too small for the last visit.
func (p *plan) giveRoom() {
	c := p.chance(streamRoom)
	delivered := p.gather()
	for i, r := range p.referrals {
		d := &delivered[i]
		switch r.flaw {
		case billing.V01, billing.V02, billing.V03:
			p.giveTooLittle(r, d)
		default:
			if r.goesOn {
				r.keepRoom(d)
				break
			}
			p.giveEnough(c, r, d)
		}
		if r.flaw == billing.S04 && d.most != nil {
			d.most.flaw = r.flaw
		}
	}
}

// gather adds up the care of every referral. The visits of one referral come in the order of their dates.
func (p *plan) gather() []care {
	delivered := make([]care, len(p.referrals))
	for i := range p.visits {
		v := &p.visits[i]
		r, d := p.of(v), &delivered[v.referral]
		if d.months == nil {
			d.months = make(map[billing.Period]billing.Quantity, 1)
		}
		quantity := billing.Quantity(v.quantity)
		d.months[v.date.Period()] += quantity
		d.total += quantity
		d.cost += p.priceOn(r.product, r.unit, r.Provider, v.date).Unrounded(quantity, r.unit)
		if d.last == nil || p.comesAfter(v, d.last) {
			d.last = v
		}
		if hours := billing.Quantity(p.muchHelp(r.product.Kind) * 6000); d.most == nil && d.total > hours {
			d.most = v
		}
	}
	return delivered
}

// comesAfter reports whether a comes after b in the order of judging.
func (p *plan) comesAfter(a, b *visit) bool {
	order := cmp.Compare(a.date, b.date)
	if p.providers[a.provider].style.hasTimes() {
		order = cmp.Or(order, cmp.Compare(a.start, b.start))
	}
	return cmp.Or(order, cmp.Compare(a.number, b.number)) > 0
}

// giveEnough sets a volume with some margin, and sometimes a budget.
func (p *plan) giveEnough(c chance, r *referral, d *care) {
	if r.Product == "" && r.Category == "" || c.maybe(5) {
		p.giveBudget(c, r, d)
	}
	if c.maybe(6) && r.flaw != billing.R06 || r.HasBudget && c.maybe(60) {
		return
	}
	r.HasVolume, r.VolumeUnit = true, r.unit
	r.Frequency = oneOf(c, billing.PerWeek, billing.PerWeek, billing.PerWeek, billing.PerMonth, billing.PerMonth, billing.InTotal)
	if classOf(r.product) == stay && r.unit == billing.Daypart {
		r.Frequency = oneOf(c, billing.PerDay, billing.PerDay, billing.PerWeek)
	}
	r.VolumeWritten = billing.WrittenHour
	step := billing.Quantity(6000)
	if r.unit == billing.Daypart {
		r.VolumeWritten, step = billing.WrittenDaypart, wholeDaypart
	}
	r.Volume = step
	for !r.holds(d) {
		r.Volume += step
	}
	if c.maybe(70) {
		r.Volume += step * billing.Quantity(c.between(0, 1+int(r.Volume/step)/3))
	}
	if r.Frequency == billing.InTotal {
		p.giveTotal(c, r, step)
	}
}

// holds reports whether the care fits in the volume.
func (r *referral) holds(d *care) bool {
	for month, quantity := range d.months {
		if room, limited := r.MonthRoom(month); limited && quantity > room {
			return false
		}
	}
	room, limited := r.WholeRoom()
	return !limited || d.total <= room
}

// giveTotal enlarges a volume in total to that of a referral that runs for months. Some of it may have been declared
// before.
func (p *plan) giveTotal(c chance, r *referral, step billing.Quantity) {
	months := billing.Quantity(max(1, billing.Months(r.Start, p.period.Last())-1))
	others := r.Volume / step / 2 * months * step
	if r.Start < p.period.First() && c.maybe(25) {
		r.DeclaredBefore = others
	}
	r.Volume += r.DeclaredBefore + others
}

// giveBudget sets a budget in whole tens of euros.
func (p *plan) giveBudget(c chance, r *referral, d *care) {
	r.HasBudget = true
	cents := d.cost / billing.BudgetScale
	r.Budget = billing.Money((cents*int64(c.between(110, 260))/100/1000 + 10) * 1000)
}

// giveTooLittle sets a volume or budget that is just too small for the last visit.
func (p *plan) giveTooLittle(r *referral, d *care) {
	month := d.months[p.period]
	if d.last == nil || month == d.last.quantityOf() {
		return // with a single visit nothing can be too much
	}
	d.last.flaw = r.flaw
	if r.flaw == billing.V03 {
		last := p.priceOn(r.product, r.unit, r.Provider, d.last.date).Unrounded(d.last.quantityOf(), r.unit)
		r.HasBudget, r.Budget = true, billing.Money((d.cost-last)/billing.BudgetScale+1)
		return
	}
	r.HasVolume, r.VolumeUnit, r.VolumeWritten = true, r.unit, billing.WrittenMinute
	r.Frequency, r.Volume = billing.PerMonth, month-hundredthsMinute
	if r.flaw == billing.V02 {
		r.Frequency, r.Volume = billing.InTotal, d.total-hundredthsMinute
	}
	if r.unit == billing.Daypart {
		r.VolumeWritten = billing.WrittenDaypart
	}
}

func (v *visit) quantityOf() billing.Quantity { return billing.Quantity(v.quantity) }
