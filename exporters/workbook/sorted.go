package workbook

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"
)

// Rows with a place are spooled in baskets, one for each range of places, and sorted basket by basket when they are read.

const (
	placeBytes = 8  // before a spooled row: four for its length, four for its place within the basket
	basketBits = 15 // the low bits of a place, which differ within a basket: rows of so many places are sorted in memory
)

// basket holds the rows of one range of places in the order in which they were added.
type basket struct {
	stream
	rows, bytes int
}

// placeBits is how many bits of a place are stored with a row: the most that a basket may span.
const placeBits = 32

// Sparse says that the given number of low bits of a place do not number rows, so a basket spans that many more. It returns r.
func (r *Rows) Sparse(bits int) *Rows {
	r.basketBits = min(r.basketBits+bits, placeBits)
	return r
}

// AddAt adds a row at a place among the others; rows may be added in any order. Rows of the same place keep the order in which
// they are added. A table is filled by either Add or AddAt.
func (r *Rows) AddAt(place int64, row ...Value) {
	if r.baskets == nil {
		r.baskets = make(map[int64]*basket)
	}
	number := place >> r.basketBits
	b := r.baskets[number]
	if b == nil {
		b = &basket{}
		r.baskets[number] = b
	}
	p := r.parts[0] // for any number of rows: they are divided over sheets once their order is known
	notes := len(p.notes)
	p.count(row)
	for i := notes; i < len(p.notes); i++ {
		p.notes[i].place, p.notes[i].added = place, b.bytes
	}
	start := len(b.buffer)
	b.buffer = append(b.buffer, make([]byte, placeBytes)...)
	binary.LittleEndian.PutUint32(b.buffer[start+4:], uint32(place-number<<r.basketBits))
	b.buffer = appendRow(b.buffer, row)
	binary.LittleEndian.PutUint32(b.buffer[start:], uint32(len(b.buffer)-start-placeBytes))
	b.rows++
	b.bytes += len(b.buffer) - start
	if len(b.buffer) >= blockBytes {
		r.flush(&b.stream)
	}
	if len(p.notes) >= 2*notesMax {
		p.firstNotes()
	}
}

// firstNotes keeps the notes that come first in the table.
func (p *part) firstNotes() {
	slices.SortStableFunc(p.notes, note.compare)
	p.notes = p.notes[:min(len(p.notes), notesMax)]
}

// divided returns the rows divided over sheets, with their notes in place. A table filled by Add is so already.
func (r *Rows) divided() (*Rows, error) {
	if r.baskets == nil {
		return r, r.err
	}
	p := r.parts[0]
	if err := r.placeNotes(p); err != nil || p.rows <= r.spool.SheetRows {
		return r, err
	}
	dealt, row, notes := r.spool.Rows(), 0, p.notes
	err := r.each(p, func(values []Value) error {
		for ; len(notes) > 0 && notes[0].row == row; notes = notes[1:] {
			values[notes[0].column].note = notes[0].text
		}
		row++
		dealt.Add(values...)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return dealt, dealt.err
}

// placeNotes sets the rows of notes, of which only the places are known.
func (r *Rows) placeNotes(p *part) error {
	if r.err != nil {
		return r.err
	}
	p.firstNotes()
	var in ordered
	before, notes := 0, p.notes
	for _, number := range slices.Sorted(maps.Keys(r.baskets)) {
		if len(notes) == 0 {
			break
		}
		if notes[0].place>>r.basketBits == number {
			if err := in.read(r, number); err != nil {
				return err
			}
		}
		for ; len(notes) > 0 && notes[0].place>>r.basketBits == number; notes = notes[1:] {
			row, _ := slices.BinarySearch(in.rows, in.key(notes[0].place, notes[0].added))
			notes[0].row = before + row
		}
		before += r.baskets[number].rows
	}
	return nil
}

// ordered holds the rows of one basket, sorted by place.
type ordered struct {
	base int64 // the first place of the basket
	data []byte
	rows []uint64 // sorted keys: the place within the basket, then the offset of the row in data
}

func (o *ordered) key(place int64, at int) uint64 { return uint64(place-o.base)<<32 | uint64(at) }

// read reads a basket. It overwrites the one that was read before.
func (o *ordered) read(r *Rows, number int64) error {
	o.base, o.data, o.rows = number<<r.basketBits, o.data[:0], o.rows[:0]
	b := r.baskets[number]
	if b.bytes > math.MaxUint32 {
		return errSpool
	}
	o.data = slices.Grow(o.data, b.bytes)
	for _, block := range b.blocks {
		end := len(o.data)
		o.data = o.data[:end+block.length]
		if _, err := r.spool.file.ReadAt(o.data[end:], block.offset); err != nil {
			return err
		}
	}
	o.data = append(o.data, b.buffer...)
	for at := 0; at < len(o.data); {
		if len(o.data)-at < placeBytes {
			return errSpool
		}
		length, place := binary.LittleEndian.Uint32(o.data[at:]), binary.LittleEndian.Uint32(o.data[at+4:])
		if uint64(length) > uint64(len(o.data)-at-placeBytes) {
			return errSpool
		}
		o.rows = append(o.rows, uint64(place)<<32|uint64(at))
		at += placeBytes + int(length)
	}
	slices.Sort(o.rows)
	return nil
}

// row returns an encoded row with its place.
func (o *ordered) row(key uint64) (place int64, row []byte) {
	data := o.data[uint32(key):]
	return o.base + int64(key>>32), data[placeBytes:][:binary.LittleEndian.Uint32(data)]
}

// eachInOrder visits the encoded rows in the order of their places.
func (r *Rows) eachInOrder(visit func(place int64, row []byte) error) error {
	if r.err != nil {
		return r.err
	}
	var in ordered
	for _, number := range slices.Sorted(maps.Keys(r.baskets)) {
		if err := in.read(r, number); err != nil {
			return err
		}
		for _, key := range in.rows {
			if err := visit(in.row(key)); err != nil {
				return err
			}
		}
	}
	return nil
}
