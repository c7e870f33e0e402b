package ledger

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// EarlierFinding returns a finding as the last run that had it made it of a row; nil if no run did.
func (t *Tx) EarlierFinding(ctx context.Context, r *billing.Record, code billing.Code) (*billing.Finding, error) {
	var had *billing.Finding
	err := t.each(ctx, "SELECT findings FROM outcomes WHERE bsn = ? AND record_id = ? AND ' ' || codes || ' ' LIKE ? ORDER BY first_run DESC LIMIT 1",
		[]any{r.BSN, r.ID, "% " + code.String() + " %"}, func(scan scanner) error {
			var text string
			if err := scan(&text); err != nil {
				return err
			}
			findings, err := words.Findings(text, 0)
			for i := range findings {
				if findings[i].Code == code {
					had = &findings[i]
				}
			}
			return err
		})
	return had, err
}

// refusals completes the decisions by which a controller rejected a version that was declared: whether they came after
// the close that declared it, and what they are about, which rules may no longer look for.
func (r *ClientReader) refusals(ctx context.Context, clients []*StoredClient) error {
	for _, stored := range clients {
		for i := range stored.Client.Decisions {
			decision := &stored.Client.Decisions[i]
			if decision.Word != billing.Refuse {
				continue
			}
			for _, record := range stored.Client.Records {
				if record.Declared == 0 || !decision.IsOn(record) {
					continue
				}
				if err := r.refusal(ctx, decision, record); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *ClientReader) refusal(ctx context.Context, decision *billing.Decision, record *billing.Record) (err error) {
	if r.closes == nil {
		closed, err := r.tx.ClosedRuns(ctx)
		if err != nil {
			return err
		}
		r.closes = make(map[billing.Period]int64, len(closed))
		for _, run := range closed {
			r.closes[run.Month()] = run.LastFile
		}
	}
	decision.AfterClose = decision.FileID > r.closes[record.Declared]
	decision.Had, err = r.tx.EarlierFinding(ctx, record, decision.Code)
	return err
}
