package rules

import "github.com/pxq-nl/pxq/billing"

// durationRules check care against the maximum duration of its product, over the client's chain of referrals.
var durationRules = []billing.Rule{
	{
		Code: billing.D01, Severity: billing.Hold, Source: "S2, S4", TellsReferral: true, After: billing.Codes(billing.R01, billing.R02),
		Title:   text("De zorg valt binnen de maximale duur van het product.", "The care falls within the product's maximum duration."),
		Message: text("Het traject begon op {1:date}; na {2} maanden was {3:date} de laatste dag. De zorgdatum is {4:date}.", "The care trajectory began on {1:date}; after {2} months, {3:date} was the last day. The care date is {4:date}."),
		Remedy:  text("Leg een besluit tot verlenging vast in de toewijzing (Max duur verlengd tot), of beslis per regel.", "Record the decision to extend in the referral (Max duur verlengd tot), or decide on each record."),
		// The trajectory may have begun with another provider's referral.
		Provider: billing.ProviderText{Message: text("De maximale duur was bereikt op {3:date}, de laatste dag daarbinnen; de zorgdatum is {4:date}.", "The maximum duration was reached on {3:date}, the last day within it; the care date is {4:date}.")},
		Record:   withinMaximum,
		Compare: onReferral(func(c *billing.Case) []billing.Compared {
			last := c.LastDayInside()
			if last.IsZero() {
				return nil
			}
			return []billing.Compared{shown("laatste dag binnen de maximale duur", "last day within the maximum duration", "date", last.String()), lastCareDate(c)}
		}),
	},
	{
		Code: billing.D02, Severity: billing.Signal, Source: "S2, S4", About: billing.AboutReferral,
		Title:    text("Een toewijzing is niet langer gepland dan de maximale duur.", "A referral is not planned beyond the maximum duration."),
		Message:  text("Toewijzing {1} is gepland tot en met {2:date}; de laatste dag binnen de maximale duur is {3:date}.", "Referral {1} is planned up to and including {2:date}; the last day within the maximum duration is {3:date}."),
		Remedy:   text("Pas de einddatum aan of besluit tijdig over verlenging.", "Change the end date or decide on an extension in time."),
		Provider: billing.ProviderText{Remedy: text("Bespreek op tijd met de gemeente of verlenging nodig is.", "Discuss with the municipality in good time whether an extension is needed.")},
		Referral: plannedWithin,
	},
	{
		Code: billing.D03, Severity: billing.Signal, Source: "own", About: billing.AboutReferral, NamesOthers: true,
		Title:    text("De maximale duur loopt niet binnenkort af.", "The maximum duration does not end soon."),
		Message:  text("Toewijzing {1} bereikt op {2:date} de maximale duur.", "Referral {1} reaches the maximum duration on {2:date}."),
		Remedy:   text("Bespreek afronding, overdracht of verlenging.", "Discuss completion, handover or extension."),
		Referral: endsSoon,
	},
}

func withinMaximum(c *billing.Case) {
	last := c.LastDayInside()
	if last.IsZero() || c.Record.LastDay() <= last || c.Record.LastDay() <= c.Referral.ExtendedTo {
		return
	}
	c.Find(billing.FieldDate, c.TrajectoryStart().String(), itoa(c.Judge.Book.MaxMonths(c.Product)), last.String(), c.Record.LastDay().String())
}

func plannedWithin(c *billing.Case) (values []string, found bool) {
	r, last := c.Referral, c.LastDayInside()
	if last.IsZero() || r.End <= last || r.End <= r.ExtendedTo {
		return nil, false
	}
	return []string{r.Number, r.End.String(), last.String()}, true
}

func endsSoon(c *billing.Case) (values []string, found bool) {
	last, period := c.LastDayInside(), c.Judge.Period
	if last <= period.Last() || last > period.Add(c.Judge.Policy.LookAheadMonths).Last() {
		return nil, false
	}
	return []string{c.Referral.Number, last.String()}, true
}
