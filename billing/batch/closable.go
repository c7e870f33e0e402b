package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Closable returns the run whose declaration a close would make final, or why it cannot.
func (b *Batch) Closable(ctx context.Context, input RunInput) (ledger.Run, error) {
	return b.closable(ctx, input)
}

// afterTheMonth reports whether the month was not over yet at the run and is over now: then it is made once more, also
// when nothing came in, so that it can be closed.
func (i RunInput) afterTheMonth(run ledger.Run) bool {
	end := i.Period.Last()
	return billing.Date(run.AsOf) <= end && i.AsOf > end
}
