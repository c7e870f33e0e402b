package report

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Waiting is a declaration (JW323) that has no answer yet because a prestatie of it is held or pending.
type Waiting struct {
	File         string // base name
	Provider     string // AGB code
	Municipality string // CBS code, as written
	Number       string // DeclaratieNummer
	Open         int    // number of prestaties that are held or pending
	Received     billing.Date
	Term         billing.Date // last day of the term for the answer
	DaysLeft     int          // working days until Term; negative if it has passed
}

// waiting returns the declarations without an answer after a run, in the order of taking in; DaysLeft counts from today.
func waiting(ctx context.Context, tx *ledger.Tx, run ledger.Run, today billing.Date) ([]Waiting, error) {
	messages, err := tx.MessagesWaiting(ctx, run)
	if err != nil {
		return nil, err
	}
	var list []Waiting
	for _, m := range messages {
		if m.Open == 0 {
			continue // all is decided; it only waits for a run that writes reports
		}
		term := ijw.Term(m.Received)
		list = append(list, Waiting{
			File: bsn.MaskLine(m.File), Provider: m.Provider, Municipality: m.Receiver, Number: bsn.MaskLine(m.Declaration), Open: m.Open, Received: m.Received, Term: term,
			DaysLeft: ijw.DaysLeft(today, term),
		})
	}
	return list, nil
}

// WaitingFor returns the declarations without an answer after the last run; DaysLeft counts from today.
func (r *Reporter) WaitingFor(ctx context.Context, today billing.Date) (list []Waiting, err error) {
	err = r.Store.Read(ctx, func(tx *ledger.Tx) error {
		run, ran, err := tx.LastRun(ctx)
		if err != nil || !ran {
			return err
		}
		list, err = waiting(ctx, tx, run, today)
		return err
	})
	return list, err
}

// waiting fills in the declarations without an answer.
func (g *gathering) waiting(ctx context.Context) (err error) {
	g.head.Waiting, err = waiting(ctx, g.tx, g.run, g.head.AsOf)
	return err
}
