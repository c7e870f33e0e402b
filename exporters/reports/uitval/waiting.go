package uitval

import (
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// waitingColumns are the columns of declarations that wait for a decision, on the first sheet.
var waitingColumns = []layout.Column[report.Waiting]{
	layout.Col("Declaratie", 0, workbook.Plain, func(_ *layout.View, w report.Waiting) workbook.Value { return workbook.Text(w.Number) }),
	layout.Col("Bestand", 0, workbook.Wrapped, func(_ *layout.View, w report.Waiting) workbook.Value { return workbook.Text(w.File) }),
	layout.Col("Aanbieder", 0, workbook.Wrapped, func(v *layout.View, w report.Waiting) workbook.Value {
		return workbook.Text(w.Provider + " " + v.ProviderName(w.Provider))
	}),
	layout.Col("Open", 0, workbook.Whole, func(_ *layout.View, w report.Waiting) workbook.Value { return workbook.Count(w.Open) }),
	layout.Col("Ontvangen", 0, workbook.DayOf, func(_ *layout.View, w report.Waiting) workbook.Value { return workbook.Day(w.Received) }),
	layout.Col("Uiterlijk", 0, workbook.DayOf, func(_ *layout.View, w report.Waiting) workbook.Value { return workbook.Day(w.Term) }),
	layout.Col("Werkdagen over", 0, workbook.Whole, func(_ *layout.View, w report.Waiting) workbook.Value { return workbook.Count(w.DaysLeft) }),
}

// waitingBlock lists the declarations (JW323) that have no answer yet because something in them needs a decision, and what
// is left of the term of ten working days.
func (w *Workbook) waitingBlock(page *workbook.Page) {
	if len(w.Waiting) == 0 {
		return
	}
	page.Section(&workbook.Section{
		Title: w.Say("Declaraties (JW323) die op een besluit wachten"), Columns: layout.ColumnsOf(w.View, waitingColumns),
		Rows: layout.BlockOf(w.View, waitingColumns, w.Waiting),
	})
}
