package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// written says which workbooks were written.
type written struct {
	folder string
	files  []string
	kept   []string // changed by somebody since pxq wrote them, and kept under these names
}

func (w *workspace) reportFolder(period billing.Period) string {
	return filepath.Join(w.folder, "reports", period.String())
}

// writeReports writes the workbooks of a period, unless they stand there already as this report makes them.
func (w *workspace) writeReports(ctx context.Context, run ledger.Run, report *report.Report) (*written, error) {
	folder := w.reportFolder(run.Month())
	known, err := w.batch.Store.ReportHashes(ctx, run.Month())
	if err != nil {
		return nil, err
	}
	made := madeOf(run, report)
	if last, err := w.batch.Store.Meta(ctx, reportsName(run.Month())); err != nil {
		return nil, err
	} else if last == made && stand(folder, known) {
		return &written{folder: folder, files: namesOf(known)}, nil
	}
	progress := w.app.progress(w.app.text("Werkboeken schrijven", "Writing workbooks"), 0)
	defer progress.end()
	files, kept, err := reports.Replace(folder, known, func(dir string) ([]reports.File, error) {
		return reports.Write(ctx, dir, report)
	})
	if err != nil {
		return nil, err
	}
	return &written{folder: folder, files: fileNames(files), kept: kept}, w.keepReports(ctx, run, made, files)
}

// keepReports notes the hashes of what was written, and of a closed period the workbooks themselves.
func (w *workspace) keepReports(ctx context.Context, run ledger.Run, made string, files []reports.File) error {
	return w.batch.Store.Write(ctx, func(tx *ledger.Tx) error {
		reports := make([]ledger.KeptReport, len(files))
		for i, file := range files {
			reports[i] = ledger.KeptReport{Name: file.Name, SHA256: file.SHA256}
			if run.Closed() {
				content, err := os.ReadFile(filepath.Join(w.reportFolder(run.Month()), file.Name))
				if err != nil {
					return err
				}
				reports[i].Content = content
			}
		}
		if err := tx.KeepReports(ctx, run.Month(), reports); err != nil {
			return err
		}
		return tx.SetMeta(ctx, reportsName(run.Month()), made)
	})
}

// restoreReports puts the kept workbooks of a closed period back, byte for byte.
func (w *workspace) restoreReports(ctx context.Context, run ledger.Run, known map[string]string) (*written, error) {
	folder := w.reportFolder(run.Month())
	if stand(folder, known) {
		return &written{folder: folder, files: namesOf(known)}, nil
	}
	files, kept, err := reports.Replace(folder, known, func(dir string) ([]reports.File, error) {
		var files []reports.File
		for _, name := range namesOf(known) {
			content, err := w.batch.Store.ReportContent(ctx, run.Month(), name)
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
	return &written{folder: folder, files: fileNames(files), kept: kept}, err
}

// madeOf says what workbooks are made of: the same text makes the same bytes.
func madeOf(run ledger.Run, report *report.Report) string {
	made := fmt.Sprintf("%d/%s/%s/%s", run.ID, report.Region, report.Language, report.Program)
	if run.Closed() {
		made += closedReports
	}
	return made
}

// closedReports ends what the final workbooks of a period are made of.
const closedReports = "/closed"

func reportsName(period billing.Period) string { return "reports/" + period.String() }

// stand says whether every file is there as it was written.
func stand(folder string, known map[string]string) bool {
	for name, hash := range known {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			return false
		}
		sum := sha256.Sum256(content)
		if hex.EncodeToString(sum[:]) != hash {
			return false
		}
	}
	return len(known) > 0
}

func namesOf(known map[string]string) []string { return slices.Sorted(maps.Keys(known)) }

func fileNames(files []reports.File) []string {
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = file.Name
	}
	return names
}
