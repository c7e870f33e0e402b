package report

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// GoingOn is what a close leaves to the next period; amounts rounded by record.
type GoingOn struct {
	Held    Sum // records that wait for a decision
	Pending Sum // care of later months
}

// GoingOn returns what the last run left to the next period, whenever it came in.
func (r *Reporter) GoingOn(ctx context.Context) (*GoingOn, error) {
	rows, err := r.Store.RowsGoingOn(ctx)
	if err != nil {
		return nil, err
	}
	going := &GoingOn{}
	for i := range rows {
		if row := &rows[i]; row.Outcome == billing.Held {
			going.Held.add(row.Rows, row.Amount)
		} else {
			going.Pending.add(row.Rows, row.Amount)
		}
	}
	return going, nil
}
