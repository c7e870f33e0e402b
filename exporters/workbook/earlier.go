package workbook

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/klauspost/compress/flate"
)

// ErrEarlierDiffers says that a sheet written earlier does not hold the expected rows; it must then be rebuilt from all of them.
var ErrEarlierDiffers = errors.New("the rows that stand are not those that were written")

// EarlierSheet is a sheet of a workbook that was written earlier, from which some rows are copied as they are.
type EarlierSheet struct {
	Path, Sheet string
	Styles      [][]int  // of its cells, by column and look
	Shapes      []*Shape // of the rows that are copied
}

// Shape holds what must be known of rows before they are written.
type Shape struct{ part part }

// Add adds a row.
func (s *Shape) Add(row []Value) { s.part.count(row) }

// shape is the JSON form of a Shape.
type shape struct {
	Rows            int
	Sums, Most      []int64
	Kinds, MostKind []kind
	Looks           []uint16
	Widest          []int
}

// MarshalJSON writes the shape.
func (s *Shape) MarshalJSON() ([]byte, error) {
	p := &s.part
	kept := shape{Rows: p.rows, Sums: p.sums, Kinds: p.kinds, Looks: p.looks, Widest: p.widest}
	for _, most := range p.most {
		kept.Most, kept.MostKind = append(kept.Most, most.number), append(kept.MostKind, most.kind)
	}
	return json.Marshal(kept)
}

// UnmarshalJSON reads a shape.
func (s *Shape) UnmarshalJSON(text []byte) error {
	var kept shape
	if err := json.Unmarshal(text, &kept); err != nil {
		return err
	}
	columns := len(kept.Sums)
	if len(kept.Kinds) != columns || len(kept.Looks) != columns || len(kept.Widest) != columns || len(kept.Most) != columns || len(kept.MostKind) != columns {
		return ErrEarlierDiffers
	}
	s.part = part{rows: kept.Rows, sums: kept.Sums, kinds: kept.Kinds, looks: kept.Looks, widest: kept.Widest, most: make([]Value, columns)}
	for i := range kept.Most {
		s.part.most[i] = Value{kind: kept.MostKind[i], number: kept.Most[i]}
	}
	return nil
}

// take copies a row from an earlier sheet, where it had the given number, and renumbers it.
func (b *bodyWriter) take(row []byte, number int) error {
	if bytes.Contains(row, placedCell) {
		return ErrEarlierDiffers // written by an older pxq: its cells state their row
	}
	b.row++
	was := strconv.AppendInt(b.x.number[:0], int64(number), 10)
	row = row[len(rowBegins)+len(was):]
	b.x.number = strconv.AppendInt(was[:0], int64(b.row), 10)
	b.x.out.chunk = append(append(append(b.x.out.chunk, rowBegins...), b.x.number...), row...)
	return b.x.out.flushIfFull()
}

var (
	rowBegins  = []byte(`<row r="`)
	rowEnds    = []byte(`</row>`)
	placedCell = []byte(`<c r="`)
)

// sheetReader reads the rows of a sheet written by this package, one after the other, as XML.
type sheetReader struct {
	file        *zip.ReadCloser
	in          io.ReadCloser
	buffer      []byte
	begin, seen int    // in the buffer: start of the next row, and up to where its end was searched for
	number      int    // of the last row
	begins      []byte // its start tag
}

// openSheet opens a sheet at the first row below the headings.
func openSheet(path, sheet string) (*sheetReader, error) {
	file, err := zip.OpenReader(path)
	if err != nil {
		return nil, ErrEarlierDiffers
	}
	file.RegisterDecompressor(zip.Deflate, flate.NewReader)
	r := &sheetReader{file: file}
	if err := r.open(sheet); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return r, nil
}

func (r *sheetReader) open(sheet string) error {
	list, err := r.file.Open("xl/workbook.xml")
	if err != nil {
		return ErrEarlierDiffers
	}
	text, err := io.ReadAll(list)
	at := bytes.Index(text, fmt.Appendf(nil, `<sheet name="%s"`, sheet))
	if err = errors.Join(err, list.Close()); err != nil || at < 0 {
		return errors.Join(err, ErrEarlierDiffers)
	}
	if r.in, err = r.file.Open(fmt.Sprintf("%s%d.xml", sheetParts, 1+bytes.Count(text[:at], []byte("<sheet ")))); err != nil {
		return ErrEarlierDiffers
	}
	for at = -1; at < 0; at = bytes.Index(r.buffer, rowBegins) {
		if err := r.more(); err != nil {
			return err
		}
	}
	r.begin = at
	for r.number < headingRow {
		if _, err := r.next(); err != nil {
			return err
		}
	}
	return nil
}

// more reads more of the sheet. At its end it returns ErrEarlierDiffers.
func (r *sheetReader) more() error {
	if r.begin > 0 {
		r.buffer = append(r.buffer[:0], r.buffer[r.begin:]...)
		r.begin = 0
	}
	r.seen = len(r.buffer)
	r.buffer = slices.Grow(r.buffer, 1<<16)
	n, err := r.in.Read(r.buffer[len(r.buffer):cap(r.buffer)])
	if r.buffer = r.buffer[:len(r.buffer)+n]; n > 0 {
		return nil
	}
	return errors.Join(err, ErrEarlierDiffers)
}

// next returns the next row, which is valid until the next call.
func (r *sheetReader) next() ([]byte, error) {
	from := r.begin
	for {
		if at := bytes.Index(r.buffer[from:], rowEnds); at >= 0 {
			row := r.buffer[r.begin : from+at+len(rowEnds)]
			r.begin += len(row)
			r.number++
			r.begins = append(strconv.AppendInt(append(r.begins[:0], rowBegins...), int64(r.number), 10), '"')
			if !bytes.HasPrefix(row, r.begins) {
				return nil, ErrEarlierDiffers
			}
			return row, nil
		}
		if err := r.more(); err != nil {
			return nil, err
		}
		from = max(0, r.seen-len(rowEnds))
	}
}

// end checks that there are no more rows.
func (r *sheetReader) end() error {
	for len(r.buffer)-r.begin < len(rowBegins) {
		if err := r.more(); err != nil {
			return err
		}
	}
	if bytes.HasPrefix(r.buffer[r.begin:], rowBegins) {
		return ErrEarlierDiffers
	}
	return nil
}

func (r *sheetReader) close() error { return errors.Join(r.in.Close(), r.file.Close()) }
