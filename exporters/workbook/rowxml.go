package workbook

import (
	"io"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// rowXML writes rows as a sheet holds them. It is many times faster than the library that writes the rest, and
// keeps no more than one row.
type rowXML struct {
	out     io.Writer
	letters []string // of the columns
	buffer  []byte
	row     int
}

func newRowXML(out io.Writer, columns int) (*rowXML, error) {
	x := &rowXML{out: out, letters: make([]string, columns)}
	for i := range x.letters {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return nil, err
		}
		x.letters[i] = name
	}
	return x, nil
}

// begin begins a row; height 0 is that of one line.
func (x *rowXML) begin(row int, height float64) {
	x.row = row
	x.buffer = append(x.buffer[:0], `<row r="`...)
	x.buffer = strconv.AppendInt(x.buffer, int64(row), 10)
	if height > 0 {
		x.buffer = append(x.buffer, `" ht="`...)
		x.buffer = strconv.AppendFloat(x.buffer, height, 'f', -1, 64)
		x.buffer = append(x.buffer, `" customHeight="1`...)
	}
	x.buffer = append(x.buffer, `">`...)
}

// cell adds a cell to the row, with a formula or ("") without.
func (x *rowXML) cell(column, style int, value Value, formula string) {
	x.buffer = append(x.buffer, `<c r="`...)
	x.buffer = append(x.buffer, x.letters[column]...)
	x.buffer = strconv.AppendInt(x.buffer, int64(x.row), 10)
	x.buffer = append(x.buffer, `" s="`...)
	x.buffer = strconv.AppendInt(x.buffer, int64(style), 10)
	if value.kind == emptyKind {
		x.buffer = append(x.buffer, `"/>`...)
		return
	}
	if text, isText := value.asText(); isText {
		x.buffer = append(x.buffer, `" t="inlineStr"><is><t xml:space="preserve">`...)
		x.buffer = appendEscaped(x.buffer, clean(text))
		x.buffer = append(x.buffer, `</t></is></c>`...)
		return
	}
	x.buffer = append(x.buffer, `">`...)
	if formula != "" {
		x.buffer = append(x.buffer, `<f>`...)
		x.buffer = appendEscaped(x.buffer, formula)
		x.buffer = append(x.buffer, `</f>`...)
	}
	x.buffer = append(x.buffer, `<v>`...)
	x.buffer = value.appendNumber(x.buffer)
	x.buffer = append(x.buffer, `</v></c>`...)
}

// end writes the row.
func (x *rowXML) end() error {
	_, err := x.out.Write(append(x.buffer, `</row>`...))
	return err
}

// asText returns the text of a value that is one, or that no number can hold.
func (v Value) asText() (string, bool) {
	switch v.kind {
	case textKind:
		return v.text, true
	case decimalKind, dayKind, monthKind, clockKind:
		text, isText := v.cell().(string)
		return text, isText
	}
	return "", false
}

// appendNumber writes a number with as few digits as give it back: of a whole number of cents or hundredths those are its
// own decimals.
func (v Value) appendNumber(out []byte) []byte {
	switch number := v.cell().(type) {
	case int64:
		return strconv.AppendInt(out, number, 10)
	case float64:
		return strconv.AppendFloat(out, number, 'f', -1, 64)
	}
	return append(out, '0')
}

// appendEscaped writes a text so that XML and the file format give it back as it is.
func appendEscaped(out []byte, text string) []byte {
	if !strings.ContainsAny(text, "&<>_") {
		return append(out, text...)
	}
	for i := range len(text) {
		switch c := text[i]; {
		case c == '&':
			out = append(out, "&amp;"...)
		case c == '<':
			out = append(out, "&lt;"...)
		case c == '>':
			out = append(out, "&gt;"...)
		case c == '_' && isEscape(text[i:]):
			out = append(out, "_x005F_"...) // the file format reads _x0041_ as A
		default:
			out = append(out, c)
		}
	}
	return out
}

// isEscape reports whether a text begins as the file format writes a character: _x0041_.
func isEscape(text string) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	for _, c := range []byte(text[2:6]) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}
