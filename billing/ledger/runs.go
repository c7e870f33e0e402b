package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// Run is one time that a period was judged.
type Run struct {
	ID       int64  `db:"id"`
	Period   int32  `db:"period"`
	AsOf     int32  `db:"as_of"`
	Inputs   string `db:"inputs"`    // fingerprint of what was judged: book, policy and what came in
	Book     string `db:"book"`      // fingerprint of the book and the policy
	Program  string `db:"program"`   // name and version
	LastFile int64  `db:"last_file"` // the last file that was taken in before it
	ClosedOn int32  `db:"closed_on"` // as-of date of the close; 0 while it is open
	Head     string `db:"head"`      // hash of the last line, once closed
}

// Month gives the period.
func (r *Run) Month() billing.Period { return billing.Period(r.Period) }

// Closed says whether the run's declaration is final.
func (r *Run) Closed() bool { return r.ClosedOn != 0 }

const runColumns = "id, period, as_of, inputs, book, program, last_file, closed_on, head"

// LastRun gives the last run of all; ok is false when there is none.
func (s *Store) LastRun(ctx context.Context) (Run, bool, error) {
	return s.oneRun(ctx, "SELECT "+runColumns+" FROM runs ORDER BY id DESC LIMIT 1")
}

// RunOf gives the last run of a period.
func (s *Store) RunOf(ctx context.Context, period billing.Period) (Run, bool, error) {
	return s.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE period = ? ORDER BY id DESC LIMIT 1", int32(period))
}

// LastClosed gives the run of the last closed period.
func (s *Store) LastClosed(ctx context.Context) (Run, bool, error) {
	return s.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE closed_on > 0 ORDER BY id DESC LIMIT 1")
}

// ClosedBefore gives the run of the last period closed before a run.
func (s *Store) ClosedBefore(ctx context.Context, run int64) (Run, bool, error) {
	return s.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE closed_on > 0 AND id < ? ORDER BY id DESC LIMIT 1", run)
}

// Runs gives every run, the oldest first.
func (s *Store) Runs(ctx context.Context) ([]Run, error) {
	var runs []Run
	err := s.db.SelectContext(ctx, &runs, "SELECT "+runColumns+" FROM runs ORDER BY id")
	return runs, err
}

func (s *Store) oneRun(ctx context.Context, statement string, values ...any) (Run, bool, error) {
	var run Run
	ok, err := none(s.db.GetContext(ctx, &run, s.dialect.bind(statement), values...))
	return run, ok, err
}

// LastClosedID gives the number of the run of the last closed period; 0 for none.
func (t *Tx) LastClosedID(ctx context.Context) (int64, error) {
	return t.next(ctx, "SELECT coalesce(max(id), 0) FROM runs WHERE closed_on > 0")
}

// AddRun keeps a run and gives its number.
func (t *Tx) AddRun(ctx context.Context, run Run) (int64, error) {
	id, err := t.nextRunID(ctx)
	if err != nil {
		return 0, err
	}
	return id, t.exec(ctx, "INSERT INTO runs ("+runColumns+") VALUES (?,?,?,?,?,?,?,?,?)",
		id, run.Period, run.AsOf, run.Inputs, run.Book, run.Program, run.LastFile, run.ClosedOn, run.Head)
}
