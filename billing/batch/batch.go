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

	// Fingerprint returns what a book and a policy are known by in a run; nil where a run is given it as it is.
	Fingerprint func(*billing.Book, billing.Policy) string

	// WithoutPages is set where nobody looks at pages of what is run: what they show of rows is not kept.
	WithoutPages bool

	// KeepSummary keeps, in the transaction of a run or a close, the summary of it that the pages show; nil for none. It is
	// given what the run came to, where that was added up; nil at a close, which changes no row, and where nobody was judged.
	KeepSummary func(context.Context, *ledger.Tx, ledger.Run, *ledger.Added) error

	// SummaryAgrees reports whether the summary that a run kept is what it would keep now; nil where nobody asks.
	SummaryAgrees func(context.Context, *ledger.Tx, ledger.Run) (bool, error)
}
