package workbook

import (
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// setUp prepares a sheet for the screen and the printer: gridlines off, what stays in sight, A4 landscape as
// wide as the page, the heading rows on every page, page numbers.
func (b *Book) setUp(sheet string, frozenRows, frozenColumns, titleRow int) error {
	f := b.file
	yes, no, width, height, a4, landscape := true, false, 1, 0, 9, "landscape"
	margin, top := 0.4, 0.75
	return errors.Join(
		f.SetSheetView(sheet, 0, &excelize.ViewOptions{ShowGridLines: &no}),
		f.SetPanes(sheet, panes(frozenRows, frozenColumns)),
		f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &yes}),
		f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Size: &a4, Orientation: &landscape, FitToWidth: &width, FitToHeight: &height}),
		f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &margin, Right: &margin, Top: &top, Bottom: &top}),
		f.SetHeaderFooter(sheet, b.headerFooter()),
		f.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted(sheet), titleRow, titleRow), Scope: sheet,
		}),
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

// onPage makes a text fit for a header or footer, where & begins a command.
func onPage(text string, most int) string {
	runes := []rune(clean(text))
	if len(runes) > most {
		runes = append(runes[:most-1], '…')
	}
	return strings.ReplaceAll(string(runes), "&", "&&")
}

// quoted writes the name of a sheet as a formula does.
func quoted(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'" }

// cellName gives A1 for column 0 of row 1.
func cellName(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column+1, row)
	return name
}

// area gives A1:B2.
func area(column, row, lastColumn, lastRow int) string {
	return cellName(column, row) + ":" + cellName(lastColumn, lastRow)
}
