package report

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Gap explains the difference between the accepted rows and the declaration, in cents:
// Accepted + DeclaredBefore + Changed + Rounding = Declared.
type Gap struct {
	Accepted       billing.Money // accepted rows of the report, rounded by row
	DeclaredBefore billing.Money // those of them that were declared in a closed period and have a hold found since; negative
	Changed        billing.Money // declared rows that no longer count, were replaced or changed price
	Rounding       billing.Money // effect of rounding by line instead of by row, and to whole hours
	Declared       billing.Money
}

// add adds the totals of rows.
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

// settle sets Declared, and sets Rounding to the rest of the difference.
func (g *Gap) settle(declared billing.Money) {
	g.Declared = declared
	g.Rounding = declared - g.Accepted - g.DeclaredBefore - g.Changed
}
