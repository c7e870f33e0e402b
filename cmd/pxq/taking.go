package main

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/intake"
)

// takeIn takes in groups of files and shows how far it is.
func (w *workspace) takeIn(ctx context.Context, groups [][]string, asOf billing.Date) (*intake.Imported, error) {
	count := 0
	for _, group := range groups {
		count += len(group)
	}
	progress := w.app.progress(w.app.text("Inlezen", "Taking in"), count)
	defer progress.end()
	in := &intake.Intake{Store: w.batch.Store, Reader: reader{}, Catalogue: w.batch.Catalogue}
	return in.Import(ctx, groups, asOf, progress.step)
}
