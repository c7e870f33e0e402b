package importers

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// writtenUnit is the unit as a row writes it. Hours and minutes are both time, but count differently.
type writtenUnit uint8

const (
	unknownUnit writtenUnit = iota
	hours
	minutes
	dayparts
)

// parseUnit reads a word or code of a unit (04, 01 and 16 are those of the national standard).
func parseUnit(text string) writtenUnit {
	switch billing.Fold(text) {
	case "uur", "uren", "u", "04", "4":
		return hours
	case "minuut", "minuten", "min", "01", "1":
		return minutes
	case "dagdeel", "dagdelen", "16":
		return dayparts
	}
	return unknownUnit
}

// readUnit reads a filled cell that should hold a unit.
func readUnit(cell table.Cell) writtenUnit {
	if !usable(cell) {
		return unknownUnit
	}
	return parseUnit(cell.Text)
}

// unitOfSheet returns the unit that the name of a sheet stands for: Uren is for time, in minutes too.
func unitOfSheet(name string) writtenUnit {
	switch billing.Fold(name) {
	case "uren":
		return hours
	case "dagdelen":
		return dayparts
	}
	return unknownUnit
}

// unitOfHeading returns the unit that the heading of the quantity names.
func unitOfHeading(heading string) writtenUnit {
	switch billing.Fold(heading) {
	case billing.Fold(headingHours):
		return hours
	case billing.Fold(headingDayparts):
		return dayparts
	}
	return unknownUnit
}

// kind returns the kind of unit that care is counted in.
func (u writtenUnit) kind() billing.Unit {
	switch u {
	case hours, minutes:
		return billing.Time
	case dayparts:
		return billing.Daypart
	}
	return billing.NoUnit
}

// perUnit is how many minutes, or day-parts, one of it is.
func (u writtenUnit) perUnit() int64 {
	if u == hours {
		return 60
	}
	return 1
}

// word is the word by which a referral keeps its unit.
func (u writtenUnit) word() string {
	return [...]string{"", billing.WrittenHour, billing.WrittenMinute, billing.WrittenDaypart}[u]
}

// unitSource says what a sheet tells of the unit of all its rows.
type unitSource struct{ sheet, heading writtenUnit }

// What contradicts the unit of a row; the second value of F06.
const (
	contradictedBySheet   = "blad"
	contradictedByHeading = "kop"
)

// assumed returns the unit of a row of which the cell is empty; unknown when nothing tells.
func (s unitSource) assumed() writtenUnit {
	if s.heading != unknownUnit {
		return s.heading
	}
	return s.sheet
}

// contradicted returns what speaks of another unit than the row does, the name of the sheet or the heading of the
// quantity; "" when neither does. A sheet tells time from day-parts, a heading hours from day-parts.
func (s unitSource) contradicted(unit writtenUnit) string {
	switch {
	case s.sheet != unknownUnit && s.sheet.kind() != unit.kind():
		return contradictedBySheet
	case s.heading != unknownUnit && s.heading != unit:
		return contradictedByHeading
	}
	return ""
}
