package billing

import (
	"fmt"
	"strings"
)

// Policy holds the numbers that a region may adjust under [policy].
type Policy struct {
	GapDays               int    // days between two referrals that still are one trajectory
	LookAheadMonths       int    // how far ahead the end of a maximum duration is signalled
	HandoverMonths        int    // how long two providers may overlap
	LateMonths            int    // months after the care month in which care may still be declared
	MaxHoursPerDay        int    // plausible hours of one client at one provider on one day
	MaxDaypartsPerDay     int    // plausible day-parts, the same
	CeilingWarning        int    // percentage of a ceiling from which it is signalled
	AgeMaximum            int    // age from which youth care is never paid
	CoordinationPointFrom Date   // referrals that start from here need the coordination point
	Segment1Begeleiding   int    // hours of begeleiding from which Segment 1 is to be considered
	Segment1Behandeling   int    // hours of behandeling, the same
	MinMinutes            int    // minutes under which a quantity in time is signalled
	RecalculateFrom       Period // care months before it are frozen; none by default
	MaxChange             int    // percentage that a month may differ from the one before it; 0 switches a bound off
	MaxRejected           int    // percentage of a provider's records that may be rejected
	MaxCredit             int    // percentage of what was declared before that may be credited
}

// Text writes the policy by the names of its keys: policies that say the same have the same text. Keys that came later
// stand in it only where they are not at their default, so that what is known by an earlier text stays known by it.
func (p Policy) Text() string {
	var text strings.Builder
	fmt.Fprintf(&text, "{GapDays:%d LookAheadMonths:%d HandoverMonths:%d LateMonths:%d MaxHoursPerDay:%d MaxDaypartsPerDay:%d CeilingWarning:%d AgeMaximum:%d "+
		"CoordinationPointFrom:%s Segment1Begeleiding:%d Segment1Behandeling:%d MinMinutes:%d RecalculateFrom:%s", p.GapDays, p.LookAheadMonths, p.HandoverMonths,
		p.LateMonths, p.MaxHoursPerDay, p.MaxDaypartsPerDay, p.CeilingWarning, p.AgeMaximum, p.CoordinationPointFrom, p.Segment1Begeleiding,
		p.Segment1Behandeling, p.MinMinutes, p.RecalculateFrom)
	usual := DefaultPolicy()
	for _, key := range []struct {
		name       string
		value, was int
	}{
		{"MaxChange", p.MaxChange, usual.MaxChange}, {"MaxRejected", p.MaxRejected, usual.MaxRejected}, {"MaxCredit", p.MaxCredit, usual.MaxCredit},
	} {
		if key.value != key.was {
			fmt.Fprintf(&text, " %s:%d", key.name, key.value)
		}
	}
	return text.String() + "}"
}

// DefaultPolicy returns the numbers of the rules as they stand in parentheses there.
func DefaultPolicy() Policy {
	return Policy{
		GapDays: 30, LookAheadMonths: 3, HandoverMonths: 3, LateMonths: 3, MaxHoursPerDay: 12, MaxDaypartsPerDay: 3,
		CeilingWarning: 90, AgeMaximum: 23, CoordinationPointFrom: NewDate(2023, 4, 12),
		Segment1Begeleiding: 300, Segment1Behandeling: 230, MinMinutes: 5, MaxChange: 30, MaxRejected: 20, MaxCredit: 5,
	}
}
