package table

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// valueType is the type of a cell, as office:value-type states it.
type valueType uint8

const (
	noType valueType = iota
	numberType
	dateType
	timeType
	booleanType
	textType
	unknownType
)

func valueTypeOf(name []byte) valueType {
	switch string(name) {
	case "float", "percentage", "currency":
		return numberType
	case "date":
		return dateType
	case "time":
		return timeType
	case "boolean":
		return booleanType
	case "string":
		return textType
	}
	return unknownType
}

// documentCell is what a cell says of itself.
type documentCell struct {
	repeated   int
	style      cellStyle
	valueType  valueType
	hasFormula bool
	isError    bool
	value      place // the attribute that holds the value
	hasValue   bool
	text       place // the paragraphs
	paragraphs int
	inked      int // bytes of text, and those that are struck through
	struck     int
}

// cells reads the cells of a row.
func (r *documentReader) cells() error {
	for {
		more, err := r.Child()
		if err != nil || !more {
			return err
		}
		switch string(r.Element()) {
		case "table:table-cell", "table:covered-table-cell": // what lies under a merged cell may still hold something
			err = r.cell()
		default:
			err = r.Skip()
		}
		if err != nil {
			return err
		}
		if r.row.size() > rowBytesMax {
			return newProblem("row-too-long", grouped(rowBytesMax))
		}
	}
}

// cell reads a cell and places it as often as it stands there.
func (r *documentReader) cell() error {
	var c documentCell
	name, err := r.attributes(&c)
	if err != nil {
		return err
	}
	c.text.raw = r.row.size()
	if err := r.paragraphs(&c); err != nil {
		return err
	}
	c.text.rawEnd = r.row.size()
	first, filled := r.row.last+1, r.row.filled()
	for c.repeated > 0 {
		from, until := r.row.last+1, 0
		if c.style, until = r.style(name); until <= from {
			until = from + 1
		}
		if r.convert(&c, from); r.row.filled() == filled { // empty, wherever it stands
			r.row.last = min(first+c.repeated-1, columnsMax)
			return nil
		}
		n := min(c.repeated, until-from)
		if err := r.repeat(&c, n); err != nil {
			return err
		}
		c.repeated -= n
	}
	return r.counter.addRepeated(r.row.filled() - filled - 1)
}

// repeat places the cell that was placed last again, so that it stands there n
// times with the same style.
func (r *documentReader) repeat(c *documentCell, n int) error {
	if r.row.last+n > columnsMax {
		return r.Fail(badCellAddress)
	}
	at := r.row.places[len(r.row.places)-1]
	for range n - 1 {
		at.column++
		r.row.put(at.kind, at)
	}
	if c.style.struck || c.inked > 0 && c.struck == c.inked {
		r.row.struck += n
	}
	return nil
}

// attributes reads the start tag of a cell and returns the name of its style.
func (r *documentReader) attributes(c *documentCell) (style []byte, err error) {
	c.repeated = 1
	for _, a := range r.Attributes() {
		switch string(r.Usual(a.Name, false)) {
		case "table:number-columns-repeated":
			n, valid := wholeNumber(a.Value)
			if !valid || n < 1 {
				return nil, r.Fail(badRepeat)
			}
			c.repeated = n
		case "table:style-name":
			r.cellStyle = append(r.cellStyle[:0], a.Value...)
			style = r.cellStyle
		case "table:formula":
			c.hasFormula = true
		case "office:value-type":
			c.valueType = valueTypeOf(a.Value)
		case "calcext:value-type":
			c.isError = string(a.Value) == "error"
		case "office:value", "office:date-value", "office:time-value", "office:boolean-value", "office:string-value":
			if len(a.Value) > textBytesMax {
				return nil, newProblem("text-too-long", grouped(textBytesMax))
			}
			c.hasValue = true
			c.value.raw = r.row.size()
			r.row.bytes = append(r.row.bytes, a.Value...)
			c.value.rawEnd = r.row.size()
		}
	}
	return style, nil
}

// style returns the style of the next cell, its own or that of its row or
// column, and the first column from which on it is another.
func (r *documentReader) style(name []byte) (style cellStyle, until int) {
	if len(name) == 0 {
		name = r.rowStyle
	}
	if len(name) > 0 {
		return r.document.styles.of(name), columnsMax
	}
	for ; r.columnAt < len(r.columns); r.columnAt++ {
		if column := r.columns[r.columnAt]; r.row.last+1 < column.until {
			return column.style, column.until
		}
	}
	return r.document.styles.of(nil), columnsMax
}

// convert places what a cell holds. A cell with a value shows it in its
// paragraphs too, rounded and in a format; the value is what counts.
func (r *documentReader) convert(c *documentCell, column int) {
	c.value.column, c.text.column = int32(column), int32(column)
	raw := r.row.bytes[c.value.raw:c.value.rawEnd]
	text := r.row.bytes[c.text.raw:c.text.rawEnd]
	switch {
	case c.isError, c.hasFormula && isErrorText(text), c.valueType == textType && c.hasFormula && isErrorText(raw):
		if len(text) == 0 {
			c.text = c.value
		}
		r.row.putRaw(Error, c.text)
	case c.valueType == textType && c.hasValue && len(raw) > 0, c.valueType == textType && c.hasValue && c.paragraphs == 0:
		r.row.putText(c.value)
	case c.valueType == textType, c.valueType == noType && c.paragraphs > 0:
		r.row.putText(c.text)
	case c.valueType == noType && c.hasFormula:
		r.row.put(NoValue, c.text)
	case c.valueType == noType:
	case !c.hasValue && c.paragraphs == 0 && c.hasFormula:
		r.row.put(NoValue, c.text)
	case !c.hasValue, c.valueType == unknownType:
		r.row.putRaw(Error, c.text)
	case c.valueType == numberType:
		r.number(c, raw, text)
	case c.valueType == booleanType:
		r.boolean(c, string(bytes.TrimSpace(raw)))
	default:
		r.moment(c, bytes.TrimSpace(raw))
	}
}

// errorTexts are what a formula shows that has no value.
var errorTexts = map[string]bool{"#N/A": true, "#DIV/0!": true, "#VALUE!": true, "#REF!": true, "#NAME?": true, "#NUM!": true, "#NULL!": true, "#N/B": true, "#WAARDE!": true, "#VERW!": true, "#NAAM?": true, "#GETAL!": true, "#DEEL/0!": true, "#LEEG!": true}

// isErrorText reports whether a formula that shows this text has no value.
func isErrorText(text []byte) bool {
	if len(text) == 0 || text[0] != '#' && text[0] != 'E' && text[0] != 'F' {
		return false
	}
	number, isCode := strings.CutPrefix(strings.TrimPrefix(string(text), "Fout:"), "Err:")
	return errorTexts[string(text)] || (isCode || bytes.HasPrefix(text, []byte("Fout:"))) && len(number) == 3 && strings.Trim(number, "0123456789") == ""
}

func (r *documentReader) boolean(c *documentCell, raw string) {
	text := map[string]string{"true": "TRUE", "1": "TRUE", "false": "FALSE", "0": "FALSE"}[raw]
	if text == "" {
		r.row.putRaw(Error, c.value)
		return
	}
	r.row.putAs(Bool, c.value, text)
}

// number places a number. What a formula gives may be shown as a date, a time
// or a logical value without the cell saying so.
func (r *documentReader) number(c *documentCell, raw, text []byte) {
	format := c.style.format
	if c.hasFormula && format == value.Plain && len(text) > 0 {
		switch string(text) {
		case "TRUE", "WAAR", "FALSE", "ONWAAR":
			r.boolean(c, string(raw))
			return
		}
		if days, err := strconv.ParseFloat(string(raw), 64); err == nil {
			format = value.ShownAs(text, days)
		}
	}
	r.row.putNumber(c.value, format, false)
}

// moment places a date or a time in the format of the cell.
func (r *documentReader) moment(c *documentCell, raw []byte) {
	at := c.value
	at.text = r.row.size()
	out, format, ok := value.AppendCounted(r.row.bytes, raw, c.style.format)
	r.row.bytes = out
	at.textEnd = r.row.size()
	r.row.put(kindOf(format, ok), at)
}

// paragraphs reads the text of a cell; between two paragraphs is a line break.
func (r *documentReader) paragraphs(c *documentCell) error {
	for {
		more, err := r.Child()
		if err != nil || !more {
			return err
		}
		switch string(r.Element()) {
		case "text:p", "text:h":
			if c.paragraphs++; c.paragraphs > 1 {
				r.row.bytes = append(r.row.bytes, '\n')
			}
			err = r.paragraph(c)
		case "text:list", "text:list-item", "text:section":
			err = r.paragraphs(c)
		default: // comments and drawings
			err = r.Skip()
		}
		if err != nil {
			return err
		}
	}
}
