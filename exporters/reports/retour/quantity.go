package retour

import (
	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// A return file writes a time so that reading it back gives the same hundredths of a minute: in hours if two decimals of an
// hour are exact, else in minutes; but in hours if there are more minutes than F03 allows in a cell (99 999).

const (
	hundredthsPerMinute = 100
	minutesPerHour      = 60
)

// inHours reports whether a time is written in hours.
func inHours(quantity billing.Quantity) bool {
	return quantity%minutesPerHour == 0 || quantity > billing.QuantityMax*hundredthsPerMinute
}

// writtenUnit returns the unit in which the quantity of a record is written.
func writtenUnit(record *billing.Record) string {
	switch {
	case record.Unit == billing.Daypart:
		return billing.WrittenDaypart
	case record.Unit == billing.NoUnit:
		return ""
	case record.HasQuantity && !inHours(record.Quantity):
		return billing.WrittenMinute
	}
	return billing.WrittenHour
}

// writtenQuantity returns the quantity in that unit.
func writtenQuantity(record *billing.Record) workbook.Value {
	switch {
	case !record.HasQuantity || record.Unit == billing.NoUnit:
		return workbook.None()
	case record.Unit == billing.Time && inHours(record.Quantity):
		return workbook.Hours(record.Quantity)
	}
	return workbook.Hundredths(int64(record.Quantity))
}

// writtenBreak returns the break in minutes; empty if there is none.
func writtenBreak(record *billing.Record) workbook.Value {
	if record.Break == 0 {
		return workbook.None()
	}
	return workbook.Hundredths(int64(record.Break))
}

// claimed returns a claimed price or amount as it was written.
func claimed(number *decimal.Decimal) workbook.Value {
	if number == nil {
		return workbook.None()
	}
	return workbook.Decimal(*number)
}
