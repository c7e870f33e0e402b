package workspace

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// known returns what the database holds of the references in some files; nothing while there is no database.
func (f *Folder) known(ctx context.Context, database string, files []string, asOf billing.Date) (*intake.Known, error) {
	found := intake.NewKnown()
	if path, ok := strings.CutPrefix(f.address(database), "sqlite:"); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return found, nil
		}
	}
	references := &intake.References{}
	for _, file := range files {
		_, err := reader{}.Read(ctx, file, asOf, references)
		if err != nil && ctx.Err() != nil {
			return nil, ctx.Err() // else the file is refused when it is checked
		}
	}
	w, err := f.Open(ctx, Options{Database: database})
	if err != nil {
		return nil, err
	}
	err = w.store.Read(ctx, func(tx *ledger.Tx) error { return found.AddReferences(ctx, tx, references.Keys) })
	return found, errors.Join(err, w.Close())
}
