package rules

import "github.com/pxq-nl/pxq/billing"

// ambiguityRules are about rows that cannot be told apart. They are judged last of the rules on one record.
var ambiguityRules = []billing.Rule{
	{
		Code: billing.U01, Severity: billing.Reject, OfCredit: true, IJW: "8021", Source: "iJw",
		Title:   text("Een regelnummer komt in een aanlevering met één inhoud voor.", "A reference has one content in a submission."),
		Message: text("Regelnummer {1} staat in deze aanlevering meer dan eens, met verschillende inhoud.", "Reference {1} is in this submission more than once, with different content."),
		Remedy:  text("Geef elke regel een eigen nummer, of lever alleen de juiste regel opnieuw aan.", "Give each row a number of its own, or send only the right row again."),
		Record:  oneContent,
	},
}

// identityRules are about which record a row is.
var identityRules = []billing.Rule{
	{
		Code: billing.U02, Severity: billing.Hold, NotOf: billing.OfMessages, Source: "own", OnlyNew: true,
		Title:   text("Dezelfde zorg is niet twee keer aangeleverd.", "The same care was not sent twice."),
		Message: text("Dezelfde zorg staat al onder regelnummer {1}.", "The same care is already there under reference {1}."),
		Remedy:  text("Trek de dubbele regel in (aantal 0), of bevestig dat er twee keer zorg is geleverd.", "Withdraw the double row (quantity 0), or confirm that care was delivered twice."),
		Client:  sameCareTwice,
	},
	{
		Code: billing.U07, Severity: billing.Signal, NotOf: billing.OfMessages, Source: "own", OnlyNew: true, After: billing.Codes(billing.U02),
		Title:   text("Zorg van één dag is uit elkaar te houden.", "Care of one day can be told apart."),
		Message: text("Op {2:date} is voor deze cliënt ook regelnummer {1} aangeleverd, en geen tijden of dagdelen houden de twee uit elkaar.", "On {2:date} reference {1} was sent for this client too, and no times or day-part labels tell the two apart."),
		Remedy:  text("Ga na of het dezelfde zorg is; vul voortaan begin- en eindtijd of het dagdeel in.", "Check whether it is the same care; fill in start and end time or the day-part label from now on."),
		Client:  careNotToldApart,
	},
}

// oneContent finds what was noted when the row was taken in: its file gave the reference another content too.
func oneContent(c *billing.Case) {
	if c.Record.Ambiguous {
		c.Find(billing.FieldReference, c.Record.Reference)
	}
}

// delivery is what two records share that are possibly the same care: provider, product and date; of the same client.
type delivery struct {
	provider, product string
	date              billing.Date
}

// eachWithEarlier visits every record that counts with the earlier ones in order, under other references, of the same
// delivery, until the visit returns true.
func eachWithEarlier(f *billing.ClientFile, visit func(c, earlier *billing.Case) bool) {
	if len(f.Cases) < 2 {
		return
	}
	before := make(map[delivery][]*billing.Case, len(f.Cases))
	for i := range f.Cases {
		c := &f.Cases[i]
		if !c.NotRejected() || c.Record.Prestatie != nil {
			continue
		}
		key := delivery{c.Record.Provider, c.Product.Code, c.Record.First}
		for _, earlier := range before[key] {
			if earlier.Record.Reference != c.Record.Reference && visit(c, earlier) {
				break
			}
		}
		before[key] = append(before[key], c)
	}
}

// sameCareTwice finds a record with the unit, the quantity, the start time and the day-part label of an earlier one; a
// start time or a label that one of the two lacks may have been left out.
func sameCareTwice(f *billing.ClientFile) {
	eachWithEarlier(f, func(c, earlier *billing.Case) bool {
		a, b := c.Record, earlier.Record
		same := a.Unit == b.Unit && a.Quantity == b.Quantity && (a.Start == b.Start || a.Start.IsZero() || b.Start.IsZero()) &&
			(a.Daypart == "" || b.Daypart == "" || billing.Fold(a.Daypart) == billing.Fold(b.Daypart))
		if same {
			f.Find(c, billing.FieldReference, b.Reference)
		}
		return same
	})
}

// careNotToldApart finds a record that nothing tells apart from an earlier one: they do not both have a start and an end
// time, and do not both have a day-part label.
func careNotToldApart(f *billing.ClientFile) {
	timed := func(r *billing.Record) bool { return !r.Start.IsZero() && !r.End.IsZero() }
	eachWithEarlier(f, func(c, earlier *billing.Case) bool {
		a, b := c.Record, earlier.Record
		toldApart := timed(a) && timed(b) || a.Daypart != "" && b.Daypart != ""
		if !toldApart {
			f.Find(c, billing.FieldReference, b.Reference, a.First.String())
		}
		return !toldApart
	})
}
