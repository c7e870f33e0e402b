package workspace

import (
	"context"
	"strconv"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// Statement is the production statement of a year.
type Statement struct {
	Year        *Year
	Provisional []string // sentences that say why amounts may still change; none once the year is final
	Workbooks   *Workbooks
}

// Sums are the totals of a year.
type Sums struct {
	Final      LineSum
	Held, Open Sum
}

// Sums returns the totals of the year.
func (s *Statement) Sums() Sums {
	var sums Sums
	for i := range s.Year.Totals {
		total := &s.Year.Totals[i]
		sums.Final.Merge(total.LineSum)
		sums.Held = sums.Held.Plus(total.Held)
		sums.Open = sums.Open.Plus(total.Open)
	}
	return sums
}

// ProvisionalIn returns Provisional in a language, nl or en.
func (s *Statement) ProvisionalIn(language string) []string {
	of := *s.Year
	of.Language = language
	return reports.Provisional(&of)
}

// YearStatement recomputes the ledger and writes the workbooks of a year. It holds the write lock, so that all workbooks show
// the same state of the ledger.
func (w *Workspace) YearStatement(ctx context.Context, year int, progress Progress) (*Statement, error) {
	book, err := w.begin(ctx, "pxq report")
	if err != nil {
		return nil, err
	}
	of, err := w.reporter().Year(ctx, year, w.setting(book), progress.of(Recomputing))
	if err != nil {
		return nil, err
	}
	workbooks, err := w.writeYear(ctx, of, progress)
	if err != nil {
		return nil, err
	}
	return &Statement{Year: of, Provisional: reports.Provisional(of), Workbooks: workbooks}, nil
}

// writeYear writes the workbooks of a year. It always rewrites them: that takes seconds and gives the same bytes.
func (w *Workspace) writeYear(ctx context.Context, year *Year, progress Progress) (*Workbooks, error) {
	folder, key := w.reports(strconv.Itoa(year.Year)), ledger.ReportsOfYear(year.Year)
	known, err := w.store.ReportHashes(ctx, key)
	if err != nil {
		return nil, err
	}
	progress.report(Event{Step: Writing})
	files, kept, err := reports.Replace(folder, known, func(dir string) ([]reports.File, error) {
		return reports.WriteYear(ctx, dir, year)
	})
	if err != nil {
		return nil, err
	}
	noted := make([]ledger.KeptReport, len(files))
	for i, file := range files {
		noted[i] = ledger.KeptReport{Name: file.Name, SHA256: file.SHA256}
	}
	return &Workbooks{Folder: folder, Files: fileNames(files), Kept: kept}, w.store.Write(ctx, func(tx *ledger.Tx) error {
		return tx.KeepReports(ctx, key, noted)
	})
}
