package report

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Gap tells why a declaration does not come to what its rows that are accepted come to: the first four together are
// the last.
type Gap struct {
	Accepted       billing.Money // rows of the report, rounded by row
	DeclaredBefore billing.Money // of them, declared in a closed period and in the report for a hold found later; negative
	Changed        billing.Money // credits of care that was declared before, less what of it is declared anew
	Rounding       billing.Money // by line and not by row, and to whole hours
	Declared       billing.Money
}

// newGap returns the gap, of which the rounding is what nothing else explains.
func newGap(accepted, declaredBefore, changed, declared billing.Money) Gap {
	return Gap{accepted, -declaredBefore, changed, declared - (accepted - declaredBefore + changed), declared}
}

// declaredBefore adds up the rows that are accepted as they were at the last close.
func declaredBefore(rows []ledger.RowTotal) billing.Money {
	sum := billing.Money(0)
	for i := range rows {
		if row := &rows[i]; row.Outcome == billing.Accepted && row.Before == billing.Accepted {
			sum += row.Amount()
		}
	}
	return sum
}
