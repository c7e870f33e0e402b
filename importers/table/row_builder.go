package table

import "github.com/pxq-nl/pxq/importers/table/internal/value"

// rowBuilder gathers the cells of a row. Their texts lie one after the other
// in one stretch of bytes, which becomes a single string when the row is done:
// a row costs one allocation, not one for every cell.
type rowBuilder struct {
	number int
	hidden bool
	last   int // column of the last cell, -1 for none
	filled int // cells up to and with the last that has content
	inked  int // cells that have content
	struck int // of those, the ones that are struck through
	cells  []Cell
	places []place
	bytes  []byte
}

// place is where the texts of a cell lie in the bytes. Texts of shared strings
// lie elsewhere.
type place struct {
	column        int
	text, textEnd int
	raw, rawEnd   int
}

func (b *rowBuilder) begin(number int, hidden bool) {
	b.number, b.hidden = number, hidden
	b.last, b.filled, b.inked, b.struck = -1, 0, 0, 0
	b.cells, b.places, b.bytes = b.cells[:0], b.places[:0], b.bytes[:0]
}

// put places a cell, with empty ones before it where the row has none.
func (b *rowBuilder) put(column int, cell Cell) {
	b.last = column
	if cell.Kind == Empty && cell.Raw == "" {
		return
	}
	for len(b.cells) < column {
		b.cells = append(b.cells, Cell{})
	}
	b.cells = append(b.cells, cell)
	if cell.Kind != Empty {
		b.filled = len(b.cells)
		b.inked++
	}
}

// putBytes places a cell of which the texts lie in the bytes.
func (b *rowBuilder) putBytes(kind Kind, at place) {
	if kind != Empty {
		b.places = append(b.places, at)
	}
	b.put(at.column, Cell{Kind: kind})
}

// putText places a cell that holds text: the raw one, without what nobody sees of it.
func (b *rowBuilder) putText(at place) { b.putTextOf(at, at.raw, at.rawEnd) }

// putTextOf places a cell of which the text is in the bytes from begin to end.
func (b *rowBuilder) putTextOf(at place, begin, end int) {
	at.text, at.textEnd = begin, end
	if !value.IsClean(b.bytes[begin:end]) {
		at.text = len(b.bytes)
		b.bytes = value.AppendClean(b.bytes, b.bytes[begin:end])
		at.textEnd = len(b.bytes)
	}
	if at.text == at.textEnd {
		b.last = at.column
		return
	}
	b.putBytes(Text, at)
}

// finish returns the row, and whether it has content.
func (b *rowBuilder) finish() (Row, bool) {
	if b.filled == 0 {
		return Row{}, false
	}
	texts := string(b.bytes)
	for i := range b.places {
		at := &b.places[i]
		cell := &b.cells[at.column]
		cell.Text, cell.Raw = texts[at.text:at.textEnd], texts[at.raw:at.rawEnd]
	}
	return Row{Number: b.number, Cells: b.cells[:b.filled], Hidden: b.hidden, Struck: 2*b.struck > b.inked}, true
}
