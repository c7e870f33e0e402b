package rules

import "github.com/pxq-nl/pxq/billing"

// ambiguityRules are about rows that cannot be told apart. They are judged last of the rules on one record.
var ambiguityRules = []billing.Rule{
	{
		Code: billing.U01, Severity: billing.Reject, IJW: "8021", Source: "iJw",
		Title:   text("Een regelnummer komt in een aanlevering met één inhoud voor.", "A reference has one content in a submission."),
		Message: text("Regelnummer {1} staat in deze aanlevering meer dan eens, met verschillende inhoud.", "Reference {1} is in this submission more than once, with different content."),
		Remedy:  text("Geef elke regel een eigen nummer, of lever alleen de juiste regel opnieuw aan.", "Give each row a number of its own, or send only the right row again."),
		Record:  oneContent,
	},
}

// identityRules are about which record a row is.
var identityRules = []billing.Rule{
	{
		Code: billing.U02, Severity: billing.Hold, Source: "own", OnlyNew: true,
		Title:   text("Dezelfde zorg is niet twee keer aangeleverd.", "The same care was not sent twice."),
		Message: text("Dezelfde zorg staat al onder regelnummer {1}.", "The same care is already there under reference {1}."),
		Remedy:  text("Trek de dubbele regel in (aantal 0), of bevestig dat er twee keer zorg is geleverd.", "Withdraw the double row (quantity 0), or confirm that care was delivered twice."),
		Client:  sameCareTwice,
	},
}

// oneContent finds what was noted when the row was taken in: its file gave the reference another content too.
func oneContent(c *billing.Case) {
	if c.Record.Ambiguous {
		c.Find(billing.FieldReference, c.Record.Reference)
	}
}

// care is what makes two records possibly the same care.
type care struct {
	provider, product, daypart string
	date                       billing.Date
	unit                       billing.Unit
	quantity                   billing.Quantity
	start                      billing.Clock
}

func sameCareTwice(f *billing.ClientFile) {
	if len(f.Cases) < 2 {
		return
	}
	first := make(map[care]*billing.Case, len(f.Cases))
	for i := range f.Cases {
		c := &f.Cases[i]
		if !c.NotRejected() {
			continue
		}
		r := c.Record
		key := care{r.Provider, c.Product.Code, billing.Fold(r.Daypart), r.First, r.Unit, r.Quantity, r.Start}
		if earlier := first[key]; earlier == nil {
			first[key] = c
		} else if earlier.Record.Reference != r.Reference {
			f.Find(c, billing.FieldReference, earlier.Record.Reference)
		}
	}
}
