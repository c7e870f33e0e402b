package rules

import "github.com/pxq-nl/pxq/billing"

// identityRules are about which record a row is.
var identityRules = []billing.Rule{
	{
		Code: billing.U01, Severity: billing.Reject, IJW: "8021", Source: "iJw",
		Title:   text("Een regelnummer komt in een aanlevering met één inhoud voor.", "A reference has one content in a submission."),
		Message: text("Regelnummer {1} staat in deze aanlevering meer dan eens, met verschillende inhoud.", "Reference {1} is in this submission more than once, with different content."),
		Remedy:  text("Geef elke regel een eigen nummer, of lever alleen de juiste regel opnieuw aan.", "Give each row a number of its own, or send only the right row again."),
	},
	{
		Code: billing.U02, Severity: billing.Hold, Source: "own", OnlyNew: true,
		Title:   text("Dezelfde zorg is niet twee keer aangeleverd.", "The same care was not sent twice."),
		Message: text("Dezelfde zorg staat al onder regelnummer {1}.", "The same care is already there under reference {1}."),
		Remedy:  text("Trek de dubbele regel in (aantal 0), of bevestig dat er twee keer zorg is geleverd.", "Withdraw the double row (quantity 0), or confirm that care was delivered twice."),
		Client:  sameCareTwice,
	},
}

// care is what makes two records possibly the same care.
type care struct {
	provider, product, daypart string
	date                       billing.Date
	unit                       billing.Unit
	quantity                   billing.Quantity
	start                      billing.Clock
}

func sameCareTwice(d *billing.ClientFile) {
	if len(d.Cases) < 2 {
		return
	}
	first := make(map[care]*billing.Case, len(d.Cases))
	for i := range d.Cases {
		c := &d.Cases[i]
		if !c.NotRejected() {
			continue
		}
		r := c.Record
		key := care{r.Provider, c.Product.Code, billing.Fold(r.Daypart), r.First, r.Unit, r.Quantity, r.Start}
		if earlier := first[key]; earlier == nil {
			first[key] = c
		} else if earlier.Record.Reference != r.Reference {
			d.Find(c, billing.FieldReference, earlier.Record.Reference)
		}
	}
}
