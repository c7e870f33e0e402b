package month

import (
	"testing"

	"github.com/pxq-nl/pxq/exporters/reports/layout"
)

// TestDifferenceInWords: what differs is written for people, not as fields of a program.
func TestDifferenceInWords(t *testing.T) {
	for _, test := range []struct {
		differ error
		want   string
	}{
		{layout.Differ(Count{Rows: 3, Time: 100, Amount: 1250}, Count{Dayparts: 200}, "regels", "rows"),
			"The reconciliation does not agree: rows: 3 rows (100 minutes and 0 day-parts, both ×100; 12.50 euros) against 0 rows (0 minutes and 200 day-parts, both ×100; 0.00 euros)."},
		{layout.Differ(Measures{Lines: 2, Debit: 500}, Measures{Lines: 1, Credit: -500}, "declaratie", "declaration"),
			"The reconciliation does not agree: declaration: 2 lines (0 minutes and 0 day-parts, both ×100; debit 5.00, credit 0.00 euros) against 1 lines (0 minutes and 0 day-parts, both ×100; debit 0.00, credit -5.00 euros)."},
		{layout.Differ(Count{}, Count{}, "regels", "rows"), ""},
	} {
		got := ""
		if test.differ != nil {
			got = test.differ.Error()
		}
		if got != test.want {
			t.Errorf("it says %q, want %q", got, test.want)
		}
	}
}
