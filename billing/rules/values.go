package rules

import (
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

// How rules write the values of their findings: as facts, which Show turns into the words of a language.

func text(dutch, english string) billing.Text { return billing.Text{Dutch: dutch, English: english} }

func itoa(number int) string { return strconv.Itoa(number) }

// cents writes a price or an amount as the whole number of cents that a text's {n:eur} shows.
func cents[N billing.Price | billing.Money](amount N) string {
	return strconv.FormatInt(int64(amount), 10)
}

// inCents writes a sum of unrounded amounts (1/6000 cents, billing.BudgetScale) in whole cents, rounded half up.
func inCents(unrounded int64) string {
	return strconv.FormatInt((unrounded+billing.BudgetScale/2)/billing.BudgetScale, 10)
}

// euros writes cents as a text's {n:amount} shows them: in euros, as a claim is kept.
func euros(cents int64) string { return decimal.New(cents, -2).String() }

// quantity writes a quantity with its unit as a text's {n:qty} shows it: t6000 is an hour, d100 a day-part.
func quantity(q billing.Quantity, unit billing.Unit) string {
	prefix := "t"
	if unit == billing.Daypart {
		prefix = "d"
	}
	return prefix + strconv.FormatInt(int64(q), 10)
}

// quantityOf reads a quantity as findings keep it: t9000 is time, d150 day-parts.
func quantityOf(value string) (billing.Quantity, billing.Unit, bool) {
	number, err := strconv.ParseInt(value[1:], 10, 64)
	unit := billing.Time
	if value[0] == 'd' {
		unit = billing.Daypart
	}
	return billing.Quantity(number), unit, err == nil
}
