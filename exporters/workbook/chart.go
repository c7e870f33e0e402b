package workbook

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Span is where a small table of a page stands: the rows under its headings.
type Span struct{ Heading, First, Last int }

// Chart is a picture of columns of a small table.
type Chart struct {
	Title  string
	Alt    string // what it shows, for who cannot see it
	Of     Span
	Names  int   // the column with what is compared
	Values []int // the columns with the numbers, at most four
	Format Format
	Lying  bool // bars from left to right, for long names
}

// chartRows is how many rows of a page a chart takes.
const chartRows = 16

// chartFills go from dark to light, so that they differ without colour too; every bar has an outline and its number.
var chartFills = [...]string{"1B365D", "C5CEDA", "5F7FA8", "FFFFFF"}

// BlockSpan is Block that tells where the table stands.
func (p *Page) BlockSpan(columns []Column, rows [][]Value, total string) Span {
	heading := p.Next()
	p.Block(columns, rows, total)
	return Span{Heading: heading, First: heading + 1, Last: heading + len(rows)}
}

// Chart draws a chart under what was written last. It stands in the page's own columns, so that it is printed with
// it.
func (p *Page) Chart(chart *Chart) {
	p.Skip()
	at := p.Next()
	p.row += chartRows
	if p.err != nil || chart.Of.Last < chart.Of.First {
		return
	}
	cells := func(column int) string {
		return fmt.Sprintf("%s!$%[2]s$%[3]d:$%[2]s$%[4]d", quoted(p.sheet), columnName(column), chart.Of.First, chart.Of.Last)
	}
	kind := excelize.Col
	if chart.Lying {
		kind = excelize.Bar
	}
	drawn := &excelize.Chart{
		Type: kind, Dimension: excelize.ChartDimension{Width: 860, Height: 330},
		Format: excelize.GraphicOptions{AltText: clean(chart.Alt), Name: clean(chart.Title), OffsetX: 8, OffsetY: 4, Positioning: "oneCell"},
		Title:  excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: clean(chart.Title), Font: font(12, inkDark, true)}}},
		Legend: excelize.ChartLegend{Position: "bottom"}, PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: chartCode(chart.Format)}},
		XAxis: excelize.ChartAxis{ReverseOrder: chart.Lying, Font: *font(9, inkDark, false)}, YAxis: excelize.ChartAxis{MajorGridLines: true, Font: *font(9, inkDark, false), NumFmt: excelize.ChartNumFmt{CustomNumFmt: chartCode(chart.Format)}},
		VaryColors: new(bool),
	}
	if len(chart.Values) > 2 {
		drawn.PlotArea.ShowVal = false // the numbers would stand on each other; the table has them
	}
	if len(chart.Values) == 1 {
		drawn.Legend.Position = "none"
	}
	for i, column := range chart.Values {
		drawn.Series = append(drawn.Series, excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$%s$%d", quoted(p.sheet), columnName(column), chart.Of.Heading),
			Categories: cells(chart.Names), Values: cells(column),
			Fill: fill(chartFills[i%len(chartFills)]), Line: excelize.LineOptions{Type: excelize.LineSolid, Width: 1, Fill: fill(inkDark)},
		})
	}
	p.keep(p.book.file.AddChart(p.sheet, cellName(0, at), drawn))
}

// ChapterOnPage is Chapter that begins a page when it is printed, so that a chart stays with its table.
func (p *Page) ChapterOnPage(title string) {
	if p.err == nil {
		p.keep(p.book.file.InsertPageBreak(p.sheet, cellName(0, p.Next()+1)))
	}
	p.Chapter(title)
}

// chartCode is a format with no more digits than a chart has room for, and nothing for what is nothing.
func chartCode(format Format) string {
	if format == Euro {
		return `"€" #,##0;"€" -#,##0;`
	}
	return formatCodes[format]
}
