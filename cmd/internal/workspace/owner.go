package workspace

import (
	"context"
	"encoding/json"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// owner is the workspace whose database it is: the one that last wrote in it and was no trial.
type owner struct{ Folder, Region string }

// ownerName is the name under which the owner is kept.
const ownerName = "workspace"

// owner returns the owner that this workspace is, and the one that is kept; that of a database of nobody is empty.
func (w *Workspace) owner(ctx context.Context) (own, kept owner, err error) {
	own.Region = w.Settings.Region
	if own.Folder, err = filepath.Abs(w.Path); err != nil {
		return own, kept, err
	}
	text, err := w.store.Meta(ctx, ownerName)
	if err != nil || text == "" {
		return own, kept, err
	}
	if json.Unmarshal([]byte(text), &kept) != nil {
		kept = owner{} // what cannot be read is of nobody, until the owner writes
	}
	return own, kept, nil
}

// keepOwner keeps whose database it is.
func (w *Workspace) keepOwner(ctx context.Context) error {
	if w.Settings.Trial {
		return nil
	}
	own, kept, err := w.owner(ctx)
	if err != nil || own == kept {
		return err
	}
	text, err := json.Marshal(own)
	if err != nil {
		return err
	}
	return w.store.Write(ctx, func(tx *ledger.Tx) error { return tx.SetMeta(ctx, ownerName, string(text)) })
}

// refuseOther refuses the database of another workspace: of another region, and to a trial, for which it was asked, that of
// one that is none. By PXQ_DATABASE every workspace has the same, and settings are copied from one to the other. The same
// region may have moved, or have more than one folder.
func (w *Workspace) refuseOther(ctx context.Context, asked string) error {
	own, kept, err := w.owner(ctx)
	if err != nil || kept == (owner{}) || kept.Folder == own.Folder {
		return err
	}
	switch holds, err := w.store.HoldsFiles(ctx); {
	case err != nil || !holds:
		return err
	case w.Settings.Trial && asked != "":
		return problem(TrialOnReal, w.Path, w.Address(), kept.Folder)
	case billing.Fold(kept.Region) != billing.Fold(own.Region):
		return problem(OtherRegion, w.Path, own.Region, w.Address(), kept.Region, kept.Folder)
	}
	return nil
}
