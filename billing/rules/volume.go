package rules

import "github.com/pxq-nl/pxq/billing"

// volumeRules check whether a record still fits in the room of its referral, counted in order.
var volumeRules = []billing.Rule{
	{
		Code: billing.V01, Severity: billing.Reject, IJW: "9321", Source: "iJw", InMonth: true,
		Title:   text("De zorg past in de toewijzing van de zorgmaand.", "The care fits the referral for the care month."),
		Message: text("Toewijzing {1} heeft in {2:month} ruimte voor {3:qty}; {4:qty} is al gebruikt en {5:qty} past niet meer.", "Referral {1} has room for {3:qty} in {2:month}; {4:qty} has been used and {5:qty} no longer fits."),
		Remedy:  text("Vraag een ruimere toewijzing aan of corrigeer het aantal.", "Ask for a larger referral or correct the quantity."),
		Room: func(c *billing.Case, use *billing.Usage) ([]string, bool) {
			month := c.Record.CareMonth()
			room, limited := c.Referral.MonthRoom(month)
			used := use.UsedInMonth(c)
			if !limited || used+c.Record.Quantity <= room {
				return nil, true
			}
			unit := c.Record.Unit
			return []string{c.Referral.Number, month.String(), quantity(room, unit), quantity(used, unit), quantity(c.Record.Quantity, unit)}, false
		},
		Compare: func(c *billing.Case, use *billing.RoomUse) []billing.Compared {
			if use == nil || !use.MonthLimited {
				return nil
			}
			return compareRoom(c.Referral.VolumeUnit, use.MonthRoom, use.Month)
		},
	},
	{
		Code: billing.V02, Severity: billing.Reject, IJW: "9322", Source: "iJw",
		Title:   text("De zorg past in de hele toewijzing.", "The care fits the whole referral."),
		Message: text("Toewijzing {1} heeft in totaal ruimte voor {2:qty}; {3:qty} is al gebruikt en {4:qty} past niet meer.", "Referral {1} has room for {2:qty} in total; {3:qty} has been used and {4:qty} no longer fits."),
		Remedy:  text("Vraag een ruimere toewijzing aan of corrigeer het aantal.", "Ask for a larger referral or correct the quantity."),
		Room: func(c *billing.Case, use *billing.Usage) ([]string, bool) {
			room, limited := c.Referral.WholeRoom()
			used := use.Used(c)
			if !limited || used+c.Record.Quantity <= room {
				return nil, true
			}
			unit := c.Record.Unit
			return []string{c.Referral.Number, quantity(room, unit), quantity(used, unit), quantity(c.Record.Quantity, unit)}, false
		},
		Compare: func(c *billing.Case, use *billing.RoomUse) []billing.Compared {
			if use == nil || !use.WholeLimited {
				return nil
			}
			return compareRoom(c.Referral.VolumeUnit, use.WholeRoom, use.Whole)
		},
	},
	{
		Code: billing.V03, Severity: billing.Reject, IJW: "9369", Source: "iJw",
		Title:   text("De zorg past in het budget van de toewijzing.", "The care fits within the budget of the referral."),
		Message: text("Toewijzing {1} heeft een budget van {2:eur}; {3:eur} is al gebruikt en {4:eur} past niet meer.", "Referral {1} has a budget of {2:eur}; {3:eur} has been used and {4:eur} no longer fits."),
		Remedy:  text("Vraag een ruimer budget aan of corrigeer het aantal.", "Ask for a larger budget or correct the quantity."),
		Room: func(c *billing.Case, use *billing.Usage) ([]string, bool) {
			if !c.Referral.HasBudget {
				return nil, true
			}
			cost := c.Cost()
			spent := use.Spent(c)
			if spent+cost <= int64(c.Referral.Budget)*billing.BudgetScale {
				return nil, true
			}
			return []string{c.Referral.Number, cents(c.Referral.Budget), inCents(spent), inCents(cost)}, false
		},
		Compare: func(c *billing.Case, use *billing.RoomUse) []billing.Compared {
			if use == nil || !c.Referral.HasBudget {
				return nil
			}
			return []billing.Compared{shown("budget", "budget", "eur", cents(c.Referral.Budget)), shown("gedeclareerd", "declared", "eur", cents(use.Spent))}
		},
	},
}
