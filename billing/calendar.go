package billing

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Date is a calendar day without time zone, as days since 1970-01-01 plus one. The zero value is no date.
type Date int32

// NewDate returns the day, or no date when it does not exist (31 February).
func NewDate(year, month, day int) Date {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return 0
	}
	return DateOf(t)
}

// DateOf returns the calendar day that t shows in its own location.
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

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == 0 }

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix((int64(d)-1)*86400, 0).UTC() }

// Calendar returns year, month and day.
func (d Date) Calendar() (year, month, day int) {
	y, m, dd := d.Time().Date()
	return y, int(m), dd
}

// String returns the ISO form, or nothing for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// AddDays returns the day that many days later.
func (d Date) AddDays(days int) Date { return d + Date(days) }

// AddMonths returns the same day of the month that many months later; a day that does not exist becomes the
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

// Period returns the calendar month of the day.
func (d Date) Period() Period {
	if d == 0 {
		return 0
	}
	year, month, _ := d.Calendar()
	return PeriodOf(year, month)
}

// AgeOn returns whole years on that day; born on 29 February one is a year older on 1 March.
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

// Period is a calendar month, as year × 12 + month − 1. The zero value is no period.
type Period int32

// PeriodOf returns the month (1–12) of the year.
func PeriodOf(year, month int) Period { return Period(year*12 + month - 1) }

// ParsePeriod reads YYYY-MM.
func ParsePeriod(text string) (Period, error) {
	date, err := ParseDate(text + "-01")
	if err != nil || len(text) != 7 {
		return 0, fmt.Errorf("not a month like 2026-10: %q", text)
	}
	return date.Period(), nil
}

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p == 0 }

// Year returns the calendar year.
func (p Period) Year() int { return int(p) / 12 }

// Month returns 1–12.
func (p Period) Month() int { return int(p)%12 + 1 }

// Add returns the period that many months later.
func (p Period) Add(months int) Period { return p + Period(months) }

// First returns the first day of the month.
func (p Period) First() Date { return NewDate(p.Year(), p.Month(), 1) }

// Last returns the last day of the month.
func (p Period) Last() Date { return p.Add(1).First() - 1 }

// String returns YYYY-MM, or nothing for no period.
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

// Clock is a time of the day in seconds since midnight plus one, 24:00 included. The zero value is none.
type Clock int32

// NewClock returns the time of the day, or none outside 0:00–24:00.
func NewClock(hour, minute, second int) Clock {
	seconds := hour*3600 + minute*60 + second
	if hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59 || seconds > 86400 {
		return 0
	}
	return Clock(seconds + 1)
}

// IsZero reports whether there is no time.
func (c Clock) IsZero() bool { return c == 0 }

// Seconds returns the seconds since midnight.
func (c Clock) Seconds() int64 { return int64(c) - 1 }

// String returns 9:05 as 09:05, with seconds only when there are any; nothing for none.
func (c Clock) String() string {
	if c == 0 {
		return ""
	}
	s := int(c.Seconds())
	if s%60 != 0 {
		return fmt.Sprintf("%02d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%02d:%02d", s/3600, s/60%60)
}

// monthNames are the Dutch months, each also known by its first letters; maart also as mrt.
var monthNames = [12]string{
	"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
}

// ReadDate reads a date as people write it: 2026-10-03, 3-10-2026, 3/10/2026, 3.10.2026, 20261003, 3 oktober 2026 or
// 3 okt. 2026, with or without midnight behind it. A year has four digits; ok is false when there is no such day.
func ReadDate(text string) (date Date, ok bool) {
	text = withoutMidnight(text)
	if len(text) == len("20060102") && isDigits(text) {
		return dayOf(text[:4], text[4:6], text[6:])
	}
	if len(text) == len(time.DateOnly) && text[4] == '-' && text[7] == '-' {
		return dayOf(text[:4], text[5:7], text[8:])
	}
	if words := strings.Fields(text); len(words) == 3 {
		if month := monthNamed(words[1]); month > 0 && len(words[0]) <= 2 {
			return dayOf(words[2], strconv.Itoa(month), words[0])
		}
	}
	for _, mark := range [...]string{"-", "/", "."} {
		if parts := strings.Split(text, mark); len(parts) == 3 && len(parts[0]) <= 2 && len(parts[1]) <= 2 {
			return dayOf(parts[2], parts[1], parts[0])
		}
	}
	return 0, false
}

// withoutMidnight takes away a midnight behind a date, after a space or a T.
func withoutMidnight(text string) string {
	for _, midnight := range [...]string{"00:00:00", "00:00", "0:00"} {
		if date, found := strings.CutSuffix(text, midnight); found {
			for _, between := range [...]string{" ", "T"} {
				if bare, found := strings.CutSuffix(date, between); found {
					return strings.TrimSpace(bare)
				}
			}
		}
	}
	return text
}

// monthNamed returns the number of a month by its Dutch name, its first three letters, mrt or sept, with or without a
// dot; 0 for another word.
func monthNamed(word string) int {
	word = strings.TrimSuffix(strings.ToLower(word), ".")
	switch word {
	case "mrt":
		return 3
	case "sept":
		return 9
	}
	for i, name := range monthNames {
		if word == name || word == name[:3] {
			return i + 1
		}
	}
	return 0
}

// dayOf makes a date of the digits of year, month and day.
func dayOf(year, month, day string) (Date, bool) {
	if len(year) != 4 || !isDigits(year) || !isDigits(month) || !isDigits(day) {
		return 0, false
	}
	y, _ := strconv.Atoi(year) // digits, few
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date := NewDate(y, m, d)
	return date, !date.IsZero()
}
