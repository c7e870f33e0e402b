package table

import (
	"bytes"

	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// stored is the content of a cell as stored. Its slices are valid until the next
// cell.
type stored struct {
	column              int
	value, inline       []byte
	hasValue, hasInline bool
	hasFormula          bool
	style               cellStyle
	struckRuns          bool // all of the text is struck through
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
	var err error
	if found.column, err = r.column(reference, hasReference); err != nil {
		return err
	}
	if found.style, err = r.style(styleNumber); err != nil {
		return err
	}
	convert := converter(kind)
	if convert == nil {
		return r.Fail(badCellType)
	}
	if err := r.contents(found); err != nil {
		return err
	}
	filled := r.row.filled
	if err := convert(r, found); err != nil {
		return err
	}
	if (found.style.struck || found.struckRuns) && r.row.filled > filled {
		r.row.struck++
	}
	return nil
}

// style returns the style with this number; a cell without one has the first style.
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

// contents reads the child elements of a cell.
func (r *sheetReader) contents(found *stored) error {
	r.row.bytes = r.row.bytes[:0]
	for {
		more, err := r.Child()
		if err != nil || !more {
			return err
		}
		begin := len(r.row.bytes)
		switch string(r.Name()) {
		case "v":
			if found.hasValue {
				return r.Fail(secondValue)
			}
			found.hasValue = true
			r.row.bytes, err = r.AppendText(r.row.bytes)
			if err == nil && len(r.row.bytes)-begin > textBytesMax {
				err = newProblem("text-too-long", grouped(textBytesMax))
			}
			if err == nil {
				found.value = r.row.bytes[begin:]
			}
		case "is":
			if found.hasInline {
				return r.Fail(secondValue)
			}
			found.hasInline = true
			r.row.bytes, found.struckRuns, err = appendRichText(r.Scanner, r.row.bytes)
			if err == nil {
				found.inline = r.row.bytes[begin:]
			}
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

// converter returns the function that converts the stored content of a cell of
// this type (the attribute t); nil if the type is unknown.
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

// putEmpty puts a cell without a value: an empty one, or a formula that was never
// calculated.
func (r *sheetReader) putEmpty(found *stored) {
	kind := Empty
	if found.hasFormula {
		kind = NoValue
	}
	r.row.putRaw(kind, found.column, found.value)
}

func (r *sheetReader) number(found *stored) error {
	if len(bytes.TrimSpace(found.value)) == 0 {
		r.putEmpty(found)
	} else {
		r.row.putNumber(found.column, found.value, found.style.format, r.book.is1904)
	}
	return nil
}

func (r *sheetReader) shared(found *stored) error {
	raw := bytes.TrimSpace(found.value)
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
	r.row.put(found.column, cell)
	return nil
}

// formulaText puts the text result of a formula. Unlike a number it may be empty:
// that is the result of ="", not a missing value.
func (r *sheetReader) formulaText(found *stored) error {
	if !found.hasValue {
		r.putEmpty(found)
		return nil
	}
	if bytes.Contains(found.value, []byte("_x")) {
		r.row.putTextOf(found.column, value.Unescape(bytes.Clone(found.value)), found.value)
		return nil
	}
	r.row.putText(found.column, found.value)
	return nil
}

func (r *sheetReader) inline(found *stored) error {
	text := found.inline
	if !found.hasInline {
		text = found.value
	}
	if len(text) == 0 && !found.hasInline {
		r.putEmpty(found)
		return nil
	}
	r.row.putText(found.column, text)
	return nil
}

func (r *sheetReader) boolean(found *stored) error {
	switch string(bytes.TrimSpace(found.value)) {
	case "":
		r.putEmpty(found)
	case "1", "true", "TRUE":
		r.row.putAs(Bool, found.column, []byte("TRUE"), found.value)
	case "0", "false", "FALSE":
		r.row.putAs(Bool, found.column, []byte("FALSE"), found.value)
	default:
		r.row.putRaw(Error, found.column, found.value)
	}
	return nil
}

func (r *sheetReader) errorValue(found *stored) error {
	if len(found.value) == 0 {
		r.putEmpty(found)
	} else {
		r.row.putRaw(Error, found.column, found.value)
	}
	return nil
}

func (r *sheetReader) isoDate(found *stored) error {
	raw := bytes.TrimSpace(found.value)
	if len(raw) == 0 {
		r.putEmpty(found)
		return nil
	}
	text, format, ok := value.AppendISO(r.row.shown[:0], raw, found.style.format)
	r.row.shown = text
	r.row.putAs(kindOf(format, ok), found.column, text, found.value)
	return nil
}
