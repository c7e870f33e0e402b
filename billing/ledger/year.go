package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// YearTotals gives the totals of the final lines whose care month is one of those from first to last, by the
// period that declared them.
func (s *Store) YearTotals(ctx context.Context, first, last billing.Period) ([]LineTotal, error) {
	var totals []LineTotal
	err := s.db.SelectContext(ctx, &totals, s.dialect.bind( // no care is declared before its month
		lineTotals+"WHERE sequence > 0 AND period >= ? AND care_month >= ? AND care_month <= ?"+lineTotalsGrouped), int32(first), int32(first), int32(last))
	return totals, err
}

// PeriodTotals gives what the whole final declarations of the periods from first to last come to, whatever the
// care months in them: by period, municipality and provider. The other fields are empty.
func (s *Store) PeriodTotals(ctx context.Context, first, last billing.Period) ([]LineTotal, error) {
	var totals []LineTotal
	err := s.db.SelectContext(ctx, &totals, s.dialect.bind("SELECT period, municipality, provider, count(*) AS line_count, CAST(sum(amount) AS BIGINT) AS amount "+
		"FROM lines WHERE sequence > 0 AND period >= ? AND period <= ? GROUP BY period, municipality, provider ORDER BY period, municipality, provider"),
		int32(first), int32(last))
	return totals, err
}

// HeldTotal counts held records that are alike: each has this quantity at this price, so that what they come to
// is Records times the amount of one, which is rounded.
type HeldTotal struct {
	Outcome      billing.Outcome `db:"outcome"` // held, or accepted: declared, and a hold was found on it later
	Municipality string          `db:"municipality"`
	Provider     string          `db:"provider"`
	Product      string          `db:"product"`
	Unit         int             `db:"unit"`
	CareMonth    int32           `db:"care_month"`
	Price        int64           `db:"price"`
	Quantity     int64           `db:"quantity"` // of each
	Records      int             `db:"row_count"`
}

// heldIn is which rows a run held, or asks a decision for, that have their care date between two days.
const heldIn = " FROM outcomes o JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id " +
	"WHERE (o.outcome = ? OR o.open_holds <> '') AND o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?) AND r.care_date >= ? AND r.care_date <= ?"

// HeldTotals counts the records of the care months from first to last that a run left held, and those that it left
// accepted, because they were declared before, but asks a decision for.
func (s *Store) HeldTotals(ctx context.Context, run Run, first, last billing.Period) ([]HeldTotal, error) {
	const fields = "outcome, municipality, provider, product, unit, care_month, price, quantity"
	var totals []HeldTotal
	err := s.db.SelectContext(ctx, &totals, s.dialect.bind("SELECT "+fields+", count(*) AS row_count FROM (SELECT o.outcome, o.municipality, r.provider, o.product, r.unit, "+
		monthOf("r.care_date", first, last)+" AS care_month, o.price, r.quantity"+heldIn+") AS held GROUP BY "+fields+" ORDER BY "+fields),
		int(billing.Held), run.ID, run.ID, int32(first.First()), int32(last.Last()))
	return totals, err
}

// monthOf writes the month of a day between first and last, in words that both databases know.
func monthOf(column string, first, last billing.Period) string {
	var months strings.Builder
	for month := first; month < last; month++ {
		fmt.Fprintf(&months, " WHEN %s <= %d THEN %d", column, month.Last(), month)
	}
	if months.Len() == 0 {
		return fmt.Sprint(int32(last))
	}
	return fmt.Sprintf("CASE%s ELSE %d END", months.String(), last)
}

// WaitingClients counts the clients with care in the months from first to last of whom something changed since
// they were last judged.
func (s *Store) WaitingClients(ctx context.Context, first, last billing.Period) (int, error) {
	var count int
	err := s.db.GetContext(ctx, &count, s.dialect.bind("SELECT count(*) FROM clients c WHERE c.changed = 1 AND EXISTS "+
		"(SELECT 1 FROM records r WHERE r.bsn = c.bsn AND r.care_date >= ? AND r.care_date <= ?)"), int32(first.First()), int32(last.Last()))
	return count, err
}

// CareYears gives the years of which there is care that was declared, or that a run declares or holds, in order.
func (s *Store) CareYears(ctx context.Context, run Run) ([]int, error) {
	var months []int32
	err := s.db.SelectContext(ctx, &months, s.dialect.bind(
		"SELECT DISTINCT care_month FROM lines WHERE sequence > 0 OR (period = ? AND first_run <= ? AND (last_run = 0 OR last_run >= ?))"), run.Period, run.ID, run.ID)
	if err != nil {
		return nil, err
	}
	var days []int32
	always := billing.NewDate(9999, 12, 31)
	if err := s.db.SelectContext(ctx, &days, s.dialect.bind("SELECT DISTINCT r.care_date"+heldIn), int(billing.Held), run.ID, run.ID, 1, int32(always)); err != nil {
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
