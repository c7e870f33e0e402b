package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/scratch"
)

// Closing is what a close of a period would make final, and what it would carry over to the next period.
type Closing struct {
	Summary *Summary
	Held    Sum // records that wait for a decision; carried over
	Pending Sum // records of care in later months; carried over
	Refused int // files in the folders that the last run refused whole, so that nothing of them is declared
	Book    *billing.Book
}

// PrepareClose returns what a close of the period would do, or the reason for which it would be refused. It changes nothing.
func (w *Workspace) PrepareClose(ctx context.Context, options CloseOptions) (*Closing, error) {
	book, err := w.Book()
	if err != nil {
		return nil, err
	}
	run, err := w.closable(ctx, options, book)
	if err != nil {
		return nil, err
	}
	month := &Month{}
	err = w.fill(ctx, month, run, w.setting(book), func(*report.Report) (*Workbooks, error) { return nil, nil })
	if err != nil {
		return nil, err
	}
	going, err := w.reporter().Remaining(ctx) // the summary counts only new and changed records
	if err != nil {
		return nil, err
	}
	_, refused, err := w.unseen(ctx, options.Period)
	return &Closing{Summary: month.Summary, Held: going.Held, Pending: going.Pending, Refused: len(refused), Book: book.Book}, err
}

// MayClose returns an error when a close of the period would be refused; broken are the safety bounds that it breaks, for
// which it needs a reason. It changes nothing.
func (w *Workspace) MayClose(ctx context.Context, options CloseOptions) (broken []billing.Text, err error) {
	book, err := w.Book()
	if err != nil {
		return nil, err
	}
	_, broken, err = w.mayClose(ctx, options, book)
	return broken, err
}

// Unseen returns the number of files in the folders that are still to be taken in. Files that the last run of the period
// refused do not count.
func (w *Workspace) Unseen(ctx context.Context, period billing.Period) (int, error) {
	unseen, _, err := w.unseen(ctx, period)
	return len(unseen), err
}

// CloseOptions say which period is closed, and how.
type CloseOptions struct {
	Period  billing.Period
	AsOf    billing.Date
	Confirm string // why the period is closed although it breaks a safety bound; with "" such a close is refused
}

// ClosePeriod makes the declaration of a period final and writes its workbooks again. The problem ClosedUnwritten means that
// the period is closed but heads.txt or its workbooks could not be written.
func (w *Workspace) ClosePeriod(ctx context.Context, options CloseOptions, progress Progress) (*Month, error) {
	period, asOf := options.Period, options.AsOf
	book, err := w.begin(ctx, "pxq close")
	if err != nil {
		return nil, err
	}
	if _, err := w.closable(ctx, options, book); err != nil {
		return nil, err
	}
	if options.Confirm != "" {
		w.AddRemark("bevestigd: " + options.Confirm)
	}
	run, err := w.keeping(book).Close(ctx, w.input(period, asOf, book))
	if err != nil {
		return nil, err
	}
	month := &Month{Book: book.Book, Head: run.Head}
	err = w.keepHeads(ctx)
	if err == nil {
		err = w.fillClosed(ctx, month, run, w.setting(book), progress)
	}
	if err != nil {
		return nil, problem(ClosedUnwritten, period, reasonOf(err), run.Head)
	}
	return month, nil
}

func (w *Workspace) fillClosed(ctx context.Context, month *Month, run ledger.Run, setting report.Setting, progress Progress) error {
	return w.fill(ctx, month, run, setting, func(made *report.Report) (*Workbooks, error) {
		return w.writeWorkbooks(ctx, run, made, progress)
	})
}

// finishClose writes the workbooks of the last closed period, with a note, when its close was interrupted before it wrote
// them. A failure to write them becomes a note too, so that it does not stop the command that called it.
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
	w.note("De werkboeken van de afgesloten periode %s zijn alsnog geschreven.", "The workbooks of the closed period %s have now been written.", run.Month())
	return nil
}

// closable returns the run that can be made final. It returns an error when the batch refuses the close, when a file in the
// folders is still to be taken in, or when the run breaks a safety bound and options.Confirm gives no reason.
func (w *Workspace) closable(ctx context.Context, options CloseOptions, book *Book) (ledger.Run, error) {
	run, broken, err := w.mayClose(ctx, options, book)
	if err != nil || len(broken) == 0 || strings.TrimSpace(options.Confirm) != "" {
		return run, err
	}
	var which billing.Text
	for _, bound := range broken {
		which.Dutch += "\n  • " + bound.Dutch
		which.English += "\n  • " + bound.English
	}
	return run, problem(BoundsBroken, options.Period, which)
}

// mayClose returns the run that can be made final and the safety bounds that it breaks.
func (w *Workspace) mayClose(ctx context.Context, options CloseOptions, book *Book) (run ledger.Run, broken []billing.Text, err error) {
	run, err = w.batch().Closable(ctx, w.input(options.Period, options.AsOf, book))
	if err != nil {
		return run, nil, err
	}
	unseen, _, err := w.unseen(ctx, options.Period)
	if err != nil {
		return run, nil, err
	}
	if len(unseen) > 0 {
		return run, nil, problem(FilesNotSeen, options.Period, fileList(unseen))
	}
	bounds, err := w.reporter().Bounds(ctx, run, w.Settings.Policy)
	for _, bound := range bounds {
		broken = append(broken, bound.Text)
	}
	return run, broken, err
}

// headsName is the file in the workspace that holds the head of every close. It is outside the database, so that undoing or
// replacing a close in the database shows unless this file is changed too.
const headsName = "heads.txt"

const headsBegin = "# Hoofd van de keten bij elke afsluiting / head of the chain at every close. Bewaar een kopie elders / keep a copy elsewhere.\n"

// keptHead is a line of the file.
type keptHead struct{ period, head string }

func (f *Folder) heads() string { return filepath.Join(f.Path, headsName) }

// keptHeads returns the heads in heads.txt, oldest first; found is false when the file does not exist.
func (f *Folder) keptHeads() (heads []keptHead, found bool, err error) {
	content, err := readPlain(f.heads())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, true, problem(HeadsUnreadable, f.heads())
	}
	for line := range strings.Lines(string(content)) {
		if fields := strings.Fields(line); len(fields) == 2 && !strings.HasPrefix(line, "#") {
			heads = append(heads, keptHead{fields[0], fields[1]})
		}
	}
	return heads, true, nil
}

// checkHeads refuses a database in which a close of heads.txt is missing or has another head.
func (w *Workspace) checkHeads(ctx context.Context) error {
	kept, _, err := w.keptHeads()
	if err != nil || len(kept) == 0 {
		return err
	}
	closed, err := w.store.ClosedRuns(ctx)
	if err != nil {
		return err
	}
	for _, head := range kept {
		run, found := closedIn(closed, head.period)
		switch {
		case !found:
			return problem(CloseUndone, w.heads(), head.period, w.Address())
		case run.Head != head.head:
			return problem(OtherLedger, w.heads(), head.period, w.Address())
		}
	}
	return nil
}

func closedIn(closed []ledger.Run, period string) (ledger.Run, bool) {
	for _, run := range closed {
		if run.Month().String() == period {
			return run, true
		}
	}
	return ledger.Run{}, false
}

// keepHeads rewrites heads.txt when it does not list all closes.
func (w *Workspace) keepHeads(ctx context.Context) error {
	kept, found, err := w.keptHeads()
	if err != nil {
		return err
	}
	closed, err := w.store.ClosedRuns(ctx)
	if err != nil || len(closed) == len(kept) {
		return err
	}
	var text strings.Builder
	text.WriteString(headsBegin)
	for _, run := range closed {
		fmt.Fprintf(&text, "%s %s\n", run.Month(), run.Head)
	}
	if !found && len(closed) > 1 {
		w.note("%s was er niet en is opnieuw geschreven. Vergelijk het met een kopie die u elders bewaarde.", "%s was missing and has been rewritten. Compare it with a copy that you kept elsewhere.", w.heads())
	}
	return writeWhole(w.heads(), text.String())
}

// writeWhole replaces the file at path atomically, so that a kill leaves either the old or the new content.
func writeWhole(path, content string) error {
	file, err := scratch.File(filepath.Dir(path))
	if err != nil {
		return problem(FileNotWritable, path)
	}
	defer os.Remove(file.Name())
	_, err = file.WriteString(content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	return unwritable(path, err)
}
