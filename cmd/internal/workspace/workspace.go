// Package workspace is the application layer: every operation on a workspace, shared by the front ends (the command and the
// web pages). It reads the settings and the contract book, knows the folders, and wires the importers, the ledger, the rules
// and the workbooks together.
//
// Operations return data – a summary, the story of a record, a comparison – which a front end presents to its users. A
// [Problem] says, as facts, why something was not done, and [Progress] reports how far a long operation is. Nothing here
// prints, prompts, or ends the program.
//
// A [Folder] is a workspace on disk; a [Workspace] is one whose database is open. Start reading at [Read] and [Folder.Open],
// then [Workspace.Run], which is the monthly batch, and [Workspace.ClosePeriod].
package workspace

import (
	"context"
	"errors"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
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
	lock  *ledger.Lock // the write lock; nil until lockFor takes it
	notes []billing.Text
}

// Options say how a workspace is opened.
type Options struct {
	Database string // address that overrides the one in the settings; "" for none
	Create   bool   // creates the SQLite database when it does not exist
	Act      Act    // what the audit trail records about the command that opens the workspace
	AnyHead  bool   // skips the checks against heads.txt and the owner, for callers that report such faults themselves
}

// Open opens the database of the workspace. Unless options.AnyHead is set, it refuses a database whose closes differ from
// those in heads.txt, and one that belongs to another workspace.
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

// address returns the address of the database: asked, or else that of the settings, or else pxq.db in the workspace. A file
// without a folder is in the workspace, wherever the command is given.
func (f *Folder) address(asked string) string {
	address := "sqlite:pxq.db"
	for _, given := range []string{f.Settings.Database, asked} {
		if given != "" {
			address = given
		}
	}
	path, ok := strings.CutPrefix(address, "sqlite:")
	if path = strings.TrimPrefix(path, "//"); !ok || path == "" || filepath.IsAbs(path) {
		return address
	}
	return "sqlite:" + filepath.Join(f.Path, path)
}

// Close releases the lock, if it was taken, and closes the database.
func (w *Workspace) Close() error {
	if w.lock == nil {
		return w.store.Close()
	}
	return errors.Join(w.lock.Release(), w.store.Close())
}

// Address returns the address of the database, without a password.
func (w *Workspace) Address() string { return w.store.Address() }

// Interrupted names the command that was killed while it held the lock that this workspace then took; "" when there was
// none. The database is in the state before or after one whole step of that command.
func (w *Workspace) Interrupted() string {
	if w.lock == nil {
		return ""
	}
	return w.lock.Interrupted()
}

// lockFor takes the write lock for the command named by what, unless this workspace holds it already, and completes what an
// interrupted command left undone.
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

// Notes returns what the user must know in addition to the result of a command.
func (w *Workspace) Notes() []billing.Text { return w.notes }

func (w *Workspace) note(dutch, english string, values ...any) {
	w.notes = append(w.notes, billing.Texts(dutch, english, values...))
}

// intake returns the intake on this workspace's store, which takes files in and withdraws them.
func (w *Workspace) intake() *intake.Intake {
	in := intakeOn(w.store, rules.Catalogue())
	in.Second, in.Scratch = w.Settings.SecondFrom, w.Path
	return in
}

func intakeOn(store *ledger.Store, catalogue *billing.Catalogue) *intake.Intake {
	return &intake.Intake{Store: store, Reader: &reader{}, Messages: &reader{}, Catalogue: catalogue}
}

// batch returns the batch on this workspace's store, which judges records and closes periods.
func (w *Workspace) batch() *batch.Batch { return batchOn(w.store, rules.Catalogue()) }

func batchOn(store *ledger.Store, catalogue *billing.Catalogue) *batch.Batch {
	return &batch.Batch{Store: store, Catalogue: catalogue, Program: Program(), Fingerprint: fingerprint}
}

// keeping returns a batch that also stores the summary of each run for the web pages.
func (w *Workspace) keeping(book *Book) *batch.Batch {
	b := w.batch()
	b.KeepSummary = func(ctx context.Context, tx *ledger.Tx, run ledger.Run, added *ledger.Added) error {
		return w.reporter().KeepPageSummary(ctx, tx, run, w.setting(book), added)
	}
	b.SummaryAgrees = w.summaryAgrees(book)
	return b
}

// summaryAgrees returns a function that reports whether the stored page summary of a run equals the one computed now.
func (w *Workspace) summaryAgrees(book *Book) func(context.Context, *ledger.Tx, ledger.Run) (bool, error) {
	return func(ctx context.Context, tx *ledger.Tx, run ledger.Run) (bool, error) {
		return w.reporter().PageSummaryAgrees(ctx, tx, run, w.setting(book))
	}
}

// reporter returns the reporter on this workspace's store, which reads results from it.
func (w *Workspace) reporter() *report.Reporter { return reporterOn(w.store, rules.Catalogue()) }

func reporterOn(store *ledger.Store, catalogue *billing.Catalogue) *report.Reporter {
	return &report.Reporter{Store: store, Catalogue: catalogue, Program: Program()}
}

// reader is an importers.Reader that can also hash files, as package intake requires.
type reader struct{ importers.Reader }

func (*reader) Hash(path string) (string, error) { return importers.Hash(path) }

// setting returns the settings for a report with the given book.
func (w *Workspace) setting(book *Book) report.Setting {
	return report.Setting{
		Region: w.Settings.Region, Language: w.Language, Book: book.Book, Policy: w.Settings.Policy, Fingerprint: book.Fingerprint,
		SecondFrom: w.Settings.SecondFrom, Notes: book.Notes,
	}
}

// settingOf returns the settings for a report on a run: a closed run is reported with the book that was kept at its close.
func (w *Workspace) settingOf(ctx context.Context, run ledger.Run) (report.Setting, error) {
	book, err := w.Book()
	if err != nil {
		return report.Setting{}, err
	}
	return w.reporter().SettingOf(ctx, run, w.setting(book))
}

// runOf returns the last run of a period, or a NotComputed problem when there is none.
func (w *Workspace) runOf(ctx context.Context, period billing.Period) (ledger.Run, error) {
	run, found, err := w.store.RunOf(ctx, period)
	if err == nil && !found {
		err = problem(NotComputed, period)
	}
	return run, err
}

// snapshot calls work with a workspace that reads a single snapshot of the store, whatever other commands write meanwhile.
func (w *Workspace) snapshot(ctx context.Context, work func(*Workspace) error) error {
	return w.store.Snapshot(ctx, func(store *ledger.Store) error {
		still := *w
		still.store = store
		return work(&still)
	})
}

// readSnapshot is snapshot for work that returns a value.
func readSnapshot[T any](ctx context.Context, w *Workspace, work func(*Workspace) (T, error)) (read T, err error) {
	err = w.snapshot(ctx, func(w *Workspace) error {
		read, err = work(w)
		return err
	})
	return read, err
}

// Backup writes a copy of the SQLite database to path. The database may be in use.
func (w *Workspace) Backup(ctx context.Context, path string) error { return w.store.Backup(ctx, path) }

// Verify recomputes the ledger from what is stored. When head is not empty, it must be the head of the chain at one of the
// closes. The heads in heads.txt must agree with the ledger too.
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

// Compare returns what differs between the last run of a period and the run of that period before it; compared is false when
// there is only one run.
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

// Program returns the name and version of the program, as stored with runs and in workbooks.
func Program() string { return "pxq " + Version }

// Commit returns the commit that this program was built from; "" when unknown.
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
