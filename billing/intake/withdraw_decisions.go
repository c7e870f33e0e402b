package intake

import "github.com/pxq-nl/pxq/billing/ledger"

// takeBackDecisions removes the decisions that came with the file.
func (w *withdrawal) takeBackDecisions() error {
	clients, err := w.tx.TakeBackDecisions(w.ctx, w.ids)
	for _, bsn := range clients {
		w.clients[bsn] = true
		w.done.Decisions++
	}
	return err
}

// moveDecisions makes the decisions on a reference follow their rows, whose versions bear other numbers now: those on
// rows that are gone lapse.
func (w *withdrawal) moveDecisions(key ledger.Key, now map[int]int) error {
	decisions, err := w.tx.DecisionsOf(w.ctx, key)
	if err != nil {
		return err
	}
	for _, decision := range decisions {
		version, known := now[decision.Version]
		switch {
		case !known || version == decision.Version || w.isOfFile(decision.FileID):
		case version == 0:
			w.done.Lapsed++
			err = w.tx.ForgetDecision(w.ctx, decision)
		default:
			err = w.tx.MoveDecision(w.ctx, decision, version)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
