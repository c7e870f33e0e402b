package importers

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
	"github.com/pxq-nl/pxq/importers/table"
)

// secondsPerDay is 24:00 in seconds, which is valid only as an end time.
const secondsPerDay = 24 * 3600

// readClock reads a cell that should hold a time of day: a text like 9:05, 09:05 or 09:05:30, a cell with the number
// format of a time, or one with that of a date and a time of day.
func readClock(cell table.Cell, isEnd bool) (billing.Clock, bool) {
	text := cell.Text
	switch cell.Kind {
	case table.Text, table.Time:
	case table.Date:
		_, timeOfDay, found := strings.Cut(text, " ")
		if !found {
			return 0, false
		}
		text = timeOfDay
	default:
		return 0, false
	}
	clock, ok := parseClock(text)
	if ok && !isEnd && clock.Seconds() == secondsPerDay {
		return 0, false
	}
	return clock, ok
}

// parseClock reads a time of day from 0:00 to 24:00.
func parseClock(text string) (billing.Clock, bool) {
	seconds, ok := parseDuration(text, 2, true)
	if !ok || seconds > secondsPerDay {
		return 0, false
	}
	return billing.NewClock(int(seconds/3600), int(seconds/60%60), int(seconds%60)), true
}

// parseDuration reads a duration such as 1:15 or 26:30:00 and returns it in seconds: hours of at most hourDigits digits,
// minutes of two digits below 60 and, if seconds is set, optional seconds of the same form.
func parseDuration(text string, hourDigits int, seconds bool) (int64, bool) {
	hours, rest, found := strings.Cut(text, ":")
	if !found || len(hours) > hourDigits || !allDigits(hours) {
		return 0, false
	}
	total := int64(smallNumber(hours)) * 3600
	switch {
	case len(rest) == 2:
		minutes, ok := sixtieth(rest)
		return total + 60*minutes, ok
	case seconds && len(rest) == 5 && rest[2] == ':':
		minutes, ok := sixtieth(rest[:2])
		second, okToo := sixtieth(rest[3:])
		return total + 60*minutes + second, ok && okToo
	}
	return 0, false
}

// sixtieth reads two digits below 60.
func sixtieth(text string) (int64, bool) {
	if !allDigits(text) {
		return 0, false
	}
	value := int64(smallNumber(text))
	return value, value < 60
}

// breakMinutesMax is far more than the minutes of a day, and keeps every sum within 64 bits.
const breakMinutesMax = 999_999

// readBreak reads a filled cell that should hold the length of a break: a number of minutes, a text like 0:30 or
// 0:30:00, or a cell with the number format of a time.
func readBreak(cell table.Cell) (billing.Quantity, bool) {
	text := cell.Text
	switch cell.Kind {
	case table.Date: // a date with a time of day, of which the latter counts
		_, timeOfDay, found := strings.Cut(text, " ")
		if !found {
			return 0, false
		}
		text = timeOfDay
		fallthrough
	case table.Text, table.Time:
		if seconds, ok := parseDuration(text, 4, true); ok {
			return minutesOf(seconds), true
		}
	}
	minutes, ok := readNumber(cell, written.Quantity)
	if !ok || minutes.negative() || minutes.above(breakMinutesMax) {
		return 0, false
	}
	return minutes.quantity(1), true
}

// minutesOf converts seconds to hundredths of a minute, rounded half up.
func minutesOf(seconds int64) billing.Quantity { return billing.Quantity((seconds*5 + 1) / 3) }
