package report

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// Remaining counts the records that a close leaves for the next period; amounts are rounded by record.
type Remaining struct {
	Held    Sum // records that need a decision
	Pending Sum // care of later months
}

// Remaining returns the records that the last run left for the next period, whenever they came in.
func (r *Reporter) Remaining(ctx context.Context) (*Remaining, error) {
	rows, err := r.Store.RemainingRows(ctx)
	if err != nil {
		return nil, err
	}
	going := &Remaining{}
	for i := range rows {
		if row := &rows[i]; row.Outcome == billing.Held {
			going.Held.add(row.Rows, row.Amount)
		} else {
			going.Pending.add(row.Rows, row.Amount)
		}
	}
	return going, nil
}
