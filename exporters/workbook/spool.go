package workbook

import (
	"cmp"
	"errors"
	"os"
	"slices"
	"sync"
	"unicode/utf8"
)

// blockBytes is how much of a stream is gathered before it goes to the file. There may be thousands of streams.
const blockBytes = 16 << 10

// SheetRows is how many rows under the headings fit on one sheet.
const SheetRows = 1<<20 - headingRow

// Spool keeps the rows of many tables in one private file. Streams may be filled and read at the same time by
// different goroutines, each stream by one.
type Spool struct {
	// SheetRows is where the rows of a table go on to the next sheet.
	SheetRows int

	basketBits int

	mu   sync.Mutex
	file *os.File
	end  int64
}

// NewSpool makes a spool in the folder, which should be private.
func NewSpool(dir string) (*Spool, error) {
	file, err := os.CreateTemp(dir, "rows-") // mode 0600
	if err != nil {
		return nil, err
	}
	return &Spool{SheetRows: SheetRows, basketBits: basketBits, file: file}, nil
}

// Close removes the file.
func (s *Spool) Close() error { return errors.Join(s.file.Close(), os.Remove(s.file.Name())) }

// write puts a block at the end of the file.
func (s *Spool) write(block []byte) (offset int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	offset = s.end
	s.end += int64(len(block))
	_, err = s.file.WriteAt(block, offset)
	return offset, err
}

// Rows are the rows of one table, in the order in which they were added or of their places, with their sums by column.
type Rows struct {
	spool  *Spool
	parts  []*part
	joined []*Rows // tables of which it has the rows, one after the other
	merged *Merged // what they are written with
	cells  []Value
	err    error

	baskets    map[int64]*basket // of rows that have places, by those
	basketBits int
}

// part is what goes on one sheet.
type part struct {
	rows   int
	sums   []int64
	kinds  []kind   // of the numbers in a column
	looks  []uint16 // of the cells in a column, a bit for each
	widest []int    // text in a column, in letters
	most   []Value  // the number in a column that is farthest from 0
	notes  []note
	stream
}

// stream is what was spooled one after the other.
type stream struct {
	blocks []block
	buffer []byte // behind them
}

// note is a note at a cell; rows count from 0. They are kept in memory, so there are not many.
type note struct {
	row, column int
	text        string
	place       int64 // of its row, if it has one, until all are known
	added       int   // when its row was, among those of near places
}

// compare compares by the places of the rows.
func (n note) compare(other note) int {
	return cmp.Or(cmp.Compare(n.place, other.place), cmp.Compare(n.added, other.added))
}

// notesMax is how many cells of a sheet get a note; spreadsheet programs become slow with more.
const notesMax = 500

type block struct {
	offset int64
	length int
}

// Rows returns an empty table.
func (s *Spool) Rows() *Rows { return &Rows{spool: s, parts: []*part{{}}, basketBits: s.basketBits} }

// Add adds a row. An error of the file is kept and given when the rows are read.
func (r *Rows) Add(row ...Value) {
	last := r.parts[len(r.parts)-1]
	if last.rows == r.spool.SheetRows {
		r.flush(&last.stream)
		last = &part{}
		r.parts = append(r.parts, last)
	}
	last.count(row)
	last.notes = last.notes[:min(len(last.notes), notesMax)]
	if last.buffer = appendRow(last.buffer, row); len(last.buffer) >= blockBytes {
		r.flush(&last.stream)
	}
}

// Cells returns so many cells to fill in and add as a row; the next call gives the same ones.
func (r *Rows) Cells(count int) []Value {
	if cap(r.cells) < count {
		r.cells = make([]Value, count)
	}
	return r.cells[:count]
}

// AppendSorted adds the rows of another table, without their notes, those with the largest number in a column first; equal
// ones in their order. They are held in memory, packed.
func (r *Rows) AppendSorted(other *Rows, column int) error {
	type packed struct {
		number int64
		row    []byte
	}
	var rows []packed
	for _, part := range other.parts {
		if err := other.each(part, func(row []Value) error {
			one := packed{row: appendRow(nil, row)}
			if column < len(row) {
				one.number = row[column].number
			}
			rows = append(rows, one)
			return nil
		}); err != nil {
			return err
		}
	}
	slices.SortStableFunc(rows, func(a, b packed) int { return cmp.Compare(b.number, a.number) })
	var row []Value
	for _, one := range rows {
		reader := rowReader{one.row, true}
		if row = reader.row(row); !reader.ok {
			return errSpool
		}
		r.Add(row...)
	}
	return r.err
}

// count keeps what must be known of a row before it is written.
func (p *part) count(row []Value) {
	p.grow(len(row))
	for i := range row {
		v := &row[i]
		if v.number != 0 {
			p.sums[i] += v.number
			p.kinds[i] = v.kind
			p.noteMost(i, v)
		}
		p.looks[i] |= 1 << v.look
		if len(v.text) > p.widest[i] { // it cannot have more letters than bytes
			p.widest[i] = max(p.widest[i], utf8.RuneCountInString(v.text))
		}
		if v.note != "" {
			p.notes = append(p.notes, note{row: p.rows, column: i, text: v.note, added: p.rows})
		}
	}
	p.rows++
}

// grow makes room for so many columns.
func (p *part) grow(columns int) {
	for len(p.sums) < columns {
		p.sums, p.kinds = append(p.sums, 0), append(p.kinds, countKind)
		p.looks, p.widest, p.most = append(p.looks, 0), append(p.widest, 0), append(p.most, Value{})
	}
}

// noteMost keeps the number in a column that is farthest from 0, whatever the order of the rows.
func (p *part) noteMost(i int, v *Value) {
	if abs(v.number) > abs(p.most[i].number) || v.number == -p.most[i].number && v.number < 0 {
		p.most[i] = Value{kind: v.kind, number: v.number}
	}
}

func abs(number int64) int64 { return max(number, -number) }

func (r *Rows) flush(s *stream) {
	if len(s.buffer) == 0 {
		return
	}
	offset, err := r.spool.write(s.buffer)
	r.err = errors.Join(r.err, err)
	s.blocks = append(s.blocks, block{offset, len(s.buffer)})
	s.buffer = s.buffer[:0]
}

// Len returns the number of rows.
func (r *Rows) Len() int {
	count := 0
	for _, p := range r.parts {
		count += p.rows
	}
	return count
}

// Sum adds up a column: cents, hundredths or numbers, as its values are.
func (r *Rows) Sum(column int) int64 {
	sum := int64(0)
	for _, p := range r.parts {
		if column < len(p.sums) {
			sum += p.sums[column]
		}
	}
	return sum
}

// each visits the rows of one part. The row is used again for the next, and so is what its texts are made of.
func (r *Rows) each(p *part, visit func(row []Value) error) error {
	var row []Value
	decode := func(data []byte) error {
		reader := rowReader{data, true}
		for len(reader.data) > 0 && reader.ok {
			row = reader.row(row)
			if !reader.ok {
				break
			}
			if err := visit(row); err != nil {
				return err
			}
		}
		if !reader.ok {
			return errSpool
		}
		return nil
	}
	if r.joined != nil {
		return r.eachJoined(visit)
	}
	if r.baskets != nil {
		return r.eachInOrder(func(_ int64, row []byte) error { return decode(row) })
	}
	return r.eachBlock(&p.stream, decode)
}

// eachBlock visits what was spooled, some rows at a time. The block is used again for the next.
func (r *Rows) eachBlock(s *stream, visit func(block []byte) error) error {
	if r.err != nil {
		return r.err
	}
	data := make([]byte, 0, blockBytes*2)
	for _, block := range s.blocks {
		if cap(data) < block.length {
			data = make([]byte, block.length)
		}
		data = data[:block.length]
		if _, err := r.spool.file.ReadAt(data, block.offset); err != nil {
			return err
		}
		if err := visit(data); err != nil {
			return err
		}
	}
	return visit(s.buffer)
}
