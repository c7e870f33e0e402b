package ijw

import (
	"bytes"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
)

// trimmed removes the white space around a number, a date or a time, which XML Schema ignores.
func trimmed(text []byte) []byte { return bytes.Trim(text, " \t\r\n") }

// wholeNumber parses an xs:integer: white space around it, a sign and leading zeros are allowed. ok is false if the text is
// not a number or has more than 18 significant digits.
func wholeNumber(text []byte) (number int64, ok bool) {
	text = trimmed(text)
	negative := false
	if len(text) > 0 && (text[0] == '+' || text[0] == '-') {
		negative = text[0] == '-'
		text = text[1:]
	}
	if !digits(text) || len(text) == 0 {
		return 0, false
	}
	text = bytes.TrimLeft(text, "0")
	if len(text) > 18 {
		return 0, false
	}
	for _, c := range text {
		number = number*10 + int64(c-'0')
	}
	if negative {
		number = -number
	}
	return number, true
}

// yearDigitsMax is the maximum number of digits of a year.
const yearDigitsMax = 6

// parseDate parses an xs:date without time zone: white space around it, a minus sign and a year of more than four digits
// are allowed.
func parseDate(text []byte, v *value) bool {
	text = trimmed(text)
	before := len(text) > 0 && text[0] == '-'
	if before {
		text = text[1:]
	}
	yearDigits := bytes.IndexByte(text, '-')
	if yearDigits < 4 || yearDigits > yearDigitsMax || len(text) != yearDigits+len("-01-31") || text[yearDigits+3] != '-' {
		return false
	}
	year, ok := parseDigits(text[:yearDigits])
	month, monthOK := parseDigits(text[yearDigits+1 : yearDigits+3])
	day, dayOK := parseDigits(text[yearDigits+4:])
	if !ok || !monthOK || !dayOK || year == 0 || yearDigits > 4 && text[0] == '0' || month < 1 || month > 12 {
		return false
	}
	if before {
		year = -year
	}
	if day < 1 || day > daysIn(year, month) {
		return false
	}
	v.date = billing.NewDate(year, month, day)
	return true
}

// daysIn returns the number of days in the month.
func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// parseDigits parses a text of only digits.
func parseDigits(text []byte) (number int, ok bool) {
	for _, c := range text {
		number = number*10 + int(c-'0')
	}
	return number, digits(text)
}

// parseClock parses an xs:time without time zone: white space around it, a fraction of a second and 24:00:00 are allowed.
func parseClock(text []byte, v *value) bool {
	text = trimmed(text)
	if len(text) < len("15:04:05") || text[2] != ':' || text[5] != ':' {
		return false
	}
	hour, ok := parseDigits(text[:2])
	minute, minuteOK := parseDigits(text[3:5])
	second, secondOK := parseDigits(text[6:8])
	if !ok || !minuteOK || !secondOK || minute > 59 || second > 59 {
		return false
	}
	whole, fraction := text[:8], text[8:]
	if len(fraction) > 0 && (fraction[0] != '.' || len(fraction) == 1 || !digits(fraction[1:])) {
		return false
	}
	fraction = bytes.TrimRight(bytes.TrimRight(fraction, "0"), ".")
	if hour > 23 && (hour > 24 || minute > 0 || second > 0 || len(fraction) > 0) {
		return false
	}
	v.clock = ijw.ClockText(whole) + ijw.ClockText(fraction)
	return true
}

// parseVersion accepts x.y.z, three numbers without leading zeros.
func parseVersion(text []byte, _ *value) bool {
	parts := bytes.Split(text, []byte("."))
	for _, part := range parts {
		if len(part) == 0 || !digits(part) || len(part) > 1 && part[0] == '0' {
			return false
		}
	}
	return len(parts) == 3
}

// parseComment accepts any text that is not blank.
func parseComment(text []byte, _ *value) bool { return len(trimmed(text)) > 0 }

// lengthOf returns a parse function that accepts a text of 1 to most characters for which is, unless nil, holds.
func lengthOf(most int, is func([]byte) bool) func([]byte, *value) bool {
	return func(text []byte, _ *value) bool {
		return len(text) > 0 && (len(text) <= most || utf8.RuneCount(text) <= most) && (is == nil || is(text))
	}
}

// oneLine reports whether the text has no line end and is not blank.
func oneLine(text []byte) bool { return !bytes.ContainsAny(text, "\r\n") && len(trimmed(text)) > 0 }

func digits(text []byte) bool {
	for _, c := range text {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func lettersAndDigits(text []byte) bool {
	for _, c := range text {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

// letters reports whether all characters are letters as the schema defines them: a-z, A-Z, À-ỳ.
func letters(text []byte) bool {
	for _, r := range string(text) {
		if (r|0x20 < 'a' || r|0x20 > 'z') && (r < 'À' || r > 'ỳ') {
			return false
		}
	}
	return true
}
