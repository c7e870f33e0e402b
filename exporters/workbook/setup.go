package workbook

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/xuri/excelize/v2"
)

// setup holds what differs from sheet to sheet.
type setup struct {
	frozenRows, frozenColumns int
	titleRow                  int    // repeated on every printed page
	pagesWide                 int    // how many pages the columns are fitted to
	scale                     uint   // in percent, instead of fitting the columns
	printed                   string // the area that is printed, one page wide; "" for all
}

// pageWidth is the widest table, in characters, that is readable on one page; a wider one is printed over several pages, with
// its first column on each.
const pageWidth = 300

// The margins of a page, in inches.
const (
	sideMargin = 0.4
	topMargin  = 0.75
)

// pagesFor returns how many pages wide a table is printed.
func pagesFor(columns []Column) int {
	width := 0.0
	for _, column := range columns {
		width += column.Width
	}
	return int(math.Ceil(width / pageWidth))
}

// setUp prepares a sheet for screen and printer: no gridlines, frozen panes, A4 landscape fitted to the width, the heading row
// on every page, page numbers. It must be called before the sheet's stream writer is made, which starts by writing some of this.
func (b *Book) setUp(sheet string, s setup) error {
	f := b.file
	yes, no, height, a4, landscape := true, false, 0, 9, "landscape"
	side, top, header, rowHeight := sideMargin, topMargin, 0.3, lineHeight
	fit, layout := s.scale == 0, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape}
	if fit {
		layout.FitToWidth, layout.FitToHeight = &s.pagesWide, &height
	} else {
		layout.AdjustTo = &s.scale
	}
	if s.printed != "" {
		s.pagesWide = 1
	}
	titles := fmt.Sprintf("%[1]s!$%[2]d:$%[2]d", quoted(sheet), s.titleRow)
	if s.pagesWide > 1 {
		titles = quoted(sheet) + "!$A:$A," + titles
	}
	var area error
	if s.printed != "" {
		area = f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: quoted(sheet) + "!" + s.printed, Scope: sheet})
	}
	return errors.Join(area,
		f.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &no}),
		f.SetPanes(sheet, panes(s.frozenRows, s.frozenColumns)),
		f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit, DefaultRowHeight: &rowHeight, CustomHeight: &yes}),
		f.SetPageLayout(sheet, layout),
		f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{
			Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &header, Footer: &header,
		}),
		f.SetHeaderFooter(sheet, b.headerFooter()),
		f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: sheet}),
	)
}

// panes freezes rows and columns.
func panes(rows, columns int) *excelize.Panes {
	corner, _ := excelize.CoordinatesToCellName(columns+1, rows+1)
	active := "bottomLeft"
	if columns > 0 {
		active = "bottomRight"
	}
	return &excelize.Panes{
		Freeze: true, XSplit: columns, YSplit: rows, TopLeftCell: corner, ActivePane: active,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: active}},
	}
}

func (b *Book) headerFooter() *excelize.HeaderFooterOptions {
	header := "&L" + onPage(b.head.Title, 120)
	if b.head.Words.Draft != "" {
		header += "&R&B" + onPage(b.head.Words.Draft, 100)
	}
	footer := "&L" + onPage(b.head.Program, 80) + "&C&A&R" + fmt.Sprintf(b.head.Words.PageOf, "&P", "&N")
	return &excelize.HeaderFooterOptions{OddHeader: header, OddFooter: footer}
}

// onPage prepares a text for a header or footer, where & starts a code.
func onPage(text string, most int) string {
	return strings.ReplaceAll(truncated(clean(text), most), "&", "&&")
}

// quoted returns the name of a sheet as it stands in a formula.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// cellName returns A1 for column 0 of row 1.
func cellName(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column+1, row)
	return name
}

// columnName returns A for column 0.
func columnName(column int) string {
	name, _ := excelize.ColumnNumberToName(column + 1)
	return name
}

// area returns A1:B2.
func area(column, row, lastColumn, lastRow int) string {
	return cellName(column, row) + ":" + cellName(lastColumn, lastRow)
}
