package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// ChainedLine is a final line with the hash that is stored with it.
type ChainedLine struct {
	billing.DeclaredLine
	Sequence int64
	LastRun  int64
	Hash     string
}

// EachChained visits the final lines of a period in their order.
func (s *Store) EachChained(ctx context.Context, period billing.Period, visit func(*ChainedLine) error) error {
	rows, err := s.db.QueryxContext(ctx, s.dialect.bind("SELECT "+lineFields+", last_run, hash FROM lines WHERE period = ? AND sequence > 0 ORDER BY sequence"), int32(period))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var line ChainedLine
		var firstRun int64
		if err := rows.Scan(&line.BSN, &firstRun, &line.Period, &line.Kind, &line.CareMonth, &line.Municipality, &line.Provider,
			&line.Referral, &line.Product, &line.Unit, &line.Quantity, &line.Price, &line.Amount, &line.Records, &line.First, &line.Sequence,
			&line.Original, &line.LastRun, &line.Hash); err != nil {
			return err
		}
		line.Number = Number(line.Period, line.Sequence)
		if err := visit(&line); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Contradictions counts what columns that may change say against what they follow from; each count has a name.
func (s *Store) Contradictions(ctx context.Context) (map[string]int, error) {
	counts := make(map[string]int)
	for name, statement := range contradictions {
		var count int
		if err := s.db.GetContext(ctx, &count, s.dialect.bind(statement)); err != nil {
			return nil, err
		}
		if count > 0 {
			counts[name] = count
		}
	}
	return counts, nil
}

// contradictions are counts that are all 0 in a sound store.
var contradictions = map[string]string{
	// Clients of whom something changed are judged in the next run, so their outcomes may lag behind.
	"records.state": "SELECT count(*) FROM records r JOIN outcomes o ON o.bsn = r.bsn AND o.record_id = r.id AND o.last_run = 0 " +
		"LEFT JOIN clients c ON c.bsn = r.bsn WHERE coalesce(c.changed, 0) = 0 AND r.state <> CASE o.outcome WHEN 5 THEN 1 WHEN 6 THEN 2 ELSE 0 END",
	"records.ambiguous": "SELECT count(*) FROM records r JOIN outcomes o ON o.bsn = r.bsn AND o.record_id = r.id AND o.last_run = 0 " +
		"LEFT JOIN clients c ON c.bsn = r.bsn WHERE coalesce(c.changed, 0) = 0 AND r.state = 0 AND o.codes NOT LIKE '%F0%' AND o.codes NOT LIKE '%F10%' " +
		"AND r.ambiguous <> CASE WHEN o.codes LIKE '%U01%' THEN 1 ELSE 0 END",
	"records.declared": "SELECT count(*) FROM records r LEFT JOIN (SELECT o.bsn, o.record_id, min(c.period) AS period FROM outcomes o " +
		"JOIN runs c ON c.closed_on > 0 AND o.first_run <= c.id AND (o.last_run = 0 OR o.last_run >= c.id) WHERE o.outcome = 1 GROUP BY o.bsn, o.record_id) d " +
		"ON d.bsn = r.bsn AND d.record_id = r.id WHERE coalesce(d.period, 0) <> r.declared",
	"records.declared_price": "SELECT count(*) FROM records r JOIN (SELECT o.bsn, o.record_id, max(c.id) AS run FROM outcomes o " +
		"JOIN runs c ON c.closed_on > 0 AND o.first_run <= c.id AND (o.last_run = 0 OR o.last_run >= c.id) WHERE o.outcome = 1 GROUP BY o.bsn, o.record_id) d " +
		"ON d.bsn = r.bsn AND d.record_id = r.id JOIN outcomes o ON o.bsn = d.bsn AND o.record_id = d.record_id AND o.first_run <= d.run " +
		"AND (o.last_run = 0 OR o.last_run >= d.run) WHERE o.price <> r.declared_price",
	"records.declared_price of what was not declared": "SELECT count(*) FROM records WHERE declared = 0 AND declared_price <> 0",
	"outcomes.last_run": "SELECT count(*) FROM (SELECT last_run, first_run, lead(first_run) OVER (PARTITION BY bsn, record_id ORDER BY first_run) AS next_run " +
		"FROM outcomes o WHERE NOT EXISTS (SELECT 1 FROM records r WHERE r.bsn = o.bsn AND r.id = o.record_id AND r.state = 3)) AS o WHERE (next_run IS NULL AND last_run <> 0) OR (next_run IS NOT NULL AND last_run <> next_run - 1)",
	"lines.last_run": "SELECT count(*) FROM lines WHERE last_run <> 0 AND (sequence > 0 OR last_run < first_run OR last_run >= (SELECT max(id) FROM runs))",
	"referrals.is_latest": "SELECT count(*) FROM referrals r LEFT JOIN (SELECT number, max(version) AS version FROM referrals WHERE taken_after = 0 GROUP BY number) m " +
		"ON m.number = r.number WHERE r.is_latest <> CASE WHEN m.version IS NOT NULL AND r.version = m.version AND r.taken_after = 0 THEN 1 ELSE 0 END",
	"files.withdrawn": "SELECT count(*) FROM files f WHERE withdrawn < 0 OR withdrawn > 1 + (SELECT coalesce(max(id), 0) FROM runs) OR (withdrawn > 0 AND (EXISTS (SELECT 1 FROM records r WHERE r.file_id = f.id " +
		"AND r.state <> 3) OR EXISTS (SELECT 1 FROM referrals r WHERE r.file_id = f.id AND r.taken_after = 0))) " +
		"OR (withdrawn = 0 AND EXISTS (SELECT 1 FROM records r WHERE r.file_id = f.id AND r.state = 3) AND NOT EXISTS (SELECT 1 FROM files w WHERE w.withdrawn > 0))",
	"files.reread": "SELECT count(*) FROM files WHERE reread <> 0 AND NOT EXISTS (SELECT 1 FROM files w WHERE w.withdrawn > 0)",
	"records.settled_by": "SELECT count(*) FROM records r WHERE (state = 0 AND settled_by <> 0) OR " +
		"(state IN (1, 2) AND NOT EXISTS (SELECT 1 FROM files f WHERE f.id = r.settled_by))",
	"files.kept": "SELECT count(*) FROM files f LEFT JOIN (SELECT file_id, count(*) AS kept FROM records WHERE state <> 3 GROUP BY file_id) r ON r.file_id = f.id " +
		"LEFT JOIN (SELECT file_id, sum(row_count) AS again FROM again GROUP BY file_id) a ON a.file_id = f.id " +
		"WHERE f.withdrawn = 0 AND (f.kept <> coalesce(r.kept, 0) OR f.row_count <> f.kept + coalesce(a.again, 0))",
}

// EachFinal visits the final lines up to a period, in BSN order.
func (s *Store) EachFinal(ctx context.Context, until billing.Period, visit func(*billing.DeclaredLine) error) error {
	return eachLine(ctx, s.db, s.dialect, "sequence > 0 AND period <= ? ORDER BY bsn, period, sequence", func(line OpenLine) error {
		return visit(&line.DeclaredLine)
	}, int32(until))
}

// AcceptedRow is what a closed run accepted of a row: all that its line follows from.
type AcceptedRow struct {
	BSN, Provider, Referral, Municipality, Product string
	Unit                                           billing.Unit
	Date                                           billing.Date
	Quantity                                       billing.Quantity
	Price                                          billing.Price
}

// EachAccepted visits the rows that a run accepted, in BSN order.
func (s *Store) EachAccepted(ctx context.Context, run int64, visit func(*AcceptedRow) error) error {
	rows, err := s.db.QueryxContext(ctx, s.dialect.bind("SELECT r.bsn, r.provider, o.referral, o.municipality, o.product, r.unit, r.care_date, r.quantity, o.price "+
		"FROM outcomes o JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id WHERE o.outcome = ? AND o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?) "+
		"ORDER BY r.bsn, r.id"), int(billing.Accepted), run, run)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var row AcceptedRow
		if err := rows.Scan(&row.BSN, &row.Provider, &row.Referral, &row.Municipality, &row.Product, &row.Unit, &row.Date, &row.Quantity, &row.Price); err != nil {
			return err
		}
		if err := visit(&row); err != nil {
			return err
		}
	}
	return rows.Err()
}
