package value

import (
	"math"
	"strconv"
)

const (
	secondsPerDay = 24 * 60 * 60
	// The day numbers of 31 December 9999, the last day, in the 1900 and 1904 date systems.
	lastDay1900 = 2958465
	lastDay1904 = 2957003
	// momentFrom is the number of days from which a value is a moment and not a duration.
	momentFrom = 366
	// From1900To1904 is the difference in days between the 1900 and 1904 date systems.
	From1900To1904 = 1462
)

// OutOfCalendar is the text that a spreadsheet shows for a date or time that does
// not exist: a negative one, or one after the year 9999.
const OutOfCalendar = "########"

// AppendMoment appends a number of days since the epoch of 1900, or of 1904, as
// the format shows it. It rounds to the second, because a stored fraction of a
// day is inexact. It returns false after appending [OutOfCalendar].
func AppendMoment(out []byte, days float64, format Format, is1904 bool) ([]byte, bool) {
	last := lastDay1900
	if is1904 {
		last = lastDay1904
	}
	rounded := math.Round(days * secondsPerDay)
	if !(days >= 0) || rounded >= float64(last+1)*secondsPerDay {
		return append(out, OutOfCalendar...), false
	}
	return appendSeconds(out, int64(rounded), format, is1904), true
}

// Days caches formatted dates. A sheet has few different ones, each many times:
// the days of a month, and the birth dates of its clients.
type Days [128]struct {
	day  int32
	text [len("2006-01-02")]byte
}

// Append appends the date of a day number of the 1900 date system, and reports
// whether it did: the number must be whole, of at most six digits and above 60.
func (d *Days) Append(out, number []byte) ([]byte, bool) {
	if len(number) == 0 || len(number) > 6 {
		return out, false
	}
	day := int32(0)
	for _, c := range number {
		if !isDigit(c) {
			return out, false
		}
		day = day*10 + int32(c-'0')
	}
	if day <= 60 {
		return out, false
	}
	known := &d[day%int32(len(d))]
	if known.day != day {
		known.day = day
		appendDay(known.text[:0], int64(day))
	}
	return append(out, known.text[:]...), true
}

// appendSeconds appends a number of seconds since the epoch in a format.
func appendSeconds(out []byte, seconds int64, format Format, is1904 bool) []byte {
	if format == Date {
		return appendDate(out, seconds, is1904)
	}
	if format == Time && seconds >= momentFrom*secondsPerDay {
		seconds %= secondsPerDay
	}
	return appendClock(out, seconds)
}

// appendDate appends the date and, unless it is midnight, the time of day.
func appendDate(out []byte, seconds int64, is1904 bool) []byte {
	day, rest := seconds/secondsPerDay, seconds%secondsPerDay
	switch {
	case is1904:
		out = appendDay(out, day+From1900To1904)
	case day == 0:
		out = append(out, "1900-01-00"...)
	case day < 60:
		out = appendDay(out, day+1)
	case day == 60: // 1900 was not a leap year, but spreadsheet programs treat it as one
		out = append(out, "1900-02-29"...)
	default:
		out = appendDay(out, day)
	}
	if rest == 0 {
		return out
	}
	return appendClock(append(out, ' '), rest)
}

// daysFrom0000 is the number of days from 1 March of year 0 to 30 December 1899.
const daysFrom0000 = 693899

// appendDay appends the date that is day days after 30 December 1899. It computes
// with years that begin in March, so that a leap day comes last.
func appendDay(out []byte, day int64) []byte {
	days := day + daysFrom0000
	era, ofEra := days/146097, days%146097
	year := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*year + year/4 - year/100)
	month := (5*ofYear + 2) / 153
	ofMonth := ofYear - (153*month+2)/5 + 1
	year += era * 400
	if month += 3; month > 12 {
		month -= 12
		year++
	}
	return append(out,
		'0'+byte(year/1000), '0'+byte(year/100%10), '0'+byte(year/10%10), '0'+byte(year%10), '-',
		'0'+byte(month/10), '0'+byte(month%10), '-', '0'+byte(ofMonth/10), '0'+byte(ofMonth%10))
}

// dayOf is the reverse of appendDay.
func dayOf(year, month, day int64) int64 {
	if month -= 3; month < 0 {
		month += 12
		year--
	}
	return year*365 + year/4 - year/100 + year/400 + (153*month+2)/5 + day - 1 - daysFrom0000
}

// appendClock appends hours, minutes and seconds.
func appendClock(out []byte, seconds int64) []byte {
	hours := seconds / 3600
	if hours < 10 {
		out = append(out, '0')
	}
	out = strconv.AppendInt(out, hours, 10)
	minutes, rest := byte(seconds/60%60), byte(seconds%60)
	return append(out, ':', '0'+minutes/10, '0'+minutes%10, ':', '0'+rest/10, '0'+rest%10)
}
