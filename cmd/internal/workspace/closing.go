package workspace

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// Closing is what a close of a period would make final, and what goes on to the next one.
type Closing struct {
	Summary *Summary
	Held    Sum // records that wait for a decision: they go on to the next period
	Pending Sum // care of later months: it goes on to the next period
	Refused int // files in the folders that the last run refused whole: nothing of them is in the declaration
	Book    *billing.Book
}

// PrepareClose returns what a close of the period would do, or why it is refused. Nothing is changed.
func (w *Workspace) PrepareClose(ctx context.Context, period billing.Period, asOf billing.Date) (*Closing, error) {
	book, err := w.Book()
	if err != nil {
		return nil, err
	}
	run, err := w.closable(ctx, period, asOf, book)
	if err != nil {
		return nil, err
	}
	month := &Month{}
	err = w.fill(ctx, month, run, w.setting(book), func(*report.Report) (*Workbooks, error) { return nil, nil })
	if err != nil {
		return nil, err
	}
	_, refused, err := w.unseen(ctx)
	return &Closing{Summary: month.Summary, Held: month.Summary.Outcomes[billing.Held], Pending: month.Summary.Outcomes[billing.Pending],
		Refused: len(refused), Book: book.Book}, err
}

// ClosePeriod makes the declaration of a period final, and writes its workbooks once more.
func (w *Workspace) ClosePeriod(ctx context.Context, period billing.Period, asOf billing.Date, progress Progress) (*Month, error) {
	book, err := w.begin(ctx, "pxq close")
	if err != nil {
		return nil, err
	}
	if _, err := w.closable(ctx, period, asOf, book); err != nil {
		return nil, err
	}
	run, err := w.keeping(book).Close(ctx, w.input(period, asOf, book))
	if err != nil {
		return nil, err
	}
	month := &Month{Book: book.Book, Head: run.Head}
	return month, w.fill(ctx, month, run, w.setting(book), func(made *report.Report) (*Workbooks, error) {
		return w.writeWorkbooks(ctx, run, made, progress)
	})
}

// closable returns the run that can be made final, or why it cannot: for what the batch says, or because a file
// stands in the folders that no run has seen.
func (w *Workspace) closable(ctx context.Context, period billing.Period, asOf billing.Date, book *Book) (ledger.Run, error) {
	run, err := w.batch().Closable(ctx, w.input(period, asOf, book))
	if err != nil {
		return run, err
	}
	unseen, _, err := w.unseen(ctx)
	if err != nil {
		return run, err
	}
	if len(unseen) > 0 {
		return run, problem(FilesNotSeen, period, fileList(unseen))
	}
	return run, nil
}
