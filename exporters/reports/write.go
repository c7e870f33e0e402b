package reports

import (
	"context"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/reports/retour"
	"github.com/pxq-nl/pxq/exporters/reports/yearly"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// File is a workbook that was written.
type File = layout.File

// Difference says that two ways of counting the same thing do not agree; no workbook is written then.
type Difference = layout.Difference

// Write writes all workbooks of a period into an existing empty folder, readable for their owner only, and returns them
// sorted by name. The same report gives the same bytes. If totals do not agree it returns a *Difference and writes nothing;
// after any other error it removes what it wrote.
func Write(ctx context.Context, dir string, of *report.Report) ([]File, error) {
	return write(ctx, dir, of, workbook.SheetRows)
}

// write is Write with the number of rows after which a table continues on the next sheet.
func write(ctx context.Context, dir string, of *report.Report, sheetRows int) ([]File, error) {
	return layout.WriteAll(ctx, dir, sheetRows, func(spool *workbook.Spool) ([]layout.Plan, error) {
		gathered, err := gather(ctx, of, spool, nil)
		if err != nil {
			return nil, err
		}
		return gathered.workbooks(), gathered.reconcile()
	})
}

// WriteYear writes the workbooks of a yearly statement, in the way Write does.
func WriteYear(ctx context.Context, dir string, year *report.Year) ([]File, error) {
	return yearly.Write(ctx, dir, year)
}

// Provisional returns the reasons why amounts of a yearly statement may still change, a sentence each; nil when it is final.
func Provisional(year *report.Year) []string { return yearly.Provisional(year) }

// WriteChecked writes the workbook of the findings on files of a provider that are not sent in, in the layout of its return
// file. It has the rows for which isShown returns true; again is the number of rows that were received before.
func WriteChecked(ctx context.Context, dir, agb string, of *report.Report, again int, isShown func(*report.Row) bool) (File, error) {
	files, err := layout.WriteAll(ctx, dir, workbook.SheetRows, func(spool *workbook.Spool) ([]layout.Plan, error) {
		checked := retour.NewChecked(month.New(&of.ReportHead, spool), agb)
		err := of.Rows(ctx, func(row *report.Row) error {
			if isShown(row) {
				checked.AddRow(row)
			}
			return ctx.Err()
		})
		return []layout.Plan{checked.PlanChecked(again)}, err
	})
	if err != nil {
		return File{}, err
	}
	return files[0], nil
}
