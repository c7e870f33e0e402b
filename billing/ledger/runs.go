package ledger

import (
	"context"
	"fmt"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// Run is one judging of a period.
type Run struct {
	ID       int64        `db:"id"`
	Period   int32        `db:"period"`
	AsOf     billing.Date `db:"as_of"`
	Inputs   string       `db:"inputs"`    // fingerprint of the input: book, policy and what came in
	Book     string       `db:"book"`      // fingerprint of the book and the policy
	Program  string       `db:"program"`   // name and version
	LastFile int64        `db:"last_file"` // number of the last file taken in before it
	ClosedOn billing.Date `db:"closed_on"` // as-of date of the close; 0 while open
	Head     string       `db:"head"`      // of the chain: hash of the close; "" while open
	Seal     string       `db:"seal"`      // hash of what the close added to the sums; "" for a close older than sums
}

// Month returns the period.
func (r *Run) Month() billing.Period { return billing.Period(r.Period) }

// Closed reports whether the run's declaration is final.
func (r *Run) Closed() bool { return r.ClosedOn != 0 }

const runColumns = "id, period, as_of, inputs, book, program, last_file, closed_on, head, seal"

// LastRun returns the last run of all; ok is false if there is none.
func (v *view) LastRun(ctx context.Context) (run Run, ok bool, err error) {
	return v.oneRun(ctx, "SELECT "+runColumns+" FROM runs ORDER BY id DESC LIMIT 1")
}

// RunOf returns the last run of a period; ok is false if there is none.
func (v *view) RunOf(ctx context.Context, period billing.Period) (run Run, ok bool, err error) {
	return v.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE period = ? ORDER BY id DESC LIMIT 1", int32(period))
}

// LastClosed returns the run of the last closed period; ok is false if there is none.
func (v *view) LastClosed(ctx context.Context) (run Run, ok bool, err error) {
	return v.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE closed_on > 0 ORDER BY id DESC LIMIT 1")
}

// ClosedBefore returns the run of the last period that was closed before a run; ok is false if there is none.
func (v *view) ClosedBefore(ctx context.Context, run int64) (closed Run, ok bool, err error) {
	return v.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE closed_on > 0 AND id < ? ORDER BY id DESC LIMIT 1", run)
}

// RunBefore returns the previous run of the same period; ok is false if there is none.
func (v *view) RunBefore(ctx context.Context, run Run) (before Run, ok bool, err error) {
	return v.oneRun(ctx, "SELECT "+runColumns+" FROM runs WHERE period = ? AND id < ? ORDER BY id DESC LIMIT 1", run.Period, run.ID)
}

// Runs returns every run, oldest first.
func (v *view) Runs(ctx context.Context) ([]Run, error) {
	var runs []Run
	err := v.db.List(ctx, &runs, "SELECT "+runColumns+" FROM runs ORDER BY id")
	return runs, err
}

// ClosedRuns returns the runs of the closed periods, oldest first.
func (v *view) ClosedRuns(ctx context.Context) ([]Run, error) {
	var runs []Run
	err := v.db.List(ctx, &runs, "SELECT "+runColumns+" FROM runs WHERE closed_on > 0 ORDER BY id")
	return runs, err
}

func (v *view) oneRun(ctx context.Context, statement string, values ...any) (run Run, ok bool, err error) {
	ok, err = database.Found(v.db.Get(ctx, &run, statement, values...))
	return run, ok, err
}

// LastClosedID returns the number of the run of the last closed period; 0 for none.
func (t *Tx) LastClosedID(ctx context.Context) (int64, error) {
	return t.db.Number(ctx, "SELECT coalesce(max(id), 0) FROM runs WHERE closed_on > 0")
}

// AddRun stores a run and returns its number.
func (t *Tx) AddRun(ctx context.Context, run Run) (int64, error) {
	id, err := t.nextRunID(ctx)
	if err != nil {
		return 0, err
	}
	t.db.Did.Say("run %s", run.Month())
	t.db.Sum("runs", id, id, run.Period, int32(run.AsOf), run.Inputs, run.Book, run.Program, run.LastFile)
	return id, t.db.Exec(ctx, "INSERT INTO runs ("+runColumns+") VALUES (?,?,?,?,?,?,?,?,?,?)",
		id, run.Period, int32(run.AsOf), run.Inputs, run.Book, run.Program, run.LastFile, int32(run.ClosedOn), run.Head, run.Seal)
}

// Inputs returns the fingerprint of the input of a run: book (the fingerprint of book and policy), the files that came in
// and were taken back, and the program.
func (v *view) Inputs(ctx context.Context, book, program string) (string, error) {
	last, err := v.db.Number(ctx, "SELECT coalesce(max(id), 0) FROM files")
	if err != nil {
		return "", err
	}
	back, err := v.db.Number(ctx, "SELECT count(*) FROM files WHERE withdrawn > 0")
	if err != nil {
		return "", err
	}
	came := fmt.Sprint(last)
	if back > 0 {
		came += fmt.Sprintf("-%d", back)
	}
	return fmt.Sprintf("%s/%s/%s", book, came, program), nil
}

// ForgetRuns removes the newest runs if they are of a period that was run by mistake, and returns their number. What they
// ended holds again, and the next run judges every client. It returns a *Problem if the newest run is of another period or
// its declaration is final.
func (t *Tx) ForgetRuns(ctx context.Context, period billing.Period) (int, error) {
	var runs []Run
	if err := t.db.List(ctx, &runs, "SELECT "+runColumns+" FROM runs ORDER BY id DESC"); err != nil {
		return 0, err
	}
	count, last := 0, int64(0)
	for _, run := range runs {
		if run.Month() != period || run.Closed() {
			last = run.ID
			break
		}
		count++
	}
	if count == 0 {
		return 0, notForgotten(period, runs)
	}
	if err := t.SetMeta(ctx, numbersGiven, strconv.FormatInt(runs[0].ID, 10)); err != nil {
		return 0, err
	}
	for _, step := range []struct {
		rows, where string
		values      []any
	}{
		{"outcomes", "first_run > ?", []any{last}},
		{"lines", "sequence = 0 AND first_run > ?", []any{last}},
		{"signals", "period = ?", []any{int32(period)}},
		{"reports", "period = ?", []any{int32(period)}},
		{"runs", "id > ?", []any{last}},
		{"summaries", "run > ?", []any{last}},
	} {
		if err := t.db.Remove(ctx, step.rows, step.where, step.values...); err != nil {
			return 0, err
		}
	}
	for _, step := range []struct {
		statement string
		values    []any
	}{
		{"UPDATE outcomes SET last_run = CASE WHEN EXISTS (SELECT 1 FROM records r WHERE r.bsn = outcomes.bsn AND r.id = outcomes.record_id " +
			"AND r.state = 'taken_back') THEN CAST(? AS BIGINT) ELSE 0 END WHERE last_run > 0 AND last_run >= ?", []any{last, last}}, // what was taken back stays so
		{"UPDATE lines SET last_run = 0 WHERE sequence = 0 AND last_run > 0 AND last_run >= ?", []any{last}},
		{"DELETE FROM meta WHERE name = ?", []any{"reports/" + period.String()}},
		{"UPDATE clients SET " + judgedWhole, nil},
		{"DELETE FROM meta WHERE name = ?", []any{pageTablesWhole}},
	} {
		if err := t.db.Exec(ctx, step.statement, step.values...); err != nil {
			return 0, err
		}
	}
	return count, t.clearPageTables(ctx)
}

// numbersGiven is the meta name of the highest number of a forgotten run. Data refers to runs by number, so no number is
// used twice.
const numbersGiven = "run numbers given"

// nextRunID returns the number for the next run.
func (t *Tx) nextRunID(ctx context.Context) (int64, error) {
	next, err := t.db.Number(ctx, "SELECT coalesce(max(id), 0) + 1 FROM runs")
	if err != nil {
		return 0, err
	}
	given, err := t.Meta(ctx, numbersGiven)
	if err != nil || given == "" {
		return next, err
	}
	last, err := strconv.ParseInt(given, 10, 64)
	return max(next, last+1), err
}

// notForgotten explains why there is nothing to forget; runs are all runs, newest first.
func notForgotten(period billing.Period, runs []Run) *Problem {
	for _, run := range runs {
		if run.Month() == period && run.Closed() {
			return database.Refuse("Periode %s is afgesloten en wordt nooit vergeten. Wat later binnenkomt, wordt in een volgende periode verrekend.",
				"Period %s is closed and is never forgotten. What is received later is settled in a later period.", period)
		}
	}
	if len(runs) > 0 && runs[0].Month() != period {
		return database.Refuse("Alleen de nieuwste run kan vergeten worden, en die is van %s, niet van %s.", "Only the newest run can be forgotten, and that is the run of %s, not of %s.",
			runs[0].Month(), period)
	}
	return database.Refuse("Periode %s heeft geen run.", "Period %s has no run.", period)
}

// LastRunID returns the number of the last run of all; 0 for none. It is cached for the transaction.
func (t *Tx) LastRunID(ctx context.Context) (int64, error) {
	if t.lastRun < 0 {
		run, err := t.db.Number(ctx, "SELECT coalesce(max(id), 0) FROM runs")
		if err != nil {
			return 0, err
		}
		t.lastRun = run
	}
	return t.lastRun, nil
}

// otherCounts counts the files numbered above its parameter whose stored row counts do not match their rows.
const otherCounts = "SELECT count(*) FROM (SELECT f.row_count, f.kept, (SELECT count(*) FROM records r WHERE r.file_id = f.id AND r.state <> 'taken_back') AS stored, " +
	"(SELECT coalesce(sum(a.row_count), 0) FROM again a WHERE a.file_id = f.id) AS again FROM files f WHERE f.withdrawn = 0 AND f.id > ? AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.file_id = f.id AND m.refused = 1)) AS counts " +
	"WHERE (kept <> stored OR row_count <> kept + again)"

// withoutOutcome counts the kept rows of files numbered above its parameter that have no current outcome.
const withoutOutcome = "SELECT count(*) FROM records r WHERE r.file_id > ? AND r.state <> 'taken_back' AND NOT EXISTS " +
	"(SELECT 1 FROM outcomes o WHERE o.bsn = r.bsn AND o.record_id = r.id AND o.last_run = 0)"

// CountsAgree reports, without reading rows, whether the number of rows kept of files numbered above after equals judged,
// and the number of outcomes that began in run equals begun.
func (t *Tx) CountsAgree(ctx context.Context, after int64, judged int, run int64, begun int) (bool, error) {
	kept, err := t.db.Number(ctx, "SELECT count(*) FROM records WHERE file_id > ? AND state <> 'taken_back'", after)
	if err != nil {
		return false, err
	}
	written, err := t.db.Number(ctx, "SELECT count(*) FROM outcomes WHERE first_run = ?", run)
	if err != nil {
		return false, err
	}
	return int(kept) == judged && int(written) == begun, nil
}

// Unaccounted returns, for the files numbered above after, how many rows have no current outcome and how many files have
// row counts that do not match their rows; both are 0 in a sound store. If a file was taken back since lastRun, which may
// have changed the counts of any other file, the counts of all files are checked. Verify checks everything.
func (t *Tx) Unaccounted(ctx context.Context, after, lastRun int64) (rows, files int, err error) {
	lost, err := t.db.Number(ctx, withoutOutcome, after)
	if err != nil {
		return 0, 0, err
	}
	files, err = t.OtherCounts(ctx, after, lastRun)
	return int(lost), files, err
}

// OtherCounts returns how many files have row counts that do not match their rows; see Unaccounted.
func (t *Tx) OtherCounts(ctx context.Context, after, lastRun int64) (int, error) {
	back, err := t.db.Number(ctx, "SELECT count(*) FROM files WHERE withdrawn > ?", lastRun)
	if err != nil {
		return 0, err
	}
	if back > 0 {
		after = 0
	}
	differing, err := t.db.Number(ctx, otherCounts, after)
	return int(differing), err
}
