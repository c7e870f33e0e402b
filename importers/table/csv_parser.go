package table

import (
	"bytes"
	"errors"
)

// csvState is where in a record the parser is.
type csvState uint8

const (
	atField  csvState = iota // at the beginning of a field
	inField                  // in one without quotes
	inQuotes                 // after the quote that opens a field
	atQuote                  // after a quote inside quotes: the end, or one that is doubled
	atReturn                 // after a carriage return that ended a record
)

// csvParser takes CSV in pieces and gives its rows. It reads what spreadsheet
// programs write and no more: a quote has a meaning only at the beginning of a
// field.
type csvParser struct {
	delimiter byte
	skip      int // records to leave out at the beginning
	meter     *meter
	yield     func(Row) bool

	state     csvState
	row       rowBuilder
	column    int
	fieldAt   int  // where in row.bytes the field begins
	isStarted bool // the record has a character
	isBroken  bool // the quoted field has a line break
}

// begin makes ready for the next record.
func (p *csvParser) begin() {
	p.row.begin(p.row.number+1, false)
	p.column, p.fieldAt = 0, 0
	p.isStarted, p.isBroken = false, false
}

// feed takes the next piece.
func (p *csvParser) feed(chunk []byte) error {
	for len(chunk) > 0 {
		if p.state == atReturn {
			p.state = atField
			if chunk[0] == '\n' {
				chunk = chunk[1:]
				continue
			}
		}
		p.isStarted = true
		n, err := p.step(chunk)
		if err != nil {
			return err
		}
		chunk = chunk[n:]
		if len(p.row.bytes)-p.fieldAt > textBytesMax {
			return newProblem("text-too-long", textBytesMax)
		}
	}
	return nil
}

// step reads on in the state it is in and gives the number of bytes it took.
func (p *csvParser) step(chunk []byte) (int, error) {
	c := chunk[0]
	switch p.state {
	case inQuotes:
		n := bytes.IndexByte(chunk, '"')
		if n == 0 {
			p.state = atQuote
			return 1, nil
		}
		if n < 0 {
			n = len(chunk)
		}
		p.isBroken = p.isBroken || bytes.ContainsAny(chunk[:n], "\r\n")
		p.row.bytes = append(p.row.bytes, chunk[:n]...)
		return n, nil
	case atQuote:
		if c == '"' {
			p.row.bytes = append(p.row.bytes, c)
			p.state = inQuotes
			return 1, nil
		}
		if p.isBroken && c != p.delimiter && c != '\r' && c != '\n' {
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
	for n < len(chunk) && chunk[n] != p.delimiter && chunk[n] != '\n' && chunk[n] != '\r' {
		n++
	}
	p.row.bytes = append(p.row.bytes, chunk[:n]...)
	if n == len(chunk) {
		return n, nil
	}
	return n + 1, p.endField(chunk[n])
}

// endField places the field that mark ends, and the record if it ends too.
func (p *csvParser) endField(mark byte) error {
	end := len(p.row.bytes)
	switch {
	case p.column >= columnsMax:
		return newProblem("too-many-columns", columnsMax)
	case end > rowBytesMax:
		return newProblem("row-too-long", rowBytesMax)
	}
	kind := Text
	if p.fieldAt == end {
		kind = Empty
	}
	p.row.putBytes(kind, place{column: p.column, text: p.fieldAt, textEnd: end, raw: p.fieldAt, rawEnd: end})
	p.column++
	p.fieldAt = end
	p.state = atField
	if mark == p.delimiter {
		return nil
	}
	if mark == '\r' {
		p.state = atReturn
	}
	return p.endRecord()
}

func (p *csvParser) endRecord() error {
	if err := p.meter.addRow("", p.row.number); err != nil {
		return err
	}
	row, filled := p.row.finish()
	if filled && row.Number > p.skip && !p.yield(row) {
		return errStopped
	}
	p.begin()
	return nil
}

// finish ends the last record, which need not have a line end.
func (p *csvParser) finish() error {
	switch {
	case p.state == inQuotes:
		return newProblem("csv-unclosed-quote")
	case !p.isStarted:
		return nil
	}
	return p.endField('\n')
}

// place adds the row to an error: the one in which the record began.
func (p *csvParser) place(err error) error {
	var known *Problem
	if errors.As(err, &known) && known.Row == 0 {
		known.Row = p.row.number
	}
	return err
}
