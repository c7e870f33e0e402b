package table

import (
	"bytes"
	"math"
	"strconv"

	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// rowBuilder gathers the cells of a row. Their texts lie one after the other
// in one stretch of bytes, which becomes a single string when the row is done:
// a row costs one allocation, not one for every cell.
type rowBuilder struct {
	number int
	hidden bool
	last   int // column of the last cell, -1 for none
	struck int // filled cells that are struck through
	places []place
	shared []Cell // cells of which the texts lie elsewhere
	bytes  []byte
	cells  []Cell
	days   value.Days
}

// place is a filled cell: where its texts lie in the bytes, or which of the
// shared cells it is.
type place struct {
	column        int32
	kind          Kind
	isShared      bool
	text, textEnd int32 // the number of the cell, when it is shared
	raw, rawEnd   int32
}

func (b *rowBuilder) begin(number int, hidden bool) {
	b.number, b.hidden = number, hidden
	b.last, b.struck = -1, 0
	b.places, b.shared, b.bytes = b.places[:0], b.shared[:0], b.bytes[:0]
}

// filled returns the number of cells that have content.
func (b *rowBuilder) filled() int { return len(b.places) }

// size returns where the next byte comes.
func (b *rowBuilder) size() int32 { return int32(len(b.bytes)) }

// put places a cell of which the texts lie in the bytes.
func (b *rowBuilder) put(kind Kind, at place) {
	b.last = int(at.column)
	if kind != Empty {
		at.kind = kind
		b.places = append(b.places, at)
	}
}

// putRaw places a cell whose text is what is stored.
func (b *rowBuilder) putRaw(kind Kind, at place) {
	at.text, at.textEnd = at.raw, at.rawEnd
	b.put(kind, at)
}

// putShared places a cell of which the texts lie elsewhere.
func (b *rowBuilder) putShared(column int, cell Cell) {
	b.last = column
	if cell.Kind != Empty {
		b.places = append(b.places, place{column: int32(column), isShared: true, text: int32(len(b.shared))})
		b.shared = append(b.shared, cell)
	}
}

// putText places a cell that holds text: the raw one, without what nobody sees of it.
func (b *rowBuilder) putText(at place) { b.putTextOf(at, at.raw, at.rawEnd) }

// putTextOf places a cell of which the text is in the bytes from begin to end.
func (b *rowBuilder) putTextOf(at place, begin, end int32) {
	at.text, at.textEnd = begin, end
	if !value.IsClean(b.bytes[begin:end]) {
		at.text = b.size()
		b.bytes = value.AppendClean(b.bytes, b.bytes[begin:end])
		at.textEnd = b.size()
	}
	if at.text == at.textEnd {
		b.last = int(at.column)
		return
	}
	b.put(Text, at)
}

// putNumber places a number, in a format; what is stored need not be one.
func (b *rowBuilder) putNumber(at place, format value.Format, is1904 bool) {
	raw := b.bytes[at.raw:at.rawEnd]
	if format == value.Plain && value.IsCanonical(raw) {
		b.putRaw(Number, at)
		return
	}
	at.text = b.size()
	kind, ok := Number, false
	switch {
	case format == value.Plain:
		b.bytes, ok = value.AppendRounded(b.bytes, raw)
	case format == value.Date && !is1904:
		kind = Date
		b.bytes, ok = b.days.Append(b.bytes, raw)
	}
	if ok {
		at.textEnd = b.size()
		b.put(kind, at)
		return
	}
	raw = bytes.TrimSpace(raw)
	number, err := strconv.ParseFloat(string(raw), 64)
	if !value.IsNumber(raw) || err != nil || math.IsInf(number, 0) {
		b.putRaw(Error, at)
		return
	}
	if format == value.Plain {
		b.bytes = value.AppendNumber(b.bytes, number)
	} else {
		b.bytes, ok = value.AppendMoment(b.bytes, number, format, is1904)
		kind = kindOf(format, ok)
	}
	at.textEnd = b.size()
	b.put(kind, at)
}

// kindOf returns the kind of a cell with a date or time; ok is whether there is such a one.
func kindOf(format value.Format, ok bool) Kind {
	switch {
	case !ok:
		return Error
	case format == value.Date:
		return Date
	}
	return Time
}

// putAs places a cell with a text that is not as it is stored.
func (b *rowBuilder) putAs(kind Kind, at place, text string) {
	at.text = b.size()
	b.bytes = append(b.bytes, text...)
	at.textEnd = b.size()
	b.put(kind, at)
}

// finish returns the row, and whether it has content.
func (b *rowBuilder) finish() (Row, bool) { return b.finishFrom(b.bytes) }

// finishFrom is finish for places that are offsets in other bytes.
func (b *rowBuilder) finishFrom(source []byte) (Row, bool) {
	if len(b.places) == 0 {
		return Row{}, false
	}
	texts := string(source)
	length := int(b.places[len(b.places)-1].column) + 1
	if cap(b.cells) < length {
		b.cells = make([]Cell, length, length+length/4)
	}
	cells := b.cells[:length]
	next := 0
	for i := range b.places {
		at := &b.places[i]
		column := int(at.column)
		for ; next < column; next++ {
			cells[next] = Cell{}
		}
		next = column + 1
		if at.isShared {
			cells[column] = b.shared[at.text]
			continue
		}
		cells[column] = Cell{at.kind, texts[at.text:at.textEnd], texts[at.raw:at.rawEnd]}
	}
	return Row{Number: b.number, Cells: cells, Hidden: b.hidden, Struck: 2*b.struck > len(b.places)}, true
}
