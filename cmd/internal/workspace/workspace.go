// Package workspace is the application: everything that can be done with a workspace, for whichever front asks. It
// reads the settings and the contract book, knows the folders, and wires the reader of files, the store, the rules
// and the workbooks together.
//
// What it gives back is data: a summary, the story of a record, a comparison. A front writes that for its readers. A
// [Problem] says by facts why something was not done, and [Progress] is told how far a long piece of work is. Nothing
// here prints, asks, or ends the program.
//
// A [Folder] is a workspace on disk; a [Workspace] is one whose database is open.
package workspace

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/billing/scratch"
	"github.com/pxq-nl/pxq/importers"
)

// Workspace is a workspace whose database is open.
type Workspace struct {
	Folder
	store *ledger.Store
	lock  *ledger.Lock // while this process is the one that writes; nil before
	notes []billing.Text
}

// Options say how a workspace is opened.
type Options struct {
	Database string // address that goes before that of the settings; "" for none
	Create   bool   // makes the SQLite database when it is not there
	Act      Act    // what the audit trail tells of the command that opens it
	AnyHead  bool   // also a database of which heads.txt says that it is another: who looks into it says so himself
}

// Open opens the database of the workspace.
func (f *Folder) Open(ctx context.Context, options Options) (*Workspace, error) {
	if err := f.check(); err != nil {
		return nil, err
	}
	scratch.Sweep(f.Path)
	scratch.Sweep(f.reports(""))
	store, err := ledger.Open(ctx, f.address(options.Database), ledger.Options{Create: options.Create, Act: options.Act})
	if err != nil {
		return nil, err
	}
	w := &Workspace{Folder: *f, store: store}
	if options.AnyHead {
		return w, nil
	}
	err = w.checkHeads(ctx)
	if err == nil {
		err = w.refuseOther(ctx, options.Database)
	}
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return w, nil
}

// address returns the database: the one that is asked for, else that of the settings, else pxq.db in the workspace.
func (f *Folder) address(asked string) string {
	address := "sqlite:pxq.db"
	for _, given := range []string{f.Settings.Database, asked} {
		if given != "" {
			address = given
		}
	}
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok && !filepath.IsAbs(path) {
		return "sqlite:" + filepath.Join(f.Path, path)
	}
	return address
}

// Close ends the use of the database, and of the lock on it.
func (w *Workspace) Close() error {
	if w.lock == nil {
		return w.store.Close()
	}
	return errors.Join(w.lock.Release(), w.store.Close())
}

// Address returns the address of the database, without a password.
func (w *Workspace) Address() string { return w.store.Address() }

// Interrupted names the command that was killed while it held the lock before this workspace took it; "" when none
// was. The data are as before or after a whole step of it.
func (w *Workspace) Interrupted() string {
	if w.lock == nil {
		return ""
	}
	return w.lock.Interrupted()
}

// lockFor makes this process the one that writes.
func (w *Workspace) lockFor(ctx context.Context, what string) (err error) {
	if w.lock != nil {
		return nil
	}
	if w.lock, err = w.store.Lock(ctx, what); err != nil {
		return err
	}
	if err := w.keepHeads(ctx); err != nil {
		return err
	}
	if err := w.keepOwner(ctx); err != nil {
		return err
	}
	if _, err := w.finishForget(ctx); err != nil {
		return err
	}
	return w.finishClose(ctx)
}

// Notes tell what a person has to know beside the result of a command.
func (w *Workspace) Notes() []billing.Text { return w.notes }

func (w *Workspace) note(dutch, english string, values ...any) {
	w.notes = append(w.notes, billing.Text{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...)})
}

// intake returns what takes files in and back.
func (w *Workspace) intake() *intake.Intake {
	in := intakeOn(w.store, rules.Catalogue())
	in.Second, in.Scratch = w.Settings.SecondFrom, w.Path
	return in
}

func intakeOn(store *ledger.Store, catalogue *billing.Catalogue) *intake.Intake {
	return &intake.Intake{Store: store, Reader: reader{}, Messages: reader{}, Catalogue: catalogue}
}

// batch returns what judges and closes.
func (w *Workspace) batch() *batch.Batch { return batchOn(w.store, rules.Catalogue()) }

func batchOn(store *ledger.Store, catalogue *billing.Catalogue) *batch.Batch {
	return &batch.Batch{Store: store, Catalogue: catalogue, Program: Program(), Fingerprint: fingerprint}
}

// keeping returns what judges and closes, and keeps for the pages what came of it.
func (w *Workspace) keeping(book *Book) *batch.Batch {
	b := w.batch()
	b.KeepSummary = func(ctx context.Context, tx *ledger.Tx, run ledger.Run, added *ledger.Added) error {
		return w.reporter().KeepPageSummary(ctx, tx, run, w.setting(book), added)
	}
	b.SummaryAgrees = w.summaryAgrees(book)
	return b
}

// summaryAgrees tells whether what a run kept for the pages is what it would keep now.
func (w *Workspace) summaryAgrees(book *Book) func(context.Context, *ledger.Tx, ledger.Run) (bool, error) {
	return func(ctx context.Context, tx *ledger.Tx, run ledger.Run) (bool, error) {
		return w.reporter().PageSummaryAgrees(ctx, tx, run, w.setting(book))
	}
}

// reporter returns what answers questions about the store.
func (w *Workspace) reporter() *report.Reporter { return reporterOn(w.store, rules.Catalogue()) }

func reporterOn(store *ledger.Store, catalogue *billing.Catalogue) *report.Reporter {
	return &report.Reporter{Store: store, Catalogue: catalogue, Program: Program()}
}

// reader is importers.Reader as the intake wants it.
type reader struct{ importers.Reader }

func (r reader) Read(ctx context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	return r.Reader.Read(ctx, path, asOf, sink)
}

func (r reader) IsMessage(path string) (bool, error) { return r.Reader.IsMessage(path) }

func (r reader) ReadMessage(path string, sink ijw.Sink) (*ijw.File, error) {
	return r.Reader.ReadMessage(path, sink)
}

func (reader) Hash(path string) (string, error) { return importers.Hash(path) }

// setting gives what a report is made with.
func (w *Workspace) setting(book *Book) report.Setting {
	return report.Setting{
		Region: w.Settings.Region, Language: w.Language, Book: book.Book, Policy: w.Settings.Policy, Fingerprint: book.Fingerprint,
		SecondFrom: w.Settings.SecondFrom, Notes: book.Notes,
	}
}

// settingOf gives what a run is reported with: of a closed one the book that was kept at its close.
func (w *Workspace) settingOf(ctx context.Context, run ledger.Run) (report.Setting, error) {
	book, err := w.Book()
	if err != nil {
		return report.Setting{}, err
	}
	return w.reporter().SettingOf(ctx, run, w.setting(book))
}

// runOf returns the last run of a period, or refuses a period that was not computed.
func (w *Workspace) runOf(ctx context.Context, period billing.Period) (ledger.Run, error) {
	run, found, err := w.store.RunOf(ctx, period)
	if err == nil && !found {
		err = problem(NotComputed, period)
	}
	return run, err
}

// ofOneState runs work with a workspace that sees one state of the store, whatever other commands write meanwhile.
func (w *Workspace) ofOneState(ctx context.Context, work func(*Workspace) error) error {
	return w.store.OfOneState(ctx, func(store *ledger.Store) error {
		still := *w
		still.store = store
		return work(&still)
	})
}

// readOfOneState returns what work reads with a workspace that sees one state of the store.
func readOfOneState[T any](ctx context.Context, w *Workspace, work func(*Workspace) (T, error)) (read T, err error) {
	err = w.ofOneState(ctx, func(w *Workspace) error {
		read, err = work(w)
		return err
	})
	return read, err
}

// Backup writes a copy of the SQLite database, also while it is in use.
func (w *Workspace) Backup(ctx context.Context, path string) error { return w.store.Backup(ctx, path) }

// Verify recomputes the ledger from what is kept; head, when given, must be the head of the chain at one of its closes.
// So must those that are kept in heads.txt.
func (w *Workspace) Verify(ctx context.Context, head string) (*Verified, error) {
	b := w.batch()
	if book, err := w.Book(); err == nil {
		b.SummaryAgrees = w.summaryAgrees(book)
	}
	verified, err := b.Verify(ctx, head)
	if err != nil {
		return nil, err
	}
	if err := w.checkHeads(ctx); err != nil {
		verified.Faults = append(verified.Faults, reasonOf(err))
	}
	return verified, nil
}

// Compare gives what the last run of a period made otherwise than the run of that period before it; compared is false
// when there is only one.
func (w *Workspace) Compare(ctx context.Context, period billing.Period) (comparison *Comparison, compared bool, book *billing.Book, err error) {
	inUse, err := w.Book()
	if err != nil {
		return nil, false, nil, err
	}
	comparison, compared, err = w.batch().Diff(ctx, w.input(period, 0, inUse))
	return comparison, compared, inUse.Book, err
}

// Version is the released version of the program; builds between releases carry their commit too.
const Version = "0.1.0"

// Program names the program and its version, as runs and workbooks keep it.
func Program() string { return "pxq " + Version }

// Commit returns the commit that this program was built from; "" when it is not known.
func Commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, setting := range info.Settings {
		if setting.Key == "vcs.revision" {
			return setting.Value
		}
	}
	return ""
}
