package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// ReferralUse is what the accepted rows of one care date and unit use of a referral.
type ReferralUse struct {
	billing.ReferralOf
	Date     billing.Date
	Unit     billing.Unit
	Quantity billing.Quantity
	Spent    int64 // price × quantity: cents × hundredths of a minute or of a day-part
}

// EachReferralUse visits what is used, in a run, of the referrals of every row with a hold that asks for a decision.
// CROSS JOIN makes SQLite begin with the clients that have such rows.
func (v *view) EachReferralUse(ctx context.Context, run Run, visit func(*ReferralUse)) error {
	return v.each(ctx, "SELECT o.bsn, o.referral, r.care_date, r.unit, CAST(sum(r.quantity) AS BIGINT), CAST(sum(o.price * r.quantity) AS BIGINT) "+
		"FROM outcomes o CROSS JOIN records r WHERE o.bsn IN (SELECT bsn FROM outcomes WHERE "+asking+") AND r.bsn = o.bsn AND r.id = o.record_id "+
		"AND o.outcome = 'accepted' AND "+standing("o")+" AND o.referral IN (SELECT referral FROM outcomes WHERE referral <> '' AND "+asking+") "+
		"GROUP BY o.bsn, o.referral, r.care_date, r.unit ORDER BY o.bsn, o.referral, r.care_date, r.unit",
		[]any{run.ID, run.ID, run.ID, run.ID, run.ID, run.ID}, func(scan scanner) error {
			var use ReferralUse
			err := scan(&use.Client, &use.Number, &use.Date, unitIn(&use.Unit), &use.Quantity, &use.Spent)
			visit(&use)
			return err
		})
}
