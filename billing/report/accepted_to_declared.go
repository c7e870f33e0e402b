package report

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Gap explains the difference between the accepted rows and the declaration, in cents:
// Accepted + DeclaredBefore + Changed + Rounding = Declared.
type Gap struct {
	Accepted       billing.Money // rows of the report, rounded by row
	DeclaredBefore billing.Money // of them, declared in a closed period already and in the report for a hold found since; negative
	Changed        billing.Money // care declared before that counts no longer, or at another price
	Rounding       billing.Money // by line and not by row, and to whole hours
	Declared       billing.Money
}

// add counts rows so many times. Care of months that are frozen is not taken back.
func (g *Gap) add(of ledger.RowCounts, times billing.Money) {
	for i := range of.Totals {
		row := &of.Totals[i]
		if row.Outcome != billing.Accepted {
			continue
		}
		g.Accepted += times * row.Amount()
		if row.Before == billing.Accepted {
			g.DeclaredBefore -= times * row.Amount()
		}
	}
	for _, row := range of.Recounted {
		change := -row.PriceBefore.Times(row.Quantity, row.Unit)
		if row.Outcome == billing.Accepted {
			change += row.Price.Times(row.Quantity, row.Unit)
		}
		g.Changed += times * billing.Money(row.Rows) * change
	}
}

// settle fills in the rounding when that much was declared: it is what nothing else explains.
func (g *Gap) settle(declared billing.Money) {
	g.Declared = declared
	g.Rounding = declared - g.Accepted - g.DeclaredBefore - g.Changed
}
