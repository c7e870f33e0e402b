package importers

import (
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// What F10 found; its first value.
const (
	timesOrder  = "volgorde" // the end is not after the start
	timesDiffer = "verschil" // the times and the quantity say different things
)

// timesTolerance is how far the times may be from the quantity: less than a minute, in hundredths.
const timesTolerance = 100

// times is what a row says of start and end.
type times struct {
	both     bool // both cells are filled
	readable bool // both could be read
	ordered  bool // and the end is after the start
	minutes  billing.Quantity
}

// readDelivered reads unit, clock times and quantity, which lean on each other.
func (r *submissionRow) readDelivered() {
	times := r.readTimes()
	unit := r.readUnit()
	r.Unit = unit.kind()
	sound := r.readQuantity(unit, times)
	if !sound || !times.readable {
		return
	}
	if !times.ordered {
		r.report(billing.F10, billing.FieldEnd, timesOrder, r.Start.String(), r.End.String())
		return
	}
	if r.Unit != billing.Time || !r.HasQuantity || r.Quantity == 0 {
		return
	}
	if apart := times.minutes - r.Quantity; apart >= timesTolerance || apart <= -timesTolerance {
		r.report(billing.F10, billing.FieldQuantity, timesDiffer, r.Start.String(), r.End.String(),
			strconv.FormatInt(int64(times.minutes), 10), strconv.FormatInt(int64(r.Quantity), 10))
	}
}

// readTimes reads start and end. One alone counts as none, but must be readable.
func (r *submissionRow) readTimes() times {
	start, startFilled := r.readClock(billing.FieldStart)
	end, endFilled := r.readClock(billing.FieldEnd)
	t := times{both: startFilled && endFilled}
	if t.readable = !start.IsZero() && !end.IsZero(); !t.readable {
		return t
	}
	r.Start, r.End = start, end
	if t.ordered = end > start; t.ordered {
		t.minutes = minutesOf(end.Seconds() - start.Seconds())
	}
	return t
}

// minutesOf brings seconds to hundredths of a minute, rounded half up.
func minutesOf(seconds int64) billing.Quantity { return billing.Quantity((seconds*5 + 1) / 3) }

func (r *submissionRow) readClock(field billing.Field) (clock billing.Clock, isFilled bool) {
	cell := r.cell(field)
	if !filled(cell) {
		return 0, false
	}
	clock, ok := readClock(cell, field == billing.FieldEnd)
	if !ok {
		r.report(billing.F02, field, found(cell))
		return 0, true
	}
	return clock, true
}

// readUnit reads the unit; without one the name of the sheet says it.
func (r *submissionRow) readUnit() writtenUnit {
	cell := r.cell(billing.FieldUnit)
	if !filled(cell) {
		if r.unit == unknownUnit {
			r.missing(billing.FieldUnit)
		}
		return r.unit
	}
	unit := unknownUnit
	if usable(cell) {
		unit = parseUnit(cell.Text)
	}
	if unit == unknownUnit {
		r.report(billing.F06, billing.FieldUnit, found(cell))
	}
	return unit
}

// readQuantity reads the quantity, or takes it from the times. It is false after F03, when the quantity is
// not to be compared with anything.
func (r *submissionRow) readQuantity(unit writtenUnit, times times) bool {
	cell := r.cell(billing.FieldQuantity)
	if !filled(cell) {
		if !times.both || unit == dayparts {
			r.missing(billing.FieldQuantity)
		} else if unit != unknownUnit && times.ordered {
			r.Quantity, r.HasQuantity = times.minutes, true
		}
		return true
	}
	quantity, ok := quantityIn(cell, unit)
	if !ok {
		r.report(billing.F03, billing.FieldQuantity, found(cell))
		return false
	}
	if unit != unknownUnit {
		r.Quantity, r.HasQuantity = quantity, true
	}
	return true
}

// quantityIn reads a filled cell as a quantity in a unit; of an unknown unit it only reports whether the cell
// could hold one. It is false for F03: no number, below 0, above the limit, or so little that nothing is left.
func quantityIn(cell table.Cell, unit writtenUnit) (billing.Quantity, bool) {
	if seconds, ok := hoursAndMinutes(cell); ok {
		if unit == unknownUnit {
			return 0, true
		}
		quantity := minutesOf(seconds)
		return quantity, unit == hours && seconds <= billing.QuantityMax*3600 && (quantity > 0 || seconds == 0)
	}
	value, ok := readNumber(cell, quantityStyle)
	if !ok || value.negative() || value.above(billing.QuantityMax) {
		return 0, false
	}
	if unit == unknownUnit {
		return 0, true
	}
	quantity := value.quantity(unit.perUnit())
	return quantity, quantity > 0 || value.isZero()
}

// hoursAndMinutes reads 1:15, or a cell with the number format of a time, in seconds.
func hoursAndMinutes(cell table.Cell) (seconds int64, ok bool) {
	switch cell.Kind {
	case table.Text:
		return parseDuration(cell.Text, 6, false)
	case table.Time:
		return parseDuration(cell.Text, 6, true)
	}
	return 0, false
}
