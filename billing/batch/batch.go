package batch

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Batch runs the monthly batch on a store. The caller of Run or Close must hold the lock of the store.
type Batch struct {
	Store     *ledger.Store
	Catalogue *billing.Catalogue
	Program   string // name and version, stored with every run

	// Fingerprint returns the fingerprint of a book and a policy, as in RunInput. It is used to verify the stored books; nil
	// leaves that check out.
	Fingerprint func(*billing.Book, billing.Policy) string

	// WithoutPages leaves out what runs store for the pages, for stores that no pages will show.
	WithoutPages bool

	// KeepSummary stores, in the transaction of a run or a close, the summary of it for the pages; nil stores none. It is
	// given the totals of the run as far as they were added up: nil at a close, which changes no row, and where nobody was judged.
	KeepSummary func(context.Context, *ledger.Tx, ledger.Run, *ledger.Added) error

	// SummaryAgrees reports whether the stored summary of a run is what would be stored for it now; nil leaves that check out.
	SummaryAgrees func(context.Context, *ledger.Tx, ledger.Run) (bool, error)
}
