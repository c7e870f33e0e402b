package ijw

import (
	"time"

	"github.com/pxq-nl/pxq/billing"
)

// AnswerWithin is the number of working days within which a declaration must be answered (OP090).
const AnswerWithin = 10

// Term returns the last day on which the answer to a message received on that day is in time: the tenth working day
// after it.
func Term(received billing.Date) billing.Date {
	day := received
	for range AnswerWithin {
		day = day.AddDays(1)
		for !WorkingDay(day) {
			day = day.AddDays(1)
		}
	}
	return day
}

// DaysLeft returns the number of working days from tomorrow up to and including the term. It is negative when the term has
// passed.
func DaysLeft(today, term billing.Date) int {
	if today > term {
		return -DaysLeft(term, today)
	}
	left := 0
	for day := today.AddDays(1); day <= term; day = day.AddDays(1) {
		if WorkingDay(day) {
			left++
		}
	}
	return left
}

// WorkingDay reports whether the day is neither a Saturday or Sunday nor a holiday by article 3 of the Algemene termijnenwet.
func WorkingDay(day billing.Date) bool {
	return !weekend(day) && !holiday(day)
}

func weekend(day billing.Date) bool {
	weekday := day.Time().Weekday()
	return weekday == time.Saturday || weekday == time.Sunday
}

// holiday reports whether the day is one of New Year's Day, Good Friday, Easter Monday, King's Day, 5 May, Ascension Day,
// Whit Monday and both Christmas days.
func holiday(day billing.Date) bool {
	year, month, _ := day.Calendar()
	easter := easterSunday(year)
	switch day {
	case billing.NewDate(year, 1, 1), billing.NewDate(year, 5, 5), billing.NewDate(year, 12, 25), billing.NewDate(year, 12, 26):
		return true
	case easter.AddDays(-2), easter.AddDays(1), easter.AddDays(39), easter.AddDays(50):
		return true
	}
	return month == 4 && day == kingsDay(year)
}

// kingsDay returns 27 April, or the day before it if that is a Sunday.
func kingsDay(year int) billing.Date {
	day := billing.NewDate(year, 4, 27)
	if day.Time().Weekday() == time.Sunday {
		return day.AddDays(-1)
	}
	return day
}

// easterSunday returns Easter Sunday of a year (the algorithm of Meeus, Jones and Butcher).
func easterSunday(year int) billing.Date {
	golden, century, inCentury := year%19, year/100, year%100
	correction := (century - (century+8)/25 + 1) / 3
	epact := (19*golden + century - century/4 - correction + 15) % 30
	weekday := (32 + 2*(century%4) + 2*(inCentury/4) - epact - inCentury%4) % 7
	late := (golden + 11*epact + 22*weekday) / 451
	days := epact + weekday - 7*late + 114
	return billing.NewDate(year, days/31, days%31+1)
}
