package workbook

import (
	"encoding/binary"
	"errors"
	"slices"
	"unsafe"
)

// lookShift is the position of the look in the first byte of a cell; the low bits hold the kind.
const lookShift = 4

var errSpool = errors.New("the file with rows that wait to be written is damaged")

// appendRow encodes a row: the number of its cells, then the cells.
func appendRow(out []byte, row []Value) []byte {
	out = binary.AppendUvarint(out, uint64(len(row)))
	for i := range row {
		out = row[i].append(out)
	}
	return out
}

func (v *Value) append(out []byte) []byte {
	out = append(out, byte(v.kind)|byte(v.look)<<lookShift)
	switch v.kind {
	case emptyKind:
	case textKind, decimalKind:
		out = appendText(out, v.text)
	default:
		out = binary.AppendVarint(out, v.number)
	}
	return out
}

func appendText(out []byte, text string) []byte {
	return append(binary.AppendUvarint(out, uint64(len(text))), text...)
}

// rowReader decodes rows. The texts that it returns share memory with data, which must not change while they are in use.
// At the first malformed row ok becomes false.
type rowReader struct {
	data []byte
	ok   bool
}

func (r *rowReader) row(into []Value) []Value {
	count := r.uvarint()
	if count > uint64(len(r.data)) { // a cell takes a byte at least
		r.ok = false
		return into[:0]
	}
	into = slices.Grow(into[:0], int(count))[:count]
	for i := range into {
		r.value(&into[i])
	}
	return into
}

func (r *rowReader) value(v *Value) {
	*v = Value{}
	if len(r.data) == 0 {
		r.ok = false
		return
	}
	head := r.data[0]
	r.data = r.data[1:]
	v.kind, v.look = kind(head&0x0f), Look(head>>lookShift)
	switch v.kind {
	case emptyKind:
	case textKind, decimalKind:
		v.text = r.text()
	default:
		number, width := binary.Varint(r.data)
		v.number = number
		r.skip(width)
	}
}

func (r *rowReader) uvarint() uint64 {
	number, width := binary.Uvarint(r.data)
	r.skip(width)
	return number
}

func (r *rowReader) text() string {
	var length uint64
	if len(r.data) > 0 && r.data[0] < 0x80 { // nearly always
		length = uint64(r.data[0])
		r.data = r.data[1:]
	} else {
		length = r.uvarint()
	}
	if !r.ok || length > uint64(len(r.data)) {
		r.ok = false
		return ""
	}
	text := r.data[:length]
	r.data = r.data[length:]
	if length == 0 {
		return ""
	}
	return unsafe.String(&text[0], length) // copying would allocate once per cell: millions of times
}

func (r *rowReader) skip(width int) {
	if width <= 0 {
		r.ok, r.data = false, nil
		return
	}
	r.data = r.data[width:]
}
