package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// LineTotal adds up declared lines.
type LineTotal struct {
	Period       int32  `db:"period"`
	Municipality string `db:"municipality"`
	Provider     string `db:"provider"`
	Product      string `db:"product"`
	Unit         int    `db:"unit"`
	CareMonth    int32  `db:"care_month"`
	Kind         string `db:"kind"`
	Lines        int    `db:"line_count"`
	Quantity     int64  `db:"quantity"`
	Amount       int64  `db:"amount"`
}

const lineTotals = "SELECT period, municipality, provider, product, unit, care_month, kind, count(*) AS line_count, " +
	"CAST(sum(CASE WHEN kind = 'credit' THEN -quantity ELSE quantity END) AS BIGINT) AS quantity, CAST(sum(amount) AS BIGINT) AS amount FROM lines "

const lineTotalsGrouped = " GROUP BY period, municipality, provider, product, unit, care_month, kind" +
	" ORDER BY period, municipality, provider, product, unit, care_month, kind"

// LineTotals gives the totals of a run's declaration, credits as negative quantities.
func (s *Store) LineTotals(ctx context.Context, run Run) ([]LineTotal, error) {
	var totals []LineTotal
	err := s.db.SelectContext(ctx, &totals, s.dialect.bind(lineTotals+
		"WHERE period = ? AND first_run <= ? AND (last_run = 0 OR last_run >= ?)"+lineTotalsGrouped), run.Period, run.ID, run.ID)
	return totals, err
}

// ClosedTotals gives the totals of the declarations of the closed periods before a period.
func (s *Store) ClosedTotals(ctx context.Context, before billing.Period) ([]LineTotal, error) {
	var totals []LineTotal
	err := s.db.SelectContext(ctx, &totals, s.dialect.bind(lineTotals+"WHERE sequence > 0 AND period < ?"+lineTotalsGrouped), int32(before))
	return totals, err
}

// RowTotal counts rows of a run by outcome.
type RowTotal struct {
	Outcome      billing.Outcome `db:"outcome"`
	Municipality string          `db:"municipality"`
	Provider     string          `db:"provider"`
	Codes        string          `db:"codes"`
	Unit         int             `db:"unit"`
	Price        int64           `db:"price"`
	Rows         int             `db:"row_count"`
	Quantity     int64           `db:"quantity"` // of each
}

// RowTotals counts the rows of a report (see ReportRow) by outcome, municipality, provider, codes, unit, price and
// quantity: fine enough to add up amounts that are rounded by row, coarse enough to hold.
func (s *Store) RowTotals(ctx context.Context, run Run, closed, lastFile int64) ([]RowTotal, error) {
	var totals []RowTotal
	err := s.db.SelectContext(ctx, &totals, s.dialect.bind(
		"SELECT o.outcome, o.municipality, r.provider, o.codes, r.unit, o.price, r.quantity, count(*) AS row_count "+
			"FROM outcomes o JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id "+
			"LEFT JOIN outcomes p ON p.bsn = o.bsn AND p.record_id = o.record_id AND p.first_run <= ? AND (p.last_run = 0 OR p.last_run >= ?) "+
			"WHERE o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?) AND (r.file_id > ? OR o.outcome = ? OR o.open_holds <> '' OR coalesce(p.outcome, 0) <> o.outcome) "+
			"GROUP BY o.outcome, o.municipality, r.provider, o.codes, r.unit, o.price, r.quantity "+
			"ORDER BY o.outcome, o.municipality, r.provider, o.codes, r.unit, o.price, r.quantity"),
		closed, closed, run.ID, run.ID, lastFile, int(billing.Held))
	return totals, err
}

const notTakenBack = "file_id IN (SELECT id FROM files WHERE withdrawn = 0)"

// SendersAfter gives the providers of whom any row came in the files after the one with that number.
func (s *Store) SendersAfter(ctx context.Context, lastFile int64) ([]string, error) {
	var providers []string
	err := s.db.SelectContext(ctx, &providers, s.dialect.bind(
		"SELECT DISTINCT provider FROM records WHERE file_id > ? AND state <> 3 UNION SELECT DISTINCT provider FROM again WHERE file_id > ? AND "+notTakenBack+" ORDER BY provider"),
		lastFile, lastFile)
	return providers, err
}

// ReceivedAfter counts, by provider, the rows that came in the files after the one with that number.
func (s *Store) ReceivedAfter(ctx context.Context, lastFile int64) (map[string]int, error) {
	rows, err := s.db.QueryxContext(ctx, s.dialect.bind(
		"SELECT provider, CAST(sum(row_count) AS BIGINT) FROM (SELECT provider, count(*) AS row_count FROM records WHERE file_id > ? AND state <> 3 GROUP BY provider "+
			"UNION ALL SELECT provider, sum(row_count) AS row_count FROM again WHERE file_id > ? AND "+notTakenBack+" GROUP BY provider) AS rows_received GROUP BY provider"),
		lastFile, lastFile)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	received := make(map[string]int)
	for rows.Next() {
		var provider string
		var count int
		if err := rows.Scan(&provider, &count); err != nil {
			return nil, err
		}
		received[provider] = count
	}
	return received, rows.Err()
}
