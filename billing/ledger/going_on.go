package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// RowsGoingOn counts the rows that the last run left held, and those that it left pending, by unit, price and quantity:
// they go on to the next period.
func (v *view) RowsGoingOn(ctx context.Context) ([]RowTotal, error) {
	const of = "SELECT o.outcome, r.unit, o.price, r.quantity, count(*) FROM "
	const counted = " CROSS JOIN records r WHERE r.bsn = o.bsn AND r.id = o.record_id AND o.last_run = 0 AND o.outcome = "
	const by = " GROUP BY o.outcome, r.unit, o.price, r.quantity"
	var totals []RowTotal
	add := func(scan scanner) error {
		var t RowTotal
		err := scan(outcomeIn(&t.Outcome), unitIn(&t.Unit), &t.Price, &t.Quantity, &t.Rows)
		totals = append(totals, t)
		return err
	}
	err := v.each(ctx, of+"(SELECT * FROM outcomes WHERE "+waiting+") AS o"+counted+"'held'"+by, nil, add)
	if err != nil {
		return nil, err
	}
	// Whoever has a pending record is to be judged again, so that SQLite, which keeps to the order of a CROSS JOIN,
	// reads the outcomes of no others.
	err = v.each(ctx, of+"clients c CROSS JOIN outcomes o"+counted+"'pending' AND o.bsn = c.bsn AND (c.changed = 1 OR c.undeclared = 1)"+by, nil, add)
	return totals, err
}

// Amount returns price × quantity of each of the rows, rounded by row and added up.
func (t *RowTotal) Amount() billing.Money {
	return billing.Money(t.Rows) * t.Price.Times(t.Quantity, t.Unit)
}
