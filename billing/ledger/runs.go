package ledger

import (
	"context"
	"fmt"

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
	Seal     string `db:"seal"`      // hash of what the close added to the sums; "" of a close from before there were any
}

// Month returns the period.
func (r *Run) Month() billing.Period { return billing.Period(r.Period) }

// Closed reports whether the run's declaration is final.
func (r *Run) Closed() bool { return r.ClosedOn != 0 }

const runColumns = "id, period, as_of, inputs, book, program, last_file, closed_on, head, seal"

// LastRun returns the last run of all; ok is false when there is none.
func (v *view) LastRun(ctx context.Context) (run Run, ok bool, err error) {
	return v.oneRun(ctx, "SELECT "+runColumns+" FROM runs ORDER BY id DESC LIMIT 1")
}

// RunOf returns the last run of a period.
func (v *view) RunOf(ctx context.Context, period billing.Period) (run Run, ok bool, err error) {
	return v.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE period = ? ORDER BY id DESC LIMIT 1", int32(period))
}

// LastClosed returns the run of the last closed period.
func (v *view) LastClosed(ctx context.Context) (run Run, ok bool, err error) {
	return v.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE closed_on > 0 ORDER BY id DESC LIMIT 1")
}

// ClosedBefore returns the run of the last period closed before a run.
func (v *view) ClosedBefore(ctx context.Context, run int64) (closed Run, ok bool, err error) {
	return v.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE closed_on > 0 AND id < ? ORDER BY id DESC LIMIT 1", run)
}

// RunBefore returns the run of the same period before a run.
func (v *view) RunBefore(ctx context.Context, run Run) (before Run, ok bool, err error) {
	return v.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE period = ? AND id < ? ORDER BY id DESC LIMIT 1", run.Period, run.ID)
}

// Runs returns every run, the oldest first.
func (v *view) Runs(ctx context.Context) ([]Run, error) {
	var runs []Run
	err := v.list(ctx, &runs, "SELECT "+runColumns+" FROM runs ORDER BY id")
	return runs, err
}

// ClosedRuns returns the runs of the closed periods, the oldest first.
func (v *view) ClosedRuns(ctx context.Context) ([]Run, error) {
	var runs []Run
	err := v.list(ctx, &runs, "SELECT "+runColumns+" FROM runs WHERE closed_on > 0 ORDER BY id")
	return runs, err
}

func (v *view) oneRun(ctx context.Context, statement string, values ...any) (run Run, ok bool, err error) {
	ok, err = none(v.get(ctx, &run, statement, values...))
	return run, ok, err
}

// LastClosedID returns the number of the run of the last closed period; 0 for none.
func (t *Tx) LastClosedID(ctx context.Context) (int64, error) {
	return t.number(ctx, "SELECT coalesce(max(id), 0) FROM runs WHERE closed_on > 0")
}

// AddRun keeps a run and gives its number.
func (t *Tx) AddRun(ctx context.Context, run Run) (int64, error) {
	id, err := t.nextRunID(ctx)
	if err != nil {
		return 0, err
	}
	t.did.Say("run %s", run.Month())
	t.sum("runs", id, id, run.Period, run.AsOf, run.Inputs, run.Book, run.Program, run.LastFile)
	return id, t.exec(ctx, "INSERT INTO runs ("+runColumns+") VALUES (?,?,?,?,?,?,?,?,?,?)",
		id, run.Period, run.AsOf, run.Inputs, run.Book, run.Program, run.LastFile, run.ClosedOn, run.Head, run.Seal)
}

// Inputs returns the fingerprint of what a run judges: book and policy, by their own fingerprint, the files that
// came in and were taken back, and the program.
func (v *view) Inputs(ctx context.Context, book, program string) (string, error) {
	last, err := v.number(ctx, "SELECT coalesce(max(id), 0) FROM files")
	if err != nil {
		return "", err
	}
	back, err := v.number(ctx, "SELECT count(*) FROM files WHERE withdrawn > 0")
	if err != nil {
		return "", err
	}
	came := fmt.Sprint(last)
	if back > 0 {
		came += fmt.Sprintf("-%d", back)
	}
	return fmt.Sprintf("%s/%s/%s", book, came, program), nil
}
