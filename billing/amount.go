// From the cell to the euro, 6 of 8. Price × quantity, and the one place where it is rounded to cents: Price.Times.
// The lines with their amounts are the target, which billing/difference.go compares with the ledger.

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

// String returns the name used in the exports: hour or daypart; "" for NoUnit.
func (u Unit) String() string {
	switch u {
	case Time:
		return "hour"
	case Daypart:
		return "daypart"
	}
	return ""
}

// PerWhole returns how many hundredths make one priced unit: 6000 hundredths of a minute are an hour, 100
// hundredths a day-part.
func (u Unit) PerWhole() int64 {
	if u == Time {
		return 6000
	}
	return 100
}

// Quantity is an amount of care in hundredths of a minute or of a day-part, as its unit says.
type Quantity int64

// QuantityMax is the largest quantity that a row may hold, as written: 99 999 hours, minutes or day-parts.
const QuantityMax = 99_999

// QuantityOf converts a number of hours (perUnit 60), minutes or day-parts (perUnit 1) to hundredths, rounded
// half up. The number must not be negative; readers refuse those.
func QuantityOf(number decimal.Decimal, perUnit int64) Quantity {
	return Quantity(number.Mul(decimal.NewFromInt(perUnit * 100)).Round(0).IntPart())
}

// Format returns the quantity for display: hours with 4 decimals, rounded half away from zero, or day-parts
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

// roundDiv returns number / by, rounded half away from zero; by must be positive. It rounds amounts and whole hours;
// a quantity as written is rounded once, by QuantityOf.
func roundDiv(number, by int64) int64 {
	half := by / 2
	if number < 0 {
		return (number - half) / by
	}
	return (number + half) / by
}

// fixed formats an integer that is scaled by 10^decimals.
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

// Money is an amount in cents; negative for a credit.
type Money int64

// String returns the amount in euros with 2 decimals and a point.
func (m Money) String() string { return fixed(int64(m), 2) }

// Decimal returns the amount in euros, exactly.
func (m Money) Decimal() decimal.Decimal { return decimal.New(int64(m), -2) }

// Price is a price in cents per hour or per day-part. The zero value means no price: nobody contracts care for
// nothing.
type Price int64

// PriceMax is the largest price, € 99 999,99, so that price × quantity never overflows.
const PriceMax Price = 9_999_999

// String returns the price in euros with 2 decimals and a point.
func (p Price) String() string { return fixed(int64(p), 2) }

// Decimal returns the price in euros, exactly.
func (p Price) Decimal() decimal.Decimal { return decimal.New(int64(p), -2) }

// Times returns price × quantity, the P*Q of a declaration, rounded half away from zero to whole cents. This is the
// one place where money is rounded. A minute price is never rounded first (iJw TR346, IV081).
func (p Price) Times(quantity Quantity, unit Unit) Money {
	return Money(roundDiv(int64(p)*int64(quantity), unit.PerWhole()))
}

// BudgetScale is the number of parts of a cent in which Price.Unrounded counts: the hundredths of a minute in an hour, so
// that price × quantity is a whole number for either unit.
const BudgetScale = 6000

// Unrounded returns price × quantity in 1/6000 cents (BudgetScale). Budgets are compared with sums of these.
func (p Price) Unrounded(quantity Quantity, unit Unit) int64 {
	return int64(p) * int64(quantity) * (BudgetScale / unit.PerWhole())
}
