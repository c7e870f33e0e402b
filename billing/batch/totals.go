package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// totals adds up what a run comes to while it judges, so that no row or line is read again for it. When everyone is judged the
// sums are complete; else they add to those of the run before or, after a close, to what was held at that close. A nil totals
// adds up nothing.
type totals struct {
	period  billing.Period
	since   ledger.Since
	adds    bool       // not everyone is judged: it adds to what was there before
	before  ledger.Run // the run to whose totals it adds; none when it adds to what was held at the close
	rows    *ledger.RowCounter
	sums    map[ledger.LineTotal]*ledger.LineTotal // by what they are about
	atClose map[int64]ledger.Outcome               // what lookUp found, by row
}

// newTotals begins with what is there before anything is written.
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

// added returns what was added up.
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

// changedSinceClose reports whether a row was there at the last close, with another outcome than it had before this run.
func (t *totals) changedSinceClose(record *billing.Record, before ledger.Outcome, had bool) bool {
	return record.FileID <= t.since.LastFile && (!had || before.FirstRun > t.since.Closed)
}

// lookUp finds the outcomes that the rows which are judged had at the last close, where they have others by now.
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

// row counts a row with the outcome that it gets now, in place of the one that it had.
func (t *totals) row(record *billing.Record, before ledger.Outcome, had bool, outcome ledger.Outcome) {
	if t == nil || t.adds && had && before.Same(outcome) {
		return
	}
	var atClose ledger.Outcome // none of a row that came in since
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

// lines counts the lines of a client, in place of those that it had in the declaration of the period.
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
