package synthetic

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// aYearLater puts a wrong year in the date.
func aYearLater(_ *plan, _ chance, v *visit) *visit {
	v.date = v.date.AddMonths(12)
	return nil
}

// twiceOtherwise returns a second row with the same reference and another quantity.
func twiceOtherwise(_ *plan, _ chance, v *visit) *visit {
	second := *v
	second.quantity = v.less()
	v.tied, second.tied = true, true
	return &second
}

// twiceTheSame returns the same care under a second reference, on which the mistake is.
func twiceTheSame(p *plan, _ chance, v *visit) *visit {
	second := p.again(v)
	return &second
}

// overlapping returns a second visit that overlaps with the first.
func overlapping(p *plan, _ chance, v *visit) *visit {
	second := p.again(v)
	second.start += 15
	return &second
}

// again copies a visit under a new reference and moves the mistake to the copy.
func (p *plan) again(v *visit) visit {
	second := *v
	second.number = p.nextNumber(v.provider)
	v.flaw = billing.NoCode
	v.tied, second.tied, v.alone, second.alone = true, true, false, false
	return second
}

// beforeStart moves the visit to some days before the referral starts.
func beforeStart(p *plan, c chance, v *visit) *visit {
	v.date = p.of(v).Start.AddDays(-c.between(1, 5))
	return nil
}

// afterEnd moves the visit to some days after the referral ended, within the period.
func afterEnd(p *plan, c chance, v *visit) *visit {
	end := p.of(v).End
	v.date = c.dayBetween(end+1, min(end+9, p.period.Last()))
	return nil
}

// beforePrices moves the visit to before the first price of its product, as a wrong year does.
func beforePrices(p *plan, c chance, v *visit) *visit {
	r := p.of(v)
	earliest := v.date
	for i := range p.book.Prices {
		if row := &p.book.Prices[i]; row.Product == r.product.Code {
			earliest = min(earliest, row.From)
		}
	}
	v.date = earliest.AddDays(-c.between(1, 90))
	return nil
}

// tooManyHours fills in minutes as hours, or a whole day and evening.
func tooManyHours(p *plan, c chance, v *visit) *visit {
	if p.styleOfVisit(v).hasTimes() {
		v.start, v.quantity = 8*60, int32(60*hundredthsMinute*c.between(13, 15))
		return nil
	}
	v.quantity = int32(60 * hundredthsMinute * oneOf(c, 30, 45, 60))
	return nil
}

// tooManyParts fills in hours as day-parts.
func tooManyParts(_ *plan, c chance, v *visit) *visit {
	v.quantity, v.part = int32(wholeDaypart*oneOf(c, 4, 5, 6, 8)), 0
	return nil
}

// tooLate moves the visit to a month from which care is no longer accepted.
func tooLate(p *plan, c chance, v *visit) *visit {
	month := p.period.Add(-4)
	v.date = oneOf(c, weekdays(month.First(), month.Last())...)
	return nil
}

// pendingShare is how many rows in ten thousand have a care date after the period.
const pendingShare = 25

// postpone moves some visits to the days between the end of the period and the first delivery.
func (p *plan) postpone(c chance) {
	days := weekdays(p.period.Last()+1, p.horizon())
	moved := make(map[*referral]bool)
	movable := &picker{p: p, passes: func(v *visit) bool {
		r := p.of(v)
		return v.alone && p.isSound(v) && !moved[r] && (r.End == 0 || r.End >= p.horizon()) && classOf(r.product) != stay
	}}
	for range p.share(p.options.Records, pendingShare) {
		v := movable.next(c)
		if v == nil {
			return
		}
		moved[p.of(v)] = true
		v.date, v.tied = oneOf(c, days...), true
	}
}

// inFileOrder sorts the visits as they are written: by provider and number.
func (p *plan) inFileOrder(visits []visit) {
	slices.SortStableFunc(visits, func(a, b visit) int {
		if a.provider != b.provider {
			return int(a.provider) - int(b.provider)
		}
		return int(a.number) - int(b.number)
	})
}
