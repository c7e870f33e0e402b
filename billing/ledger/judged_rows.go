package ledger

import (
	"context"
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// JudgedRow is a row with what became of it in a run, and what it was at the close before.
type JudgedRow struct {
	StoredRecord
	Outcome
	FoundFindings []billing.Finding
	Open          []billing.Code
	Before        billing.Outcome // none if it came in since the close
}

// RowScope says which rows of a run are read.
type RowScope int

// The scopes and orders of reading rows.
const (
	EveryRow  RowScope = iota // every row kept, by provider, reference, file, sheet and row
	ReportRow                 // rows since the last close, rows that changed since it, held rows and rows with a hold to decide on, in the order of taking in
)

// EachRow visits the rows as a run left them. The close before the run is run number closed, after which came
// the files beyond lastFile.
func (s *Store) EachRow(ctx context.Context, scope RowScope, run Run, closed, lastFile int64, visit func(*JudgedRow) error) error {
	return s.eachRow(ctx, scope, run, closed, lastFile, "", nil, visit)
}

// EachRowOf visits the rows of one reference.
func (s *Store) EachRowOf(ctx context.Context, run Run, key Key, visit func(*JudgedRow) error) error {
	return s.eachRow(ctx, EveryRow, run, 0, 0, " AND r.provider = ? AND r.reference = ?", []any{key.Provider, key.Reference}, visit)
}

func (s *Store) eachRow(ctx context.Context, scope RowScope, run Run, closed, lastFile int64, narrowed string, with []any, visit func(*JudgedRow) error) error {
	names, err := loadNames(ctx, s.db)
	if err != nil {
		return err
	}
	statement := "SELECT r." + strings.Join(recordColumns, ", r.") +
		", o.first_run, o.outcome, o.codes, o.findings, o.open_holds, o.referral, o.municipality, o.product, o.price, coalesce(p.outcome, 0)" +
		" FROM outcomes o JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id JOIN files f ON f.id = r.file_id" +
		" LEFT JOIN outcomes p ON p.bsn = o.bsn AND p.record_id = o.record_id AND p.first_run <= ? AND (p.last_run = 0 OR p.last_run >= ?)" +
		" WHERE o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?)"
	values := []any{closed, closed, run.ID, run.ID}
	if scope == ReportRow {
		statement += " AND (r.file_id > ? OR o.outcome = ? OR o.open_holds <> '' OR coalesce(p.outcome, 0) <> o.outcome)" + narrowed + " ORDER BY r.id"
		values = append(values, lastFile, int(billing.Held))
	} else {
		statement += narrowed + " ORDER BY r.provider, r.reference, f.name, r.sheet, r.row_number, r.id"
	}
	rows, err := s.db.QueryxContext(ctx, s.dialect.bind(statement), append(values, with...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	var record recordRow
	var judged JudgedRow
	targets := append(record.scanTargets(), &judged.FirstRun, &judged.Outcome.Outcome, &judged.Codes, &judged.Outcome.Findings, &judged.OpenHolds,
		&judged.Outcome.Referral, &judged.Outcome.Municipality, &judged.Outcome.Product, &judged.Price, &judged.Before)
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		row := judged
		if row.StoredRecord, err = record.record(names); err != nil {
			return err
		}
		if row.FoundFindings, err = decodeFindings(row.Outcome.Findings); err != nil {
			return err
		}
		row.Open = decodeCodes(row.OpenHolds)
		if err := visit(&row); err != nil {
			return err
		}
	}
	return rows.Err()
}

// EachRowOfClient visits the rows of a client.
func (s *Store) EachRowOfClient(ctx context.Context, run Run, bsn string, visit func(*JudgedRow) error) error {
	return s.eachRow(ctx, EveryRow, run, 0, 0, " AND r.bsn = ?", []any{bsn}, visit)
}
