package gemeente

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// productsShown is the most products that a chart has room for; the others are added up.
const productsShown = 10

// productBlock writes the table and chart of the largest products on the first sheet.
func (w *Workbook) productBlock(page *workbook.Page) {
	groups := w.Cube.Groups(w.own, func(k month.CubeKey) string { return k.Product })
	if len(groups) == 0 {
		return
	}
	slices.SortStableFunc(groups, func(a, b month.Group) int { return cmp.Compare(b.Net(), a.Net()) })
	notDrawn := 0
	if len(groups) > productsShown {
		notDrawn = 1 // the row of the others
		rest := month.Group{}
		for i := range groups[productsShown:] {
			rest.Merge(&groups[productsShown+i].Measures)
		}
		groups = append(groups[:productsShown:productsShown], rest)
	}
	name := month.NameColumn("Product", 0, func(v *layout.View, code string) string {
		if code == "" {
			return v.Say("Overige producten")
		}
		return code + " " + v.Product(code).Name
	})
	section := w.ChartedSection(w.Say("Grootste producten"), w.Say("Staafdiagram: het bedrag van de grootste producten; de getallen staan erboven."), name, groups)
	section.Chart.Horizontal, section.Chart.NotDrawn = true, notDrawn
	page.Section(section)
}

// segmentBlock writes the table of segments on the first sheet, with a chart.
func (w *Workbook) segmentBlock(page *workbook.Page) {
	groups := w.Cube.Groups(w.own, w.SegmentOf)
	if len(groups) == 0 {
		return
	}
	name := month.NameColumn("Segment", 0, func(v *layout.View, code string) string { return code + " " + v.SegmentName(code) })
	page.Section(w.ChartedSection(w.Say("Per segment"), w.Say("Staafdiagram: het bedrag per segment; de getallen staan erboven."), name, groups))
}
