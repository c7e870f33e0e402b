package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// Close makes the lines of a run's period final: numbered in the order of the export, each chained by a hash
// to the one before, and never changed again. It gives the run as closed, with the head of the chain.
func (t *Tx) Close(ctx context.Context, run Run, asOf billing.Date, head string) (Run, error) {
	lines, err := t.openLines(ctx, run)
	if err != nil {
		return run, err
	}
	// What is open goes, what is final comes in its place: nothing but this close ever deletes a line. What earlier
	// runs of the period declared stays, to be compared with.
	if err := t.exec(ctx, "DELETE FROM lines WHERE sequence = 0 AND (last_run = 0 OR period <> ?)", run.Period); err != nil {
		return run, err
	}
	rows := t.bulk("lines", lineColumns...)
	total := billing.Money(0)
	for i := range lines {
		line := &lines[i]
		line.Number = Number(run.Month(), int64(i+1))
		total += line.Amount
		head = Link(head, CanonicalLine(&line.DeclaredLine))
		if err := rows.addLine(ctx, *line, int64(i+1), head); err != nil {
			return run, err
		}
	}
	if err := rows.flush(ctx); err != nil {
		return run, err
	}
	run.ClosedOn = int32(asOf)
	run.Head = Link(head, CanonicalClose(run, len(lines), total))
	t.did.Say("close %s %s", run.Month(), run.Head)
	t.did.Count("lines", int64(len(lines)))
	t.did.Count("cents", int64(total))
	if err := t.declare(ctx, run); err != nil {
		return run, err
	}
	return run, t.exec(ctx, "UPDATE runs SET closed_on = ?, head = ? WHERE id = ?", run.ClosedOn, run.Head, run.ID)
}

func (t *Tx) openLines(ctx context.Context, run Run) ([]OpenLine, error) {
	var lines []OpenLine
	err := t.eachLine(ctx, "period = ? AND last_run = 0 AND sequence = 0"+lineOrder, []any{run.Period}, func(line OpenLine) error {
		lines = append(lines, line)
		return nil
	})
	return lines, err
}

// declare notes on the accepted versions that they were declared, first in which period and last at what price.
func (t *Tx) declare(ctx context.Context, run Run) error {
	return t.exec(ctx, "UPDATE records SET declared = CASE WHEN records.declared = 0 THEN ? ELSE records.declared END, declared_price = o.price "+
		"FROM outcomes o WHERE o.bsn = records.bsn AND o.record_id = records.id AND o.last_run = 0 AND o.outcome = 'accepted' "+
		"AND (records.declared = 0 OR records.declared_price <> o.price)", run.Period)
}
