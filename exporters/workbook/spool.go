package workbook

import (
	"cmp"
	"errors"
	"os"
	"slices"
	"sync"
	"unicode/utf8"
)

// blockBytes is how much of a stream is buffered before it is written to the file. There may be thousands of streams.
const blockBytes = 16 << 10

// SheetRows is how many rows fit on one sheet below the headings.
const SheetRows = 1<<20 - headingRow

// Spool keeps the rows of many tables in one private file. Different goroutines may fill and read tables at the same time,
// each table by one of them.
type Spool struct {
	// SheetRows is the number of rows after which a table continues on the next sheet.
	SheetRows int

	basketBits int

	mu   sync.Mutex
	file *os.File
	end  int64
}

// NewSpool creates a spool in dir, which should be private.
func NewSpool(dir string) (*Spool, error) {
	file, err := os.CreateTemp(dir, "rows-") // mode 0600
	if err != nil {
		return nil, err
	}
	return &Spool{SheetRows: SheetRows, basketBits: basketBits, file: file}, nil
}

// Close removes the file.
func (s *Spool) Close() error { return errors.Join(s.file.Close(), os.Remove(s.file.Name())) }

// write appends a block to the file.
func (s *Spool) write(block []byte) (offset int64, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	offset = s.end
	s.end += int64(len(block))
	_, err = s.file.WriteAt(block, offset)
	return offset, err
}

// Rows holds the rows of one table, in the order in which they were added or of their places, with the sums of its columns.
type Rows struct {
	spool  *Spool
	parts  []*part
	joined []*Rows // tables whose rows it has, one after the other
	merged *Merged // writes the rows; nil for none
	cells  []Value
	err    error

	baskets    map[int64]*basket // rows that have places, by the high bits of those
	basketBits int
}

// part is the part of a table that goes on one sheet.
type part struct {
	rows   int
	sums   []int64
	kinds  []kind   // of the numbers in each column
	looks  []uint16 // of the cells in each column, one bit per look
	widest []int    // text in each column, in characters
	most   []Value  // the number farthest from 0 in each column
	notes  []note
	stream
}

// stream is a sequence of spooled rows.
type stream struct {
	blocks []block
	buffer []byte // what follows the blocks
}

// note is a note on a cell; rows count from 0. Notes are kept in memory, so their number is limited.
type note struct {
	row, column int
	text        string
	place       int64 // of its row, if the table has places; row is then set when all are known
	added       int   // offset of its row in the basket; without places the number of its row
}

// compare orders notes by the places of their rows.
func (n note) compare(other note) int {
	return cmp.Or(cmp.Compare(n.place, other.place), cmp.Compare(n.added, other.added))
}

// notesMax is the largest number of notes on a sheet; spreadsheet programs become slow with more.
const notesMax = 500

type block struct {
	offset int64
	length int
}

// Rows returns an empty table.
func (s *Spool) Rows() *Rows { return &Rows{spool: s, parts: []*part{{}}, basketBits: s.basketBits} }

// Add adds a row. An error of the file is kept and returned when the rows are read.
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

// Cells returns the given number of cells to fill in and add as a row. The next call returns the same ones, as they were left.
func (r *Rows) Cells(count int) []Value {
	if cap(r.cells) < count {
		r.cells = make([]Value, count)
	}
	return r.cells[:count]
}

// AppendSorted adds the rows of another table, without their notes, the largest number in a column first; rows with equal
// numbers keep their order. The rows are held in memory, encoded.
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

// count records what must be known of a row before it is written.
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

// grow makes room for the given number of columns.
func (p *part) grow(columns int) {
	for len(p.sums) < columns {
		p.sums, p.kinds = append(p.sums, 0), append(p.kinds, countKind)
		p.looks, p.widest, p.most = append(p.looks, 0), append(p.widest, 0), append(p.most, Value{})
	}
}

// noteMost records the number farthest from 0 in a column, whatever the order of the rows.
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

// Sum returns the sum of a column: in cents, hundredths or ones, depending on its values.
func (r *Rows) Sum(column int) int64 {
	sum := int64(0)
	for _, p := range r.parts {
		if column < len(p.sums) {
			sum += p.sums[column]
		}
	}
	return sum
}

// each visits the rows of one part. The row and the memory of its texts are reused for the next one.
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

// eachBlock visits a stream, some rows at a time. The block is reused for the next.
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
