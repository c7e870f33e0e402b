package intake

import (
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
)

// takeBackRows takes back the rows of the file, and replays the references that it touched from what remains.
func (w *withdrawal) takeBackRows() error {
	keys, err := w.touched()
	if err != nil {
		return err
	}
	step := billing.Step{Name: w.done.File, Total: len(keys)}
	for part := range slices.Chunk(keys, rowsPerChunk) {
		if err := w.replay(part, nil); err != nil {
			return err
		}
		step.Done += len(part)
		w.progress.Report(step)
	}
	for _, row := range w.rows {
		w.done.Rows++
		if err := w.tx.TakeBack(w.ctx, row.Record, w.lastRun); err != nil {
			return err
		}
	}
	w.done.Back, w.done.AlreadyReceived, w.done.Lapsed = w.back, w.alreadyReceived, w.lapsed
	return nil
}

// touched returns the references that the file gave, and those of which its group made rows no longer current.
func (w *withdrawal) touched() ([]billing.RecordKey, error) {
	wanted := make(map[billing.RecordKey]bool)
	for _, row := range w.rows {
		w.clients[row.BSN] = true
		if row.Identified() {
			wanted[billing.RecordKeyOf(row.Provider, row.Reference)] = true
		}
	}
	settled, err := w.tx.SettledBy(w.ctx, slices.Sorted(maps.Keys(w.rules.Gone)))
	if err != nil {
		return nil, err
	}
	for _, key := range settled {
		if key.Provider != "" && key.KnownAs != "" {
			wanted[key] = true
		}
	}
	for key := range wanted {
		w.providers[key.Provider] = true
	}
	return slices.SortedFunc(maps.Keys(wanted), billing.CompareRecordKeys), nil
}
