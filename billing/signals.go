package billing

import "strconv"

// signalSegment1 gives S04: the one record with which a client's accepted care of one kind of help passes the
// number of hours from which Segment 1 is to be considered, counted in order from 1 January of the year
// before the period, hours and day-parts added up.
func (r *Run) signalSegment1(docket *ClientFile) {
	from := NewDate(r.Period.Year()-1, 1, 1)
	var sums [len(KindNames)]int64 // in 1/6000 hour or day-part
	for i := range docket.Cases {
		c := &docket.Cases[i]
		if c.Outcome != Accepted || c.Record.First < from {
			continue
		}
		hours, counted := r.segment1Limit(c.Product.Kind)
		if !counted {
			continue
		}
		limit := int64(hours) * 6000
		before := sums[c.Product.Kind]
		after := before + int64(c.Record.Quantity)*(6000/c.Record.Unit.PerWhole())
		sums[c.Product.Kind] = after
		if before <= limit && after > limit {
			c.add(Finding{Code: S04, Values: []string{c.Product.Kind.String(), strconv.Itoa(hours), from.String()}})
		}
	}
}

// segment1Limit gives the number of hours that a kind of help may come to; counted is false for the kinds that
// have none.
func (r *Run) segment1Limit(kind Kind) (hours int, counted bool) {
	switch kind {
	case Begeleiding:
		return r.Policy.Segment1Begeleiding, true
	case Behandeling:
		return r.Policy.Segment1Behandeling, true
	}
	return 0, false
}

// referralSignals gives D02 and D03, once per referral with an accepted or held record whose care month is
// the period. The maximum is that of the first such record in order.
func (r *Run) referralSignals(docket *ClientFile) []ReferralSignal {
	var signals []ReferralSignal
	seen := make(map[*Referral]bool)
	for i := range docket.Cases {
		c := &docket.Cases[i]
		if c.Outcome != Accepted && c.Outcome != Held || c.Record.First.Period() != r.Period || c.Referral == nil || seen[c.Referral] {
			continue
		}
		seen[c.Referral] = true
		last := c.LastDayInside()
		if last == 0 {
			continue
		}
		referral := c.Referral
		if referral.End > last && referral.End > referral.ExtendedTo {
			signals = append(signals, ReferralSignal{D02, referral, c.Municipality.Code, []string{referral.Number, referral.End.String(), last.String()}})
		}
		if last > r.Period.Last() && last <= r.Period.Add(r.Policy.LookAheadMonths).Last() {
			signals = append(signals, ReferralSignal{D03, referral, c.Municipality.Code, []string{referral.Number, last.String()}})
		}
	}
	return signals
}
