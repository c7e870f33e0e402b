package workbook

import (
	"encoding/binary"
	"maps"
	"math"
	"slices"
)

// Rows that have a place are spooled in baskets of near places, and put in order basket by basket when they are read.

const (
	placeBytes = 8  // before a spooled row: four for its length, four for its place in the basket
	basketBits = 15 // the last bits of a place, which tell rows of one basket apart: so many places are put in order in memory
)

// basket holds the rows of near places as they came.
type basket struct {
	stream
	rows, bytes int
}

// placeBits is how much of a place is kept with a row in its basket at most.
const placeBits = 32

// Sparse tells that the last bits of a place, as many as this, say something else than where the row stands among the others.
func (r *Rows) Sparse(bits int) *Rows {
	r.basketBits = min(r.basketBits+bits, placeBits)
	return r
}

// AddAt adds a row that has a place among the others of the table, whatever the order in which they are added. Rows of
// the same place stay in the order in which they are added. A table has rows of Add or of AddAt.
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
	p := r.parts[0] // however many they are: they are dealt out to sheets when their order is known
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

// firstNotes keeps the notes that stand first in the table.
func (p *part) firstNotes() {
	slices.SortStableFunc(p.notes, note.compare)
	p.notes = p.notes[:min(len(p.notes), notesMax)]
}

// settled returns the rows with their notes where these stand, and dealt out to sheets. Those of Add are so already.
func (r *Rows) settled() (*Rows, error) {
	if r.baskets == nil {
		return r, r.err
	}
	p := r.parts[0]
	if err := r.settleNotes(p); err != nil || p.rows <= r.spool.SheetRows {
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

// settleNotes finds the rows of the notes, of which only the places are known.
func (r *Rows) settleNotes(p *part) error {
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

// ordered are the rows of a basket in the order of their places.
type ordered struct {
	base int64 // of their places
	data []byte
	rows []uint64 // in their order: the place in the basket, and behind it where the row begins in the data
}

func (o *ordered) key(place int64, at int) uint64 { return uint64(place-o.base)<<32 | uint64(at) }

// read reads a basket. What was read before is not to be looked at any more.
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

// row returns a row, packed, with its place.
func (o *ordered) row(key uint64) (place int64, row []byte) {
	data := o.data[uint32(key):]
	return o.base + int64(key>>32), data[placeBytes:][:binary.LittleEndian.Uint32(data)]
}

// eachInOrder visits the rows, packed, in the order of their places.
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
