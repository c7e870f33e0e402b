package ledger

import (
	"context"
	"fmt"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// RowAt is a row as a run left it: what it counted for, and where it comes from.
type RowAt struct {
	BSN, Provider, Reference, File, Sheet  string
	Record, FileID                         int64
	Row, Version                           int
	Unit                                   billing.Unit
	Date                                   billing.Date
	Outcome                                billing.Outcome
	Codes, Referral, Municipality, Product string
	Price                                  billing.Price
	BeforeOutcome                          billing.Outcome // in the run compared with; none if it had none
	BeforeCodes                            string
}

const rowAtFields = "r.bsn, r.provider, r.reference, f.name, r.sheet, r.id, r.file_id, r.row_number, r.version, r.unit, r.care_date"

// EachRowAt visits the rows of clients as a run left them.
func (s *Store) EachRowAt(ctx context.Context, run int64, clients []string, visit func(*RowAt) error) error {
	if len(clients) == 0 {
		return nil
	}
	in, values := within(clients)
	return s.eachRowAt(ctx, "SELECT "+rowAtFields+", o.outcome, o.codes, o.referral, o.municipality, o.product, o.price, 0, '' FROM outcomes o "+
		"JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id JOIN files f ON f.id = r.file_id WHERE "+strings.ReplaceAll(in, "bsn", "o.bsn")+
		" AND o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?) ORDER BY r.id", append(values, run, run), visit)
}

// EachChangedRow visits the rows whose outcome, or the codes of whose findings, one run left otherwise than another
// before it; a row that the later run does not know has no outcome.
func (s *Store) EachChangedRow(ctx context.Context, before, after int64, visit func(*RowAt) error) error {
	came := "SELECT " + rowAtFields + ", o.outcome, o.codes, o.referral, o.municipality, o.product, o.price, coalesce(p.outcome, 0), coalesce(p.codes, '') FROM outcomes o " +
		"JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id JOIN files f ON f.id = r.file_id " +
		"LEFT JOIN outcomes p ON p.bsn = o.bsn AND p.record_id = o.record_id AND p.first_run <= ? AND (p.last_run = 0 OR p.last_run >= ?) " +
		"WHERE o.first_run > ? AND o.first_run <= ? AND (o.last_run = 0 OR o.last_run >= ?) AND (coalesce(p.outcome, 0) <> o.outcome OR coalesce(p.codes, '') <> o.codes) " +
		"ORDER BY r.provider, r.reference, r.id"
	if err := s.eachRowAt(ctx, came, []any{before, before, before, after, after}, visit); err != nil {
		return err
	}
	went := "SELECT " + rowAtFields + ", 0, '', o.referral, o.municipality, o.product, o.price, o.outcome, o.codes FROM outcomes o " +
		"JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id JOIN files f ON f.id = r.file_id " +
		"WHERE r.state = 3 AND o.first_run <= ? AND o.last_run >= ? AND o.last_run < ? AND NOT EXISTS (SELECT 1 FROM outcomes n WHERE n.bsn = o.bsn " +
		"AND n.record_id = o.record_id AND n.first_run > o.last_run AND n.first_run <= ?) ORDER BY r.provider, r.reference, r.id"
	return s.eachRowAt(ctx, went, []any{before, before, after, after}, visit)
}

func (s *Store) eachRowAt(ctx context.Context, statement string, values []any, visit func(*RowAt) error) error {
	rows, err := s.db.QueryxContext(ctx, s.dialect.bind(statement), values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var r RowAt
		if err := rows.Scan(&r.BSN, &r.Provider, &r.Reference, &r.File, &r.Sheet, &r.Record, &r.FileID, &r.Row, &r.Version, &r.Unit, &r.Date,
			&r.Outcome, &r.Codes, &r.Referral, &r.Municipality, &r.Product, &r.Price, &r.BeforeOutcome, &r.BeforeCodes); err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		if err := visit(&r); err != nil {
			return err
		}
	}
	return rows.Err()
}

// EachLineOf visits the lines of clients in the declaration of a run's period, as that run left them.
func (s *Store) EachLineOf(ctx context.Context, run Run, clients []string, visit func(*billing.DeclaredLine) error) error {
	if len(clients) == 0 {
		return nil
	}
	in, values := within(clients)
	return eachLine(ctx, s.db, s.dialect, in+" AND period = ? AND first_run <= ? AND (last_run = 0 OR last_run >= ?)"+lineOrder,
		func(line OpenLine) error { return visit(&line.DeclaredLine) }, append(values, run.Period, run.ID, run.ID)...)
}

// EachChangedLine visits the lines of a period that came in or after one run and hold in another after it, or held
// in the first and not in the other; came says which.
func (s *Store) EachChangedLine(ctx context.Context, before, after Run, visit func(line *billing.DeclaredLine, came bool) error) error {
	err := eachLine(ctx, s.db, s.dialect, "period = ? AND first_run <= ? AND last_run >= ? AND last_run < ?"+lineOrder,
		func(line OpenLine) error { return visit(&line.DeclaredLine, false) }, before.Period, before.ID, before.ID, after.ID)
	if err != nil {
		return err
	}
	return eachLine(ctx, s.db, s.dialect, "period = ? AND first_run > ? AND first_run <= ? AND (last_run = 0 OR last_run >= ?)"+lineOrder,
		func(line OpenLine) error { return visit(&line.DeclaredLine, true) }, before.Period, before.ID, after.ID, after.ID)
}

// CorrectedClients gives the clients of whom a run's declaration takes something back or declares it anew, in
// BSN order.
func (s *Store) CorrectedClients(ctx context.Context, run Run) ([]string, error) {
	var clients []string
	err := s.db.SelectContext(ctx, &clients, s.dialect.bind("SELECT DISTINCT bsn FROM lines WHERE period = ? AND first_run <= ? AND (last_run = 0 OR last_run >= ?) "+
		"AND kind IN (?, ?) ORDER BY bsn"), run.Period, run.ID, run.ID, string(billing.Credit), string(billing.Correction))
	return clients, err
}

// Decided gives the records on which decisions came in the files after one and up to another.
func (s *Store) Decided(ctx context.Context, after, until int64) (map[Key]bool, error) {
	var found []struct {
		Provider  string `db:"provider"`
		Reference string `db:"reference"`
	}
	err := s.db.SelectContext(ctx, &found, s.dialect.bind("SELECT DISTINCT provider, reference FROM decisions WHERE file_id > ? AND file_id <= ?"), after, until)
	decided := make(map[Key]bool, len(found))
	for _, row := range found {
		decided[Key(row)] = true
	}
	return decided, err
}

// RunBefore gives the run of the same period before a run.
func (s *Store) RunBefore(ctx context.Context, run Run) (Run, bool, error) {
	return s.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE period = ? AND id < ? ORDER BY id DESC LIMIT 1", run.Period, run.ID)
}
