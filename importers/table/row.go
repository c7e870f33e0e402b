package table

// rowBuilder gathers the cells of a row. Their texts lie one after the other
// in one stretch of bytes, which becomes a single string when the row is done:
// a row costs one allocation, not one for every cell.
type rowBuilder struct {
	number int
	hidden bool
	last   int // column of the last cell, -1 for none
	filled int // cells up to and with the last that has content
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
	b.last, b.filled = -1, 0
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
	}
}

// putBytes places a cell of which the texts lie in the bytes.
func (b *rowBuilder) putBytes(kind Kind, at place) {
	if kind != Empty {
		b.places = append(b.places, at)
	}
	b.put(at.column, Cell{Kind: kind})
}

// finish gives the row, and whether it has content.
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
	return Row{Number: b.number, Cells: b.cells[:b.filled], Hidden: b.hidden}, true
}
