package reports

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// File is a workbook that was written.
type File struct {
	Name   string
	SHA256 string // of its bytes, hexadecimal
}

// Write writes all workbooks of a period into a folder that exists and is empty, readable for their owner
// only, and gives them by name. The same report gives the same bytes. When totals do not agree it gives a
// *Difference and writes nothing; after any other error it removes what it wrote.
func Write(ctx context.Context, dir string, report *report.Report) ([]File, error) {
	return write(ctx, dir, report, workbook.SheetRows)
}

// write is Write with the number of rows after which a table goes on on the next sheet.
func write(ctx context.Context, dir string, report *report.Report, sheetRows int) ([]File, error) {
	return writePlanned(ctx, dir, sheetRows, func(spool *workbook.Spool) ([]plan, error) {
		gathered, err := gather(ctx, report, spool)
		if err != nil {
			return nil, err
		}
		return gathered.workbooks(), gathered.reconcile()
	})
}

// writePlanned writes the workbooks that are planned with a spool of its own.
func writePlanned(ctx context.Context, dir string, sheetRows int, planned func(*workbook.Spool) ([]plan, error)) (files []File, err error) {
	private, err := os.MkdirTemp(filepath.Dir(filepath.Clean(dir)), ".pxq-*") // mode 0700
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(private)) }()
	spool, err := workbook.NewSpool(private)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, spool.Close()) }()
	spool.SheetRows = sheetRows
	plans, err := planned(spool)
	if err != nil {
		return nil, err
	}
	files, err = writeAll(ctx, dir, private, plans)
	if err != nil {
		for _, file := range files {
			if file.SHA256 != "" { // it was written
				_ = os.Remove(filepath.Join(dir, file.Name))
			}
		}
		return nil, err
	}
	return files, nil
}

// plan is a workbook that is to be written.
type plan struct {
	name  string
	head  workbook.Head
	build func(*workbook.Book) error
}

// writeAll writes workbooks, as many at a time as there are processors. The files are in the order of the
// plans, which is that of their names.
func writeAll(ctx context.Context, dir, private string, plans []plan) ([]File, error) {
	files := make([]File, len(plans))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.NumCPU())
	for i, plan := range plans {
		files[i].Name = plan.name
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			digest, err := writeOne(dir, private, plan)
			if err != nil {
				return fmt.Errorf("%s: %w", plan.name, err)
			}
			files[i].SHA256 = digest
			return nil
		})
	}
	return files, group.Wait()
}

func writeOne(dir, private string, plan plan) (digest string, err error) {
	book, err := workbook.New(private, plan.head)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	if err := plan.build(book); err != nil {
		return "", err
	}
	return book.Save(filepath.Join(dir, plan.name))
}

// workbooks plans every workbook of the report, by name.
func (g *gathering) workbooks() []plan {
	var plans []plan
	for _, code := range sortedKeys(g.municipalities) {
		if m := g.municipalities[code]; g.hasWorkbook(m) {
			plans = append(plans, g.planMunicipality(m))
		}
	}
	plans = append(plans, g.planRegion())
	for _, agb := range sortedKeys(g.providers) {
		if p := g.providers[agb]; p.hasWorkbook() {
			plans = append(plans, g.planProvider(p))
		}
	}
	plans = append(plans, g.planExceptions())
	slices.SortFunc(plans, func(a, b plan) int { return strings.Compare(a.name, b.name) })
	return plans
}
