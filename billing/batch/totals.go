package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// totals adds up the totals of a run while it judges, so that no row or line is read again for them. If everyone is judged the
// sums are complete; else they are relative to those of the previous run or, after a close, to what was held at that close. A
// nil *totals does nothing.
type totals struct {
	period  billing.Period
	since   ledger.Since
	adds    bool       // not everyone is judged, so the sums are relative
	before  ledger.Run // the run to whose totals they are relative; none when that is what was held at the close
	rows    *ledger.RowCounter
	sums    map[ledger.LineTotal]*ledger.LineTotal // by the total without amounts
	atClose map[int64]ledger.Outcome               // the outcomes that lookUp found, by row
}

// newTotals returns the totals before anything of the run is written.
func newTotals(ctx context.Context, tx *ledger.Tx, judged *Judged, policy billing.Policy) (*totals, error) {
	since, err := tx.SinceClose(ctx, judged.Run.ID)
	if err != nil {
		return nil, err
	}
	t := &totals{
		period: judged.Run.Month(), since: since, adds: judged.choice != ledger.Everyone,
		rows: ledger.NewRowCounter(since, policy.RecalculateFrom), sums: make(map[ledger.LineTotal]*ledger.LineTotal),
	}
	switch {
	case !t.adds:
	case judged.before.Closed():
		err = tx.CountHeld(ctx, t.rows, judged.Run)
	default:
		t.before = judged.before
		err = tx.TakeOffTakenBack(ctx, t.rows, t.before)
	}
	return t, err
}

// added returns the sums; nil for a nil *totals.
func (t *totals) added() *ledger.Added {
	if t == nil {
		return nil
	}
	added := &ledger.Added{Before: t.before, Rows: t.rows.Totals()}
	for _, sum := range t.sums {
		added.Lines = append(added.Lines, *sum)
	}
	return added
}

// changedSinceClose reports whether a row was stored at the last close but its outcome before this run is not the one of then.
func (t *totals) changedSinceClose(record *billing.Record, before ledger.Outcome, had bool) bool {
	return record.FileID <= t.since.LastFile && (!had || before.FirstRun > t.since.Closed)
}

// lookUp loads the outcomes at the last close of the rows in results, if they have changed since.
func (t *totals) lookUp(ctx context.Context, tx *ledger.Tx, results []judgement) (err error) {
	if t == nil || t.since.Closed == 0 {
		return nil
	}
	var wanted []ledger.RowRef
	note := func(j judgement, record *billing.Record) {
		if before, had := j.stored.Outcomes[record.ID]; t.changedSinceClose(record, before, had) {
			wanted = append(wanted, ledger.RowRef{BSN: j.stored.Client.BSN, Record: record.ID})
		}
	}
	for _, j := range results {
		for i := range j.Cases {
			note(j, j.Cases[i].Record)
		}
		for _, record := range j.stored.Settled {
			note(j, record)
		}
	}
	t.atClose, err = tx.AtClose(ctx, t.since, wanted)
	return err
}

// row counts a row with its new outcome, in place of the one it had before.
func (t *totals) row(record *billing.Record, before ledger.Outcome, had bool, outcome ledger.Outcome) {
	if t == nil || t.adds && had && before.Same(outcome) {
		return
	}
	var atClose ledger.Outcome // stays empty for a row that came in since
	switch {
	case t.changedSinceClose(record, before, had):
		atClose = t.atClose[record.ID]
	case record.FileID <= t.since.LastFile:
		atClose = before
	}
	if t.adds && had {
		t.rows.Count(record, before, atClose, -1)
	}
	t.rows.Count(record, outcome, atClose, 1)
}

// lines counts the new lines of a client, in place of those it had in the declaration of the period.
func (t *totals) lines(j judgement) {
	if t == nil {
		return
	}
	if t.before.Period == int32(t.period) {
		for i := range j.stored.Open {
			if line := &j.stored.Open[i]; line.Period == t.period {
				t.line(&line.DeclaredLine, -1)
			}
		}
	}
	for i := range j.Declaration {
		t.line(&j.Declaration[i], 1)
	}
}

func (t *totals) line(line *billing.DeclaredLine, times int) {
	about := ledger.EmptyTotalOf(line)
	sum := t.sums[about]
	if sum == nil {
		empty := about
		sum = &empty
		t.sums[about] = sum
	}
	sum.Add(line, times)
}
