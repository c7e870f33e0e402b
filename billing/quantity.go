package billing

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// Unit is the kind of unit that care is counted and paid in. Hours and minutes are both Time.
type Unit uint8

// The kinds of unit. A day-part is 4 hours but is never converted to hours for payment.
const (
	NoUnit  Unit = iota
	Time         // paid per hour, kept in hundredths of a minute
	Daypart      // paid per day-part, kept in hundredths of a day-part
)

// String gives the name used in the exports: hour or daypart.
func (u Unit) String() string {
	switch u {
	case Time:
		return "hour"
	case Daypart:
		return "daypart"
	}
	return ""
}

// PerWhole is how many hundredths make one priced unit: 6000 hundredths of a minute are an hour, 100
// hundredths a day-part.
func (u Unit) PerWhole() int64 {
	if u == Time {
		return 6000
	}
	return 100
}

// Quantity is an amount of care in hundredths of a minute or of a day-part, as its unit says.
type Quantity int64

// Limits of a quantity as written in a row, in the unit as written.
const QuantityMax = 99_999

// QuantityOf brings a number of hours (perUnit 60), minutes or day-parts (perUnit 1) to hundredths, rounded
// half up. Negative numbers are refused by their readers before this.
func QuantityOf(number decimal.Decimal, perUnit int64) Quantity {
	return Quantity(number.Mul(decimal.NewFromInt(perUnit * 100)).Round(0).IntPart())
}

// Format writes the quantity for show: hours with 4 decimals, rounded half away from zero, or day-parts
// with 2. Amounts are never computed from this text.
func (q Quantity) Format(unit Unit) string {
	switch unit {
	case Time:
		return fixed(roundDiv(int64(q)*10, 6), 4)
	case Daypart:
		return fixed(int64(q), 2)
	}
	return ""
}

// roundDiv divides, rounding half away from zero. It is the one rounding of this package.
func roundDiv(number, by int64) int64 {
	half := by / 2
	if number < 0 {
		return (number - half) / by
	}
	return (number + half) / by
}

// fixed writes a scaled integer with that many decimals.
func fixed(number int64, decimals int) string {
	sign := ""
	if number < 0 {
		sign, number = "-", -number
	}
	scale := int64(1)
	for range decimals {
		scale *= 10
	}
	return fmt.Sprintf("%s%d.%0*d", sign, number/scale, decimals, number%scale)
}
