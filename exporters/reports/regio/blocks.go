package regio

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/reports/layout"
	"github.com/pxq-nl/pxq/exporters/reports/month"
	"github.com/pxq-nl/pxq/exporters/workbook"
)

// areaBlock writes the table of areas, with a chart.
func (w *Workbook) areaBlock(page *workbook.Page) {
	groups := w.Cube.Groups(month.Everything, func(k month.CubeKey) string { return w.AreaIn(k.Municipality, k.CareMonth) })
	if len(groups) == 0 {
		return
	}
	page.Section(w.ChartedSection(w.Say("Per gebied"), w.Say("Staafdiagram: het bedrag per gebied; de getallen staan erboven."),
		month.NameColumn("Gebied", 0, (*layout.View).AreaName), groups))
}

// matrixBlock writes a table with a row for each municipality and a column for each segment.
func (w *Workbook) matrixBlock(page *workbook.Page) {
	segments := w.Cube.Groups(month.Everything, w.SegmentOf)
	towns := w.Cube.Groups(month.Everything, func(k month.CubeKey) string { return k.Municipality })
	if len(towns) == 0 {
		return
	}
	columns := []workbook.Column{{Heading: w.Say("Gemeente")}}
	for _, segment := range segments {
		columns = append(columns, workbook.Column{Heading: w.Say("Segment %s", segment.Key), Format: workbook.Euro, Sum: true})
	}
	rows := make([][]workbook.Value, len(towns))
	for i, town := range towns {
		rows[i] = []workbook.Value{workbook.Text(w.MunicipalityName(town.Key))}
		for _, segment := range segments {
			amount := billing.Money(0)
			for key, part := range w.Cube {
				if key.Municipality == town.Key && w.SegmentOf(key) == segment.Key {
					amount += part.Net()
				}
			}
			rows[i] = append(rows[i], workbook.Money(amount))
		}
		rows[i] = append(rows[i], workbook.Money(town.Net()))
	}
	title := w.Say("Per gemeente en segment")
	columns = append(columns, workbook.Column{Heading: w.Say("Totaal"), Format: workbook.Euro, Sum: true})
	chart := &workbook.Chart{
		Title: title, Alt: w.Say("Staafdiagram: het bedrag per gemeente en segment; de getallen staan in de tabel."),
		Values: largestColumns(segments), Format: workbook.Euro,
	}
	if len(segments) > len(chart.Values) {
		chart.Title = w.Say("Per gemeente en segment: de %d grootste segmenten", len(chart.Values))
	}
	page.Section(&workbook.Section{Title: title, Columns: columns, Rows: rows, Total: w.Say("Totaal"), Chart: chart})
}

// largestColumns returns the columns of the largest groups, as many as a chart can draw, in the order of the table. The first group
// has column 1.
func largestColumns(groups []month.Group) []int {
	columns := make([]int, len(groups))
	for i := range columns {
		columns[i] = i + 1
	}
	if len(groups) > workbook.ChartSeries {
		slices.SortStableFunc(columns, func(a, b int) int { return cmp.Compare(groups[b-1].Net(), groups[a-1].Net()) })
		columns = columns[:workbook.ChartSeries]
		slices.Sort(columns)
	}
	return columns
}
