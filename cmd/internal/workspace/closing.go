package workspace

import (
	"context"
	"strings"

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
	_, refused, err := w.unseen(ctx, period)
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
	if err := w.fillClosed(ctx, month, run, w.setting(book), progress); err != nil {
		return nil, problem(ClosedUnwritten, period, reasonOf(err), run.Head)
	}
	return month, nil
}

func (w *Workspace) fillClosed(ctx context.Context, month *Month, run ledger.Run, setting report.Setting, progress Progress) error {
	return w.fill(ctx, month, run, setting, func(made *report.Report) (*Workbooks, error) {
		return w.writeWorkbooks(ctx, run, made, progress)
	})
}

// finishClose writes the workbooks of the last closed period when its close was cut short before it did, and notes so.
// That it cannot write them either keeps no other command from its work.
func (w *Workspace) finishClose(ctx context.Context) error {
	run, ok, err := w.store.LastClosed(ctx)
	if err != nil || !ok {
		return err
	}
	written, err := w.store.Meta(ctx, reportsName(run.Month()))
	if err != nil || strings.HasSuffix(written, closedReports) {
		return err
	}
	setting, err := w.settingOf(ctx, run)
	if err != nil {
		return nil //nolint:nilerr // the command itself says what is wrong with the book, if it needs one
	}
	if err := w.fillClosed(ctx, &Month{}, run, setting, nil); err != nil {
		w.note("Periode %[1]s is afgesloten, maar haar werkboeken konden nog niet worden geschreven: %[2]s", "Period %[1]s is closed, but its workbooks could not be written yet: %[3]s",
			run.Month(), reasonOf(err).Dutch, reasonOf(err).English)
		return nil
	}
	w.note("De werkboeken van de afgesloten periode %s zijn alsnog geschreven.", "The workbooks of the closed period %s were written now.", run.Month())
	return nil
}

// closable returns the run that can be made final, or why it cannot: for what the batch says, or because a file
// stands in the folders that no run has seen.
func (w *Workspace) closable(ctx context.Context, period billing.Period, asOf billing.Date, book *Book) (ledger.Run, error) {
	run, err := w.batch().Closable(ctx, w.input(period, asOf, book))
	if err != nil {
		return run, err
	}
	unseen, _, err := w.unseen(ctx, period)
	if err != nil {
		return run, err
	}
	if len(unseen) > 0 {
		return run, problem(FilesNotSeen, period, fileList(unseen))
	}
	return run, nil
}
