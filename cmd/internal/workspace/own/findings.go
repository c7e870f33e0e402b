package own

import (
	"context"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// WriteFindings checks the files and writes the findings to a workbook in the layout of the return file, in the existing folder
// dir. It returns the workbook's name; "" when a file is refused.
func (c *Check) WriteFindings(ctx context.Context, dir, program string, setting report.Setting) (name string, err error) {
	result := &Result{}
	in, err := c.readContents(ctx, result)
	if err != nil || len(result.Refused) > 0 {
		return "", err
	}
	err = c.judge(ctx, in, result, func(run *judged) error {
		reporter := &report.Reporter{Store: run.store, Catalogue: run.catalogue, Program: program}
		of, err := reporter.Report(ctx, run.run, setting)
		if err != nil {
			return err
		}
		again := 0
		for _, file := range run.imported.Files {
			again += file.AlreadyReceived
		}
		file, err := reports.WriteChecked(ctx, dir, c.Provider, of, again, func(row *report.Row) bool {
			run.withoutJ26(row)
			return row.Record.FileID > run.lastKnown
		})
		name = file.Name
		return err
	})
	return name, err
}
