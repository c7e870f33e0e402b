package billing

import (
	"github.com/shopspring/decimal"
)

// Money is an amount in cents; negative for a credit.
type Money int64

// String gives euros with 2 decimals and a point.
func (m Money) String() string { return fixed(int64(m), 2) }

// Decimal gives the amount in euros, exactly.
func (m Money) Decimal() decimal.Decimal { return decimal.New(int64(m), -2) }

// Price is a price in cents per hour or per day-part. The zero value is no price: a price of nothing would
// be no contract.
type Price int64

// PriceMax bounds a price, so that price × quantity always fits: € 99 999,99.
const PriceMax Price = 9_999_999

// String gives euros with 2 decimals and a point.
func (p Price) String() string { return fixed(int64(p), 2) }

// Decimal gives the price in euros, exactly.
func (p Price) Decimal() decimal.Decimal { return decimal.New(int64(p), -2) }

// Times is the P*Q of a declaration, and the one place where money is rounded: price × quantity, half away
// from zero to whole cents. A minute price is never rounded first (iJw TR346, IV081).
func (p Price) Times(quantity Quantity, unit Unit) Money {
	return Money(roundDiv(int64(p)*int64(quantity), unit.PerWhole()))
}

// Unrounded is price × quantity in 1/6000 cents for either unit. Budgets are compared with sums of these.
func (p Price) Unrounded(quantity Quantity, unit Unit) int64 {
	return int64(p) * int64(quantity) * (6000 / unit.PerWhole())
}

// BudgetScale brings cents to the scale of Price.Unrounded.
const BudgetScale = 6000
