package rules

import "github.com/pxq-nl/pxq/billing"

// ageRules check the client's age on the care date against the Jeugdwet.
var ageRules = []billing.Rule{
	{
		Code: billing.A01, Severity: billing.Hold, Source: "Jw", TellsReferral: true, After: noReferral,
		Title:   text("De cliënt is jonger dan de leeftijdsgrens, of heeft verlengde jeugdhulp.", "The client is under the age limit, or has extended youth care."),
		Message: text("De cliënt is op {1:date} {2} jaar; de grens voor dit product is {3} jaar.", "The client is {2} years old on {1:date}; the limit for this product is {3}."),
		Remedy:  text("Leg verlengde jeugdhulp vast in de toewijzing, of beslis per regel.", "Record extended youth care in the referral, or decide on each record."),
		Record: func(c *billing.Case) {
			age, known := ageOf(c)
			limit := c.Product.AgeLimitOrDefault()
			if known && age >= limit && age < c.Judge.Policy.AgeMaximum && !c.Referral.ExtendedYouthCare {
				c.Find(billing.FieldDate, c.Record.First.String(), itoa(age), itoa(limit))
			}
		},
		Compare: compareAge(func(c *billing.Case) int { return c.Product.AgeLimitOrDefault() }),
	},
	{
		Code: billing.A02, Severity: billing.Reject, Source: "Jw", TellsReferral: true, After: noReferral,
		Title:   text("De cliënt is jonger dan 23.", "The client is under 23."),
		Message: text("De cliënt is op {1:date} {2} jaar; vanaf {3} jaar is er geen jeugdhulp.", "The client is {2} years old on {1:date}; there is no youth care from the age of {3}."),
		Remedy:  text("Controleer BSN en geboortedatum; anders is de Jeugdwet niet van toepassing.", "Check the BSN and the birth date; if they are right, the Youth Act does not apply."),
		Record: func(c *billing.Case) {
			if age, known := ageOf(c); known && age >= c.Judge.Policy.AgeMaximum {
				c.Find(billing.FieldDate, c.Record.First.String(), itoa(age), itoa(c.Judge.Policy.AgeMaximum))
			}
		},
		Compare: compareAge(func(c *billing.Case) int { return c.Judge.Policy.AgeMaximum }),
	},
}

func ageOf(c *billing.Case) (age int, known bool) {
	birth := c.BirthDate()
	if birth.IsZero() {
		return 0, false
	}
	return birth.AgeOn(c.Record.First), true
}
