package importers

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// The years in which a date is taken to be meant. Another is a slip of the hand.
const (
	firstYear = 1900
	lastYear  = 2199
)

// readDate reads a filled cell that should hold a day: a cell with the number format of a date (its time of
// day does not matter), a number or text like 20261003, or a text that parseDate knows.
func readDate(cell table.Cell) (billing.Date, bool) {
	switch cell.Kind {
	case table.Date:
		text := cell.Text
		if len(text) > len("2006-01-02") && text[len("2006-01-02")] == ' ' {
			text = text[:len("2006-01-02")]
		}
		return parseDate(text)
	case table.Text:
		return parseDate(cell.Text)
	case table.Number:
		if len(cell.Text) == 8 {
			return parseDate(cell.Text)
		}
	}
	return 0, false
}

// parseDate reads 2026-10-03, 03-10-2026, 3-10-2026, 03/10/2026, 3/10/2026 and 20261003. A year has four
// digits, and the day must exist.
func parseDate(text string) (billing.Date, bool) {
	if len(text) == 8 && allDigits(text) {
		return day(text[:4], text[4:6], text[6:])
	}
	if len(text) == 10 && text[4] == '-' && text[7] == '-' {
		return day(text[:4], text[5:7], text[8:])
	}
	first := indexOfMark(text, 0)
	if first < 1 || first > 2 {
		return 0, false
	}
	second := indexOfMark(text, first+1)
	if width := second - first - 1; width < 1 || width > 2 || text[first] != text[second] {
		return 0, false
	}
	return day(text[second+1:], text[first+1:second], text[:first])
}

// indexOfMark finds the first dash or slash from an index on; -1 if there is none.
func indexOfMark(text string, from int) int {
	for i := from; i < len(text); i++ {
		if text[i] == '-' || text[i] == '/' {
			return i
		}
	}
	return -1
}

// day makes a date of the digits of year, month and day.
func day(year, month, day string) (billing.Date, bool) {
	if len(year) != 4 || !allDigits(year) || !allDigits(month) || !allDigits(day) {
		return 0, false
	}
	y := smallNumber(year)
	if y < firstYear || y > lastYear {
		return 0, false
	}
	date := billing.NewDate(y, smallNumber(month), smallNumber(day))
	return date, !date.IsZero()
}

// smallNumber returns the value of a few digits.
func smallNumber(digits string) int {
	value := 0
	for i := range len(digits) {
		value = value*10 + int(digits[i]-'0')
	}
	return value
}
