package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// held is the condition on outcomes with a hold that asks for a decision in one run; its two parameters are the
// number of that run.
const held = "open_holds <> '' AND first_run <= ? AND (last_run = 0 OR last_run >= ?)"

// HeldSince gives, for every row with a hold that asks for a decision in the run, by its number, the run since
// which each of its holds has been open without a break.
func (s *Store) HeldSince(ctx context.Context, run Run) (map[int64]map[billing.Code]int64, error) {
	rows, err := s.db.QueryxContext(ctx, s.dialect.bind("SELECT record_id, first_run, last_run, open_holds FROM outcomes WHERE open_holds <> '' AND first_run <= ?"+
		" AND bsn IN (SELECT bsn FROM outcomes WHERE "+held+") ORDER BY record_id, first_run DESC"), run.ID, run.ID, run.ID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	since := make(map[int64]map[billing.Code]int64)
	for rows.Next() {
		var record, first, last int64
		var open string
		if err := rows.Scan(&record, &first, &last, &open); err != nil {
			return nil, err
		}
		current := last == 0 || last >= run.ID
		if current {
			since[record] = make(map[billing.Code]int64)
		}
		for _, code := range decodeCodes(open) {
			if known, ok := since[record][code]; current || ok && known == last+1 {
				since[record][code] = first
			}
		}
	}
	return since, rows.Err()
}

// ReferralUse is what the accepted rows of one care date and unit use of a referral.
type ReferralUse struct {
	Referral string       `db:"referral"`
	Date     billing.Date `db:"care_date"`
	Unit     billing.Unit `db:"unit"`
	Quantity int64        `db:"quantity"`
	Spent    int64        `db:"spent"` // price × quantity: cents × hundredths of a minute or of a day-part
}

// EachReferralUse visits what is used, in a run, of the referrals of every row with a hold that asks for a decision.
func (s *Store) EachReferralUse(ctx context.Context, run Run, visit func(*ReferralUse)) error {
	rows, err := s.db.QueryxContext(ctx, s.dialect.bind("SELECT o.referral, r.care_date, r.unit, CAST(sum(r.quantity) AS BIGINT) AS quantity, "+
		"CAST(sum(o.price * r.quantity) AS BIGINT) AS spent FROM outcomes o JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id "+
		"WHERE o.outcome = ? AND o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?) AND o.bsn IN (SELECT bsn FROM outcomes WHERE "+held+") "+
		"AND o.referral IN (SELECT referral FROM outcomes WHERE referral <> '' AND "+held+") "+
		"GROUP BY o.referral, r.care_date, r.unit ORDER BY o.referral, r.care_date, r.unit"),
		int(billing.Accepted), run.ID, run.ID, run.ID, run.ID, run.ID, run.ID)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var use ReferralUse
		if err := rows.StructScan(&use); err != nil {
			return err
		}
		visit(&use)
	}
	return rows.Err()
}
