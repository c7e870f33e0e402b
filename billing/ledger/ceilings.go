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

// Spendings gives the declared amounts of the care months of the calendar years from that of first on, what
// is open in the current period included.
func (t *Tx) Spendings(ctx context.Context, first billing.Period, period billing.Period) ([]Spending, error) {
	var spendings []Spending
	err := t.SelectContext(ctx, &spendings, t.store.dialect.bind(
		"SELECT provider, product, municipality, first_date, care_month, CAST(sum(amount) AS BIGINT) AS amount FROM lines "+
			"WHERE last_run = 0 AND care_month >= ? AND (sequence > 0 OR period = ?) GROUP BY provider, product, municipality, first_date, care_month "+
			"ORDER BY provider, product, municipality, first_date, care_month"), int32(first), int32(period))
	return spendings, err
}

// FirstCareMonth gives the earliest care month in the open declaration of a period; the period itself when
// there is none earlier.
func (t *Tx) FirstCareMonth(ctx context.Context, period billing.Period) (billing.Period, error) {
	var month int32
	err := t.GetContext(ctx, &month, t.store.dialect.bind(
		"SELECT coalesce(min(care_month), ?) FROM lines WHERE period = ? AND last_run = 0"), int32(period), int32(period))
	return min(billing.Period(month), period), err
}
