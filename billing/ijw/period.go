package ijw

import "github.com/pxq-nl/pxq/billing"

// Expected returns the period that a prestatie of the month must have: the part of the month within the referral, whenever
// care began or ended (IV089); first > last if there is none. A referral with no end is open.
func Expected(month billing.Period, start, end billing.Date) (first, last billing.Date) {
	first, last = max(month.First(), start), month.Last()
	if end != 0 {
		last = min(last, end)
	}
	return first, last
}

// WrongEnds returns a code for each wrong end of a prestatie's period. For its first day: 9307 before the referral's start
// (TR307), else 9387 if it is not the later of the first of its month and that start (TR387). For its last day: 9308 after
// the referral's end (TR308), else 9388 if it is not the earlier of the last of its month and that end (TR388).
func (s Span) WrongEnds(start, end billing.Date) []ReturnCode {
	var codes []ReturnCode
	first, last := s.First.Date, s.Last.Date
	switch {
	case first < start:
		codes = append(codes, "9307")
	case first != max(first.Period().First(), start):
		codes = append(codes, "9387")
	}
	expected := last.Period().Last()
	if end != 0 {
		expected = min(expected, end)
	}
	switch {
	case end != 0 && last > end:
		codes = append(codes, "9308")
	case last != expected:
		codes = append(codes, "9388")
	}
	return codes
}

// Within reports whether a prestatie's period ends in the declaration's period or before it (TR319, 9319).
func (s Span) Within(declaration Span) bool {
	return max(s.First.Date, s.Last.Date) <= declaration.Last.Date
}

// TooEarly reports whether a declaration's period lies before latest, the last one processed from this provider to this
// municipality (TR318, 8214); none if there is none yet. The same period again and gaps are allowed (IV090, OP284).
func (s Span) TooEarly(latest billing.Period) bool {
	return !latest.IsZero() && s.First.Date.Period() < latest
}

// yearsBack is for how many years after its end a period may be declared: 60 months (TR335).
const yearsBack = 5

// earliestEnd returns the first day on which a period may end in a declaration dated dated. A day that does not exist
// becomes the last of its month, as in the published stylesheet: 29 February 2028 gives 28 February 2023.
func earliestEnd(dated billing.Date) billing.Date {
	year, month, day := dated.Calendar()
	back := billing.PeriodOf(year-yearsBack, month)
	return min(back.First().AddDays(day-1), back.Last())
}
