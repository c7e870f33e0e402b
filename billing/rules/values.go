package rules

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

// The values of findings are written as facts, which Show turns into words of a language.

func text(dutch, english string) billing.Text { return billing.Text{Dutch: dutch, English: english} }

func itoa(number int) string { return strconv.Itoa(number) }

// cents writes a price or an amount as a whole number of cents, for {n:eur}.
func cents[N billing.Price | billing.Money](amount N) string {
	return strconv.FormatInt(int64(amount), 10)
}

// inCents writes a sum of unrounded amounts (1/6000 cents, billing.BudgetScale) as whole cents, rounded half up.
func inCents(unrounded int64) string {
	return strconv.FormatInt((unrounded+billing.BudgetScale/2)/billing.BudgetScale, 10)
}

// euros writes cents as euros, for {n:amount}.
func euros(cents int64) string { return decimal.New(cents, -2).String() }

// quantity writes a quantity with its unit, for {n:qty}: t6000 is an hour, d100 a day-part.
func quantity(q billing.Quantity, unit billing.Unit) string {
	prefix := "t"
	if unit == billing.Daypart {
		prefix = "d"
	}
	return prefix + strconv.FormatInt(int64(q), 10)
}

// quantityOf parses what quantity wrote: t9000 is time, d150 day-parts; ok is false if it is no number. The value must not
// be empty.
func quantityOf(value string) (billing.Quantity, billing.Unit, bool) {
	number, err := strconv.ParseInt(value[1:], 10, 64)
	unit := billing.Time
	if value[0] == 'd' {
		unit = billing.Daypart
	}
	return billing.Quantity(number), unit, err == nil
}
