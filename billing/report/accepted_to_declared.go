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

// newGap returns the gap; the rounding is what nothing else explains. Care of months that are frozen is not taken back.
func newGap(rows []ledger.RowTotal, recounted []ledger.Recounted, declared billing.Money) Gap {
	gap := Gap{Declared: declared}
	for i := range rows {
		row := &rows[i]
		if row.Outcome != billing.Accepted {
			continue
		}
		gap.Accepted += row.Amount()
		if row.Before == billing.Accepted {
			gap.DeclaredBefore -= row.Amount()
		}
	}
	for _, row := range recounted {
		change := -row.PriceBefore.Times(row.Quantity, row.Unit)
		if row.Outcome == billing.Accepted {
			change += row.Price.Times(row.Quantity, row.Unit)
		}
		gap.Changed += billing.Money(row.Rows) * change
	}
	gap.Rounding = declared - gap.Accepted - gap.DeclaredBefore - gap.Changed
	return gap
}
