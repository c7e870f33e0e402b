package workbook

import (
	"bytes"
	"fmt"
	"regexp"

	"github.com/xuri/excelize/v2"
)

// Chart is a picture of columns of a small table.
type Chart struct {
	Title      string
	Alt        string // what it shows, for who cannot see it
	Names      int    // the column with what is compared
	Values     []int  // the columns with the numbers, at most four
	NotDrawn   int    // rows at the end of the table that the chart leaves out
	Format     Format
	Horizontal bool // bars from left to right, for long names
	Beside     bool // right of its table, where the page has room; else under it
}

// span is where a small table of a page stands: the row of its headings, and the rows under them.
type span struct{ heading, first, last int }

// place is where a chart stands: its first cell, its width in pixels, its height in rows.
type place struct{ column, row, width, height int }

// A chart under its table has this width in pixels, and every chart at least this many rows.
const (
	chartWidth = 860
	chartRows  = 13
)

// pixelsOfLine is the height of a row in pixels.
const pixelsOfLine = 22

// chartFills go from dark to light, so that they differ without colour too; every bar has an outline and its number.
var chartFills = [...]string{"1B365D", "C5CEDA", "5F7FA8", "FFFFFF"}

// draw draws the chart of a section. It stands in the page's own columns, so that it is printed with it.
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
		drawn.PlotArea.ShowVal = false // the numbers would stand on each other; the table has them
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

// cells names the rows of a column of a small table, as a chart does.
func (p *Page) cells(column int, table span) string {
	return fmt.Sprintf("%s!$%[2]s$%[3]d:$%[2]s$%[4]d", quoted(p.sheet), columnName(column), table.first, table.last)
}

// chartCode is a format with no more digits than a chart has room for, and nothing for what is nothing.
func chartCode(format Format) string {
	if format == Euro {
		return `"€" #,##0;"€" -#,##0;`
	}
	return formatCodes[format]
}

// What excelize makes of a chart is not all as the file format wants it: the parts of a series of bars stand in another
// order, with one that only lines have, and no line is drawn around a bar, without which a white one is not seen.
var (
	afterLabels   = regexp.MustCompile(`(?s)(<dLbls>.*?</dLbls>)(<invertIfNegative val="0"></invertIfNegative>)`)
	fillOfOneKind = regexp.MustCompile(`(<ser>.*?<spPr><a:solidFill>.*?</a:solidFill>)(</spPr>)`)
)

const lineAround = `<a:ln w="9525"><a:solidFill><a:srgbClr val="` + inkDark + `"></a:srgbClr></a:solidFill></a:ln>`

func settledChart(text []byte) []byte {
	text = bytes.ReplaceAll(text, []byte(`<smooth val="0"></smooth>`), nil)
	text = afterLabels.ReplaceAll(text, []byte("$2$1"))
	return fillOfOneKind.ReplaceAll(text, []byte("${1}"+lineAround+"$2"))
}

// Of a chart that keeps its size excelize takes width and height for the place within the first cell where it ends, and
// Excel keeps it within that cell. The format has another anchor for it, with just these.
var (
	endsInFirstCell = regexp.MustCompile(`(?s)<xdr:twoCellAnchor editAs="oneCell">(<xdr:from>.*?</xdr:from>)` +
		`<xdr:to><xdr:col>\d+</xdr:col><xdr:colOff>(\d+)</xdr:colOff><xdr:row>\d+</xdr:row><xdr:rowOff>(\d+)</xdr:rowOff></xdr:to>` +
		`(.*?)</xdr:twoCellAnchor>`)
	ofItsOwnSize = []byte(`<xdr:oneCellAnchor>$1<xdr:ext cx="$2" cy="$3"></xdr:ext>$4</xdr:oneCellAnchor>`)
)

func settledDrawing(text []byte) []byte { return endsInFirstCell.ReplaceAll(text, ofItsOwnSize) }
