package intake

import (
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing/ledger"
)

// readAgain makes the files readable once more that may hold what was not kept of them because this file had it.
func (w *withdrawal) readAgain() error {
	var providers []string
	for _, row := range w.rows {
		if row.Provider != "" && !slices.Contains(providers, row.Provider) {
			providers = append(providers, row.Provider)
		}
	}
	repeaters, err := w.tx.RepeatersAfter(w.ctx, w.files[0].Group-1, providers)
	if err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(w.all)) {
		file := w.all[id]
		if file.Withdrawn != 0 || w.isGone(id) || !repeaters[id] && !(id > w.gone[0] && w.mayRepeat(file.Kind)) {
			continue
		}
		if err := w.tx.ReadAgain(w.ctx, id); err != nil {
			return err
		}
		if !slices.Contains(w.done.Files, file.Name) {
			w.done.Files = append(w.done.Files, file.Name)
		}
	}
	return nil
}

// mayRepeat reports whether a later file of this kind may have said what this file said of referrals or decisions.
func (w *withdrawal) mayRepeat(kind string) bool {
	switch kind {
	case ledger.ReferralFile:
		return w.done.Referrals > 0
	case ledger.DecisionFile:
		return w.done.Decisions > 0
	}
	return kind == ledger.MixedFile && (w.done.Referrals > 0 || w.done.Decisions > 0)
}
