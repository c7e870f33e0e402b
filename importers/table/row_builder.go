package table

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// rowBuilder collects the cells of a row.
type rowBuilder struct {
	number int
	hidden bool
	last   int // column of the last cell, -1 for none
	length int // number of cells up to and including the last filled one
	filled int // number of filled cells
	struck int // number of filled cells that are struck through
	size   int // bytes of text
	cells  []Cell
	texts  textPages

	bytes []byte // the content of the cell being read
	shown []byte // scratch space for its text, if that differs from the content
	days  value.Days
}

// textPages stores the texts of cells in pages of memory, so that a cell needs no
// separate allocation and a text that is kept retains at most one page.
type textPages struct{ page strings.Builder }

const pageBytes = 4 << 10

// add returns a text as a string.
func (t *textPages) add(text []byte) string {
	if t.page.Cap()-t.page.Len() < len(text) {
		t.page = strings.Builder{}
		t.page.Grow(max(pageBytes, len(text)))
	}
	begin := t.page.Len()
	t.page.Write(text)
	return t.page.String()[begin:]
}

func (b *rowBuilder) begin(number int, hidden bool) {
	b.number, b.hidden = number, hidden
	b.last, b.length, b.filled, b.struck, b.size = -1, 0, 0, 0, 0
	b.bytes = b.bytes[:0]
}

// put sets the cell of a column, filling any gap before it with empty cells.
func (b *rowBuilder) put(column int, cell Cell) {
	b.last = column
	if cell.Kind == Empty {
		return
	}
	if column >= len(b.cells) {
		b.cells = append(b.cells, make([]Cell, max(16, column+1-len(b.cells), len(b.cells)))...)
	}
	for ; b.length < column; b.length++ {
		b.cells[b.length] = Cell{}
	}
	b.cells[column] = cell
	b.length = column + 1
	b.filled++
}

// add returns a text as a string that may be kept, and counts its size.
func (b *rowBuilder) add(text []byte) string {
	b.size += len(text)
	return b.texts.add(text)
}

// checkSize returns a problem if the row has too much text.
func (b *rowBuilder) checkSize() error {
	if b.size > rowBytesMax {
		return newProblem("row-too-long", grouped(rowBytesMax))
	}
	return nil
}

// putRaw puts a cell whose text is the stored value.
func (b *rowBuilder) putRaw(kind Kind, column int, raw []byte) {
	text := b.add(raw)
	b.put(column, Cell{kind, text, text})
}

// putAs puts a cell whose text differs from the stored value.
func (b *rowBuilder) putAs(kind Kind, column int, text, raw []byte) {
	b.put(column, Cell{kind, b.add(text), b.add(raw)})
}

// putText puts a cell with the stored text, cleaned of everything invisible (see value.AppendClean).
func (b *rowBuilder) putText(column int, raw []byte) {
	if len(raw) > 0 && value.IsClean(raw) {
		b.putRaw(Text, column, raw)
		return
	}
	b.putTextOf(column, raw, raw)
}

// putTextOf puts a cell with a text, cleaned as by putText, that differs from the stored value.
func (b *rowBuilder) putTextOf(column int, text, raw []byte) {
	if b.shown = value.AppendClean(b.shown[:0], text); len(b.shown) == 0 {
		b.last = column
		return
	}
	b.putAs(Text, column, b.shown, raw)
}

// putNumber puts a number in a format; a stored value that is not a number becomes an Error.
func (b *rowBuilder) putNumber(column int, raw []byte, format value.Format, is1904 bool) {
	if format == value.Plain && value.IsCanonical(raw) {
		b.putRaw(Number, column, raw)
		return
	}
	kind, ok := Number, false
	switch {
	case format == value.Plain:
		b.shown, ok = value.AppendRounded(b.shown[:0], raw)
	case format == value.Date && !is1904:
		kind = Date
		b.shown, ok = b.days.Append(b.shown[:0], raw)
	}
	if ok {
		b.putAs(kind, column, b.shown, raw)
		return
	}
	trimmed := bytes.TrimSpace(raw)
	number, err := strconv.ParseFloat(string(trimmed), 64)
	if !value.IsNumber(trimmed) || err != nil || math.IsInf(number, 0) {
		b.putRaw(Error, column, raw)
		return
	}
	if format == value.Plain {
		b.shown = value.AppendNumber(b.shown[:0], number)
	} else {
		b.shown, ok = value.AppendMoment(b.shown[:0], number, format, is1904)
		kind = kindOf(format, ok)
	}
	b.putAs(kind, column, b.shown, raw)
}

// kindOf returns the kind of a cell with a date or time format; Error if ok, whether the date or time exists, is false.
func kindOf(format value.Format, ok bool) Kind {
	switch {
	case !ok:
		return Error
	case format == value.Date:
		return Date
	}
	return Time
}

// finish returns the row and whether it has a filled cell.
func (b *rowBuilder) finish() (Row, bool) {
	return Row{Number: b.number, Cells: b.cells[:b.length], Hidden: b.hidden, Struck: 2*b.struck > b.filled}, b.length > 0
}
