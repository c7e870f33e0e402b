package rules

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
)

// shown returns a compared value; for form see billing.Compared.
func shown(dutch, english, form, value string) billing.Compared {
	return billing.Compared{Name: text(dutch, english), Value: value, Form: form}
}

// compare returns a Compare function for two values.
func compare(first, second func(*billing.Case) billing.Compared) func(*billing.Case, *billing.RoomUse) []billing.Compared {
	return func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
		return []billing.Compared{first(c), second(c)}
	}
}

// onReferral returns a Compare function for values that need the referral of the record.
func onReferral(values func(*billing.Case) []billing.Compared) func(*billing.Case, *billing.RoomUse) []billing.Compared {
	return func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
		if c.Referral == nil {
			return nil
		}
		return values(c)
	}
}

// withReferral returns a Compare function for two values that need the referral of the record.
func withReferral(first, second func(*billing.Case) billing.Compared) func(*billing.Case, *billing.RoomUse) []billing.Compared {
	return onReferral(func(c *billing.Case) []billing.Compared {
		return []billing.Compared{first(c), second(c)}
	})
}

// value returns a function that names the value that of returns.
func value(dutch, english, form string, of func(*billing.Case) string) func(*billing.Case) billing.Compared {
	return func(c *billing.Case) billing.Compared { return shown(dutch, english, form, of(c)) }
}

// The values that more than one rule compares.
var (
	careMonth      = value("zorgmaand", "care month", "", func(c *billing.Case) string { return c.Record.CareMonth().String() })
	lastToDeclare  = value("kon tot en met", "last day", "date", func(c *billing.Case) string { return lastDayToDeclare(c).String() })
	recordProvider = value("zorgregel", "record", "", func(c *billing.Case) string { return c.Record.Provider })
	recordProduct  = value("zorgregel", "record", "", func(c *billing.Case) string { return c.Product.Code })
	recordUnit     = value("zorgregel", "record", "unit", func(c *billing.Case) string { return c.Record.Unit.String() })
)

// careDate returns the day of a row, or the first day of a prestatie.
func careDate(c *billing.Case) billing.Compared {
	if c.Record.Prestatie != nil {
		return shown("productperiode vanaf", "product period from", "date", c.Record.First.String())
	}
	return shown("zorgdatum", "care date", "date", c.Record.First.String())
}

// lastCareDate returns the day of a row, or the last day of a prestatie.
func lastCareDate(c *billing.Case) billing.Compared {
	if c.Record.Prestatie != nil {
		return shown("productperiode tot en met", "product period until", "date", c.Record.LastDay().String())
	}
	return careDate(c)
}

// compareRoom returns what was assigned, how much of it is used, including the record itself, and what is left.
func compareRoom(unit billing.Unit, room, used billing.Quantity) []billing.Compared {
	return []billing.Compared{
		shown("toegewezen", "assigned", "qty", quantity(room, unit)), shown("gedeclareerd", "declared", "qty", quantity(used, unit)),
		shown("resterend", "left", "qty", quantity(room-used, unit)),
	}
}

// compareAge returns a Compare function for the client's age on the care date and the age at which care ends.
func compareAge(limit func(*billing.Case) int) func(*billing.Case, *billing.RoomUse) []billing.Compared {
	return onReferral(func(c *billing.Case) []billing.Compared {
		age, known := ageOf(c)
		if !known {
			return nil
		}
		return []billing.Compared{shown("leeftijd", "age", "", itoa(age)), shown("grens", "limit", "", itoa(limit(c)))}
	})
}

// compareContracts returns the number of contracts for the segment on the care date.
func compareContracts(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
	on := c.Record.First.Dutch()
	return []billing.Compared{shown(fmt.Sprintf("contracten voor segment %s op %s:", c.Segment.Code, on),
		fmt.Sprintf("contracts for segment %s on %s:", c.Segment.Code, on), "", itoa(len(c.Contracts())))}
}
