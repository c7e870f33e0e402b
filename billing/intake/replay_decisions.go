package intake

import (
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// moveDecisions moves the decisions on the reference along with their rows, whose versions may have been renumbered.
// Decisions on rows and prestaties that are gone lapse.
func (r *replayed) moveDecisions() error {
	decisions, err := r.tx.DecisionsOf(r.ctx, r.key)
	if err != nil {
		return err
	}
	for _, decision := range decisions {
		version, known := r.now[decision.Version]
		prestatie := r.prestatieOf(&decision)
		switch {
		case r.isGone(decision.FileID): // removed with its file
		case prestatie != nil && r.isGone(prestatie.FileID), prestatie == nil && known && version == 0:
			r.lapsed++
			err = r.tx.ForgetDecision(r.ctx, decision)
		case prestatie == nil && known && version != decision.Version:
			err = r.tx.MoveDecision(r.ctx, decision, version)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// prestatieOf returns the prestatie that a decision is on; nil if it is on a row. Of several records with one reference, as
// written, only the first can be decided on.
func (r *replayed) prestatieOf(decision *billing.Decision) *ledger.StoredRecord {
	at := slices.IndexFunc(r.history, func(row ledger.StoredRecord) bool { return decision.IsOn(row.Record) })
	if at < 0 || r.history[at].Origin != billing.FromMessage {
		return nil
	}
	return &r.history[at]
}
