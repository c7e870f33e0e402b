package rules

import (
	"fmt"

	"github.com/pxq-nl/pxq/billing"
)

// shown makes one of the values that a rule compared; form is one of the forms of a text.
func shown(dutch, english, form, value string) billing.Compared {
	return billing.Compared{Name: text(dutch, english), Value: value, Form: form}
}

// compare makes a rule's comparison of two values.
func compare(first, second func(*billing.Case) billing.Compared) func(*billing.Case, *billing.RoomUse) []billing.Compared {
	return func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
		return []billing.Compared{first(c), second(c)}
	}
}

// onReferral makes a comparison that needs the referral of the record.
func onReferral(values func(*billing.Case) []billing.Compared) func(*billing.Case, *billing.RoomUse) []billing.Compared {
	return func(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
		if c.Referral == nil {
			return nil
		}
		return values(c)
	}
}

// withReferral makes a comparison of the referral with the record.
func withReferral(first, second func(*billing.Case) billing.Compared) func(*billing.Case, *billing.RoomUse) []billing.Compared {
	return onReferral(func(c *billing.Case) []billing.Compared {
		return []billing.Compared{first(c), second(c)}
	})
}

// value makes a function of a name and how its value is found.
func value(dutch, english, form string, of func(*billing.Case) string) func(*billing.Case) billing.Compared {
	return func(c *billing.Case) billing.Compared { return shown(dutch, english, form, of(c)) }
}

// The values that more than one rule compares.
var (
	careMonth      = value("zorgmaand", "care month", "", func(c *billing.Case) string { return c.Record.CareMonth().String() })
	lastToDeclare  = value("kon tot en met", "could be until", "date", func(c *billing.Case) string { return lastDayToDeclare(c).String() })
	recordProvider = value("zorgregel", "record", "", func(c *billing.Case) string { return c.Record.Provider })
	recordProduct  = value("zorgregel", "record", "", func(c *billing.Case) string { return c.Product.Code })
	recordUnit     = value("zorgregel", "record", "unit", func(c *billing.Case) string { return c.Record.Unit.String() })
)

// careDate is the day of a row, or the first of a prestatie.
func careDate(c *billing.Case) billing.Compared {
	if c.Record.Prestatie != nil {
		return shown("productperiode vanaf", "product period from", "date", c.Record.First.String())
	}
	return shown("zorgdatum", "care date", "date", c.Record.First.String())
}

// lastCareDate is the day of a row, or the last of a prestatie.
func lastCareDate(c *billing.Case) billing.Compared {
	if c.Record.Prestatie != nil {
		return shown("productperiode tot en met", "product period up to", "date", c.Record.LastDay().String())
	}
	return careDate(c)
}

// compareRoom is what was assigned, what is used of it, the record itself included, and what is left.
func compareRoom(unit billing.Unit, room, used billing.Quantity) []billing.Compared {
	return []billing.Compared{
		shown("toegewezen", "assigned", "qty", quantity(room, unit)), shown("gedeclareerd", "declared", "qty", quantity(used, unit)),
		shown("resterend", "left", "qty", quantity(room-used, unit)),
	}
}

// compareAge is the client's age on the care date and the age at which care ends.
func compareAge(limit func(*billing.Case) int) func(*billing.Case, *billing.RoomUse) []billing.Compared {
	return onReferral(func(c *billing.Case) []billing.Compared {
		age, known := ageOf(c)
		if !known {
			return nil
		}
		return []billing.Compared{shown("leeftijd", "age", "", itoa(age)), shown("grens", "limit", "", itoa(limit(c)))}
	})
}

// compareContracts is how many contracts there are for the segment on the care date.
func compareContracts(c *billing.Case, _ *billing.RoomUse) []billing.Compared {
	on := c.Record.First.Dutch()
	return []billing.Compared{shown(fmt.Sprintf("contracten voor segment %s op %s:", c.Segment.Code, on),
		fmt.Sprintf("contracts for segment %s on %s:", c.Segment.Code, on), "", itoa(len(c.Contracts())))}
}
