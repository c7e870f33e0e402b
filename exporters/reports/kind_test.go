package reports_test

import (
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
)

// TestKindWithoutProperties reads workbooks of which a program dropped the document properties: of uitval only the
// decisions count, and the totals of a municipality and of a year are still refused.
func TestKindWithoutProperties(t *testing.T) {
	dir, _ := written(t, newDemo(300))
	year, _ := writtenYear(t, demoYear())
	saved := func(path string) string {
		file := open(t, path)
		if err := file.SetDocProps(&excelize.DocProperties{Category: "werkmap"}); err != nil {
			t.Fatal(err)
		}
		other := filepath.Join(t.TempDir(), "bewaard.xlsx")
		if err := file.SaveAs(other); err != nil {
			t.Fatal(err)
		}
		return other
	}
	read := func(path string) (*taken, error) {
		sink := &taken{}
		_, err := (&importers.Reader{}).Read(t.Context(), saved(path), billing.NewDate(2026, 11, 10), sink)
		return sink, err
	}
	if sink, err := read(filepath.Join(dir, "uitval.xlsx")); err != nil || len(sink.records) > 0 {
		t.Errorf("uitval: %d records: %v", len(sink.records), err)
	}
	for _, path := range []string{
		filepath.Join(dir, "gemeente-0855-Tilburg.xlsx"), filepath.Join(dir, "regio.xlsx"),
		filepath.Join(year, "verantwoording-01000001-Voorbeeld Wonen Thuis.xlsx"), filepath.Join(year, "verantwoording-regio.xlsx"),
	} {
		if sink, err := read(path); err == nil || len(sink.records) > 0 {
			t.Errorf("%s: %d records: %v", filepath.Base(path), len(sink.records), err)
		}
	}
}
