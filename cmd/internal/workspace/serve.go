package workspace

import (
	"context"
	"errors"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
)

// OpenReading opens the database of the workspace for reading only; other processes may write to it. It creates the database
// when it does not exist, and the data that runs store for the pages when an older version of the program did not.
func (f *Folder) OpenReading(ctx context.Context, database string) (*ledger.Store, error) {
	w, err := f.Open(ctx, Options{Database: database, Create: true})
	if err != nil {
		return nil, err
	}
	defer w.Close()
	if err := w.keepForPages(ctx); err != nil {
		return nil, err
	}
	return ledger.OpenReading(ctx, f.address(database))
}

// keepForPages rebuilds the data that runs store for the pages when some of it is missing.
func (w *Workspace) keepForPages(ctx context.Context) error {
	run, ran, err := w.store.LastRun(ctx)
	if err != nil || !ran {
		return err
	}
	whole, err := w.store.PageTablesWhole(ctx)
	if err != nil {
		return err
	}
	body, err := w.store.SummaryOf(ctx, run.ID)
	if err != nil || whole && body != "" {
		return err
	}
	book, err := w.begin(ctx, "pxq serve")
	if err != nil {
		return err
	}
	return w.keeping(book).RemakeForPages(ctx)
}

// DatabaseAddress returns the address of the database that Open uses when asked is given as Options.Database.
func (f *Folder) DatabaseAddress(asked string) string { return f.address(asked) }

// ImportAs takes in files as one group; what names the operation to others that wait for the lock.
func (w *Workspace) ImportAs(ctx context.Context, what string, files []string, asOf billing.Date, progress Progress) (*Imported, error) {
	if err := w.lockFor(ctx, what); err != nil {
		return nil, err
	}
	return w.takeIn(ctx, [][]string{files}, asOf, progress)
}

// ImportOwn takes in files that a provider sent, as one group. A file with anything but care records of that provider is
// refused, in the transaction that would take it in.
func (w *Workspace) ImportOwn(ctx context.Context, what, provider string, files []string, asOf billing.Date, progress Progress) (*Imported, error) {
	if err := w.lockFor(ctx, what); err != nil {
		return nil, err
	}
	in := w.intake()
	in.Reader, in.Messages = own.Reader{Provider: provider}, own.Reader{Provider: provider}
	if book, err := w.Book(); err == nil {
		in.Book = book.Book
	}
	return in.Import(ctx, [][]string{files}, asOf, progress.of(TakingIn))
}

// ReportSetting returns the settings for reports with the given book.
func (f *Folder) ReportSetting(book *Book) report.Setting {
	return report.Setting{Region: f.Settings.Region, Language: f.Language, Book: book.Book, Policy: f.Settings.Policy, Fingerprint: book.Fingerprint, Notes: book.Notes}
}

// Reports returns the folder of the workbooks of a period or a year.
func (f *Folder) Reports(name string) string { return f.reports(name) }

// IsBusy reports whether an operation failed because another process holds the write lock of the database.
func IsBusy(err error) bool { return errors.Is(err, ledger.ErrBusy) }
