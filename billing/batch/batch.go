package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Batch runs the monthly batch on a store. Whoever runs or closes holds the lock of the store.
type Batch struct {
	Store     *ledger.Store
	Catalogue *billing.Catalogue
	Program   string // name and version, kept with every run

	// Fingerprint returns the fingerprint of a book and a policy, as RunInput has it. It is asked when a kept book is verified; nil
	// leaves that check out.
	Fingerprint func(*billing.Book, billing.Policy) string

	// WithoutPages leaves out what runs keep for the pages, where nobody will look at them.
	WithoutPages bool

	// KeepSummary keeps, in the transaction of a run or a close, the summary that the pages show of it; nil keeps none. It is
	// given what the run came to as far as that was added up: nil at a close, which changes no row, and where nobody was judged.
	KeepSummary func(context.Context, *ledger.Tx, ledger.Run, *ledger.Added) error

	// SummaryAgrees reports whether the summary that a run kept is what it would keep now; nil leaves that check out.
	SummaryAgrees func(context.Context, *ledger.Tx, ledger.Run) (bool, error)
}
