package rules

import "github.com/pxq-nl/pxq/billing"

// timeRules are about when a record was declared. What was declared in a closed period is never late again.
var timeRules = []billing.Rule{
	{
		Code: billing.T01, Severity: billing.Reject, Source: "HvB", OnlyNew: true,
		Title:   text("Zorg wordt binnen de termijn aangeleverd.", "Care is submitted within the time limit."),
		Message: text("Voor het eerst aangeleverd op {1:date}; zorg van {2:month} kon tot en met {3:date}.", "First submitted on {1:date}; care in {2:month} could be submitted up to and including {3:date}."),
		Remedy:  text("Deze zorg kan niet meer gedeclareerd worden.", "This care can no longer be declared."),
		Record: func(c *billing.Case) {
			if last := lastDayToDeclare(c); c.Record.FirstReceived > last {
				c.Find(billing.FieldDate, c.Record.FirstReceived.String(), c.Record.CareMonth().String(), last.String())
			}
		},
		Compare: compare(value("eerst ontvangen", "first received", "date", func(c *billing.Case) string { return c.Record.FirstReceived.String() }), lastToDeclare),
	},
	{
		Code: billing.T04, Severity: billing.Hold, NotOf: billing.OfMessages, Source: "HvB", OnlyNew: true, After: billing.Codes(billing.T01),
		Title:   text("Na de termijn wordt een regel niet meer verhoogd.", "A record is not raised after the time limit."),
		Message: text("Deze versie kwam op {1:date}, na {2:date}, en {3:raise}.", "This version was received on {1:date}, after {2:date}, and {3:raise}."),
		Remedy:  text("Beoordeel of de verhoging nog betaald wordt.", "Decide whether the increase is still paid."),
		Record:  raisedLate,
		Compare: compare(value("deze versie", "this version", "date", func(c *billing.Case) string { return c.Record.Received.String() }), lastToDeclare),
	},
	{
		Code: billing.T02, Severity: billing.Signal, Source: "HvB", OnlyNew: true,
		Title:   text("De zorg is van de maand die gedeclareerd wordt.", "The care is from the month that is declared."),
		Message: text("Nagekomen zorg: van {1:month}, gedeclareerd in {2:month}.", "Late care: from {1:month}, declared in {2:month}."),
		Remedy:  text("Ter informatie: zorg die in de maand na levering binnenkomt, kan nog in haar eigen maand mee.", "For information: care received in the month after delivery can still be included in its own month."),
		Record: func(c *billing.Case) {
			if month := c.Record.CareMonth(); month < c.Judge.Period {
				c.Find(billing.FieldDate, month.String(), c.Judge.Period.String())
			}
		},
		Compare: compare(careMonth, value("periode", "period", "", func(c *billing.Case) string { return c.Judge.Period.String() })),
	},
	{
		Code: billing.T03, Severity: billing.Hold, Source: "own", OnlyNew: true, NoLift: true,
		Title:   text("De zorgmaand is niet bevroren.", "The care month is not frozen."),
		Message: text("Zorg van {1:month}; maanden voor {2:month} zijn bevroren.", "Care from {1:month}; months before {2:month} are frozen."),
		Remedy:  text("Declareer deze zorg in het systeem waarin die maanden zijn afgerekend.", "Declare this care in the system in which those months were settled."),
		Record: func(c *billing.Case) {
			if month := c.Record.CareMonth(); month < c.Judge.Policy.RecalculateFrom {
				c.Find(billing.FieldDate, month.String(), c.Judge.Policy.RecalculateFrom.String())
			}
		},
		Compare: compare(careMonth, value("bevroren voor", "frozen before", "", func(c *billing.Case) string { return c.Judge.Policy.RecalculateFrom.String() })),
	},
}

// lastDayToDeclare returns the last day of the late_months-th month after the care month.
func lastDayToDeclare(c *billing.Case) billing.Date {
	return c.Record.CareMonth().Add(c.Judge.Policy.LateMonths).Last()
}

func raisedLate(c *billing.Case) {
	r := c.Record
	last := lastDayToDeclare(c)
	if r.Ambiguous || r.Received <= last {
		return
	}
	switch {
	case !r.HasPrior:
		c.Find(billing.FieldQuantity, r.Received.String(), last.String(), "new")
	case r.PriorUnit != r.Unit || r.Quantity > r.PriorQuantity:
		c.Find(billing.FieldQuantity, r.Received.String(), last.String(), "raised")
	}
}
