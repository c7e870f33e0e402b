package table

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// valueType is the type of a cell (office:value-type).
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

// documentCell is a cell as stored.
type documentCell struct {
	repeated    int // how many times it occurs in a row, 1 or more
	style       cellStyle
	valueType   valueType
	hasFormula  bool
	isError     bool
	value       []byte // the attribute that holds the value
	hasValue    bool
	text        []byte // the paragraphs
	paragraphs  int    // number of paragraphs
	textBytes   int    // bytes of text
	struckBytes int    // bytes of text that are struck through
}

// cells reads the cells of a row.
func (r *documentReader) cells() error {
	for {
		more, err := r.Child()
		if err != nil || !more {
			return err
		}
		switch string(r.Element()) {
		case "table:table-cell", "table:covered-table-cell": // a cell covered by a merged one may still have content
			err = r.cell()
		default:
			err = r.Skip()
		}
		if err != nil {
			return err
		}
		if err := r.row.checkSize(); err != nil {
			return err
		}
	}
}

// cell reads a cell and puts it as many times as it is repeated.
func (r *documentReader) cell() error {
	var c documentCell
	r.row.bytes = r.row.bytes[:0]
	name, err := r.attributes(&c)
	if err != nil {
		return err
	}
	valueEnd := len(r.row.bytes)
	if err := r.paragraphs(&c); err != nil {
		return err
	}
	c.value, c.text = r.row.bytes[:valueEnd], r.row.bytes[valueEnd:]
	first, filled := r.row.last+1, r.row.filled
	for c.repeated > 0 {
		from, until := r.row.last+1, 0
		if c.style, until = r.style(name); until <= from {
			until = from + 1
		}
		if r.convert(&c, from); r.row.filled == filled { // empty, whatever the column style
			r.row.last = min(first+c.repeated-1, columnsMax)
			return nil
		}
		n := min(c.repeated, until-from)
		if err := r.repeat(&c, n); err != nil {
			return err
		}
		c.repeated -= n
	}
	return r.counter.addRepeated(r.row.filled - filled - 1)
}

// repeat puts the last cell again, n times in total, with the same style.
func (r *documentReader) repeat(c *documentCell, n int) error {
	if r.row.last+n > columnsMax {
		return r.Fail(badCellAddress)
	}
	cell := r.row.cells[r.row.last]
	for range n - 1 {
		r.row.put(r.row.last+1, cell)
	}
	if c.style.struck || c.textBytes > 0 && c.struckBytes == c.textBytes {
		r.row.struck += n
	}
	return nil
}

// attributes reads the attributes of a cell into c and returns the name of its
// style; nil for none.
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
			r.row.bytes = append(r.row.bytes[:0], a.Value...)
		}
	}
	return style, nil
}

// style returns the style of the next cell, which is the named one or else that
// of its row or column, and the first column to which that no longer applies.
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

// convert puts a cell with its kind and text. The paragraphs of a cell with a
// value show that value rounded and formatted; the value takes precedence.
func (r *documentReader) convert(c *documentCell, column int) {
	isText := c.valueType == textType
	switch {
	case c.isError, c.hasFormula && isErrorText(c.text), isText && c.hasFormula && isErrorText(c.value):
		if len(c.text) == 0 {
			c.text = c.value
		}
		r.row.putRaw(Error, column, c.text)
	case isText && len(c.value) > 0:
		r.row.putText(column, c.value)
	case isText, c.valueType == noType && c.paragraphs > 0:
		r.row.putText(column, c.text)
	case c.valueType == noType && c.hasFormula:
		r.row.putRaw(NoValue, column, nil)
	case c.valueType == noType:
	case !c.hasValue && c.paragraphs == 0 && c.hasFormula:
		r.row.putRaw(NoValue, column, nil)
	case !c.hasValue, c.valueType == unknownType:
		r.row.putRaw(Error, column, c.text)
	case c.valueType == numberType:
		r.number(c, column)
	case c.valueType == booleanType:
		r.boolean(c, column)
	default:
		text, format, ok := value.AppendCounted(r.row.shown[:0], bytes.TrimSpace(c.value), c.style.format)
		r.row.shown = text
		r.row.putAs(kindOf(format, ok), column, text, c.value)
	}
}

// errorTexts are the texts of formulas that evaluate to an error.
var errorTexts = map[string]bool{"#N/A": true, "#DIV/0!": true, "#VALUE!": true, "#REF!": true, "#NAME?": true, "#NUM!": true, "#NULL!": true, "#N/B": true, "#WAARDE!": true, "#VERW!": true, "#NAAM?": true, "#GETAL!": true, "#DEEL/0!": true, "#LEEG!": true}

// isErrorText reports whether the text of a formula is that of an error: one of
// errorTexts, or a code such as Err:502 (Fout:502 in Dutch).
func isErrorText(text []byte) bool {
	if len(text) == 0 || text[0] != '#' && text[0] != 'E' && text[0] != 'F' {
		return false
	}
	number, isCode := strings.CutPrefix(strings.TrimPrefix(string(text), "Fout:"), "Err:")
	return errorTexts[string(text)] || (isCode || bytes.HasPrefix(text, []byte("Fout:"))) && len(number) == 3 && strings.Trim(number, "0123456789") == ""
}

func (r *documentReader) boolean(c *documentCell, column int) {
	text := map[string]string{"true": "TRUE", "1": "TRUE", "false": "FALSE", "0": "FALSE"}[string(bytes.TrimSpace(c.value))]
	if text == "" {
		r.row.putRaw(Error, column, c.value)
		return
	}
	r.row.putAs(Bool, column, []byte(text), c.value)
}

// number puts a number. The result of a formula may be shown as a date, a time or
// a logical value although the cell has no such type or format.
func (r *documentReader) number(c *documentCell, column int) {
	format := c.style.format
	if c.hasFormula && format == value.Plain && len(c.text) > 0 {
		switch string(c.text) {
		case "TRUE", "WAAR", "FALSE", "ONWAAR":
			r.boolean(c, column)
			return
		}
		if days, err := strconv.ParseFloat(string(c.value), 64); err == nil {
			if format = value.ShownAs(c.text, days+float64(r.document.dayOffset)); format != value.Date {
				format = value.ShownAs(c.text, days)
			}
		}
	}
	r.row.putNumber(column, r.withDayOffset(c.value, format), format, false)
}

// withDayOffset adds the day offset of the document to the day number of a date.
func (r *documentReader) withDayOffset(days []byte, format value.Format) []byte {
	number, err := strconv.ParseFloat(string(days), 64)
	if r.document.dayOffset == 0 || format != value.Date || err != nil {
		return days
	}
	return strconv.AppendFloat(nil, number+float64(r.document.dayOffset), 'f', -1, 64)
}

// paragraphs reads the text of a cell, joining its paragraphs with line breaks.
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
			if err = r.paragraph(c); err == nil && len(r.row.bytes) > 2*textBytesMax { // bytes includes the value
				err = newProblem("text-too-long", grouped(textBytesMax))
			}
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
