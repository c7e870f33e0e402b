package ijw

import "github.com/pxq-nl/pxq/billing"

// Expected gives the period that a prestatie of the month has: the part of the month within the referral, whenever care
// began or ended (IV089). An end that is none is open.
func Expected(month billing.Period, start, end billing.Date) (first, last billing.Date) {
	first, last = max(month.First(), start), month.Last()
	if end != 0 {
		last = min(last, end)
	}
	return first, last
}

// WrongEnds gives the codes of the ends of a prestatie's period, one for each wrong end: 9307 before the referral's start
// (TR307), else 9387 when not the later of the first of its month and that start (TR387); 9308 after the referral's end
// (TR308), else 9388 when not the earlier of the last of its month and that end (TR388).
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

// Within reports whether a prestatie's period lies in the declaration's period or before it (TR319, 9319).
func (s Span) Within(declaration Span) bool {
	return max(s.First.Date, s.Last.Date) <= declaration.Last.Date
}

// TooEarly reports whether a declaration's period lies before the last one processed of this provider to this
// municipality (TR318, 8214). The same again and gaps are legal (IV090, OP284); latest is none before the first one.
func (s Span) TooEarly(latest billing.Period) bool {
	return !latest.IsZero() && s.First.Date.Period() < latest
}

// yearsBack is how long after the end of a period it may be declared: 60 months (TR335).
const yearsBack = 5

// earliestEnd gives the first day that a period may end on in a declaration of that day. A day that does not exist is the
// last of its month, as in the published stylesheet: 29 February 2028 gives 28 February 2023.
func earliestEnd(dated billing.Date) billing.Date {
	year, month, day := dated.Calendar()
	back := billing.PeriodOf(year-yearsBack, month)
	return min(back.First().AddDays(day-1), back.Last())
}
