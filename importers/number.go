package importers

import (
	"math"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// numberStyle determines how a single comma or point before exactly three digits is read in a text.
type numberStyle uint8

const (
	quantityStyle numberStyle = iota // as a decimal mark: 1.234 is a little more than one
	amountStyle                      // as a thousands mark: 1.234 is more than a thousand; a € is allowed
)

const (
	textNumberMax = 60  // characters of a number in a text
	cellNumberMax = 350 // characters of a numeric cell; the smallest float64 written in full has some 325
	exactDigits   = 18  // digits that always fit an int64
)

// number is an exact decimal number: coefficient × 10^-decimals, or wide if it has too many digits for that. Most
// numbers in a file are small, so that integer arithmetic suffices.
type number struct {
	coefficient int64
	decimals    int
	wide        *decimal.Decimal
}

// readNumber reads a filled cell as a number: a numeric cell by its value, a text by the grammar of parseNumber.
func readNumber(cell table.Cell, style numberStyle) (number, bool) {
	switch cell.Kind {
	case table.Text:
		return parseNumber(cell.Text, style)
	case table.Number:
		return parsePlain(cell.Text)
	}
	return number{}, false
}

// parseNumber reads a number as people write it: digits with a decimal comma or point, thousands marks between groups of
// three, a leading minus and, for an amount, a € before or after it.
func parseNumber(text string, style numberStyle) (number, bool) {
	text, negative := strings.CutPrefix(text, "-")
	if style == amountStyle {
		var euro bool
		if text, euro = cutEuro(text); euro && !negative {
			text, negative = strings.CutPrefix(text, "-")
		}
	}
	mark, ok := decimalMark(text, style)
	if !ok || len(text) > textNumberMax {
		return number{}, false
	}
	return exactNumber(text, mark, negative)
}

// parsePlain reads the text of a numeric cell: plain decimal notation with a point.
func parsePlain(text string) (number, bool) {
	text, negative := strings.CutPrefix(text, "-")
	mark := strings.IndexByte(text, '.')
	if mark < 0 {
		mark = len(text)
	}
	if !allDigits(text[:mark]) || mark < len(text) && !allDigits(text[mark+1:]) || len(text) > cellNumberMax {
		return number{}, false
	}
	return exactNumber(text, mark, negative)
}

// cutEuro removes a € before or after the number, with the spaces in between.
func cutEuro(text string) (rest string, found bool) {
	const euro = "€"
	if rest, found = strings.CutPrefix(text, euro); !found {
		rest, found = strings.CutSuffix(text, euro)
	}
	if !found {
		return text, false
	}
	return strings.TrimSpace(rest), true
}

// decimalMark returns the index of the decimal mark, or the length of the text if there is none. ok is false if the text
// is not a number.
func decimalMark(text string, style numberStyle) (mark int, ok bool) {
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
	case sameKind > 1, style == amountStyle && last <= 3 && len(text)-last == 4:
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

// exactNumber returns the number whose decimal mark is at the given index of the text; other marks are skipped.
func exactNumber(text string, mark int, negative bool) (number, bool) {
	end := len(text)
	for mark < end && text[end-1] == '0' {
		end--
	}
	if end == mark+1 {
		end = mark
	}
	decimals := max(0, end-mark-1)
	digits := 0
	var coefficient int64
	for i := range end {
		c := text[i]
		if c < '0' || c > '9' {
			continue
		}
		if digits > 0 || c != '0' {
			if digits++; digits <= exactDigits {
				coefficient = coefficient*10 + int64(c-'0')
			}
		}
	}
	if digits > exactDigits {
		return wideNumber(text[:end], mark, negative)
	}
	if negative {
		coefficient = -coefficient
	}
	return number{coefficient: coefficient, decimals: decimals}, true
}

// wideNumber is exactNumber for more than exactDigits digits.
func wideNumber(text string, mark int, negative bool) (number, bool) {
	plain := make([]byte, 0, len(text)+1)
	if negative {
		plain = append(plain, '-')
	}
	for i := range len(text) {
		if i == mark {
			plain = append(plain, '.')
		} else if text[i] >= '0' && text[i] <= '9' {
			plain = append(plain, text[i])
		}
	}
	value, err := decimal.NewFromString(string(plain))
	return number{wide: &value}, err == nil
}

// decimal returns the number as a decimal.Decimal.
func (n number) decimal() decimal.Decimal {
	if n.wide != nil {
		return *n.wide
	}
	return decimal.New(n.coefficient, int32(-n.decimals))
}

// negative reports whether the number is below 0.
func (n number) negative() bool {
	if n.wide != nil {
		return n.wide.IsNegative()
	}
	return n.coefficient < 0
}

// isZero reports whether the number is 0.
func (n number) isZero() bool { return n.wide == nil && n.coefficient == 0 }

// above reports whether the number is more than a limit ≥ 0.
func (n number) above(limit int64) bool {
	if n.wide == nil && n.decimals == 0 {
		return n.coefficient > limit
	}
	if n.wide == nil && n.coefficient <= limit {
		return false // dividing by 10^decimals only makes it smaller
	}
	return n.decimal().GreaterThan(decimal.NewFromInt(limit))
}

// quantity converts a number of hours (perUnit 60), minutes or day-parts (perUnit 1) to hundredths of a minute or
// day-part; the number must not exceed billing.QuantityMax. It uses integers where no rounding is needed and leaves the
// rest to package billing.
func (n number) quantity(perUnit int64) billing.Quantity {
	if n.wide == nil && n.decimals <= 4 && n.coefficient < math.MaxInt64/(perUnit*100) {
		hundredths, scale := n.coefficient*perUnit*100, powerOfTen(n.decimals)
		if hundredths%scale == 0 {
			return billing.Quantity(hundredths / scale)
		}
	}
	return billing.QuantityOf(n.decimal(), perUnit)
}

// cents returns an amount in whole cents; false if it has more than two decimals or is above the limit, in euros.
func (n number) cents(limit int64) (billing.Money, bool) {
	if n.wide != nil || n.decimals > 2 || n.above(limit) {
		return 0, false
	}
	return billing.Money(n.coefficient * powerOfTen(2-n.decimals)), true
}

func powerOfTen(exponent int) int64 {
	power := int64(1)
	for range exponent {
		power *= 10
	}
	return power
}

// allDigits reports whether the text consists of one or more ASCII digits.
func allDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
