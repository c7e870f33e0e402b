package ledger

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// waiting is the condition on outcomes of rows that are held or ask for a decision, written as the index of such
// outcomes is.
const waiting = "(outcome = 'held' OR open_holds <> '')"

// asking is the condition on outcomes with a hold that asks for a decision in a run; its two parameters are the
// number of that run, twice.
const asking = waiting + " AND open_holds <> '' AND first_run <= ? AND (last_run = 0 OR last_run >= ?)"

// HeldSince returns, for every row with a hold that asks for a decision in the run, by its number, the run since
// which each of its holds has been open without a break.
func (v *view) HeldSince(ctx context.Context, run Run) (map[int64]map[billing.Code]int64, error) {
	since := make(map[int64]map[billing.Code]int64)
	err := v.each(ctx, "SELECT o.record_id, o.first_run, o.last_run, o.open_holds FROM (SELECT bsn, record_id FROM outcomes WHERE "+asking+") AS h "+
		"JOIN outcomes o ON o.bsn = h.bsn AND o.record_id = h.record_id WHERE o.open_holds <> '' AND o.first_run <= ? ORDER BY o.record_id, o.first_run DESC",
		[]any{run.ID, run.ID, run.ID}, func(scan scanner) error {
			var record, first, last int64
			var open []billing.Code
			if err := scan(&record, &first, &last, codesIn(&open)); err != nil {
				return err
			}
			current := last == 0 || last >= run.ID
			if current {
				since[record] = make(map[billing.Code]int64)
			}
			for _, code := range open {
				if known, ok := since[record][code]; current || ok && known == last+1 {
					since[record][code] = first
				}
			}
			return nil
		})
	return since, err
}

// ReferralUse is what the accepted rows of one care date and unit use of a referral.
type ReferralUse struct {
	Referral string
	Date     billing.Date
	Unit     billing.Unit
	Quantity billing.Quantity
	Spent    int64 // price × quantity: cents × hundredths of a minute or of a day-part
}

// EachReferralUse visits what is used, in a run, of the referrals of every row with a hold that asks for a decision.
// CROSS JOIN makes SQLite begin with the clients that have such rows.
func (v *view) EachReferralUse(ctx context.Context, run Run, visit func(*ReferralUse)) error {
	return v.each(ctx, "SELECT o.referral, r.care_date, r.unit, CAST(sum(r.quantity) AS BIGINT), CAST(sum(o.price * r.quantity) AS BIGINT) "+
		"FROM outcomes o CROSS JOIN records r WHERE o.bsn IN (SELECT bsn FROM outcomes WHERE "+asking+") AND r.bsn = o.bsn AND r.id = o.record_id "+
		"AND o.outcome = 'accepted' AND "+standing("o")+" AND o.referral IN (SELECT referral FROM outcomes WHERE referral <> '' AND "+asking+") "+
		"GROUP BY o.referral, r.care_date, r.unit ORDER BY o.referral, r.care_date, r.unit",
		[]any{run.ID, run.ID, run.ID, run.ID, run.ID, run.ID}, func(scan scanner) error {
			var use ReferralUse
			err := scan(&use.Referral, &use.Date, unitIn(&use.Unit), &use.Quantity, &use.Spent)
			visit(&use)
			return err
		})
}

// HeldTotal counts held records that are alike: each has this quantity at this price, so that what they come to
// is Records times the amount of one, which is rounded.
type HeldTotal struct {
	Outcome      billing.Outcome // held, or accepted: declared, and a hold was found on it later
	Municipality string
	Provider     string
	Product      string
	Unit         billing.Unit
	CareMonth    billing.Period
	Price        billing.Price
	Quantity     billing.Quantity // of each
	Records      int
}

// waitingIn is which rows a run held, or asks a decision for, that have their care date between two days.
const waitingIn = " FROM (SELECT * FROM outcomes WHERE " + waiting + ") AS o JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id " +
	"WHERE o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?) AND r.care_date >= ? AND r.care_date <= ?"

// HeldTotals counts the records of the care months from first to last that a run left held, and those that it left
// accepted, because they were declared before, but asks a decision for.
func (v *view) HeldTotals(ctx context.Context, run Run, first, last billing.Period) ([]HeldTotal, error) {
	totals := make(map[HeldTotal]int)
	err := v.each(ctx, "SELECT o.outcome, o.municipality, r.provider, o.product, r.unit, r.care_date, o.price, r.quantity"+waitingIn,
		[]any{run.ID, run.ID, int32(first.First()), int32(last.Last())}, func(scan scanner) error {
			var t HeldTotal
			var date billing.Date
			err := scan(outcomeIn(&t.Outcome), &t.Municipality, &t.Provider, &t.Product, unitIn(&t.Unit), &date, &t.Price, &t.Quantity)
			t.CareMonth = date.Period()
			totals[t]++
			return err
		})
	list := make([]HeldTotal, 0, len(totals))
	for total, records := range totals {
		total.Records = records
		list = append(list, total)
	}
	return list, err
}

// WaitingClients counts the clients with care in the months from first to last of whom something changed since
// they were last judged.
func (v *view) WaitingClients(ctx context.Context, first, last billing.Period) (int, error) {
	count, err := v.number(ctx, "SELECT count(*) FROM clients c WHERE c.changed = 1 AND EXISTS "+
		"(SELECT 1 FROM records r WHERE r.bsn = c.bsn AND r.care_date >= ? AND r.care_date <= ?)", int32(first.First()), int32(last.Last()))
	return int(count), err
}

// CareYears returns the years of which there is care that was declared, or that a run declares or holds, in order.
func (v *view) CareYears(ctx context.Context, run Run) ([]int, error) {
	var months, days []int32
	err := v.list(ctx, &months, "SELECT DISTINCT care_month FROM lines WHERE sequence > 0 OR (period = ? AND "+standing("lines")+")", run.Period, run.ID, run.ID)
	if err != nil {
		return nil, err
	}
	if err := v.list(ctx, &days, "SELECT DISTINCT r.care_date"+waitingIn, run.ID, run.ID, 1, int32(billing.NewDate(9999, 12, 31))); err != nil {
		return nil, err
	}
	var years []int
	for _, month := range months {
		years = append(years, billing.Period(month).Year())
	}
	for _, day := range days {
		years = append(years, billing.Date(day).Period().Year())
	}
	slices.Sort(years)
	return slices.Compact(years), nil
}
