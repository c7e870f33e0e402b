package workspace

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// Explained is the story of either a record or a line of a declaration.
type Explained struct {
	Record *Story     // nil for a line
	Line   *LineStory // nil for a record
	Book   *billing.Book
}

// lineNumber matches the number of a line.
var lineNumber = regexp.MustCompile(`^\d{4}-\d{2}-\d{6}$`)

// Explain returns the story of the record with the reference what, or of the line with that number when no record has it. The
// provider may be "" unless several use the reference.
func (w *Workspace) Explain(ctx context.Context, what, provider string) (*Explained, error) {
	return readSnapshot(ctx, w, func(w *Workspace) (*Explained, error) { return w.explain(ctx, what, provider) })
}

func (w *Workspace) explain(ctx context.Context, what, provider string) (*Explained, error) {
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
	about, err := whichRecord(what, provider, providers)
	if err != nil {
		return nil, err
	}
	explained.Record, err = w.reporter().Explain(ctx, about, w.setting(book))
	return explained, err
}

// whichRecord returns the record with a reference: of the given provider, or else of the only one of providers.
func whichRecord(reference, provider string, providers []string) (report.Subject, error) {
	switch {
	case provider != "":
	case len(providers) == 0:
		return report.Subject{}, problem(UnknownReference, reference)
	case len(providers) > 1:
		return report.Subject{}, problem(AmbiguousReference, reference, len(providers), strings.Join(providers, ", "))
	default:
		provider = providers[0]
	}
	return report.Subject{Provider: provider, Reference: reference}, nil
}

// ClientRows are the records of one client with the results of the last run. They do not identify the client.
type ClientRows struct {
	Period billing.Period // of the last run
	Rows   []ClientRow    // by care date
	Book   *billing.Book
}

// ClientRow is a record of a client.
type ClientRow struct {
	Provider, Reference string // the BSN is masked in the reference, which some administrations derive from it
	First               billing.Date
	Product             string
	Unit                billing.Unit
	Quantity            billing.Quantity
	Outcome             billing.Outcome
	Codes               string // of its findings, sorted
}

// FindClient returns the records of the client with a BSN, in any notation that billing.BSNOf accepts.
func (w *Workspace) FindClient(ctx context.Context, bsn string) (*ClientRows, error) {
	return readSnapshot(ctx, w, func(w *Workspace) (*ClientRows, error) { return w.findClient(ctx, bsn) })
}

func (w *Workspace) findClient(ctx context.Context, bsn string) (*ClientRows, error) {
	bsn, ok := billing.BSNOf(bsn)
	if !ok {
		return nil, problem(NoBSN)
	}
	book, err := w.Book()
	if err != nil {
		return nil, err
	}
	run, ran, err := w.store.LastRun(ctx)
	if err != nil {
		return nil, err
	}
	found := &ClientRows{Period: run.Month(), Book: book.Book}
	if ran {
		var rows []*ledger.JudgedRow
		err = w.store.Read(ctx, func(tx *ledger.Tx) (err error) {
			if rows, err = tx.RowsOfClient(ctx, run, bsn); err != nil {
				return err
			}
			clients := tx.ClientNumbers(ctx)
			for _, row := range rows {
				if row.Record.Reference, err = clients.MaskOf(row.Record.Reference, bsn); err != nil {
					return err
				}
			}
			return nil
		})
		for _, row := range rows {
			r := row.Record
			found.Rows = append(found.Rows, ClientRow{
				Provider: r.Provider, Reference: r.Reference, First: r.First, Product: row.Outcome.Product,
				Unit: r.Unit, Quantity: r.Quantity, Outcome: row.Outcome.Outcome, Codes: row.Outcome.Codes,
			})
		}
	}
	if err == nil && len(found.Rows) == 0 {
		err = problem(UnknownClient)
	}
	slices.SortStableFunc(found.Rows, func(a, b ClientRow) int { return int(a.First) - int(b.First) })
	return found, err
}
