package templates_test

import (
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
)

// taken collects what a reader passes on.
type taken struct {
	records   []*billing.Record
	decisions []*billing.DecisionRow
}

func (t *taken) Record(r *billing.Record) error      { t.records = append(t.records, r); return nil }
func (t *taken) Referral(*billing.ReferralRow) error { return nil }
func (t *taken) Decision(d *billing.DecisionRow) error {
	t.decisions = append(t.decisions, d)
	return nil
}

// open opens a workbook that was written.
func open(t *testing.T, path string) *excelize.File {
	t.Helper()
	file, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}
