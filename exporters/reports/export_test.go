package reports

import (
	"context"
	"errors"
	"fmt"

	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// WriteWithRows is Write with a smaller sheet, for tests.
var WriteWithRows = write

// WriteOnly is Write for one workbook, which is measured on its own.
func WriteOnly(ctx context.Context, dir string, of *report.Report, name string) (err error) {
	spool, err := workbook.NewSpool(dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, spool.Close()) }()
	gathered, err := gather(ctx, of, spool, nil)
	if err != nil {
		return err
	}
	if err := gathered.reconcile(); err != nil {
		return err
	}
	for _, plan := range gathered.workbooks() {
		if plan.Name == name {
			_, err := plan.Write(dir, dir)
			return err
		}
	}
	return fmt.Errorf("there is no workbook %q", name)
}

// FactsOf is factsOf, for tests.
var FactsOf = factsOf
