package reports_test

import (
	"slices"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/reports/retour"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// TestQuantitiesAsWritten: a return file writes a quantity in a unit in which reading it back gives the same, and no more than may
// be in a cell.
func TestQuantitiesAsWritten(t *testing.T) {
	d := newDemo(60)
	for i, quantity := range map[int]billing.Quantity{0: 7500, 15: 3512, 30: 99_999_00, 45: 99_999_01, 6: 300} {
		d.rows[i].Record.Quantity = quantity
	}
	s := returnedRows(t, d, "01000001")
	for reference, want := range map[string]string{"A-000000": "uur 1.25", "A-000005": "minuut 35.12", "A-000010": "uur 1666.65", "A-000015": "uur 1666.650167"} {
		s.want(reference, s.text(reference, "Eenheid")+" "+s.text(reference, "Aantal"), want)
	}
	s.name, s.rows = "Dagdelen", rowsOf(t, s.file, "Dagdelen")
	s.want("day-parts", s.text("A-000002", "Eenheid")+" "+s.text("A-000002", "Aantal"), "dagdeel 3")
}

// TestReturnFileExists: there is one for whoever has a row, a line or only rows that were received before, but not for rows without
// an AGB code.
func TestReturnFileExists(t *testing.T) {
	d := newDemo(60)
	spool, err := workbook.NewSpool(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer spool.Close()
	add := map[string]func(*retour.Workbook){
		"row":   func(w *retour.Workbook) { w.AddRow(&d.rows[0]) },
		"line":  func(w *retour.Workbook) { w.AddLine(&d.lines[0], &d.lines[0]) },
		"again": func(w *retour.Workbook) { w.Party.Tally.AddAgain(&report.AlreadyReceived{Rows: 1}) },
	}
	for agb, what := range map[string][]string{"01000001": {"row", "line", "again"}, "20000002": {"line"}, "30000003": {"again"}, "40000004": nil, "": {"row", "line", "again"}} {
		file := retour.New(month.New(&d.report.ReportHead, spool), agb)
		for _, one := range what {
			add[one](file)
		}
		if want := agb != "" && slices.Contains([]int{1, 3}, len(what)); file.Exists() != want {
			t.Errorf("%q with %v: %v", agb, what, file.Exists())
		}
	}
}
