package ledger

import (
	"context"
	"fmt"

	"github.com/pxq-nl/pxq/billing"
)

// OpenLine is a line of an open period as it is stored.
type OpenLine struct {
	billing.DeclaredLine
	FirstRun int64
}

var lineColumns = []string{
	"bsn", "first_run", "last_run", "period", "kind", "care_month", "municipality", "provider", "referral", "product", "unit", "quantity",
	"price", "amount", "record_count", "first_date", "sequence", "original", "hash",
}

const lineFields = "bsn, first_run, period, kind, care_month, municipality, provider, referral, product, unit, quantity, price, amount, " +
	"record_count, first_date, sequence, original"

// Number writes the number of a line: its period and its place in it.
func Number(period billing.Period, sequence int64) string {
	if sequence == 0 {
		return ""
	}
	return fmt.Sprintf("%s-%06d", period, sequence)
}

func eachLine(ctx context.Context, from queryer, d dialect, where string, visit func(OpenLine) error, values ...any) error {
	rows, err := from.QueryxContext(ctx, d.bind("SELECT "+lineFields+" FROM lines WHERE "+where), values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var line OpenLine
		var sequence int64
		if err := rows.Scan(&line.BSN, &line.FirstRun, &line.Period, &line.Kind, &line.CareMonth, &line.Municipality, &line.Provider,
			&line.Referral, &line.Product, &line.Unit, &line.Quantity, &line.Price, &line.Amount, &line.Records, &line.First, &sequence,
			&line.Original); err != nil {
			return fmt.Errorf("read lines: %w", err)
		}
		line.Number = Number(line.Period, sequence)
		if err := visit(line); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (r *ClientReader) lines(ctx context.Context, in string, values []any, dockets map[string]*StoredClient) error {
	return eachLine(ctx, r.tx.Tx, r.tx.store.dialect, in+" AND last_run = 0 ORDER BY period, sequence", func(line OpenLine) error {
		docket := dockets[line.BSN]
		if line.Number == "" {
			docket.Open = append(docket.Open, line)
		} else {
			docket.Client.Ledger = append(docket.Client.Ledger, line.DeclaredLine)
		}
		return nil
	}, values...)
}

// LineWriter writes the lines of an open period that came or went in a run.
type LineWriter struct {
	tx   *Tx
	run  int64
	rows *bulk
}

// LineWriter makes a writer for the run.
func (t *Tx) LineWriter(run int64) *LineWriter {
	return &LineWriter{tx: t, run: run, rows: t.bulk("lines", lineColumns...)}
}

// Put makes the client's declaration hold from this run on: lines that stand already stay, others go or come.
func (w *LineWriter) Put(ctx context.Context, before []OpenLine, after []billing.DeclaredLine) error {
	stands := make(map[billing.DeclaredLine]int, len(before))
	for _, line := range before {
		stands[line.DeclaredLine]++
	}
	for _, line := range after {
		if stands[line] > 0 {
			stands[line]--
			continue
		}
		if err := w.rows.add(ctx, line.BSN, w.run, 0, int32(line.Period), string(line.Kind), int32(line.CareMonth), line.Municipality,
			line.Provider, line.Referral, line.Product, int(line.Unit), int64(line.Quantity), int64(line.Price), int64(line.Amount),
			line.Records, int32(line.First), 0, line.Original, ""); err != nil {
			return err
		}
	}
	for _, line := range before {
		if stands[line.DeclaredLine] == 0 {
			continue
		}
		stands[line.DeclaredLine]--
		if err := w.end(ctx, line); err != nil {
			return err
		}
	}
	return nil
}

// end makes a line of an open period hold no longer.
func (w *LineWriter) end(ctx context.Context, line OpenLine) error {
	return w.tx.exec(ctx, "UPDATE lines SET last_run = ? WHERE bsn = ? AND period = ? AND sequence = 0 AND last_run = 0 AND first_run = ? AND kind = ? "+
		"AND care_month = ? AND municipality = ? AND provider = ? AND referral = ? AND product = ? AND unit = ? AND price = ? AND original = ?",
		w.run-1, line.BSN, int32(line.Period), line.FirstRun, string(line.Kind), int32(line.CareMonth), line.Municipality, line.Provider,
		line.Referral, line.Product, int(line.Unit), int64(line.Price), line.Original)
}

// Flush writes what is left.
func (w *LineWriter) Flush(ctx context.Context) error { return w.rows.flush(ctx) }

// lineOrder is billing.CompareDeclared in SQL; 'daypart' < 'hour' as in the export.
const lineOrder = " ORDER BY municipality, provider, bsn, referral, product, CASE unit WHEN 2 THEN 0 ELSE 1 END, care_month, " +
	"CASE kind WHEN 'credit' THEN 0 WHEN 'correction' THEN 1 WHEN 'late' THEN 2 ELSE 3 END, price, original, first_date"

// EachLine visits the lines of a run's period as that run left them, in the order of the export. Lines of an
// open period get the number of their place.
func (s *Store) EachLine(ctx context.Context, run Run, visit func(*billing.DeclaredLine) error) error {
	sequence := int64(0)
	return eachLine(ctx, s.db, s.dialect, "period = ? AND first_run <= ? AND (last_run = 0 OR last_run >= ?)"+lineOrder, func(line OpenLine) error {
		sequence++
		line.Number = Number(line.Period, sequence)
		return visit(&line.DeclaredLine)
	}, run.Period, run.ID, run.ID)
}

// LinesOf visits the lines of a key: those of closed periods, and the open ones that hold now.
func (s *Store) LinesOf(ctx context.Context, key billing.LineKey, visit func(*billing.DeclaredLine) error) error {
	return eachLine(ctx, s.db, s.dialect, "bsn = ? AND provider = ? AND municipality = ? AND referral = ? AND product = ? AND unit = ? AND care_month = ? "+
		"AND last_run = 0 ORDER BY period, sequence", func(line OpenLine) error { return visit(&line.DeclaredLine) },
		key.BSN, key.Provider, key.Municipality, key.Referral, key.Product, int(key.Unit), int32(key.CareMonth))
}
