package importers

import (
	"math"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
	"github.com/pxq-nl/pxq/importers/table"
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
func readNumber(cell table.Cell, style written.Style) (number, bool) {
	switch cell.Kind {
	case table.Text:
		return parseNumber(cell.Text, style)
	case table.Number:
		return parsePlain(cell.Text)
	}
	return number{}, false
}

// parseNumber reads a number as people write it; see written.Parse.
func parseNumber(text string, style written.Style) (number, bool) {
	n, ok := written.Parse(text, style)
	if !ok || len(n.Text) > textNumberMax {
		return number{}, false
	}
	return exactNumber(n.Text, n.Mark, n.Negative)
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
