package workbook

import (
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

// Value is the content of a cell. Amounts and quantities are integers until they are written.
type Value struct {
	kind   kind
	look   Look
	number int64
	text   string
	note   string
}

type kind uint8

const (
	emptyKind kind = iota
	textKind
	centsKind
	minutesKind  // hundredths of a minute, shown in hours
	daypartsKind // hundredths of a day-part
	countKind
	dayKind
	monthKind
	clockKind
	decimalKind
)

// None returns an empty cell.
func None() Value { return Value{} }

// Text returns a text, which is never taken for a formula or a number, whatever it looks like; "" is an empty cell.
func Text(text string) Value {
	if text == "" {
		return Value{}
	}
	return Value{kind: textKind, text: text}
}

// Money returns an amount in euros.
func Money(amount billing.Money) Value { return Value{kind: centsKind, number: int64(amount)} }

// Price returns a price in euros; 0 is an empty cell.
func Price(price billing.Price) Value {
	if price == 0 {
		return Value{}
	}
	return Value{kind: centsKind, number: int64(price)}
}

// Hours returns time, shown in hours.
func Hours(time billing.Quantity) Value { return Value{kind: minutesKind, number: int64(time)} }

// Dayparts returns a number of day-parts.
func Dayparts(dayparts billing.Quantity) Value {
	return Value{kind: daypartsKind, number: int64(dayparts)}
}

// Care returns a quantity in its unit; without a unit it is an empty cell.
func Care(quantity billing.Quantity, unit billing.Unit) Value {
	switch unit {
	case billing.Time:
		return Hours(quantity)
	case billing.Daypart:
		return Dayparts(quantity)
	}
	return None()
}

// Count returns a whole number.
func Count(number int) Value { return Value{kind: countKind, number: int64(number)} }

// Day returns a date; the zero date is an empty cell.
func Day(date billing.Date) Value {
	if date.IsZero() {
		return Value{}
	}
	return Value{kind: dayKind, number: int64(date)}
}

// Month returns a calendar month; the zero period is an empty cell.
func Month(period billing.Period) Value {
	if period.IsZero() {
		return Value{}
	}
	return Value{kind: monthKind, number: int64(period.First())}
}

// Clock returns a time of day; the zero clock is an empty cell.
func Clock(clock billing.Clock) Value {
	if clock.IsZero() {
		return Value{}
	}
	return Value{kind: clockKind, number: clock.Seconds()}
}

// Decimal returns a number with all its digits.
func Decimal(number decimal.Decimal) Value {
	if decimals := -number.Exponent(); decimals >= 0 && decimals <= 2 && number.NumDigits() < digitsMax-2 { // as nearly all are
		return Hundredths(number.CoefficientInt64() * [...]int64{100, 10, 1}[decimals])
	}
	return Value{kind: decimalKind, text: number.String()}
}

// Hundredths returns a number of hundredths, shown in ones.
func Hundredths(number int64) Value {
	if number <= -mostHundredths || number >= mostHundredths {
		return Value{kind: decimalKind, text: decimal.New(number, -2).String()}
	}
	return Value{kind: decimalKind, text: string(appendHundredths(make([]byte, 0, 24), number))}
}

// As returns the value with another look.
func (v Value) As(look Look) Value {
	v.look = look
	return v
}

// Noted returns the value with a note at its cell.
func (v Value) Noted(note string) Value {
	v.note = note
	return v
}

// IsEmpty reports whether the cell has no content; it may have a look.
func (v Value) IsEmpty() bool { return v.kind == emptyKind }

// How spreadsheet programs count.
const (
	epoch         = 25569 // 1970-01-01
	firstSafeDay  = 61    // 1 March 1900: before it they count a day that did not exist
	digitsMax     = 15    // significant digits that they keep
	secondsPerDay = 86400
)

// cell returns the value in the type that excelize expects. A float made of whole cents is the nearest one to them, which every
// program shows, adds and rounds as those cents.
func (v Value) cell() any {
	switch v.kind {
	case textKind:
		return clean(v.text)
	case centsKind, daypartsKind:
		return float64(v.number) / 100
	case minutesKind:
		return float64(v.number) / 6000
	case countKind:
		return v.number
	case dayKind, monthKind:
		if serial := v.serial(); serial >= firstSafeDay {
			return serial
		}
		return billing.Date(v.number).Dutch()
	case clockKind:
		if v.number == secondsPerDay {
			return "24:00" // as a number it would be shown as 00:00
		}
		return float64(v.number) / secondsPerDay
	case decimalKind:
		return decimalCell(v.text)
	}
	return nil
}

// serial returns the number of a day in spreadsheet programs.
func (v Value) serial() int64 { return v.number - 1 + epoch }

// decimalCell returns a float64 if spreadsheet programs can hold all its digits, else the text.
func decimalCell(text string) any {
	digits := strings.TrimLeft(strings.ReplaceAll(strings.TrimPrefix(text, "-"), ".", ""), "0")
	if number, err := strconv.ParseFloat(text, 64); err == nil && len(digits) <= digitsMax {
		return number
	}
	return text
}
