package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// Workbooks are the workbooks in a folder.
type Workbooks struct {
	Folder string   // "" when none were to be written
	Files  []string // names of the workbooks and of the answers to messages
	Kept   []string // new names of workbooks that were kept, since somebody changed them after pxq wrote them
}

// writeWorkbooks writes the workbooks of a period, unless the folder already has them as this report makes them.
func (w *Workspace) writeWorkbooks(ctx context.Context, run ledger.Run, made *report.Report, progress Progress) (*Workbooks, error) {
	folder := w.reports(run.Month().String())
	known, err := w.store.ReportHashes(ctx, run.Month())
	if err != nil {
		return nil, err
	}
	answers, err := w.store.AnsweredIn(ctx, run.Month())
	if err != nil {
		return nil, err
	}
	from := madeOf(run, made, len(answers))
	if last, err := w.store.Meta(ctx, reportsName(run.Month())); err != nil {
		return nil, err
	} else if last == from && unchanged(folder, known) {
		return &Workbooks{Folder: folder, Files: namesOf(known)}, nil
	}
	progress.report(Event{Step: Writing})
	head, standing, err := w.lastWorkbooks(ctx, run, made, known)
	if err != nil {
		return nil, err
	}
	var of *reports.Made
	files, kept, err := reports.Replace(folder, known, func(dir string) (files []reports.File, err error) {
		if files, of, err = reports.WriteAgain(ctx, dir, made, head, standing); err != nil {
			return nil, err
		}
		answers, err := w.writeAnswers(ctx, run.Month(), dir)
		return append(files, answers...), err
	})
	if err != nil {
		return nil, err
	}
	return &Workbooks{Folder: folder, Files: fileNames(files), Kept: kept}, w.noteWorkbooks(ctx, run, from, files, of)
}

// noteWorkbooks stores the hashes of the files that were written, and for a closed period also their contents.
func (w *Workspace) noteWorkbooks(ctx context.Context, run ledger.Run, from string, files []reports.File, of *reports.Made) error {
	return w.store.Write(ctx, func(tx *ledger.Tx) error {
		kept := make([]ledger.KeptReport, len(files))
		for i, file := range files {
			kept[i] = ledger.KeptReport{Name: file.Name, SHA256: file.SHA256}
			if run.Closed() {
				content, err := os.ReadFile(filepath.Join(w.reports(run.Month().String()), file.Name))
				if err != nil {
					return err
				}
				kept[i].Content = content
			}
		}
		if err := tx.KeepReports(ctx, run.Month(), kept); err != nil {
			return err
		}
		if err := keepMade(ctx, tx, run, of); err != nil {
			return err
		}
		return tx.SetMeta(ctx, reportsName(run.Month()), from)
	})
}

// workbooksAgain returns the workbooks of a closed period: the stored ones, or new ones when the close was interrupted before
// they were stored.
func (w *Workspace) workbooksAgain(ctx context.Context, run ledger.Run, made *report.Report, progress Progress) (*Workbooks, error) {
	known, err := w.store.ReportHashes(ctx, run.Month())
	if err != nil {
		return nil, err
	}
	from, err := w.store.Meta(ctx, reportsName(run.Month()))
	if err != nil {
		return nil, err
	}
	if strings.HasSuffix(from, closedReports) {
		return w.restoreWorkbooks(ctx, run, known)
	}
	return w.writeWorkbooks(ctx, run, made, progress)
}

// restoreWorkbooks writes the stored workbooks of a closed period into its folder again, byte for byte.
func (w *Workspace) restoreWorkbooks(ctx context.Context, run ledger.Run, known map[string]string) (*Workbooks, error) {
	folder := w.reports(run.Month().String())
	if unchanged(folder, known) {
		return &Workbooks{Folder: folder, Files: namesOf(known)}, nil
	}
	files, kept, err := reports.Replace(folder, known, func(dir string) ([]reports.File, error) {
		var files []reports.File
		for _, name := range namesOf(known) {
			content, err := w.store.ReportContent(ctx, run.Month(), name)
			if err != nil {
				return nil, err
			}
			if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
				return nil, err
			}
			files = append(files, reports.File{Name: name, SHA256: known[name]})
		}
		return files, nil
	})
	return &Workbooks{Folder: folder, Files: fileNames(files), Kept: kept}, err
}

// madeOf returns a text of everything that workbooks are made of: the same text means the same bytes.
func madeOf(run ledger.Run, made *report.Report, answers int) string {
	from := fmt.Sprintf("%d/%s/%s/%s", run.ID, made.Region, made.Language, made.Program)
	if answers > 0 {
		from += fmt.Sprintf("/%d", answers)
	}
	for _, file := range made.Refused {
		from += "/" + file.Name + ": " + file.Reason.Dutch
	}
	if run.Closed() {
		from += closedReports
	}
	return from
}

// closedReports is the suffix of madeOf for the final workbooks of a closed period.
const closedReports = "/closed"

func reportsName(period billing.Period) string { return "reports/" + period.String() }

// unchanged reports whether the folder has all known files with their known hashes. It is false when none are known.
func unchanged(folder string, known map[string]string) bool {
	group, _ := parallel.New(context.Background())
	group.SetLimit(runtime.NumCPU())
	for name, hash := range known {
		group.Go(func() error {
			is, err := reports.HashOf(filepath.Join(folder, name))
			if err == nil && is != hash {
				err = errChanged
			}
			return err
		})
	}
	return group.Wait() == nil && len(known) > 0
}

// errChanged only stops the group in unchanged; it is never shown.
var errChanged = errors.New("changed since it was written")

func namesOf(known map[string]string) []string { return slices.Sorted(maps.Keys(known)) }

func fileNames(files []reports.File) []string {
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = file.Name
	}
	return names
}

// discard removes the workbooks in a folder that are as they were written, and the folder if it is empty then. It returns the
// names that stay.
func discard(folder string, known map[string]string) ([]string, error) {
	for name, hash := range known {
		path := filepath.Join(folder, name)
		if unchanged(folder, map[string]string{name: hash}) {
			if err := os.Remove(path); err != nil {
				return nil, unwritable(path, err)
			}
		}
	}
	entries, err := os.ReadDir(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, problem(FolderUnreadable, folder)
	}
	if len(entries) == 0 {
		return nil, unwritable(folder, os.Remove(folder))
	}
	var kept []string
	for _, entry := range entries {
		kept = append(kept, entry.Name())
	}
	return kept, nil
}
