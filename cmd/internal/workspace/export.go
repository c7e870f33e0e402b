package workspace

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/scratch"
	"github.com/pxq-nl/pxq/exporters/tables"
)

// The tables that can be exported, and the formats.
var (
	Exports       = []string{"lines", "records", "findings", "totals", "payments"}
	ExportFormats = []string{tables.CSV, tables.JSON}
)

// Export says what to export.
type Export struct {
	What, Format string // one of Exports, one of ExportFormats
	Period       billing.Period
}

// Export writes a table of the last run of a period to out. It reads a single snapshot of the store, whatever other commands
// write meanwhile.
func (w *Workspace) Export(ctx context.Context, export Export, out io.Writer) error {
	return w.export(ctx, export, func(fill func(io.Writer) error) error { return buffered(out, fill) })
}

// ExportFile is Export to a file, readable for its owner only. On an error an existing file of that name is left as it was.
func (w *Workspace) ExportFile(ctx context.Context, export Export, path string) error {
	return w.export(ctx, export, func(fill func(io.Writer) error) error { return writeFile(path, fill) })
}

func (w *Workspace) export(ctx context.Context, export Export, write func(fill func(io.Writer) error) error) error {
	return w.snapshot(ctx, func(w *Workspace) error {
		run, err := w.runOf(ctx, export.Period)
		if err != nil {
			return err
		}
		setting, err := w.settingOf(ctx, run)
		if err != nil {
			return err
		}
		made, err := w.reporter().Report(ctx, run, setting)
		if err != nil {
			return err
		}
		return write(func(out io.Writer) error { return w.exportTo(ctx, out, export, run, made) })
	})
}

func (w *Workspace) exportTo(ctx context.Context, out io.Writer, export Export, run ledger.Run, made *report.Report) error {
	reporter := w.reporter()
	rows := func(ctx context.Context, visit func(*Row) error) error {
		return reporter.EachRow(ctx, run, visit)
	}
	switch export.What {
	case "lines":
		return tables.Lines(ctx, out, export.Format, made.Lines)
	case "records":
		return tables.Records(ctx, out, export.Format, rows)
	case "findings":
		return tables.Findings(ctx, out, export.Format, w.Language, reporter.Catalogue, rows, made.NotSent, made.Signals)
	case "totals":
		return tables.ExportTotals(ctx, out, export.Format, made.Book, made.Lines)
	}
	return tables.Payments(ctx, out, export.Format, run.Month(), made.Payments)
}

// writeFile writes the file at path by calling fill. The file is readable for its owner only. On an error an existing file is
// left as it was.
func writeFile(path string, fill func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		file, err := os.OpenFile(path, os.O_WRONLY, 0) // a device or a pipe
		if err != nil {
			return unwritable(path, err)
		}
		return unwritable(path, errors.Join(buffered(file, fill), file.Close()))
	}
	scratch.Sweep(filepath.Dir(path))
	file, err := scratch.File(filepath.Dir(path))
	if err != nil {
		return unwritable(path, err)
	}
	defer os.Remove(file.Name())
	if err := errors.Join(buffered(file, fill), file.Close()); err != nil {
		return unwritable(path, err)
	}
	return unwritable(path, os.Rename(file.Name(), path))
}

// buffered calls fill with a buffered writer to out, and flushes it.
func buffered(out io.Writer, fill func(io.Writer) error) error {
	writer := bufio.NewWriterSize(out, 1<<16)
	if err := fill(writer); err != nil {
		return err
	}
	return writer.Flush()
}
