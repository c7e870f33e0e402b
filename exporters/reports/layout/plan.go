package layout

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/billing/scratch"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// File is a workbook that was written.
type File struct {
	Name   string
	SHA256 string // of its bytes, hexadecimal
}

// Plan describes a workbook to be written: the name of its file, its properties, a first sheet that is laid out as a page,
// and the sheets after it.
type Plan struct {
	View   *View
	Name   string
	Head   workbook.Head
	Page   string    // the name of the first sheet; its title is that of the workbook
	Widths []float64 // of its columns
	First  func(page *workbook.Page)
	Sheets []Sheet
	Rows   int // approximate number of rows: the largest workbooks are started first
}

// WriteAll writes the workbooks that planned returns into an existing folder, readable for their owner only, as many at a time
// as there are processors. planned is given a spool for their rows; a table continues on the next sheet after sheetRows rows.
// The files are sorted by name. After an error WriteAll removes what it wrote.
func WriteAll(ctx context.Context, dir string, sheetRows int, planned func(*workbook.Spool) ([]Plan, error)) (files []File, err error) {
	private, err := scratch.Folder(filepath.Dir(filepath.Clean(dir)))
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
	slices.SortFunc(plans, func(a, b Plan) int { return strings.Compare(a.Name, b.Name) })
	files, err = writeEach(ctx, dir, private, plans)
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

// writeEach writes the workbooks and returns them in the order of the plans.
func writeEach(ctx context.Context, dir, private string, plans []Plan) ([]File, error) {
	files := make([]File, len(plans))
	order := make([]int, len(plans))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(plans[b].Rows, plans[a].Rows) })
	group, ctx := parallel.New(ctx)
	group.SetLimit(runtime.NumCPU())
	for _, i := range order {
		plan := plans[i]
		files[i].Name = plan.Name
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			digest, err := plan.Write(dir, private)
			if err != nil {
				return fmt.Errorf("%s: %w", plan.Name, err)
			}
			files[i].SHA256 = digest
			return nil
		})
	}
	return files, group.Wait()
}

// Write writes the workbook into dir and returns the SHA-256 of its bytes in hexadecimal. What does not fit in memory is kept
// in the folder private.
func (p Plan) Write(dir, private string) (digest string, err error) {
	book, err := workbook.New(private, p.Head)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	page := book.AddPage(p.View.Say(p.Page), p.Head.Title, p.Widths...)
	p.First(page)
	if err := errors.Join(p.View.Build(book, p.Sheets), page.Close()); err != nil {
		return "", err
	}
	return book.Save(filepath.Join(dir, p.Name))
}
