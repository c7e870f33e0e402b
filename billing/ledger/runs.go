package ledger

import (
	"context"
	"fmt"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// Run is one time that a period was judged.
type Run struct {
	ID       int64        `db:"id"`
	Period   int32        `db:"period"`
	AsOf     billing.Date `db:"as_of"`
	Inputs   string       `db:"inputs"`    // fingerprint of what was judged: book, policy and what came in
	Book     string       `db:"book"`      // fingerprint of the book and the policy
	Program  string       `db:"program"`   // name and version
	LastFile int64        `db:"last_file"` // the last file that was taken in before it
	ClosedOn billing.Date `db:"closed_on"` // as-of date of the close; 0 while it is open
	Head     string       `db:"head"`      // of the chain: hash of its close; "" while it is open
	Seal     string       `db:"seal"`      // hash of what the close added to the sums; "" of a close from before there were any
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
	err := v.db.List(ctx, &runs, "SELECT "+runColumns+" FROM runs ORDER BY id")
	return runs, err
}

// ClosedRuns returns the runs of the closed periods, the oldest first.
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

// AddRun keeps a run and gives its number.
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

// Inputs returns the fingerprint of what a run judges: book and policy, by their own fingerprint, the files that
// came in and were taken back, and the program.
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

// ForgetRuns takes back the newest runs, those of a period that was computed by mistake, as if they had not been made,
// and returns how many they were. What they ended holds again, and every client is judged anew by the next run. It is
// refused when the newest run is of another period, or when its declaration is final.
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
			"AND r.state = 'taken_back') THEN CAST(? AS BIGINT) ELSE 0 END WHERE last_run > 0 AND last_run >= ?", []any{last, last}}, // what was taken back stays gone
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

// numbersGiven is where the last number of a run is kept that was forgotten: what came or went before a run is known by
// its number, so that no number is given twice.
const numbersGiven = "run numbers given"

// nextRunID returns the number of the next run.
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

// notForgotten says why there is nothing to forget: runs are all of them, the newest first.
func notForgotten(period billing.Period, runs []Run) *Problem {
	of := func(dutch, english string, values ...any) *Problem {
		return &Problem{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...)}
	}
	for _, run := range runs {
		if run.Month() == period && run.Closed() {
			return of("Periode %s is afgesloten en wordt nooit vergeten. Wat later binnenkomt, wordt in een volgende periode verrekend.",
				"Period %s is closed and is never forgotten. What comes in later is settled in a later period.", period)
		}
	}
	if len(runs) > 0 && runs[0].Month() != period {
		return of("Alleen de nieuwste run kan vergeten worden, en die is van %s, niet van %s.", "Only the newest run can be forgotten, and that is of %s, not of %s.",
			runs[0].Month(), period)
	}
	return of("Periode %s heeft geen run.", "Period %s has no run.", period)
}

// LastRunID returns the number of the last run of all; 0 for none. It is asked once in a transaction.
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

// otherCounts counts the files after one that hold another number of rows than they say.
const otherCounts = "SELECT count(*) FROM (SELECT f.row_count, f.kept, (SELECT count(*) FROM records r WHERE r.file_id = f.id AND r.state <> 'taken_back') AS stored, " +
	"(SELECT coalesce(sum(a.row_count), 0) FROM again a WHERE a.file_id = f.id) AS again FROM files f WHERE f.withdrawn = 0 AND f.id > ? AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.file_id = f.id AND m.refused = 1)) AS counts " +
	"WHERE (kept <> stored OR row_count <> kept + again)"

// withoutOutcome counts the rows kept of the files after one that have no outcome that holds.
const withoutOutcome = "SELECT count(*) FROM records r WHERE r.file_id > ? AND r.state <> 'taken_back' AND NOT EXISTS " +
	"(SELECT 1 FROM outcomes o WHERE o.bsn = r.bsn AND o.record_id = r.id AND o.last_run = 0)"

// CountsAgree reports, without reading a row, whether as many rows were kept of the files after one as were judged of them,
// and as many outcomes began in a run as it wrote.
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

// Unaccounted returns, of the files that came in after one, how many rows have no outcome that holds and how many
// files hold another number of rows than they say; both are 0 when all is well. When a file was taken back since the
// last run, which may have changed the counts of any other, all files are counted. Verify counts everything.
func (t *Tx) Unaccounted(ctx context.Context, after, lastRun int64) (rows, files int, err error) {
	lost, err := t.db.Number(ctx, withoutOutcome, after)
	if err != nil {
		return 0, 0, err
	}
	files, err = t.OtherCounts(ctx, after, lastRun)
	return int(lost), files, err
}

// OtherCounts returns how many of those files hold another number of rows than they say.
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
