package billing

import (
	"fmt"
	"time"
)

// Date is a calendar day without time zone, as days since 1970-01-01 plus one. The zero value is no date.
type Date int32

// NewDate gives the day, or no date when it does not exist (31 February).
func NewDate(year, month, day int) Date {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return 0
	}
	return DateOf(t)
}

// DateOf gives the calendar day that t shows in its own location.
func DateOf(t time.Time) Date {
	days := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix()
	return Date(floorDiv(days, 86400) + 1)
}

// ParseDate reads an ISO date, 2006-01-02.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("not a date like 2026-10-31: %q", text)
	}
	return DateOf(t), nil
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// IsZero says that there is no date.
func (d Date) IsZero() bool { return d == 0 }

// Time gives midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix((int64(d)-1)*86400, 0).UTC() }

// Calendar gives year, month and day.
func (d Date) Calendar() (year, month, day int) {
	y, m, dd := d.Time().Date()
	return y, int(m), dd
}

// String gives the ISO form, or nothing for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// AddDays gives the day that many days later.
func (d Date) AddDays(days int) Date { return d + Date(days) }

// AddMonths gives the same day of the month that many months later; a day that does not exist becomes the
// 1st of the month after it (29 February 2024 + 24 months = 1 March 2026).
func (d Date) AddMonths(months int) Date {
	year, month, day := d.Calendar()
	first := PeriodOf(year, month).Add(months)
	if last := first.Last(); first.First().AddDays(day-1) > last {
		return last.AddDays(1)
	}
	return first.First().AddDays(day - 1)
}

// ISOWeek numbers the ISO week the day lies in, counted from a fixed Monday: equal numbers are equal weeks.
func (d Date) ISOWeek() int {
	// 1970-01-01 was a Thursday, so day 1 + 2 is the offset that puts Mondays at the start of a week.
	return int(floorDiv(int64(d)-1+3, 7))
}

// Period gives the calendar month of the day.
func (d Date) Period() Period {
	if d == 0 {
		return 0
	}
	year, month, _ := d.Calendar()
	return PeriodOf(year, month)
}

// AgeOn gives whole years on that day; born on 29 February one is a year older on 1 March.
func (d Date) AgeOn(on Date) int {
	birthYear, birthMonth, birthDay := d.Calendar()
	year, month, day := on.Calendar()
	age := year - birthYear
	if month < birthMonth || month == birthMonth && day < birthDay {
		age--
	}
	return age
}

// Weeks counts the ISO weeks touched by the days first to last, both included; 0 when there are none.
func Weeks(first, last Date) int {
	if last < first {
		return 0
	}
	return last.ISOWeek() - first.ISOWeek() + 1
}

// Days counts the days first to last, both included; 0 when there are none.
func Days(first, last Date) int {
	return max(0, int(last-first)+1)
}
