package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// Spending is what the lines of one provider, product, municipality and first care date come to.
type Spending struct {
	Provider     string       `db:"provider"`
	Product      string       `db:"product"`
	Municipality string       `db:"municipality"`
	First        billing.Date `db:"first_date"`
	CareMonth    int32        `db:"care_month"`
	Amount       int64        `db:"amount"`
}

const (
	spendings        = "SELECT provider, product, municipality, first_date, care_month, CAST(sum(amount) AS BIGINT) AS amount FROM lines WHERE care_month >= ? AND "
	spendingsGrouped = " GROUP BY provider, product, municipality, first_date, care_month ORDER BY provider, product, municipality, first_date, care_month"
)

// Spendings gives the declared amounts of the care months from first on, what is open in the current period included.
func (t *Tx) Spendings(ctx context.Context, first billing.Period, period billing.Period) ([]Spending, error) {
	var found []Spending
	err := t.SelectContext(ctx, &found, t.store.dialect.bind(spendings+"last_run = 0 AND (sequence > 0 OR period = ?)"+spendingsGrouped),
		int32(first), int32(period))
	return found, err
}

// Spendings gives the declared amounts of the care months from first on as a run left them: its own declaration and
// the closed ones before it.
func (s *Store) Spendings(ctx context.Context, run Run, first billing.Period) ([]Spending, error) {
	var found []Spending
	err := s.db.SelectContext(ctx, &found, s.dialect.bind(spendings+"(sequence > 0 AND period < ? OR period = ? AND first_run <= ? AND (last_run = 0 OR last_run >= ?))"+
		spendingsGrouped), int32(first), run.Period, run.Period, run.ID, run.ID)
	return found, err
}

// FirstCareMonth gives the earliest care month in the open declaration of a period; the period itself when
// there is none earlier.
func (t *Tx) FirstCareMonth(ctx context.Context, period billing.Period) (billing.Period, error) {
	var month int32
	err := t.GetContext(ctx, &month, t.store.dialect.bind(
		"SELECT coalesce(min(care_month), ?) FROM lines WHERE period = ? AND last_run = 0"), int32(period), int32(period))
	return min(billing.Period(month), period), err
}
