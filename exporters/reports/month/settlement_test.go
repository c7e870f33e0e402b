package month

import (
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
)

// An accepted row is in a line of this declaration, in a correction, or in a line that an earlier period declared; a row that
// rounding to whole hours leaves without a line counts as the first.
func TestWayIntoTheDeclaration(t *testing.T) {
	september, october := billing.PeriodOf(2026, 9), billing.PeriodOf(2026, 10)
	book := (&billing.Book{Products: []billing.Product{{Code: "45X01", AllowsTime: true}, {Code: "41X01", AllowsTime: true, WholeHours: true}}}).Index()
	key := func(client, product string, month billing.Period) billing.LineKey {
		return billing.LineKey{Provider: "01000001", Municipality: "0855", BSN: client, Referral: "T01", Product: product, Unit: billing.Time, CareMonth: month}
	}
	m := New(&report.ReportHead{Language: "nl", Period: october, Book: book}, nil)
	for _, line := range []billing.DeclaredLine{
		{Line: billing.Line{LineKey: key("corrected", "45X01", september)}, Kind: billing.Correction},
		{Line: billing.Line{LineKey: key("credited", "45X01", september)}, Kind: billing.Credit},
		{Line: billing.Line{LineKey: key("late", "45X01", september)}, Kind: billing.Late},
		{Line: billing.Line{LineKey: key("regular", "45X01", october)}, Kind: billing.Regular},
	} {
		m.AddLine(&line)
	}
	for name, test := range map[string]struct {
		row  report.Row
		key  billing.LineKey
		want Way
	}{
		"in a correction":                      {report.Row{Before: billing.Accepted}, key("corrected", "45X01", september), Corrected},
		"new in a correction":                  {report.Row{}, key("corrected", "45X01", september), Corrected},
		"where something was credited":         {report.Row{Before: billing.Accepted}, key("credited", "45X01", september), Corrected},
		"accepted before, nothing changed":     {report.Row{Before: billing.Accepted}, key("stands", "45X01", september), Declared},
		"held before, in a line that is late":  {report.Row{Before: billing.Held}, key("late", "45X01", september), ForTheFirstTime},
		"of this month":                        {report.Row{}, key("regular", "45X01", october), ForTheFirstTime},
		"of this month, without a line":        {report.Row{}, key("stands", "45X01", october), ForTheFirstTime},
		"in the place of another of September": {report.Row{}, key("stands", "45X01", september), Declared},
		"rounded away":                         {report.Row{}, key("stands", "41X01", september), ForTheFirstTime},
		"of a product nobody knows":            {report.Row{}, key("stands", "99X99", september), Declared},
		"a prestatie is never rounded away":    {report.Row{Record: &billing.Record{Prestatie: &billing.Prestatie{}}}, key("stands", "41X01", september), Declared},
		"rejected":                             {report.Row{Outcome: billing.Rejected, Before: billing.Accepted}, key("corrected", "45X01", september), ForTheFirstTime},
	} {
		row := test.row
		if row.Outcome == billing.NoOutcome {
			row.Outcome = billing.Accepted
		}
		if row.Record == nil {
			row.Record = &billing.Record{}
		}
		row.Record.Provider, row.Record.BSN, row.Record.Unit = test.key.Provider, test.key.BSN, test.key.Unit
		row.Record.First = test.key.CareMonth.First()
		row.Municipality, row.Referral, row.Product = test.key.Municipality, test.key.Referral, test.key.Product
		if got := m.WayOf(&row); got != test.want {
			t.Errorf("%s: way %d, want %d", name, got, test.want)
		}
	}
}
