package rules

import (
	"maps"

	"github.com/pxq-nl/pxq/billing"
)

// segmentRules look at the other care that a client receives.
var segmentRules = []billing.Rule{
	{
		Code: billing.S01, Severity: billing.Hold, Source: "S2", NamesOthers: true,
		Title:   text("Onder een segment dat alle zorg overneemt, wordt niets anders gedeclareerd.", "Nothing else is declared under a segment that takes over all care."),
		Message: text("Op {1:date} heeft de cliënt toewijzing {2} voor segment {3}, dat alle zorg overneemt.", "On {1:date} the client has referral {2} for segment {3}, which takes over all care."),
		Remedy:  text("Overleg met de coalitie van segment {3} wie deze zorg betaalt.", "Agree with the coalition of segment {3} who pays for this care."),
		Record:  takenOver,
	},
	{
		Code: billing.S03, Severity: billing.Signal, Source: "S4", NamesOthers: true,
		After:   billing.Codes(billing.R01, billing.R02, billing.R03, billing.R07, billing.R08, billing.R09),
		Title:   text("Twee aanbieders overlappen niet langer dan een warme overdracht.", "Two providers do not overlap for longer than a warm handover."),
		Message: text("Aanbieder {1} heeft met toewijzing {2} hetzelfde product voor deze cliënt; beide lopen sinds {3:date}, langer dan {4} maanden.", "Provider {1} has the same product for this client with referral {2}; both have been running since {3:date}, longer than {4} months."),
		Remedy:  text("Ga na of de overdracht is afgerond.", "Check that the handover has been completed."),
		Record:  parallelProvider,
	},
	{
		Code: billing.S02, Severity: billing.Hold, NotOf: billing.OfMessages, Source: "own", OnlyNew: true, // names nobody, so the provider may read it
		Title:   text("Een cliënt woont op een dag op één plaats.", "On any one day a client stays in one place."),
		Message: text("Op {1:date} is voor deze cliënt nog een vorm van verblijf aangeleverd, met een ander product of door een andere aanbieder.", "On {1:date} another form of residential care was submitted for this client, with a different product or by a different provider."),
		Remedy:  text("Stel vast waar de cliënt die dag verbleef en trek de andere regel in.", "Find out where the client stayed that day and withdraw the other row."),
		Client:  livesOnce,
	},
	{
		Code: billing.S04, Severity: billing.Signal, Source: "HvB", NamesOthers: true,
		Title:   text("Langdurige of intensieve hulp wordt tijdig voor segment 1 overwogen.", "Segment 1 is considered in good time for long-term or intensive help."),
		Message: text("Met deze regel krijgt de cliënt sinds {3:date} meer dan {2} uur en dagdelen {1:kind}.", "With this record the client has received more than {2} hours and day-parts of {1:kind} since {3:date}."),
		Remedy:  text("Overweeg segment 1.", "Consider segment 1."),
		Decided: muchHelp,
	},
}

func takenOver(c *billing.Case) {
	other := c.OtherReferral(func(_ *billing.Referral, product *billing.Product) bool {
		return product != nil && product.Segment != c.Product.Segment && c.Judge.Book.Segment(product.Segment).TakesOver
	})
	if other != nil {
		segment := c.Judge.Book.ProductOn(other.Product, c.Record.First).Segment
		c.Find(billing.FieldProduct, c.Record.First.String(), other.Number, segment)
	}
}

func parallelProvider(c *billing.Case) {
	var since billing.Date
	other := c.OtherReferral(func(referral *billing.Referral, product *billing.Product) bool {
		since = max(referral.Start, c.Referral.Start)
		return product != nil && product.Code == c.Product.Code && referral.Provider != c.Record.Provider &&
			c.Record.First >= since.AddMonths(c.Judge.Policy.HandoverMonths)
	})
	if other != nil {
		c.Find(billing.FieldReferral, other.Provider, other.Number, since.String(), itoa(c.Judge.Policy.HandoverMonths))
	}
}

func livesOnce(f *billing.ClientFile) {
	type place struct {
		provider string
		product  *billing.Product
	}
	places := make(map[billing.Date]place)
	twice := make(map[billing.Date]bool)
	eachStay(f, func(c *billing.Case) {
		here := place{c.Record.Provider, c.Product}
		if other, ok := places[c.Record.First]; ok && other != here {
			twice[c.Record.First] = true
		}
		places[c.Record.First] = here
	})
	if len(twice) == 0 {
		return
	}
	eachStay(f, func(c *billing.Case) {
		if twice[c.Record.First] {
			f.Find(c, billing.FieldProduct, c.Record.First.String())
		}
	})
}

// eachStay calls visit for the records that are NotRejected and whose product is a form of living.
func eachStay(f *billing.ClientFile, visit func(*billing.Case)) {
	for i := range f.Cases {
		if c := &f.Cases[i]; c.NotRejected() && c.Product.Residential {
			visit(c)
		}
	}
}

// muchHelp finds, for each kind of help, the record with which the client's accepted care passes the number of hours from
// which Segment 1 is to be considered. It counts in order from 1 January of the year before the period, and adds up hours
// and day-parts.
func muchHelp(f *billing.ClientFile) {
	from := billing.NewDate(f.Judge.Period.Year()-1, 1, 1)
	sums := helpAtRest(f, from)
	for i := range f.Cases {
		c := &f.Cases[i]
		if c.Outcome != billing.Accepted || c.Record.First < from || c.Product == nil {
			continue
		}
		kind := c.Product.Kind
		hours, counted := segment1Limit(f.Judge.Policy, kind)
		if !counted {
			continue
		}
		limit, before := int64(hours)*helpPerHour, sums[kind]
		sums[kind] = before + help(c.Record.Quantity, c.Record.Unit)
		if before <= limit && sums[kind] > limit && !f.PassedAtRest(kind) {
			f.Find(c, billing.NoField, kind.String(), itoa(hours), from.String())
		}
	}
}

// helpPerHour is the number of parts of an hour, or of a day-part, in which help is counted, so that both are whole numbers.
const helpPerHour = 6000

// help returns a quantity in parts of an hour or of a day-part (helpPerHour). A day-part counts as one hour here.
func help(quantity billing.Quantity, unit billing.Unit) int64 {
	return int64(quantity) * (helpPerHour / unit.PerWhole())
}

// helpAtRest adds up the help at rest, which comes before everything that was not declared. It requests the whole client
// (AskWhole) if otherwise the record that passed the limit cannot be found: when the declared ones pass it and none at rest
// did, or when one at rest did and another declared one is no longer accepted.
func helpAtRest(f *billing.ClientFile, from billing.Date) map[billing.Kind]int64 {
	sums := make(map[billing.Kind]int64)
	if !f.RestsInPart() {
		return sums
	}
	f.HelpAtRest(func(kind billing.Kind, month billing.Period, quantity billing.Quantity, unit billing.Unit) {
		if month.First() >= from {
			sums[kind] += help(quantity, unit)
		}
	})
	declared := maps.Clone(sums)
	for i := range f.Cases {
		if c := &f.Cases[i]; c.IsDeclared() && c.Product != nil {
			if kind := c.Product.Kind; c.Outcome != billing.Accepted && f.PassedAtRest(kind) {
				f.AskWhole()
			} else if c.Outcome == billing.Accepted && c.Record.First >= from {
				declared[kind] += help(c.Record.Quantity, c.Record.Unit)
			}
		}
	}
	for kind, sum := range declared {
		if hours, counted := segment1Limit(f.Judge.Policy, kind); counted && sum > int64(hours)*helpPerHour && !f.PassedAtRest(kind) {
			f.AskWhole()
		}
	}
	return sums
}

// segment1Limit returns the number of hours of a kind of help from which Segment 1 is to be considered; counted is
// false for kinds without such a number.
func segment1Limit(policy billing.Policy, kind billing.Kind) (hours int, counted bool) {
	switch kind {
	case billing.Begeleiding:
		return policy.Segment1Begeleiding, true
	case billing.Behandeling:
		return policy.Segment1Behandeling, true
	}
	return 0, false
}
