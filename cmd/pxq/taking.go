package main

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
)

// takeIn takes in groups of files and shows how far it is.
func (w *workspace) takeIn(ctx context.Context, groups [][]string, asOf billing.Date) (*batch.Imported, error) {
	count := 0
	for _, group := range groups {
		count += len(group)
	}
	progress := w.app.progress(w.app.text("Inlezen", "Taking in"), count)
	defer progress.end()
	w.batch.Progress = progress.batch()
	return w.batch.Import(ctx, groups, asOf)
}
