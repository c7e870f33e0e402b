package billing

import (
	"fmt"
	"time"
)

// Date is a calendar day without time zone, as days since 1970-01-01 plus one. The zero value is no date.
type Date int32

// NewDate returns the day, or no date when it does not exist (31 February).
func NewDate(year, month, day int) Date {
	if month < 1 || month > 12 || day < 1 || day > 31 {
		return 0
	}
	date := dateOf(year, month, day)
	if day > 28 {
		if y, m, d := date.Calendar(); y != year || m != month || d != day {
			return 0
		}
	}
	return date
}

// DateOf returns the calendar day that t shows in its own location.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return dateOf(year, int(month), day)
}

// Dates are computed in years that begin on 1 March, so that the leap day comes last, and in eras of 400 years, which all
// have the same number of days. Package time could do this too, but judging a record converts some twenty dates.
const (
	daysPerEra = 146097
	daysBefore = 719468 // from 1 March of the year 0 to 1970-01-01
)

// dateOf returns the date without checking it: a day beyond the end of its month lies in the next one.
func dateOf(year, month, day int) Date {
	if month <= 2 {
		year--
	}
	era := floorDiv(int64(year), 400)
	yearOfEra := int64(year) - era*400
	dayOfYear := int64((153*((month+9)%12)+2)/5 + day - 1)
	return Date(era*daysPerEra + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - daysBefore + 1)
}

// ParseDate parses an ISO date, 2006-01-02.
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

// The first and last year of plausible dates; see IsMeant.
const (
	firstYear = 1900
	lastYear  = 2199
)

// IsMeant reports whether dates and months of that year are plausible: 1900 to 2199. Any other year is a typing error.
func IsMeant(year int) bool { return year >= firstYear && year <= lastYear }

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == 0 }

// Time returns midnight UTC of the day.
func (d Date) Time() time.Time { return time.Unix((int64(d)-1)*86400, 0).UTC() }

// Calendar returns year, month (1–12) and day of the month.
func (d Date) Calendar() (year, month, day int) {
	days := int64(d) - 1 + daysBefore
	era := floorDiv(days, daysPerEra)
	dayOfEra := int(days - era*daysPerEra)
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/(daysPerEra-1)) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	fromMarch := (5*dayOfYear + 2) / 153
	year, month, day = int(era)*400+yearOfEra, (fromMarch+2)%12+1, dayOfYear-(153*fromMarch+2)/5+1
	if month <= 2 {
		year++
	}
	return year, month, day
}

// String returns the ISO form; "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	year, month, day := d.Calendar()
	if year < 0 || year > 9999 {
		return d.Time().Format(time.DateOnly)
	}
	return string(append2(append(append2(append(appendYear(make([]byte, 0, len(time.DateOnly)), year), '-'), month), '-'), day))
}

// Dutch returns the day as people in the Netherlands write it, 02-10-2026; "" for no date.
func (d Date) Dutch() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format("02-01-2006")
}

// appendYear appends a year as four digits.
func appendYear(text []byte, year int) []byte { return append2(append2(text, year/100), year%100) }

// append2 appends a number as two digits.
func append2(text []byte, number int) []byte {
	return append(text, byte('0'+number/10), byte('0'+number%10))
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

// ISOWeek returns the number of the ISO week of the day, counted from that of 1970-01-01, which is 0. Days with equal
// numbers lie in the same week.
func (d Date) ISOWeek() int {
	// 1970-01-01 was a Thursday: three days after the Monday with which its week began.
	return int(floorDiv(int64(d)-1+3, 7))
}

// Period returns the calendar month of the day; none for no date.
func (d Date) Period() Period {
	if d == 0 {
		return 0
	}
	year, month, _ := d.Calendar()
	return PeriodOf(year, month)
}

// AgeOn returns the age in whole years, on that day, of somebody born on d. Who was born on 29 February is a year older
// on 1 March.
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

// ParsePeriod parses YYYY-MM. It refuses years for which IsMeant is false.
func ParsePeriod(text string) (Period, error) {
	date, err := ParseDate(text + "-01")
	if err != nil || len(text) != 7 || !IsMeant(date.Period().Year()) {
		return 0, fmt.Errorf("not a month like 2026-10: %q", text)
	}
	return date.Period(), nil
}

// IsZero reports whether there is no period.
func (p Period) IsZero() bool { return p == 0 }

// Year returns the calendar year.
func (p Period) Year() int { return int(p) / 12 }

// Month returns the month of the year, 1–12.
func (p Period) Month() int { return int(p)%12 + 1 }

// Add returns the period that many months later.
func (p Period) Add(months int) Period { return p + Period(months) }

// First returns the first day of the month.
func (p Period) First() Date { return NewDate(p.Year(), p.Month(), 1) }

// Last returns the last day of the month.
func (p Period) Last() Date { return p.Add(1).First() - 1 }

// String returns YYYY-MM; "" for no period.
func (p Period) String() string {
	if p == 0 {
		return ""
	}
	if p < 0 || p.Year() > 9999 {
		return fmt.Sprintf("%04d-%02d", p.Year(), p.Month())
	}
	return string(append2(append(appendYear(make([]byte, 0, len("2006-01")), p.Year()), '-'), p.Month()))
}

// Months counts the calendar months touched by the days first to last, both included; 0 when there are none.
func Months(first, last Date) int {
	if last < first {
		return 0
	}
	return int(last.Period()-first.Period()) + 1
}

// Clock is a time of the day, 0:00 to 24:00, as seconds since midnight plus one. The zero value is no time.
type Clock int32

// NewClock returns the time of the day; no time outside 0:00–24:00.
func NewClock(hour, minute, second int) Clock {
	seconds := hour*3600 + minute*60 + second
	if hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59 || seconds > 86400 {
		return 0
	}
	return Clock(seconds + 1)
}

// IsZero reports whether there is no time.
func (c Clock) IsZero() bool { return c == 0 }

// Seconds returns the seconds since midnight; c must not be zero.
func (c Clock) Seconds() int64 { return int64(c) - 1 }

// String returns the time as 09:05, with seconds only if there are any; "" for no time.
func (c Clock) String() string {
	if c == 0 {
		return ""
	}
	s := int(c.Seconds())
	text := append2(append(append2(make([]byte, 0, len("00:00:00")), s/3600), ':'), s/60%60)
	if s%60 != 0 {
		text = append2(append(text, ':'), s%60)
	}
	return string(text)
}
