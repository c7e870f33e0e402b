package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/versions"
)

// takeBackRows takes back the rows of the file, and replays the references that it touched from what remains.
func (w *withdrawal) takeBackRows() error {
	keys, err := w.touched()
	if err != nil {
		return err
	}
	step := billing.Step{Name: w.done.File, Total: len(keys)}
	for part := range slices.Chunk(keys, rowsPerChunk) {
		if err := w.replayKeys(part); err != nil {
			return err
		}
		step.Done += len(part)
		w.progress.Report(step)
	}
	for _, row := range w.rows {
		w.done.Rows++
		if err := w.tx.TakeBack(w.ctx, row.Record); err != nil {
			return err
		}
	}
	return w.tx.Rewrite(w.ctx, w.rewrite)
}

// touched returns the references that the file gave, and those of which its group made rows no longer current.
func (w *withdrawal) touched() ([]ledger.Key, error) {
	wanted := make(map[ledger.Key]bool)
	for _, row := range w.rows {
		w.clients[row.BSN] = true
		if row.Identified() {
			wanted[ledger.KeyOf(row.Provider, row.Reference)] = true
		}
	}
	settled, err := w.tx.SettledBy(w.ctx, slices.Sorted(maps.Keys(w.replay.Gone)))
	if err != nil {
		return nil, err
	}
	for _, key := range settled {
		if key.Provider != "" && key.KnownAs != "" {
			wanted[key] = true
		}
	}
	return slices.SortedFunc(maps.Keys(wanted), func(a, b ledger.Key) int {
		return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.KnownAs, b.KnownAs))
	}), nil
}

// replayKeys decides anew what the rows of other files are under these references.
func (w *withdrawal) replayKeys(keys []ledger.Key) error {
	history, err := w.tx.History(w.ctx, keys)
	if err != nil {
		return err
	}
	shown, err := w.shownInAClose(keys, history)
	if err != nil {
		return err
	}
	for _, key := range keys {
		if err := w.replayKey(key, history[key], shown); err != nil {
			return err
		}
	}
	return nil
}

// shownInAClose returns the numbers of the rows of other files that a closed period shows.
func (w *withdrawal) shownInAClose(keys []ledger.Key, history map[ledger.Key][]ledger.StoredRecord) (map[int64]bool, error) {
	if w.closed == 0 {
		return nil, nil
	}
	var rows []*billing.Record
	for _, key := range keys {
		for _, row := range history[key] {
			if !w.isOfFile(row.FileID) {
				rows = append(rows, row.Record)
			}
		}
	}
	return w.tx.JudgedUntil(w.ctx, rows, w.closed)
}

// isOfFile reports whether a file is a reading of the one that is taken back.
func (w *withdrawal) isOfFile(id int64) bool { return slices.Contains(w.ids, id) }

// replayKey decides anew what the rows of other files are under one reference.
func (w *withdrawal) replayKey(key ledger.Key, rows []ledger.StoredRecord, shown map[int64]bool) error {
	var remain []ledger.StoredRecord
	var kept []versions.Kept
	now := make(map[int]int) // the version that a version is now; 0 for gone
	for _, row := range rows {
		if row.Origin == billing.FromMessage {
			continue
		}
		now[row.Version] = 0
		if w.isOfFile(row.FileID) {
			continue
		}
		next := w.fingerprints.Kept(row.Record, row.State, row.SettledBy, row.Stands)
		next.Shown = shown[row.ID]
		remain, kept = append(remain, row), append(kept, next)
	}
	for i, fate := range w.replay.Of(kept) {
		now[remain[i].Version] = fate.Version
		if err := w.keepReplayed(remain[i], &kept[i], &fate); err != nil {
			return err
		}
	}
	return w.moveDecisions(key, now)
}

// keepReplayed keeps what a row of another file is now.
func (w *withdrawal) keepReplayed(row ledger.StoredRecord, before *versions.Kept, fate *versions.Fate) error {
	if fate.Kind == versions.AlreadyReceived {
		w.clients[row.BSN] = true
		w.done.AlreadyReceived++
		if err := w.tx.CountAlreadyReceived(w.ctx, row.Record); err != nil {
			return err
		}
		return w.tx.TakeBack(w.ctx, row.Record)
	}
	if !fate.Changed(before) {
		return nil
	}
	w.clients[row.BSN] = true
	if fate.State == versions.Current && row.State != versions.Current {
		w.done.Back++
	}
	w.rewrite = append(w.rewrite, ledger.StoredRecord{Record: replayed(row.Record, fate), State: fate.State, SettledBy: fate.SettledBy, Stands: row.Stands})
	return nil
}

// replayed returns a record as it is now.
func replayed(before *billing.Record, fate *versions.Fate) *billing.Record {
	r := *before
	r.Findings = versions.Unnoted(before)
	fate.Note(&r)
	return &r
}
