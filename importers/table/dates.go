package table

import (
	"math"
	"strconv"
	"time"
)

const (
	secondsPerDay = 24 * 60 * 60
	// Days are counted up to 31 December 9999 inclusive, from either epoch.
	lastDay1900 = 2958465
	lastDay1904 = 2957003
	// A number of days of at least this many is a moment and not a duration.
	momentFrom = 366
)

// outOfCalendar is what a spreadsheet shows for a date or time that does not
// exist: a negative one, or one after the year 9999.
const outOfCalendar = "########"

// appendMoment appends a number of days as its format shows it, rounded to the
// second: the fraction of a day that a file holds is never exact.
func appendMoment(out []byte, days float64, format valueFormat, is1904 bool) ([]byte, Kind) {
	last := lastDay1900
	if is1904 {
		last = lastDay1904
	}
	rounded := math.Round(days * secondsPerDay)
	if !(days >= 0) || rounded >= float64(last+1)*secondsPerDay {
		return append(out, outOfCalendar...), Error
	}
	seconds := int64(rounded)
	if format == dateFormat {
		return appendDate(out, seconds, is1904), Date
	}
	if format == timeFormat && days >= momentFrom {
		seconds %= secondsPerDay
	}
	return appendClock(out, seconds), Time
}

// appendDate appends the date, and the time of day if there is one.
func appendDate(out []byte, seconds int64, is1904 bool) []byte {
	day, rest := int(seconds/secondsPerDay), seconds%secondsPerDay
	switch {
	case is1904:
		out = appendDay(out, 1904, time.January, 1+day)
	case day == 0:
		out = append(out, "1900-01-00"...)
	case day < 60:
		out = appendDay(out, 1899, time.December, 31+day)
	case day == 60: // 1900 was no leap year, but spreadsheet programs count one
		out = append(out, "1900-02-29"...)
	default:
		out = appendDay(out, 1899, time.December, 30+day)
	}
	if rest == 0 {
		return out
	}
	return appendClock(append(out, ' '), rest)
}

func appendDay(out []byte, year int, month time.Month, day int) []byte {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC).AppendFormat(out, time.DateOnly)
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

// appendISO appends a date or time that a cell holds as text: 2026-01-31,
// 2026-01-31T13:45:00 or 13:45:00, in any of the usual lengths.
func appendISO(out []byte, text string) ([]byte, Kind) {
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02T15:04:05.999999999Z"} {
		if moment, err := time.Parse(layout, text); err == nil {
			moment = moment.Round(time.Second)
			if moment.Truncate(24 * time.Hour).Equal(moment) {
				return moment.AppendFormat(out, time.DateOnly), Date
			}
			return moment.AppendFormat(out, time.DateTime), Date
		}
	}
	for _, layout := range []string{"15:04:05.999999999", "15:04", "T15:04:05.999999999", "T15:04"} {
		if moment, err := time.Parse(layout, text); err == nil {
			clock := moment.Sub(moment.Truncate(24 * time.Hour)).Round(time.Second)
			return appendClock(out, int64(clock/time.Second)), Time
		}
	}
	return append(out, text...), Error
}
