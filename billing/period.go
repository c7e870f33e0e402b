package billing

import "fmt"

// Period is a calendar month, as year × 12 + month − 1. The zero value is no period.
type Period int32

// PeriodOf gives the month (1–12) of the year.
func PeriodOf(year, month int) Period { return Period(year*12 + month - 1) }

// ParsePeriod reads YYYY-MM.
func ParsePeriod(text string) (Period, error) {
	date, err := ParseDate(text + "-01")
	if err != nil || len(text) != 7 {
		return 0, fmt.Errorf("not a month like 2026-10: %q", text)
	}
	return date.Period(), nil
}

// IsZero says that there is no period.
func (p Period) IsZero() bool { return p == 0 }

// Year gives the calendar year.
func (p Period) Year() int { return int(p) / 12 }

// Month gives 1–12.
func (p Period) Month() int { return int(p)%12 + 1 }

// Add gives the period that many months later.
func (p Period) Add(months int) Period { return p + Period(months) }

// First and Last give the days the month begins and ends on.
func (p Period) First() Date { return NewDate(p.Year(), p.Month(), 1) }

// Last gives the last day of the month.
func (p Period) Last() Date { return p.Add(1).First() - 1 }

// String gives YYYY-MM, or nothing for no period.
func (p Period) String() string {
	if p == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", p.Year(), p.Month())
}

// Months counts the calendar months touched by the days first to last, both included.
func Months(first, last Date) int {
	if last < first {
		return 0
	}
	return int(last.Period()-first.Period()) + 1
}
