package ledger

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

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
		if err := rows.add(ctx, line.BSN, line.FirstRun, 0, int32(line.Period), string(line.Kind), int32(line.CareMonth), line.Municipality,
			line.Provider, line.Referral, line.Product, int(line.Unit), int64(line.Quantity), int64(line.Price), int64(line.Amount),
			line.Records, int32(line.First), i+1, line.Original, head); err != nil {
			return run, err
		}
	}
	if err := rows.flush(ctx); err != nil {
		return run, err
	}
	run.ClosedOn = int32(asOf)
	run.Head = Link(head, CanonicalClose(run, len(lines), total))
	if err := t.declare(ctx, run); err != nil {
		return run, err
	}
	return run, t.exec(ctx, "UPDATE runs SET closed_on = ?, head = ? WHERE id = ?", run.ClosedOn, run.Head, run.ID)
}

func (t *Tx) openLines(ctx context.Context, run Run) ([]OpenLine, error) {
	var lines []OpenLine
	err := eachLine(ctx, t.Tx, t.store.dialect, "period = ? AND last_run = 0 AND sequence = 0"+lineOrder, func(line OpenLine) error {
		lines = append(lines, line)
		return nil
	}, run.Period)
	return lines, err
}

// declare notes on the accepted versions that they were declared, first in which period and last at what price.
func (t *Tx) declare(ctx context.Context, run Run) error {
	return t.exec(ctx, "UPDATE records SET declared = CASE WHEN records.declared = 0 THEN ? ELSE records.declared END, declared_price = o.price "+
		"FROM outcomes o WHERE o.bsn = records.bsn AND o.record_id = records.id AND o.last_run = 0 AND o.outcome = ? "+
		"AND (records.declared = 0 OR records.declared_price <> o.price)", run.Period, int(billing.Accepted))
}

// KeepBook keeps the book and the policy of a run, so that its period can be shown again as it was.
func (t *Tx) KeepBook(ctx context.Context, run Run, book *billing.Book, policy billing.Policy) error {
	text, err := json.Marshal(keptBook{book, policy})
	if err != nil {
		return err
	}
	return t.SetMeta(ctx, bookName(run), string(text))
}

// Book gives the book and the policy of a closed run; ok is false when none was kept.
func (s *Store) Book(ctx context.Context, run Run) (book *billing.Book, policy billing.Policy, ok bool, err error) {
	text, err := s.Meta(ctx, bookName(run))
	if err != nil || text == "" {
		return nil, billing.Policy{}, false, err
	}
	kept := keptBook{Book: &billing.Book{}}
	if err := json.Unmarshal([]byte(text), &kept); err != nil {
		return nil, billing.Policy{}, false, fmt.Errorf("kept book of %s: %w", run.Month(), err)
	}
	return kept.Book.Index(), kept.Policy, true, nil
}

type keptBook struct {
	Book   *billing.Book
	Policy billing.Policy
}

func bookName(run Run) string { return "book/" + strconv.FormatInt(run.ID, 10) }
