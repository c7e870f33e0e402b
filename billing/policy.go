package billing

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
}

// DefaultPolicy gives the numbers of the rules as they stand in parentheses there.
func DefaultPolicy() Policy {
	return Policy{
		GapDays: 30, LookAheadMonths: 3, HandoverMonths: 3, LateMonths: 3, MaxHoursPerDay: 12, MaxDaypartsPerDay: 3,
		CeilingWarning: 90, AgeMaximum: 23, CoordinationPointFrom: NewDate(2023, 4, 12),
		Segment1Begeleiding: 300, Segment1Behandeling: 230, MinMinutes: 5,
	}
}
