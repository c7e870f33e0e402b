package workbook

import (
	"errors"
	"fmt"

	"github.com/xuri/excelize/v2"
)

// Page is a sheet that is laid out from top to bottom: facts, paragraphs, small tables. Errors are kept for Close.
type Page struct {
	book   *Book
	sheet  string
	stream *excelize.StreamWriter
	widths []float64
	paper  paper
	row    int // the last row that was written
	err    error
}

// Cell is a cell of a page.
type Cell struct {
	Value
	Format  Format
	Formula string // the value is stored as its result
	Link    string // the sheet of the workbook to go to
}

// AddPage starts a page with columns of the given widths. Its title and notice stay in view.
func (b *Book) AddPage(sheet, title string, widths ...float64) *Page {
	p := &Page{book: b, sheet: sheet, widths: widths, paper: newPaper(widths)}
	if p.keep(b.addSheet(sheet)); p.err != nil {
		return p
	}
	p.keep(b.setUp(sheet, setup{frozenRows: noticeRow, titleRow: titleRow, scale: p.paper.scale}))
	stream, err := b.file.NewStreamWriter(sheet)
	if p.keep(err); p.err != nil {
		return p
	}
	p.stream = stream
	for i := len(widths); i > 0; i-- { // excelize puts each before the earlier ones, and they must be in order
		p.keep(stream.SetColWidth(i, i, widths[i-1]))
	}
	p.put(titleHeight, Cell{Value: Text(title).As(Title)})
	notice := make([]Cell, len(widths))
	for i := range notice {
		notice[i].Value = None().As(b.noticeLook())
	}
	notice[0].Value = Text(b.head.Words.Notice).As(b.noticeLook())
	p.put(0, notice...)
	return p
}

func (p *Page) keep(err error) { p.err = errors.Join(p.err, err) }

// Row writes the next row, which is higher if a cell has the look Big.
func (p *Page) Row(cells ...Cell) {
	height := 0.0
	for i := range cells {
		if cells[i].look == Big {
			height = bigHeight
		}
	}
	p.put(height, cells...)
}

func (p *Page) put(height float64, cells ...Cell) {
	p.row++
	p.paper.add(height)
	if p.err != nil || len(cells) == 0 {
		return
	}
	row := make([]any, len(cells))
	for i, cell := range cells {
		if cell.IsEmpty() && cell.look == Normal {
			continue
		}
		style, err := p.book.style(cell.Format, cell.look)
		p.keep(err)
		row[i] = excelize.Cell{StyleID: style, Formula: cell.Formula, Value: cell.cell()}
		if cell.Link != "" {
			p.keep(p.book.link(p.sheet, cellName(i, p.row), cell.Link))
		}
	}
	p.keep(p.stream.SetRow(cellName(0, p.row), row, excelize.RowOpts{Height: height}))
}

// Next returns the number of the row that is written next, from 1, as formulas count.
func (p *Page) Next() int { return p.row + 1 }

// Skip leaves a row empty.
func (p *Page) Skip() { p.put(0) }

// Chapter starts a section of the page.
func (p *Page) Chapter(title string) {
	p.Skip()
	p.put(chapterHeight, Cell{Value: Text(title).As(Chapter)})
}

// Fact writes a label with a value to its right.
func (p *Page) Fact(label string, value Value, format Format) {
	p.Row(Cell{Value: Text(label).As(Label)}, Cell{Value: value, Format: format})
}

// Paragraph writes a text over the whole width of the page, in several rows if it has too many lines for one.
func (p *Page) Paragraph(text string) {
	width := 0.0
	for _, w := range p.widths {
		width += w
	}
	for piece, rest := cutLines(text, width, linesMost); ; piece, rest = cutLines(rest, width, linesMost) {
		p.put(min(float64(linesOf(piece, width))*lineHeight, heightMax), Cell{Value: Text(piece), Format: Wrapped})
		p.merge(0, len(p.widths)-1)
		if rest == "" {
			return
		}
	}
}

// blankHeight is the height in points of one line of a field that is filled in by hand.
const blankHeight = 26.0

// Blank writes a label with an empty framed field to its right, over the given number of columns, to be filled in by hand or
// on the screen. The field has room for the given number of handwritten lines.
func (p *Page) Blank(label string, columns, lines int) {
	cells := []Cell{{Value: Text(label).As(Label)}}
	for range columns {
		cells = append(cells, Cell{Value: None().As(Input), Format: Wrapped})
	}
	p.put(blankHeight*float64(lines), cells...)
	p.merge(1, columns)
}

// Block writes a small table. Unless total is empty, a row with that label and the sums of the Sum columns follows.
func (p *Page) Block(columns []Column, rows [][]Value, total string) {
	headings := make([]Cell, len(columns))
	for i, column := range columns {
		headings[i] = Cell{Value: Text(column.Heading).As(Heading), Format: headingFormat(column.Format)}
	}
	stretch := len(columns) > 0 && columns[len(columns)-1].Stretch
	if stretch {
		for range len(p.widths) - len(columns) {
			headings = append(headings, Cell{Value: None().As(Heading)})
		}
	}
	p.put(headingHeight, headings...)
	first := p.Next()
	widths := p.wrapped(columns)
	for _, values := range rows {
		cells := make([]Cell, len(values))
		for i, value := range values {
			cells[i] = Cell{Value: value, Format: columns[i].Format}
		}
		p.put(heightOf(values, widths), cells...)
		if stretch {
			p.merge(len(columns)-1, len(p.widths)-1)
		}
	}
	if total == "" || len(rows) == 0 {
		return
	}
	sums := make([]Cell, len(columns))
	for i, column := range columns {
		if sums[i] = (Cell{Value: None().As(Total)}); !column.Sum {
			continue
		}
		sums[i] = Cell{Value: sumOf(rows, i).As(Total), Format: column.Format, Formula: fmt.Sprintf("SUM(%s)", area(i, first, i, p.row))}
	}
	sums[0].Value = Text(total).As(Total)
	p.Row(sums...)
}

// merge merges the cells of two columns of the last row and all between them.
func (p *Page) merge(from, to int) {
	if p.err == nil && to > from {
		p.keep(p.stream.MergeCell(cellName(from, p.row), cellName(to, p.row)))
	}
}

// wrapped returns the widths of the columns with wrapped text, and 0 for the others.
func (p *Page) wrapped(columns []Column) []float64 {
	widths := make([]float64, len(columns))
	for i, column := range columns {
		if !column.Format.wraps() || i >= len(p.widths) {
			continue
		}
		widths[i] = p.widths[i]
		if column.Stretch {
			for _, more := range p.widths[i+1:] {
				widths[i] += more
			}
		}
	}
	return widths
}

// sumOf adds up a column of values of one kind.
func sumOf(rows [][]Value, column int) Value {
	sum := Value{kind: countKind}
	for _, row := range rows {
		if value := row[column]; !value.IsEmpty() {
			sum.kind = value.kind
			sum.number += value.number
		}
	}
	return sum
}

// Close completes the page and returns its errors.
func (p *Page) Close() error {
	if p.err != nil {
		return fmt.Errorf("%s: %w", p.sheet, p.err)
	}
	return p.stream.Flush()
}

// link makes a cell a link to a sheet.
func (b *Book) link(sheet, cell, target string) error {
	return b.file.SetCellHyperLink(sheet, cell, quoted(target)+"!A1", "Location")
}
