package bsn

import (
	"strings"
	"unicode"
)

// markDays marks the groups that form a calendar day as done: a day is not masked, since a reader who is told about a wrong
// day must see which one it is.
func markDays(text string, row []digitGroup) {
	for i := 0; i+3 <= len(row); i++ {
		if three := row[i : i+3]; isDay(text, three) && standsAlone(text, row, i) {
			three[0].isDone, three[1].isDone, three[2].isDone = true, true, true
			i += 2
		}
	}
}

// isDay reports whether three groups read as day, month and year, or year, month and day, with dashes, slashes or dots
// between them. The day need not exist.
func isDay(text string, three []digitGroup) bool {
	first, second := text[three[0].to:three[1].from], text[three[1].to:three[2].from]
	if first != second || len(first) != 1 || !strings.Contains("-/.", first) || three[0].isDone || three[1].isDone || three[2].isDone {
		return false
	}
	day, month, year := string(three[0].digits), string(three[1].digits), string(three[2].digits)
	if len(day) == 4 {
		day, year = year, day
	}
	return upTo(day, "31") && upTo(month, "31") && len(year) == 4 && (year[:2] == "19" || year[:2] == "20")
}

// upTo reports whether digits, one or two of them, are a number from 1 to most, which has two digits.
func upTo(digits, most string) bool {
	if len(digits) == 1 {
		digits = "0" + digits
	}
	return len(digits) == 2 && digits >= "01" && digits <= most
}

// standsAlone reports whether nothing but white space separates three groups, from index first on, from their neighbours.
func standsAlone(text string, row []digitGroup, first int) bool {
	last := first + 2
	return (first == 0 || isSpace(text[row[first-1].to:row[first].from])) && (last == len(row)-1 || isSpace(text[row[last].to:row[last+1].from]))
}

func isSpace(text string) bool {
	for _, r := range text {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// isCompactDay reports whether eight digits read as a day of this century without separators: 20261003 or 03102026. The day
// need not exist.
func isCompactDay(digits string) bool {
	if len(digits) != digitsShort {
		return false
	}
	isDay := func(year, month, day string) bool { return year[:2] == "20" && upTo(month, "12") && upTo(day, "31") }
	return isDay(digits[:4], digits[4:6], digits[6:]) || isDay(digits[4:], digits[2:4], digits[:2])
}
