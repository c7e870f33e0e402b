package workspace

import (
	"context"
	"regexp"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Explained is the story of a record, or of a line of a declaration.
type Explained struct {
	Record *Story     // nil when a line was asked for
	Line   *LineStory // nil when a record was asked for
	Book   *billing.Book
}

// lineNumber is the form of the number of a line.
var lineNumber = regexp.MustCompile(`^\d{4}-\d{2}-\d{6}$`)

// Explain tells the story of the record with a reference, of that provider when several use it, or of the line with that
// number.
func (w *Workspace) Explain(ctx context.Context, what, provider string) (*Explained, error) {
	book, err := w.Book()
	if err != nil {
		return nil, err
	}
	providers, err := w.store.ProvidersOf(ctx, what)
	if err != nil {
		return nil, err
	}
	explained := &Explained{Book: book.Book}
	if len(providers) == 0 && lineNumber.MatchString(what) {
		explained.Line, err = w.reporter().ExplainLine(ctx, what, w.setting(book))
		return explained, err
	}
	key, err := whichRecord(what, provider, providers)
	if err != nil {
		return nil, err
	}
	explained.Record, err = w.reporter().Explain(ctx, key, w.setting(book))
	return explained, err
}

// whichRecord finds the one record that is meant.
func whichRecord(reference, provider string, providers []string) (ledger.Key, error) {
	switch {
	case provider != "":
		return ledger.KeyOf(provider, reference), nil
	case len(providers) == 0:
		return ledger.Key{}, problem(UnknownReference, reference)
	case len(providers) > 1:
		return ledger.Key{}, problem(AmbiguousReference, reference, len(providers), strings.Join(providers, ", "))
	}
	return ledger.KeyOf(providers[0], reference), nil
}
