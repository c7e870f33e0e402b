package workbook

import "fmt"

// writeRows writes all rows of the sheet.
func (t *tableSheet) writeRows(out *packing) error {
	x, err := newRowXML(out, len(t.Columns))
	if err != nil {
		return err
	}
	if err := t.writeTop(x); err != nil {
		return err
	}
	body := &bodyWriter{tableSheet: t, x: x, row: headingRow, cells: t.cellStyles()}
	if t.Rows.merged != nil {
		return t.Rows.merged.write(body)
	}
	return t.Rows.each(t.part, body.write)
}

// none stands for a cell that a row does not have.
var none = &Value{}

// cellStyles returns the styles of the cells in rows, by column and look.
func (t *tableSheet) cellStyles() [][Total]int {
	styles := make([][Total]int, len(t.Columns))
	for i := range styles {
		for look := range Total {
			styles[i][look] = t.style(t.Columns[i].Format, look, t.tall)
		}
	}
	return styles
}

// bodyWriter writes the rows under the headings.
type bodyWriter struct {
	*tableSheet
	x     *rowXML
	row   int // last one written
	cells [][Total]int
}

func (b *bodyWriter) write(values []Value) error {
	b.row++
	b.x.beginInLine(b.row, heightOf(values, b.widths))
	next := 0
	for i := range b.Columns {
		value := none
		if i < len(values) {
			value = &values[i]
		}
		look := value.look
		if look == Normal && b.Columns[i].Input {
			look = Input
		}
		if value.kind == emptyKind && look == Normal {
			continue // the style of the column applies
		}
		for ; next < i; next++ {
			b.x.cell(next, b.cells[next][Normal], *none, "")
		}
		b.x.cell(i, b.cells[i][look], *value, "")
		next++
	}
	return b.x.end()
}

// writeTop writes the rows above the body: title, notice, explanation, link back, totals, headings.
func (t *tableSheet) writeTop(x *rowXML) error {
	words := t.book.head.Words
	for _, line := range []struct {
		row    int
		height float64
		text   string
		look   Look
		cells  int
	}{
		{titleRow, titleHeight, t.Title, Title, 1},
		{noticeRow, 0, words.Notice, t.book.noticeLook(), t.bannerCells()},
		{explainRow, 0, t.Explain, Muted, 1},
	} {
		x.begin(line.row, line.height)
		for i := range line.cells {
			value := None()
			if i == 0 {
				value = Text(line.text)
			}
			x.cell(i, t.style(Plain, line.look, false), value, "")
		}
		if err := x.end(); err != nil {
			return err
		}
	}
	if err := t.writeTotals(x); err != nil {
		return err
	}
	x.begin(headingRow, headingHeight)
	for i, column := range t.Columns {
		x.cell(i, t.style(headingFormat(column.Format), Filtered, false), Text(column.Heading), "")
	}
	return x.end()
}

// bannerCells returns over how many cells the notice extends.
func (t *tableSheet) bannerCells() int {
	cells, width := 1, t.Columns[0].Width
	for ; cells < len(t.Columns) && width < bannerWidth; cells++ {
		width += t.Columns[cells].Width
	}
	return cells
}

// writeTotals writes the totals of the rows that a filter leaves visible, with a label before the first, and the link back to
// the first sheet.
func (t *tableSheet) writeTotals(x *rowXML) error {
	words := t.book.head.Words
	x.begin(totalsRow, 0)
	labelled := false
	for i, column := range t.Columns {
		switch {
		case column.Sum:
			formula := fmt.Sprintf("SUBTOTAL(109,%s)", t.body(i, i))
			x.cell(i, t.style(column.Format, Total, false), t.part.sum(i), formula)
		case !labelled && i+1 < len(t.Columns) && t.Columns[i+1].Sum:
			labelled = true
			x.cell(i, t.style(Plain, Total, false), Text(words.Total), "")
		case i == 0 && t.hasBack():
			x.cell(i, t.style(Plain, Link, false), Text(t.back()), "")
		}
	}
	return x.end()
}

// back returns the text of the link back to the first sheet, with its name if there is room for it.
func (t *tableSheet) back() string {
	words := t.book.head.Words
	long := fmt.Sprintf(words.Back, t.book.first)
	if len(t.Columns) > 2 && t.Columns[2].Sum && float64(len(long)) > t.Columns[0].Width {
		return words.BackShort // the label of the totals is next to it
	}
	return long
}

// sum returns the total of a column.
func (p *part) sum(column int) Value {
	if column >= len(p.sums) {
		return Value{kind: countKind}
	}
	return Value{kind: p.kinds[column], number: p.sums[column]}
}

// headingFormat returns the format of a heading, which aligns it with the values below.
func headingFormat(format Format) Format {
	if format.isNumber() {
		return format
	}
	return Plain
}

// wrapWidths returns the widths of the columns with wrapped text, and 0 for the others.
func wrapWidths(columns []Column) []float64 {
	widths := make([]float64, len(columns))
	for i, column := range columns {
		if column.Format.wraps() {
			widths[i] = column.Width
		}
	}
	return widths
}
