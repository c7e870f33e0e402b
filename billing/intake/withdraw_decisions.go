package intake

// takeBackDecisions removes the decisions that came with the file.
func (w *withdrawal) takeBackDecisions() error {
	clients, err := w.tx.TakeBackDecisions(w.ctx, w.gone)
	for _, bsn := range clients {
		w.clients[bsn] = true
		w.done.Decisions++
	}
	return err
}
