package workspace

import (
	"context"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
)

// Import takes in files of any kind, each later than the one before it.
func (w *Workspace) Import(ctx context.Context, files []string, asOf billing.Date, progress Progress) (*Imported, error) {
	if err := w.lockFor(ctx, "pxq import"); err != nil {
		return nil, err
	}
	return w.takeIn(ctx, inTheirOrder(files), asOf, progress)
}

// Decide takes in files with controllers' decisions. What a file is shows in its headings, so it may hold other rows too.
func (w *Workspace) Decide(ctx context.Context, files []string, asOf billing.Date, progress Progress) (*Imported, error) {
	return w.Import(ctx, files, asOf, progress)
}

// takeIn takes in groups of files; nobody can say which of the files of one group is later.
func (w *Workspace) takeIn(ctx context.Context, groups [][]string, asOf billing.Date, progress Progress) (*Imported, error) {
	in := w.intake()
	if book, err := w.Book(); err == nil {
		in.Book = book.Book // else whoever judges says what is wrong with it
	}
	return in.Import(ctx, groups, asOf, progress.of(TakingIn))
}

// Withdraw takes back a file that was taken in by mistake, as if it had never come. It is named by its path, or by its
// base name alone. still gives where it stands in the folders that a run looks through: there it would come in again.
func (w *Workspace) Withdraw(ctx context.Context, file string) (withdrawn *Withdrawn, still []string, err error) {
	if err := w.lockFor(ctx, "pxq withdraw"); err != nil {
		return nil, nil, err
	}
	if withdrawn, err = w.intake().Withdraw(ctx, file, nil); err != nil {
		return nil, nil, err
	}
	still, err = w.standing(withdrawn)
	return withdrawn, still, err
}

func (w *Workspace) standing(withdrawn *Withdrawn) ([]string, error) {
	groups, err := w.inbox()
	if err != nil {
		return nil, err
	}
	var still []string
	for _, group := range groups {
		for _, path := range group {
			if filepath.Base(path) != withdrawn.File {
				continue
			}
			if hash, err := importers.Hash(path); err == nil && hash == withdrawn.SHA256 {
				still = append(still, path)
			}
		}
	}
	return still, nil
}
