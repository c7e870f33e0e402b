package table

import (
	"bytes"
	"math"
	"strconv"
)

// stored is what the elements inside a cell hold.
type stored struct {
	value, inline       place
	hasValue, hasInline bool
	hasFormula          bool
}

// cell reads one cell.
func (r *sheetReader) cell() error {
	column, err := r.column()
	if err != nil {
		return err
	}
	format := plainFormat
	if value, ok := r.attribute("s"); ok {
		style, valid := wholeNumber(value)
		if !valid || r.book.formats != nil && style >= len(r.book.formats) {
			return r.fail(reasonCellStyle)
		}
		if r.book.formats != nil {
			format = r.book.formats[style]
		}
	}
	kind, _ := r.attribute("t")
	convert := converter(kind)
	if convert == nil {
		return r.fail(reasonCellType)
	}
	found, err := r.contents(column)
	if err != nil {
		return err
	}
	if len(r.row.bytes) > rowBytesMax {
		return newProblem("row-too-long", rowBytesMax)
	}
	return convert(r, found, format)
}

// contents reads what stands in a cell.
func (r *sheetReader) contents(column int) (stored, error) {
	found := stored{value: place{column: column}, inline: place{column: column}}
	for {
		more, err := r.between()
		if err != nil || !more {
			return found, err
		}
		at := len(r.row.bytes)
		switch string(r.name) {
		case "v":
			if found.hasValue {
				return found, r.fail(reasonSecondValue)
			}
			found.hasValue = true
			r.row.bytes, err = r.content(r.row.bytes)
			if err == nil && len(r.row.bytes)-at > textBytesMax {
				err = newProblem("text-too-long", textBytesMax)
			}
			found.value.raw, found.value.rawEnd = at, len(r.row.bytes)
		case "is":
			if found.hasInline {
				return found, r.fail(reasonSecondValue)
			}
			found.hasInline = true
			r.row.bytes, err = r.stringItem(r.row.bytes)
			found.inline.raw, found.inline.rawEnd = at, len(r.row.bytes)
		case "f":
			found.hasFormula = true
			err = r.skip()
		default:
			err = r.skip()
		}
		if err != nil {
			return found, err
		}
	}
}

// converter gives what makes a cell of this type (the attribute t) of what is
// stored in it.
func converter(kind []byte) func(*sheetReader, stored, valueFormat) error {
	switch string(kind) {
	case "", "n":
		return (*sheetReader).number
	case "s":
		return (*sheetReader).shared
	case "str":
		return (*sheetReader).formulaText
	case "inlineStr":
		return (*sheetReader).inline
	case "b":
		return (*sheetReader).boolean
	case "e":
		return (*sheetReader).errorValue
	case "d":
		return (*sheetReader).isoDate
	}
	return nil
}

// raw gives the stored bytes of a value.
func (r *sheetReader) raw(at place) []byte { return r.row.bytes[at.raw:at.rawEnd] }

// putRaw places a cell whose text is what is stored.
func (r *sheetReader) putRaw(kind Kind, at place) {
	at.text, at.textEnd = at.raw, at.rawEnd
	r.row.putBytes(kind, at)
}

// putEmpty places a cell without value: empty, or a formula that was never
// calculated.
func (r *sheetReader) putEmpty(found stored) {
	kind := Empty
	if found.hasFormula {
		kind = NoValue
	}
	r.putRaw(kind, found.value)
}

func (r *sheetReader) number(found stored, format valueFormat) error {
	at := found.value
	raw := bytes.TrimSpace(r.raw(at))
	switch {
	case len(raw) == 0:
		r.putEmpty(found)
		return nil
	case !isNumber(raw):
		r.putRaw(Error, at)
		return nil
	case format == plainFormat && len(raw) == at.rawEnd-at.raw && isCanonical(raw):
		r.putRaw(Number, at)
		return nil
	}
	value, err := strconv.ParseFloat(string(raw), 64)
	if err != nil || math.IsInf(value, 0) {
		r.putRaw(Error, at)
		return nil
	}
	kind := Number
	at.text = len(r.row.bytes)
	if format == plainFormat {
		r.row.bytes = appendNumber(r.row.bytes, value)
	} else {
		r.row.bytes, kind = appendMoment(r.row.bytes, value, format, r.book.is1904)
	}
	at.textEnd = len(r.row.bytes)
	r.row.putBytes(kind, at)
	return nil
}

func (r *sheetReader) shared(found stored, _ valueFormat) error {
	raw := bytes.TrimSpace(r.raw(found.value))
	if len(raw) == 0 {
		r.putEmpty(found)
		return nil
	}
	index, valid := wholeNumber(raw)
	if !valid || index >= len(r.book.texts.texts) {
		return r.fail(reasonSharedIndex)
	}
	text := r.book.texts.texts[index]
	if text == "" {
		r.row.put(found.value.column, Cell{})
		return nil
	}
	r.row.put(found.value.column, Cell{Kind: Text, Text: text, Raw: text})
	return nil
}

// formulaText is the text that a formula gave. Unlike a number it can be
// empty: that is how ="" is stored, and not a missing value.
func (r *sheetReader) formulaText(found stored, _ valueFormat) error {
	at := found.value
	switch {
	case !found.hasValue:
		r.putEmpty(found)
	case at.raw == at.rawEnd:
		r.putRaw(Empty, at)
	case bytes.Contains(r.raw(at), []byte("_x")):
		at.text = len(r.row.bytes)
		r.row.bytes = append(r.row.bytes, r.raw(at)...)
		at.textEnd = at.text + len(unescape(r.row.bytes[at.text:]))
		r.row.putBytes(Text, at)
	default:
		r.putRaw(Text, at)
	}
	return nil
}

func (r *sheetReader) inline(found stored, _ valueFormat) error {
	at := found.inline
	if !found.hasInline {
		at = found.value
	}
	switch {
	case at.raw < at.rawEnd:
		r.putRaw(Text, at)
	case found.hasInline:
		r.putRaw(Empty, at)
	default:
		r.putEmpty(found)
	}
	return nil
}

func (r *sheetReader) boolean(found stored, _ valueFormat) error {
	at := found.value
	text, kind := "", Bool
	switch string(bytes.TrimSpace(r.raw(at))) {
	case "":
		r.putEmpty(found)
		return nil
	case "1", "true", "TRUE":
		text = "TRUE"
	case "0", "false", "FALSE":
		text = "FALSE"
	default:
		text, kind = string(r.raw(at)), Error
	}
	at.text = len(r.row.bytes)
	r.row.bytes = append(r.row.bytes, text...)
	at.textEnd = len(r.row.bytes)
	r.row.putBytes(kind, at)
	return nil
}

func (r *sheetReader) errorValue(found stored, _ valueFormat) error {
	if found.value.raw == found.value.rawEnd {
		r.putEmpty(found)
		return nil
	}
	r.putRaw(Error, found.value)
	return nil
}

func (r *sheetReader) isoDate(found stored, _ valueFormat) error {
	at := found.value
	raw := string(bytes.TrimSpace(r.raw(at)))
	if raw == "" {
		r.putEmpty(found)
		return nil
	}
	var kind Kind
	at.text = len(r.row.bytes)
	r.row.bytes, kind = appendISO(r.row.bytes, raw)
	at.textEnd = len(r.row.bytes)
	r.row.putBytes(kind, at)
	return nil
}
