package workspace

import (
	"context"
	"encoding/json"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// owner identifies the workspace that owns a database: the last one to write to it that was no trial.
type owner struct{ Folder, Region string }

// ownerName is the name under which the store keeps the owner.
const ownerName = "workspace"

// owner returns this workspace as an owner, and the owner that the database records, which is empty when there is none.
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
		kept = owner{} // an unreadable owner counts as none, until the owner writes again
	}
	return own, kept, nil
}

// keepOwner records this workspace as the owner of the database, unless it is a trial.
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

// refuseOther refuses a database with files that another workspace owns: one of another region, and for a trial any, if the
// address was given as asked. Such mistakes are easy: PXQ_DATABASE holds for every workspace, and settings are copied from one
// to the next. Another folder of the same region is accepted, since a workspace may move or a region have several.
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
