package retour

import (
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

var leftOutColumns = []layout.Column[report.LeftOut]{
	layout.Col("Regelnummer", 0, workbook.Plain, func(_ *layout.View, l report.LeftOut) workbook.Value { return workbook.Text(l.Told) }),
	layout.Col("Stond wel in", 0, workbook.Plain, func(_ *layout.View, l report.LeftOut) workbook.Value { return workbook.Text(l.Earlier) }),
	layout.Col("Blad", 0, workbook.Plain, func(_ *layout.View, l report.LeftOut) workbook.Value { return workbook.Text(l.Sheet) }),
	layout.Col("Rij", 0, workbook.Whole, func(_ *layout.View, l report.LeftOut) workbook.Value { return workbook.Count(l.Row) }),
	layout.Col("Niet in", 0, workbook.Plain, func(_ *layout.View, l report.LeftOut) workbook.Value { return workbook.Text(l.File) }),
}

// leftOut returns the rows of earlier files of the provider that a later one leaves out while it repeats more than half
// of them. Those rows remain in force.
func (w *Workbook) leftOut() *workbook.Rows {
	rows := w.Spool.Rows()
	for _, left := range w.LeftOut {
		if left.Provider == w.agb {
			rows.Add(layout.CellsOf(w.View, leftOutColumns, left)...)
		}
	}
	return rows
}

// leftOutNote mentions those rows on the first sheet.
func (w *Workbook) leftOutNote(page *workbook.Page, rows *workbook.Rows) {
	if rows.Len() == 0 {
		return
	}
	page.Skip()
	page.Paragraph(w.Say("Een later bestand van u herhaalt het grootste deel van een eerder, maar liet regels weg. Aantal: %s; zie het blad Weggelaten. Zij blijven staan: trek een regel die vervalt in met aantal 0.", w.Count(rows.Len())))
}
