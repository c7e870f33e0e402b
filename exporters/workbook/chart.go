package workbook

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/xuri/excelize/v2"
)

// Chart is a bar chart of columns of a small table.
type Chart struct {
	Title      string
	Alt        string // alternative text, for readers who cannot see the chart
	Names      int    // the column with the categories
	Values     []int  // the columns with the numbers, at most ChartSeries
	NotDrawn   int    // rows at the end of the table to leave out
	Format     Format
	Horizontal bool // bars from left to right, which leaves room for long names
	Beside     bool // to the right of its table; else below it
}

// span holds rows of a small table on a page: that of its headings, and the first and last one that a chart shows.
type span struct{ heading, first, last int }

// place is the position of a chart: its first cell, its width in pixels and its height in rows.
type place struct{ column, row, width, height int }

// chartWidth is the width in pixels of a chart below its table, chartRows the least height in rows of any chart.
const (
	chartWidth = 860
	chartRows  = 13
)

// pixelsOfLine is the height of a row in pixels.
const pixelsOfLine = 22

// ChartSeries is the most columns of numbers that a chart can draw.
const ChartSeries = 4

// chartFills go from dark to light, so that bars differ without colour too; the outline of a bar makes a white one visible.
var chartFills = [ChartSeries]string{"1B365D", "C5CEDA", "5F7FA8", "FFFFFF"}

// draw adds the chart of a section to the sheet. It lies within the columns of the page, so that it is printed.
func (p *Page) draw(s *Section, table span, at place) {
	if p.err != nil {
		return
	}
	chart, kind := s.Chart, excelize.Col
	if chart.Horizontal {
		kind = excelize.Bar
	}
	axis := excelize.ChartNumFmt{CustomNumFmt: chartCode(chart.Format)}
	drawn := &excelize.Chart{
		Type: kind, Dimension: excelize.ChartDimension{Width: uint(at.width - 16), Height: uint(at.height*pixelsOfLine - 8)},
		Format: excelize.GraphicOptions{AltText: clean(chart.Alt), Name: clean(chart.Title), OffsetX: 8, OffsetY: 4, Positioning: "oneCell"},
		Title:  excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: clean(chart.Title), Font: font(12, inkDark, true)}}},
		Legend: excelize.ChartLegend{Position: "bottom"}, PlotArea: excelize.ChartPlotArea{ShowVal: true, NumFmt: axis},
		XAxis: excelize.ChartAxis{ReverseOrder: chart.Horizontal, Font: *font(9, inkDark, false), TickLabelPosition: excelize.ChartTickLabelLow}, YAxis: excelize.ChartAxis{MajorGridLines: true, Font: *font(9, inkDark, false), NumFmt: axis},
		VaryColors: new(bool),
	}
	if len(chart.Values) > 1 {
		drawn.PlotArea.ShowVal = false // the labels would overlap; the table has the numbers
	}
	if len(chart.Values) == 1 {
		drawn.Legend.Position = "none"
	}
	for i, column := range chart.Values {
		drawn.Series = append(drawn.Series, excelize.ChartSeries{
			Name:       fmt.Sprintf("%s!$%s$%d", quoted(p.sheet), columnName(column), table.heading),
			Categories: p.cells(chart.Names, table), Values: p.cells(column, table),
			Fill: fill(chartFills[i%len(chartFills)]), Line: excelize.LineOptions{Type: excelize.LineSolid, Width: 1, Fill: fill(inkDark)},
		})
	}
	p.keep(p.book.file.AddChart(p.sheet, cellName(at.column, at.row), drawn))
}

// cells returns the cells of a column of a small table, as a chart refers to them.
func (p *Page) cells(column int, table span) string {
	return fmt.Sprintf("%s!$%[2]s$%[3]d:$%[2]s$%[4]d", quoted(p.sheet), columnName(column), table.first, table.last)
}

// chartCode returns the number format of a chart's labels and axis. There is no room for cents, and zero has no label.
func chartCode(format Format) string {
	if format == Euro {
		return `"€" #,##0;"€" -#,##0;`
	}
	return formatCodes[format]
}

// excelize does not quite write a chart as the file format requires: the elements of a bar series are in the wrong order and
// include one that only lines have. Nor can it draw an outline around bars, without which a white bar is invisible.
var (
	afterLabels   = regexp.MustCompile(`(?s)(<dLbls>.*?</dLbls>)(<invertIfNegative val="0"></invertIfNegative>)`)
	fillOfOneKind = regexp.MustCompile(`(<ser>.*?<spPr><a:solidFill>.*?</a:solidFill>)(</spPr>)`)
)

const lineAround = `<a:ln w="9525"><a:solidFill><a:srgbClr val="` + inkDark + `"></a:srgbClr></a:solidFill></a:ln>`

// correctedChart corrects a chart part.
func correctedChart(text []byte) []byte {
	text = bytes.ReplaceAll(text, []byte(`<smooth val="0"></smooth>`), nil)
	text = afterLabels.ReplaceAll(text, []byte("$2$1"))
	return fillOfOneKind.ReplaceAll(text, []byte("${1}"+lineAround+"$2"))
}

// For a chart of fixed size excelize writes width and height as the offset, within the first cell, at which the chart ends,
// and Excel squeezes the chart into that cell. The format's oneCellAnchor takes exactly these two numbers.
var (
	endsInFirstCell = regexp.MustCompile(`(?s)<xdr:twoCellAnchor editAs="oneCell">(<xdr:from>.*?</xdr:from>)` +
		`<xdr:to><xdr:col>\d+</xdr:col><xdr:colOff>(\d+)</xdr:colOff><xdr:row>\d+</xdr:row><xdr:rowOff>(\d+)</xdr:rowOff></xdr:to>` +
		`(.*?)</xdr:twoCellAnchor>`)
	ofItsOwnSize = []byte(`<xdr:oneCellAnchor>$1<xdr:ext cx="$2" cy="$3"></xdr:ext>$4</xdr:oneCellAnchor>`)
)

// correctedDrawing corrects a drawing part.
func correctedDrawing(text []byte) []byte { return endsInFirstCell.ReplaceAll(text, ofItsOwnSize) }
