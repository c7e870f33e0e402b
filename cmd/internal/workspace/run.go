package workspace

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
)

// RunOptions say which period is run, and how.
type RunOptions struct {
	Period      billing.Period
	AsOf        billing.Date
	NoWorkbooks bool
}

// Month is the result of running or closing a period.
type Month struct {
	Summary   *Summary
	Imported  *Imported // nil for a close, which takes nothing in
	Unchanged bool      // nothing was new, so the result of the previous run stands
	Workbooks *Workbooks
	Head      string        // of the chain of lines; "" until the period is closed
	TooLarge  []string      // messages whose answer would be too large to send
	Book      *billing.Book // has the names of municipalities and providers
}

// Run takes in the new files in the folders, judges the records, computes the declaration of the period and writes the
// workbooks. A closed period is returned as it was closed. The book is read before anything else, so that an error in it
// changes nothing. A run that fails after files were taken in returns a Month that describes them along with the error,
// since no later run reports them again.
func (w *Workspace) Run(ctx context.Context, options RunOptions, progress Progress) (*Month, error) {
	book, err := w.begin(ctx, "pxq run")
	if err != nil {
		return nil, err
	}
	if run, ok, err := w.store.RunOf(ctx, options.Period); err != nil {
		return nil, err
	} else if ok && run.Closed() {
		return w.closedMonth(ctx, run, progress)
	}
	if err := w.batch().CheckBook(ctx, book.Book); err != nil {
		return nil, err
	}
	groups, err := w.inbox()
	if err != nil {
		return nil, err
	}
	month := &Month{Workbooks: &Workbooks{}, Book: book.Book}
	if month.Imported, err = w.takeIn(ctx, groups, options.AsOf, progress); err != nil {
		return month, err
	}
	return month, w.declare(ctx, month, options, book, progress)
}

// declare judges what came in and adds the results to month.
func (w *Workspace) declare(ctx context.Context, month *Month, options RunOptions, book *Book, progress Progress) error {
	if err := w.noteRefused(ctx, options.Period, month.Imported); err != nil {
		return err
	}
	judged, err := w.keeping(book).Run(ctx, w.input(options.Period, options.AsOf, book), progress.of(Judging))
	if err != nil {
		return err
	}
	month.Unchanged = judged.Unchanged
	if !options.NoWorkbooks {
		if month.TooLarge, err = w.answerMessages(ctx, judged.Run); err != nil {
			return err
		}
	}
	return w.fill(ctx, month, judged.Run, w.setting(book), func(made *report.Report) (*Workbooks, error) {
		if options.NoWorkbooks {
			return &Workbooks{}, nil
		}
		return w.writeWorkbooks(ctx, judged.Run, made, progress)
	})
}

// closedMonth returns a closed period as it was closed. Nothing is taken in or judged.
func (w *Workspace) closedMonth(ctx context.Context, run ledger.Run, progress Progress) (*Month, error) {
	setting, err := w.settingOf(ctx, run)
	if err != nil {
		return nil, err
	}
	month := &Month{Imported: &Imported{}, Head: run.Head, Book: setting.Book}
	return month, w.fill(ctx, month, run, setting, func(made *report.Report) (*Workbooks, error) {
		return w.workbooksAgain(ctx, run, made, progress)
	})
}

// fill adds to month the summary of a run and the workbooks that write makes of its report.
func (w *Workspace) fill(ctx context.Context, month *Month, run ledger.Run, setting report.Setting, write func(*report.Report) (*Workbooks, error)) error {
	made, err := w.reporter().Report(ctx, run, setting)
	if err != nil {
		return err
	}
	refused, err := w.refusedIn(ctx, run.Month())
	if err != nil {
		return err
	}
	for _, file := range refused {
		made.Refused = append(made.Refused, report.RefusedFile{Name: file.Name, Reason: billing.Text{Dutch: file.Dutch, English: file.English}})
	}
	if month.Workbooks, err = write(made); err != nil {
		return err
	}
	month.Summary, err = w.reporter().Summarise(ctx, run, &made.ReportHead)
	return err
}

// begin reads the book and takes the write lock for the command named by what.
func (w *Workspace) begin(ctx context.Context, what string) (*Book, error) {
	book, err := w.Book()
	if err != nil {
		return nil, err
	}
	return book, w.lockFor(ctx, what)
}

// input returns the input of a run or close of a period.
func (w *Workspace) input(period billing.Period, asOf billing.Date, book *Book) batch.RunInput {
	return batch.RunInput{Period: period, AsOf: asOf, Book: book.Book, Policy: w.Settings.Policy, Fingerprint: book.Fingerprint, AllowExamples: w.Settings.Trial}
}
