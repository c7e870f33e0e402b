package table

import "bytes"

// A sheet has tens of millions of cells, nearly all written in one of two
// plain forms: <c r="A1" s="3" t="s"><v>12</v></c>, and
// <c r="A1" t="inlineStr"><is><t>text</t></is></c>. This file is the fast path for
// them. It leaves everything else, and everything wrong, to sheetReader.cell,
// which knows all the rules, and must not read any cell differently from it.

const (
	openCell         = `<c r="`
	openValue        = `<v>`
	closeValue       = `</v></c>`
	openInline       = `<is><t>`
	openInlineSpaced = `<is><t xml:space="preserve">`
	closeInline      = `</t></is></c>`
)

// begins reports whether b begins with text. Inlined with a constant text it takes
// one or two comparisons.
func begins(b []byte, text string) bool { return len(b) >= len(text) && string(b[:len(text)]) == text }

// usualCell reads the next cell of the row if it has one of the plain forms, and
// reports whether it did.
func (r *sheetReader) usualCell() bool {
	ahead := r.Ahead()
	if r.book.everyCell || !begins(ahead, openCell) || r.row.size > rowBytesMax-2*textBytesMax {
		return false
	}
	b := ahead[len(openCell):]
	column, n := r.usualColumn(b)
	if n == 0 {
		return false
	}
	b = b[n:]
	style, n := r.usualStyle(b)
	if n < 0 {
		return false
	}
	b = b[n:]
	kind, n := usualType(b)
	if n == 0 {
		return false
	}
	b = b[n:]
	if kind == onlyFormatted {
		r.row.last = column
		r.Advance(len(ahead) - len(b))
		return true
	}
	content, rest, ok := usualContent(b, kind)
	if !ok || !r.putUsual(column, kind, content, style) {
		return false
	}
	r.Advance(len(ahead) - len(rest))
	return true
}

// putUsual puts a cell with the given content and reports whether it could.
func (r *sheetReader) putUsual(column int, kind usualKind, content []byte, style cellStyle) bool {
	filled, isStruck := r.row.filled, style.struck
	switch kind {
	case sharedText:
		number, valid := wholeNumber(content)
		if !valid || number >= r.book.texts.count {
			return false
		}
		cell, struck := r.book.texts.cell(number)
		isStruck = isStruck || struck
		r.row.put(column, cell)
	case inlineText:
		r.row.putText(column, content)
	default:
		r.row.putNumber(column, content, style.format, r.book.is1904)
	}
	if isStruck && r.row.filled > filled {
		r.row.struck++
	}
	return true
}

// usualKind is how the content of a usual cell is stored.
type usualKind uint8

const (
	plainNumber usualKind = iota
	sharedText
	inlineText
	onlyFormatted // a self-closing tag without content
)

// usualColumn reads a cell reference in capitals up to its closing quote. The
// length is 0 unless it refers to a cell of this row after the last one.
func (r *sheetReader) usualColumn(b []byte) (column, length int) {
	i, stated := 0, 0
	for i < len(b) && i < 3 && b[i] >= 'A' && b[i] <= 'Z' {
		stated = stated*26 + int(b[i]-'A') + 1
		i++
	}
	number, first := 0, i
	for i < len(b) && i < first+7 && b[i] >= '0' && b[i] <= '9' {
		number = number*10 + int(b[i]-'0')
		i++
	}
	if i == len(b) || b[i] != '"' || i == first || b[first] == '0' || number != r.row.number || stated < 1 || stated > columnsMax || stated-1 <= r.row.last {
		return 0, 0
	}
	return stated - 1, i + 1
}

// usualStyle reads the attribute s, if present. The length is negative if it is not in the plain form.
func (r *sheetReader) usualStyle(b []byte) (style cellStyle, length int) {
	if len(b) < 5 || b[1] != 's' {
		if len(r.book.styles) > 0 {
			style = r.book.styles[0]
		}
		return style, 0
	}
	if b[0] != ' ' || b[2] != '=' || b[3] != '"' {
		return style, -1
	}
	i, number := 4, 0
	for i < len(b) && i < 10 && b[i] >= '0' && b[i] <= '9' {
		number = number*10 + int(b[i]-'0')
		i++
	}
	if i == 4 || i == len(b) || b[i] != '"' || number >= len(r.book.styles) {
		return style, -1
	}
	return r.book.styles[number], i + 1
}

// usualType reads the rest of the start tag: the attribute t, if present, and the
// end of the tag. The length is 0 if it is not in the plain form.
func usualType(b []byte) (kind usualKind, length int) {
	i := 0
	if len(b) > 16 && b[0] == ' ' && b[1] == 't' && b[2] == '=' && b[3] == '"' {
		switch {
		case b[4] == 's' && b[5] == '"':
			kind, i = sharedText, 6
		case b[4] == 'n' && b[5] == '"':
			i = 6
		case string(b[4:14]) == `inlineStr"`:
			kind, i = inlineText, 14
		default:
			return 0, 0
		}
	}
	switch {
	case i+2 > len(b):
		return 0, 0
	case b[i] == '>':
		return kind, i + 1
	case b[i] == '/' && b[i+1] == '>' && kind == plainNumber:
		return onlyFormatted, i + 2
	}
	return 0, 0
}

// usualContent reads the value or text of a cell and its end tags, and returns
// the content and the bytes after them.
func usualContent(b []byte, kind usualKind) (content, rest []byte, ok bool) {
	length := 0
	switch {
	case kind != inlineText && begins(b, openValue):
		length = len(openValue)
	case kind == inlineText && begins(b, openInline):
		length = len(openInline)
	case kind == inlineText && begins(b, openInlineSpaced):
		length = len(openInlineSpaced)
	default:
		return nil, nil, false
	}
	b = b[length:]
	n := 0
	for n < len(b) && isUsual[b[n]] {
		n++
	}
	content, rest = b[:n], b[n:]
	switch {
	case n == 0 || n > textBytesMax:
		return nil, nil, false
	case kind != inlineText:
		if !begins(rest, closeValue) {
			return nil, nil, false
		}
		return content, rest[len(closeValue):], true
	case !begins(rest, closeInline) || bytes.Contains(content, []byte("_x")):
		return nil, nil, false
	}
	return content, rest[len(closeInline):], true
}

// isUsual holds the characters that may appear unescaped in text.
var isUsual = func() (usual [256]bool) {
	for c := 0x20; c < 0x7F; c++ {
		usual[c] = c != '&' && c != '<' && c != ']'
	}
	return usual
}()
