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
	Changed        billing.Money // rows declared before that count no longer, also where another took their place, or at another price
	Rounding       billing.Money // by line and not by row, and to whole hours
	Declared       billing.Money
}

// add adds rows.
func (g *Gap) add(of ledger.RowTotals) {
	for i := range of.Rows {
		row := &of.Rows[i]
		if row.Outcome != billing.Accepted {
			continue
		}
		g.Accepted += row.Amount
		if row.Before == billing.Accepted {
			g.DeclaredBefore -= row.Amount
		}
	}
	g.Changed += of.Changed
}

// settle fills in the rounding when that much was declared: it is what nothing else explains.
func (g *Gap) settle(declared billing.Money) {
	g.Declared = declared
	g.Rounding = declared - g.Accepted - g.DeclaredBefore - g.Changed
}
