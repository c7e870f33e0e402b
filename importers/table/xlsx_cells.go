package table

import (
	"bytes"

	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// stored is what the elements inside a cell hold.
type stored struct {
	value, inline       place
	hasValue, hasInline bool
	hasFormula          bool
	style               cellStyle
	struckRuns          bool // the inline text is struck through from beginning to end
}

// cell reads one cell.
func (r *sheetReader) cell() error {
	var reference, styleNumber, kind []byte
	hasReference, found := false, &r.found
	*found = stored{}
	for _, a := range r.Attributes() {
		switch string(a.Name) {
		case "r":
			reference, hasReference = a.Value, true
		case "s":
			styleNumber = a.Value
		case "t":
			kind = a.Value
		}
	}
	column, err := r.column(reference, hasReference)
	if err != nil {
		return err
	}
	if found.style, err = r.style(styleNumber); err != nil {
		return err
	}
	convert := converter(kind)
	if convert == nil {
		return r.Fail(badCellType)
	}
	if err := r.contents(column, found); err != nil {
		return err
	}
	return r.put(convert, found)
}

// put places the cell that convert makes of what was found.
func (r *sheetReader) put(convert func(*sheetReader, *stored) error, found *stored) error {
	filled := r.row.filled()
	if err := convert(r, found); err != nil {
		return err
	}
	if (found.style.struck || found.struckRuns) && r.row.filled() > filled {
		r.row.struck++
	}
	return nil
}

// style returns the style with a number; a cell that names none has the first.
func (r *sheetReader) style(number []byte) (cellStyle, error) {
	styles := r.book.styles
	if len(number) == 0 {
		number = []byte{'0'}
		if len(styles) == 0 {
			return cellStyle{}, nil
		}
	}
	n, valid := wholeNumber(number)
	switch {
	case !valid || styles != nil && n >= len(styles):
		return cellStyle{}, r.Fail(badCellStyle)
	case styles == nil:
		return cellStyle{}, nil
	}
	return styles[n], nil
}

// contents reads what stands in a cell.
func (r *sheetReader) contents(column int, found *stored) error {
	found.value.column, found.inline.column = int32(column), int32(column)
	for {
		more, err := r.Child()
		if err != nil || !more {
			return err
		}
		at := r.row.size()
		switch string(r.Name()) {
		case "v":
			if found.hasValue {
				return r.Fail(secondValue)
			}
			found.hasValue = true
			r.row.bytes, err = r.AppendText(r.row.bytes)
			if err == nil && r.row.size()-at > textBytesMax {
				err = newProblem("text-too-long", grouped(textBytesMax))
			}
			found.value.raw, found.value.rawEnd = at, r.row.size()
		case "is":
			if found.hasInline {
				return r.Fail(secondValue)
			}
			found.hasInline = true
			r.row.bytes, found.struckRuns, err = appendRichText(r.Scanner, r.row.bytes)
			found.inline.raw, found.inline.rawEnd = at, r.row.size()
		case "f":
			found.hasFormula = true
			err = r.Skip()
		default:
			err = r.Skip()
		}
		if err != nil {
			return err
		}
	}
}

// converter returns what makes a cell of this type (the attribute t) of what is
// stored in it.
func converter(kind []byte) func(*sheetReader, *stored) error {
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

// raw returns the stored bytes of a value.
func (r *sheetReader) raw(at place) []byte { return r.row.bytes[at.raw:at.rawEnd] }

// putEmpty places a cell without value: empty, or a formula that was never
// calculated.
func (r *sheetReader) putEmpty(found *stored) {
	kind := Empty
	if found.hasFormula {
		kind = NoValue
	}
	r.row.putRaw(kind, found.value)
}

func (r *sheetReader) number(found *stored) error {
	at := found.value
	if raw := r.raw(at); len(bytes.TrimSpace(raw)) == 0 {
		r.putEmpty(found)
	} else {
		r.row.putNumber(at, found.style.format, r.book.is1904)
	}
	return nil
}

func (r *sheetReader) shared(found *stored) error {
	raw := bytes.TrimSpace(r.raw(found.value))
	if len(raw) == 0 {
		r.putEmpty(found)
		return nil
	}
	number, valid := wholeNumber(raw)
	if !valid || number >= r.book.texts.count {
		if r.book.textsPart != "" && !r.book.textsRead {
			return partProblem(r.book.textsPart, partMissing)
		}
		return r.Fail(badTextNumber)
	}
	cell, struck := r.book.texts.cell(number)
	found.struckRuns = struck
	r.row.putShared(int(found.value.column), cell)
	return nil
}

// formulaText is the text that a formula gave. Unlike a number it can be
// empty: that is how ="" is stored, and not a missing value.
func (r *sheetReader) formulaText(found *stored) error {
	at := found.value
	if !found.hasValue {
		r.putEmpty(found)
		return nil
	}
	if bytes.Contains(r.raw(at), []byte("_x")) {
		begin := r.row.size()
		r.row.bytes = append(r.row.bytes, r.raw(at)...)
		r.row.putTextOf(at, begin, begin+int32(len(value.Unescape(r.row.bytes[begin:]))))
		return nil
	}
	r.row.putText(at)
	return nil
}

func (r *sheetReader) inline(found *stored) error {
	at := found.inline
	if !found.hasInline {
		at = found.value
	}
	if at.raw == at.rawEnd && !found.hasInline {
		r.putEmpty(found)
		return nil
	}
	r.row.putText(at)
	return nil
}

func (r *sheetReader) boolean(found *stored) error {
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
	r.row.putAs(kind, at, text)
	return nil
}

func (r *sheetReader) errorValue(found *stored) error {
	if found.value.raw == found.value.rawEnd {
		r.putEmpty(found)
		return nil
	}
	r.row.putRaw(Error, found.value)
	return nil
}

func (r *sheetReader) isoDate(found *stored) error {
	at := found.value
	raw := bytes.TrimSpace(r.raw(at))
	if len(raw) == 0 {
		r.putEmpty(found)
		return nil
	}
	at.text = r.row.size()
	out, format, ok := value.AppendISO(r.row.bytes, raw, found.style.format)
	r.row.bytes = out
	at.textEnd = r.row.size()
	r.row.put(kindOf(format, ok), at)
	return nil
}
