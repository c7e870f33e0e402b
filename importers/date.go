package importers

import (
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// The range of numbers read as an Excel date that lost its number format: 2000-01-01 to 2099-12-31 inclusive.
const (
	firstBareDay = 36526
	lastBareDay  = 73050
)

// bareDayZero is day 0 of the day count of spreadsheet programs, for dates after February 1900.
var bareDayZero = billing.NewDate(1899, 12, 30)

// dateWithOffset returns the date of a five-digit day number in a workbook whose day numbers are offset too low (see
// table.File.DayOffset); "" if readDate would not read it as a date, with or without the offset.
func dateWithOffset(text string, offset int) string {
	if len(text) != 5 || !allDigits(text) {
		return ""
	}
	count := smallNumber(text)
	if count+offset < firstBareDay || count > lastBareDay {
		return ""
	}
	return bareDayZero.AddDays(count + offset).String()
}

// addOffset turns cells of the given columns that hold a date without its number format into dates, in a workbook whose
// day numbers are offset too low.
func addOffset(cells []table.Cell, columns []int, offset int) {
	for _, column := range columns {
		if cell := cellAt(cells, column); cell.Kind == table.Number {
			if day := dateWithOffset(cell.Text, offset); day != "" {
				cells[column].Kind, cells[column].Text = table.Date, day
			}
		}
	}
}

// readDate reads a cell that should hold a date: a cell with the number format of a date (the time of day is ignored), a
// number like 20261003, a day number of a spreadsheet program, or a text that parseDate accepts.
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
		if len(cell.Text) == 5 && allDigits(cell.Text) {
			if day := smallNumber(cell.Text); day >= firstBareDay && day <= lastBareDay {
				return bareDayZero.AddDays(day), true
			}
		}
	}
	return 0, false
}

// parseDate reads 2026-10-03, 03-10-2026, 03/10/2026, 03.10.2026 (in the last three, day and month may lack their zero)
// and 20261003, all optionally followed by midnight, and 3 oktober 2026. The year has four digits, and the date must
// exist.
func parseDate(text string) (billing.Date, bool) {
	if strings.IndexByte(text, ':') >= 0 {
		text = withoutMidnight(text)
	}
	if len(text) == 8 && allDigits(text) {
		return day(text[:4], text[4:6], text[6:])
	}
	if len(text) == 10 && text[4] == '-' && text[7] == '-' {
		return day(text[:4], text[5:7], text[8:])
	}
	if first, second, year, mark := marked(text); mark != 0 {
		return day(year, second, first)
	}
	return parseNamedMonth(text)
}

// withoutMidnight removes a trailing midnight and the space or T before it.
func withoutMidnight(text string) string {
	for _, midnight := range [...]string{"00:00:00", "00:00", "0:00"} {
		rest, ok := strings.CutSuffix(text, midnight)
		if ok && rest != "" && (rest[len(rest)-1] == ' ' || rest[len(rest)-1] == 'T') {
			return rest[:len(rest)-1]
		}
	}
	return text
}

// marked splits a text like 3-10-2026 at two equal marks into two parts of one or two characters and the rest. The mark
// is 0 if the text does not have this form.
func marked(text string) (first, second, rest string, mark byte) {
	at := strings.IndexAny(text, "-/.")
	if at < 1 || at > 2 {
		return "", "", "", 0
	}
	next := strings.IndexByte(text[at+1:], text[at])
	if next < 1 || next > 2 {
		return "", "", "", 0
	}
	return text[:at], text[at+1 : at+1+next], text[at+1+next+1:], text[at]
}

// canOnlyBeMonthDayYear reports whether the cell is a text for which isMonthDayYear holds.
func canOnlyBeMonthDayYear(cell table.Cell) bool {
	return cell.Kind == table.Text && isMonthDayYear(cell.Text)
}

// isMonthDayYear reports whether the text, with dashes or slashes, is a valid date only in the order month, day, year:
// 10/31/2026.
func isMonthDayYear(text string) bool {
	month, second, year, mark := marked(withoutMidnight(text))
	if mark != '-' && mark != '/' || len(year) != 4 || !allDigits(month) || !allDigits(second) || !allDigits(year) {
		return false
	}
	return smallNumber(second) > 12 && !billing.NewDate(smallNumber(year), smallNumber(month), smallNumber(second)).IsZero()
}

// parseNamedMonth reads 3 oktober 2026 and 3 okt. 2026.
func parseNamedMonth(text string) (billing.Date, bool) {
	parts := strings.Fields(text)
	if len(parts) != 3 || len(parts[0]) > 2 || !allDigits(parts[0]) || len(parts[2]) != 4 || !allDigits(parts[2]) {
		return 0, false
	}
	return newDate(smallNumber(parts[2]), billing.MonthNamed(parts[1]), smallNumber(parts[0]))
}

// day returns the date with the given digits of year, month and day.
func day(year, month, day string) (billing.Date, bool) {
	if len(year) != 4 || !allDigits(year) || !allDigits(month) || !allDigits(day) {
		return 0, false
	}
	return newDate(smallNumber(year), smallNumber(month), smallNumber(day))
}

// newDate returns a date; false if it does not exist or its year is out of range (billing.IsMeant).
func newDate(year, month, day int) (billing.Date, bool) {
	if !billing.IsMeant(year) {
		return 0, false
	}
	date := billing.NewDate(year, month, day)
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
