package table

import (
	"bytes"
	"strings"

	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// usualRecordMax is the length of a record that is read in one go. There is no
// use in looking further ahead for the end of one.
const usualRecordMax = 4096

// usualRecord reads the record that chunk begins with, if all of it is at hand
// and it is written as most are: in plain characters, with quotes only around
// whole fields. It returns the number of bytes it took; 0 leaves the record to
// be read step by step, which knows all the rules, so this must take nothing
// that would be read otherwise there.
func (p *csvParser) usualRecord(chunk []byte) (int, error) {
	n := bytes.IndexByte(chunk[:min(len(chunk), usualRecordMax)], '\n')
	if n < 0 {
		return 0, nil
	}
	line := chunk[:n]
	if n > 0 && line[n-1] == '\r' {
		line = line[:n-1]
	}
	if !value.IsASCII(line) || bytes.IndexByte(line, '\r') >= 0 {
		return 0, nil
	}
	cells, filled := p.usualCells(string(line))
	if cells < 0 {
		return 0, nil
	}
	row := Row{Number: p.row.number, Cells: p.row.cells[:filled]}
	return n + 1, p.handOut(row, filled > 0)
}

// usualCells makes the cells of a record, and returns how many there are and
// up to which one there is something in them; -1 if a field is not as usual.
func (p *csvParser) usualCells(record string) (count, filled int) {
	cells, at := p.row.cells[:cap(p.row.cells)], 0
	for {
		begin, end := at, len(record)
		if at < len(record) && record[at] == '"' {
			begin++
			n := strings.IndexByte(record[begin:], '"')
			if n < 0 {
				return -1, 0
			}
			end = begin + n
			if at = end + 1; at < len(record) && record[at] != p.delimiter {
				return -1, 0
			}
		} else {
			if n := strings.IndexByte(record[at:], p.delimiter); n >= 0 {
				end = at + n
			}
			at = end
		}
		if count == len(cells) {
			if count == columnsMax {
				return -1, 0
			}
			p.row.cells = append(cells, make([]Cell, max(16, len(cells)))...)
			cells = p.row.cells
		}
		cell := &cells[count]
		count++
		if begin == end {
			*cell = Cell{}
		} else {
			field := record[begin:end]
			if field[0] <= ' ' || field[0] == '=' || field[len(field)-1] <= ' ' {
				return -1, 0
			}
			cell.Kind, cell.Text, cell.Raw = Text, field, field
			filled = count
		}
		if at >= len(record) {
			return count, filled
		}
		at++
	}
}
