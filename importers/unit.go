package importers

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers/table"
)

// writtenUnit is a unit as a row writes it. Hours and minutes are both time, but differ in scale.
type writtenUnit uint8

const (
	unknownUnit writtenUnit = iota
	hours
	minutes
	dayparts
)

// parseUnit reads the word or code of a unit (04, 01 and 16 are the codes of the national standard).
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

// unitOfSheet returns the unit implied by the name of a sheet; rows on a sheet Uren may also be in minutes.
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

// kind returns the billing unit: hours and minutes are both billing.Time.
func (u writtenUnit) kind() billing.Unit {
	switch u {
	case hours, minutes:
		return billing.Time
	case dayparts:
		return billing.Daypart
	}
	return billing.NoUnit
}

// perUnit returns how many minutes (for time) or day-parts one unit is.
func (u writtenUnit) perUnit() int64 {
	if u == hours {
		return 60
	}
	return 1
}

// word returns the word with which a referral stores its unit.
func (u writtenUnit) word() string {
	return [...]string{"", billing.WrittenHour, billing.WrittenMinute, billing.WrittenDaypart}[u]
}

// unitSource holds the units that the name of a sheet and its heading of the quantity imply for all its rows.
type unitSource struct{ sheet, heading writtenUnit }

// The second value of F06: what contradicts the unit of the row.
const (
	contradictedBySheet   = "blad"
	contradictedByHeading = "kop"
)

// assumed returns the unit of a row whose unit cell is empty; unknownUnit if neither heading nor sheet implies one.
func (s unitSource) assumed() writtenUnit {
	if s.heading != unknownUnit {
		return s.heading
	}
	return s.sheet
}

// contradicted returns which of the sheet name and the heading of the quantity contradicts the unit of the row; "" if
// neither does. A sheet name only distinguishes time from day-parts; a heading must be that of the unit itself.
func (s unitSource) contradicted(unit writtenUnit) string {
	switch {
	case s.sheet != unknownUnit && s.sheet.kind() != unit.kind():
		return contradictedBySheet
	case s.heading != unknownUnit && s.heading != unit:
		return contradictedByHeading
	}
	return ""
}
