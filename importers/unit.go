package importers

import "github.com/pxq-nl/pxq/billing"

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

// unitOfSheet returns the unit that the name of a sheet stands for.
func unitOfSheet(name string) writtenUnit {
	switch billing.Fold(name) {
	case "uren":
		return hours
	case "dagdelen":
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
