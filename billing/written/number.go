// Package written reads numbers as people write them, the same in a submission and in the contract book.
package written

import (
	"strings"
	"unicode"
)

// Style says how a single comma or point before exactly three digits is read, and whether a € may stand before or after the number.
type Style uint8

// The styles.
const (
	Quantity Style = iota // as a decimal mark: 1.234 is a little more than one
	Price                 // as a decimal mark; a € is allowed
	Amount                // as a thousands mark: 1.234 is more than a thousand; a € is allowed
)

// Number is a number taken apart. Its text consists of digits and marks; a mark before the decimal mark separates thousands.
type Number struct {
	Text     string // without sign and €
	Mark     int    // index of the decimal mark in Text; its length if there is none
	Negative bool
}

// Parse takes a number apart: digits with a decimal comma or point, thousands marks between groups of three, and a leading minus,
// which may stand before or after a leading €. ok is false if the text is anything else.
func Parse(text string, style Style) (n Number, ok bool) {
	n.Text, n.Negative = strings.CutPrefix(text, "-")
	if style != Quantity {
		var euro bool
		if n.Text, euro = cutEuro(n.Text); euro && !n.Negative {
			n.Text, n.Negative = strings.CutPrefix(n.Text, "-")
		}
	}
	if n.Mark, ok = decimalMark(n.Text, style); !ok {
		return Number{}, false
	}
	return n, true
}

// HasThousands reports whether the number has thousands marks.
func (n Number) HasThousands() bool { return strings.ContainsAny(n.Text[:n.Mark], ".,") }

// Whole returns the digits before the decimal mark.
func (n Number) Whole() string {
	if !n.HasThousands() {
		return n.Text[:n.Mark]
	}
	return strings.NewReplacer(".", "", ",", "").Replace(n.Text[:n.Mark])
}

// Decimals returns the digits after the decimal mark; "" if there are none.
func (n Number) Decimals() string {
	if n.Mark == len(n.Text) {
		return ""
	}
	return n.Text[n.Mark+1:]
}

// cutEuro removes a € before or after the number, with the white space in between, which spreadsheets add invisibly.
func cutEuro(text string) (rest string, found bool) {
	const euro = "€"
	if rest, found = strings.CutPrefix(text, euro); !found {
		rest, found = strings.CutSuffix(text, euro)
	}
	if !found {
		return text, false
	}
	return strings.TrimFunc(rest, func(r rune) bool { return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b' }), true
}

// decimalMark returns the index of the decimal mark, or the length of the text if there is none. ok is false if the text
// is not a number.
func decimalMark(text string, style Style) (mark int, ok bool) {
	var count [2]int // commas, points
	last := len(text)
	for i := range len(text) {
		switch c := text[i]; c {
		case ',', '.':
			if i == 0 || i == len(text)-1 || i == last+1 {
				return 0, false
			}
			last = i
			count[kindOfMark(c)]++
		default:
			if c < '0' || c > '9' {
				return 0, false
			}
		}
	}
	if last == len(text) {
		return last, text != ""
	}
	sameKind := count[kindOfMark(text[last])]
	otherKind := count[0] + count[1] - sameKind
	switch {
	case otherKind > 0 && sameKind > 1:
		return 0, false
	case otherKind > 0:
		return last, grouped(text[:last])
	case sameKind > 1, style == Amount && last <= 3 && len(text)-last == 4:
		return len(text), grouped(text)
	}
	return last, true
}

func kindOfMark(c byte) int {
	if c == ',' {
		return 0
	}
	return 1
}

// grouped reports whether the marks in the text separate its digits into groups of three from the right.
func grouped(text string) bool {
	width, first := 0, true
	for i := range len(text) {
		if text[i] >= '0' && text[i] <= '9' {
			width++
			continue
		}
		if first && width > 3 || !first && width != 3 {
			return false
		}
		width, first = 0, false
	}
	return width == 3
}
