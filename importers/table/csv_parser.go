package table

import (
	"bytes"
	"math/bits"
	"strings"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/importers/table/internal/csvtext"
	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// csvState is the position of the parser in a record.
type csvState uint8

const (
	atField  csvState = iota // at the beginning of a field
	inField                  // in a field without quotes, or after its closing quote
	inQuotes                 // between the quotes of a field
	atQuote                  // after a quote inside quotes: the closing one, or the first of a doubled one
	atReturn                 // after a carriage return that ended a record
)

// csvParser parses CSV fed to it in chunks and yields its rows. It accepts only
// what spreadsheet programs write: a quote has a special meaning only at the
// beginning of a field.
type csvParser struct {
	delimiter byte
	ends      [256]bool // the characters that end a field without quotes
	skip      int       // number of records at the beginning that are not yielded
	counter   *sheetMeter
	yield     func(Row) bool

	state     csvState
	row       rowBuilder
	column    int
	isStarted bool // the record has at least one character
	isBroken  bool // the quoted field contains a line break
}

func newCSVParser(delimiter byte, counter *sheetMeter, yield func(Row) bool) *csvParser {
	p := &csvParser{delimiter: delimiter, counter: counter, yield: yield}
	p.ends[delimiter], p.ends['\r'], p.ends['\n'] = true, true, true
	p.begin()
	return p
}

// begin prepares for the next record.
func (p *csvParser) begin() {
	p.row.begin(p.row.number+1, false)
	p.column = 0
	p.isStarted, p.isBroken = false, false
}

// feed parses the next chunk.
func (p *csvParser) feed(chunk []byte) error {
	for len(chunk) > 0 {
		if p.state == atReturn {
			p.state = atField
			if chunk[0] == '\n' {
				chunk = chunk[1:]
				continue
			}
		}
		if p.state == atField && !p.isStarted {
			n, err := p.usualRecord(chunk)
			if err != nil {
				return err
			}
			if n > 0 {
				chunk = chunk[n:]
				continue
			}
		}
		p.isStarted = true
		n, err := p.step(chunk)
		if err != nil {
			return err
		}
		chunk = chunk[n:]
	}
	if len(p.row.bytes) > textBytesMax {
		return newProblem("text-too-long", grouped(textBytesMax))
	}
	return nil
}

// step continues from the current state and returns the number of bytes it consumed.
func (p *csvParser) step(chunk []byte) (int, error) {
	switch c := chunk[0]; p.state {
	case inQuotes:
		n := bytes.IndexByte(chunk, '"')
		if n == 0 {
			p.state = atQuote
			return 1, nil
		}
		if n < 0 {
			n = len(chunk)
		}
		p.isBroken = p.isBroken || bytes.IndexByte(chunk[:n], '\n') >= 0 || bytes.IndexByte(chunk[:n], '\r') >= 0
		p.row.bytes = append(p.row.bytes, chunk[:n]...)
		return n, nil
	case atQuote:
		if c == '"' {
			p.row.bytes = append(p.row.bytes, c)
			p.state = inQuotes
			return 1, nil
		}
		if p.isBroken && !p.ends[c] {
			return 0, newProblem("csv-stray-quote")
		}
		p.state = inField
		return 0, nil
	case atField:
		if c == '"' {
			p.state, p.isBroken = inQuotes, false
			return 1, nil
		}
		p.state = inField
	}
	n := 0
	for n < len(chunk) && !p.ends[chunk[n]] {
		n++
	}
	p.row.bytes = append(p.row.bytes, chunk[:n]...)
	if n == len(chunk) {
		return n, nil
	}
	return n + 1, p.endField(chunk[n])
}

// endField puts the field that ends at mark, and ends the record if mark is not
// the delimiter.
func (p *csvParser) endField(mark byte) error {
	field := p.row.bytes
	switch {
	case p.column >= columnsMax:
		return newProblem("too-many-columns", grouped(columnsMax))
	case len(field) > textBytesMax:
		return newProblem("text-too-long", grouped(textBytesMax))
	case len(field) > 0 && field[0] == '=':
		p.row.putTextOf(p.column, insideFormula(field), field)
	case len(field) > 0:
		p.row.putText(p.column, field)
	}
	if err := p.row.checkSize(); err != nil {
		return err
	}
	p.column++
	p.row.bytes = field[:0]
	p.state = atField
	if mark == p.delimiter {
		return nil
	}
	if mark == '\r' {
		p.state = atReturn
	}
	return p.endRecord()
}

// insideFormula returns the text in a field like ="0123", with which programs
// prevent it from being read as a number; any other field unchanged.
func insideFormula(field []byte) []byte {
	if len(field) >= 3 && field[1] == '"' && bytes.IndexByte(field[2:], '"') == len(field)-3 {
		return field[2 : len(field)-1]
	}
	return field
}

func (p *csvParser) endRecord() error { return p.handOut(p.row.finish()) }

// handOut counts the row of a record, yields it if it is filled, and begins the next record.
func (p *csvParser) handOut(row Row, filled bool) error {
	if err := p.counter.addRows(1); err != nil {
		return err
	}
	if filled && row.Number > p.skip {
		if err := p.counter.addCells(len(row.Cells)); err != nil {
			return err
		}
		if !p.yield(row) {
			return errStopped
		}
	}
	p.begin()
	return nil
}

// finish ends the last record, which may lack a line end.
func (p *csvParser) finish() error {
	switch {
	case p.state == inQuotes:
		return newProblem("csv-unclosed-quote")
	case !p.isStarted:
		return nil
	}
	return p.endField('\n')
}

// place adds the number of the current row to an error.
func (p *csvParser) place(err error) error { return inRow(err, p.row.number) }

// usualRecordMax is the maximum length of a record on the fast path. Searching
// further ahead for the end of a record would not pay off.
const usualRecordMax = 4096

// usualRecord is the fast path for a record: it reads the one that chunk begins
// with if chunk holds all of it and it is written as most are, in ASCII and with
// quotes only around whole fields. It returns the number of bytes it consumed; 0
// leaves the record to step, which knows all the rules. It must not read any
// record differently from step.
func (p *csvParser) usualRecord(chunk []byte) (int, error) {
	n := bytes.IndexByte(chunk[:min(len(chunk), usualRecordMax)], '\n')
	if n < 0 {
		return 0, nil
	}
	line := chunk[:n]
	if n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	if !value.IsASCII(line) || p.delimiter >= utf8.RuneSelf || bytes.IndexByte(line, '\r') >= 0 {
		return 0, nil
	}
	if !p.usualCells(chunk, p.row.texts.add(line)) {
		p.row.begin(p.row.number, false)
		return 0, nil
	}
	return n + 1, p.endRecord()
}

// usualCells sets the cells of a record, with which chunk begins, and reports whether the fast path can read all its fields.
func (p *csvParser) usualCells(chunk []byte, record string) bool {
	row := &p.row
	base, marks := 0, csvtext.Delimiters(p.delimiter, chunk) // the delimiters among the eight bytes from base on
	for at, column := 0, 0; ; column++ {
		begin, end := at, len(record)
		if at < len(record) && record[at] == '"' {
			begin++
			n := strings.IndexByte(record[begin:], '"')
			if n < 0 {
				return false
			}
			end = begin + n
			if at = end + 1; at < len(record) {
				if record[at] != p.delimiter {
					return false
				}
				base, marks = at+1, csvtext.Delimiters(p.delimiter, chunk[at+1:])
			}
		} else {
			for marks == 0 && base < len(record) {
				base += 8
				marks = csvtext.Delimiters(p.delimiter, chunk[min(base, len(chunk)):])
			}
			if marks != 0 {
				end = min(end, base+bits.TrailingZeros64(marks)/8)
				marks &= marks - 1
			}
			at = end
		}
		if column == len(row.cells) {
			if column == columnsMax {
				return false
			}
			row.cells = append(row.cells, make([]Cell, max(16, column))...)
		}
		cell := &row.cells[column]
		if begin == end {
			*cell = Cell{}
		} else {
			field := record[begin:end]
			if field[0] <= ' ' || field[0] == '=' || field[len(field)-1] <= ' ' {
				return false
			}
			cell.Kind, cell.Text, cell.Raw = Text, field, field
			row.length = column + 1
		}
		if at >= len(record) {
			return true
		}
		at++
	}
}
