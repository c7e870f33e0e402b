package importers

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/written"
	"github.com/pxq-nl/pxq/importers/table"
)

// readDelivered reads the clock times, the unit and the quantity, which depend on each other.
func (r *submissionRow) readDelivered() {
	if r.ReturnedVersion != 0 {
		r.ReturnedUnit, r.ReturnedQuantity = maskedText(r.cell(billing.FieldUnit)), maskedText(r.cell(billing.FieldQuantity))
	}
	times := r.readTimes()
	unit := r.readRowUnit()
	r.Unit = unit.kind()
	if r.readQuantity(unit, &times) && times.readable {
		r.judgeTimes(&times)
	}
}

// readRowUnit reads the unit. If its cell is empty, the heading of the quantity or the name of the sheet may provide it;
// if these contradict each other or the cell, the unit is unknown.
func (r *submissionRow) readRowUnit() writtenUnit {
	cell := r.cell(billing.FieldUnit)
	unit := r.unit.assumed()
	if filled(cell) {
		unit = readUnit(cell)
	} else if unit == unknownUnit {
		r.missing(billing.FieldUnit)
		return unknownUnit
	}
	if unit == unknownUnit {
		values := []string{maskedText(cell)}
		if quantity := r.cell(billing.FieldQuantity); filled(quantity) {
			// A quantity without a unit is not stored, so the finding carries it as written: in the return file only the
			// unit then needs correcting. A contradicted unit does not need this: on the right sheet or under the right
			// heading the quantity would be readable.
			values = append(values, "", maskedText(quantity))
		}
		r.report(billing.F06, billing.FieldUnit, values...)
		return unknownUnit
	}
	against := r.unit.contradicted(unit)
	if against == "" {
		return unit
	}
	shown := maskedText(cell)
	if !filled(cell) {
		shown = r.headings[billing.FieldQuantity] // the unit comes from this heading
	}
	r.report(billing.F06, billing.FieldUnit, shown, against)
	return unknownUnit
}

// readQuantity reads the quantity, or derives it from the times if its cell is empty. It returns false if F10 must not be
// judged: after F03, and for a quantity of 0.
func (r *submissionRow) readQuantity(unit writtenUnit, times *times) bool {
	cell := r.cell(billing.FieldQuantity)
	if !filled(cell) {
		if !times.both || unit == dayparts {
			r.missing(billing.FieldQuantity)
		} else if between := times.between(); unit != unknownUnit && times.readable && times.end > times.start && between > 0 {
			r.Quantity, r.HasQuantity = between, true
		}
		return true
	}
	quantity, ok := quantityIn(cell, unit)
	if !ok {
		r.report(billing.F03, billing.FieldQuantity, maskedText(cell))
		return false
	}
	if unit != unknownUnit {
		r.Quantity, r.HasQuantity = quantity, true
	}
	r.isZero = isZero(cell, unit)
	times.compare = unit.kind() == billing.Time
	return !r.isZero
}

// judgeZero reports F03 for a quantity of 0 on an unreadable row, which withdraws nothing. Whether a readable row
// withdraws a record is decided later, where the earlier records are known.
func (r *submissionRow) judgeZero() {
	if r.isZero && !r.Readable() {
		r.report(billing.F03, billing.FieldQuantity, "0")
	}
}

// isZero reports whether a readable quantity is 0. A clock time is a quantity only if the unit is hours.
func isZero(cell table.Cell, unit writtenUnit) bool {
	if value, ok := readNumber(cell, written.Quantity); ok {
		return value.isZero()
	}
	seconds, ok := hoursAndMinutes(cell)
	return ok && seconds == 0 && unit == hours
}

// quantityIn reads a filled cell as a quantity in a unit; for an unknown unit it only reports whether the cell could hold
// one. It returns false if the cell is F03: not a number, negative, above the limit, or not 0 but rounded to 0.
func quantityIn(cell table.Cell, unit writtenUnit) (billing.Quantity, bool) {
	if seconds, ok := hoursAndMinutes(cell); ok {
		if unit == unknownUnit {
			return 0, true
		}
		quantity := minutesOf(seconds)
		return quantity, unit == hours && seconds <= billing.QuantityMax*3600 && (quantity > 0 || seconds == 0)
	}
	value, ok := readNumber(cell, written.Quantity)
	if !ok || value.negative() || value.above(billing.QuantityMax) {
		return 0, false
	}
	if unit == unknownUnit {
		return 0, true
	}
	quantity := value.quantity(unit.perUnit())
	return quantity, quantity > 0 || value.isZero()
}

// hoursAndMinutes reads a text such as 1:15, or a cell with the number format of a time, as seconds.
func hoursAndMinutes(cell table.Cell) (seconds int64, ok bool) {
	switch cell.Kind {
	case table.Text:
		return parseDuration(cell.Text, 6, false)
	case table.Time:
		return parseDuration(cell.Text, 6, true)
	}
	return 0, false
}
