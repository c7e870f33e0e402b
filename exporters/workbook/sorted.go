package workbook

import (
	"cmp"
	"container/heap"
	"encoding/binary"
	"slices"
)

// Rows that have a place are spooled as they come and put in order when they are read: in memory as far as they fit,
// else in runs that are merged.

// placeBytes is how many bytes stand before a spooled row that has a place: how long it is, and the place.
const placeBytes = 12

// AddAt adds a row that has a place among the others of the table, whatever the order in which they are added. Rows of
// the same place stay in the order in which they are added. A table has rows of Add or of AddAt.
func (r *Rows) AddAt(place int64, row ...Value) {
	r.placed = true
	p := r.parts[0] // however many they are: they are dealt out to sheets when their order is known
	notes := len(p.notes)
	p.count(row)
	for i := notes; i < len(p.notes); i++ {
		p.notes[i].place = place
	}
	start := len(p.buffer)
	p.buffer = append(p.buffer, make([]byte, placeBytes)...)
	binary.LittleEndian.PutUint64(p.buffer[start+4:], uint64(place))
	p.buffer = appendRow(p.buffer, row)
	binary.LittleEndian.PutUint32(p.buffer[start:], uint32(len(p.buffer)-start-placeBytes))
	if len(p.buffer) >= blockBytes {
		r.flush(p)
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
	if !r.placed {
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
	if len(p.notes) == 0 {
		return r.err
	}
	p.firstNotes()
	later := make([]int, len(p.notes)+1) // of each note, how many rows stand before it and not before the one before it
	added := 0
	err := r.eachBlock(p, func(block []byte) error {
		return eachPlaced(block, func(place int64, _ []byte) error {
			next, _ := slices.BinarySearchFunc(p.notes, note{place: place, added: added + 1}, note.compare)
			later[next]++
			added++
			return nil
		})
	})
	if err != nil {
		return err
	}
	before := 0
	for i := range p.notes {
		before += later[i]
		p.notes[i].row = before
	}
	return nil
}

// eachPlaced visits the spooled rows of a block with their places.
func eachPlaced(block []byte, visit func(place int64, row []byte) error) error {
	for len(block) > 0 {
		if len(block) < placeBytes {
			return errSpool
		}
		place, length := int64(binary.LittleEndian.Uint64(block[4:])), int(binary.LittleEndian.Uint32(block))
		block = block[placeBytes:]
		if length > len(block) {
			return errSpool
		}
		if err := visit(place, block[:length]); err != nil {
			return err
		}
		block = block[length:]
	}
	return nil
}

// runBytes is how much of a table is put in order in memory.
const runBytes = 8 << 20

// run is a part of a table in the order of the places: in memory, or in blocks of the spool.
type run struct {
	rows   []placedRow
	blocks []block
}

type placedRow struct {
	place int64
	added int    // which of the run it is
	row   []byte // as it was spooled
}

// eachInOrder visits the rows of a part, packed, in the order of their places.
func (r *Rows) eachInOrder(p *part, visit func(place int64, row []byte) error) error {
	var runs []*run
	last, size := &run{}, 0
	err := r.eachBlock(p, func(block []byte) error {
		if size += len(block); size > r.spool.runBytes && len(last.rows) > 0 {
			if err := r.spill(last); err != nil {
				return err
			}
			runs, last, size = append(runs, last), &run{}, len(block)
		}
		kept := slices.Clone(block)
		return eachPlaced(kept, func(place int64, row []byte) error {
			last.rows = append(last.rows, placedRow{place, len(last.rows), row})
			return nil
		})
	})
	if err != nil {
		return err
	}
	last.sort()
	return r.merge(append(runs, last), visit)
}

func (n *run) sort() {
	byPlace := func(a, b placedRow) int {
		if a.place != b.place {
			return cmp.Compare(a.place, b.place)
		}
		return cmp.Compare(a.added, b.added)
	}
	if !slices.IsSortedFunc(n.rows, byPlace) {
		slices.SortFunc(n.rows, byPlace)
	}
}

// spill puts a run in order and out of memory.
func (r *Rows) spill(n *run) error {
	n.sort()
	var out []byte
	write := func() error {
		offset, err := r.spool.write(out)
		n.blocks = append(n.blocks, block{offset, len(out)})
		out = out[:0]
		return err
	}
	for _, row := range n.rows {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(row.row)))
		out = binary.LittleEndian.AppendUint64(out, uint64(row.place))
		if out = append(out, row.row...); len(out) >= blockBytes {
			if err := write(); err != nil {
				return err
			}
		}
	}
	n.rows = nil
	if len(out) == 0 {
		return nil
	}
	return write()
}

// load makes sure that the next rows of a run are in memory, if there are any.
func (r *Rows) load(n *run) error {
	if len(n.rows) > 0 || len(n.blocks) == 0 {
		return nil
	}
	data := make([]byte, n.blocks[0].length)
	if _, err := r.spool.file.ReadAt(data, n.blocks[0].offset); err != nil {
		return err
	}
	n.blocks = n.blocks[1:]
	return eachPlaced(data, func(place int64, row []byte) error {
		n.rows = append(n.rows, placedRow{place, len(n.rows), row})
		return nil
	})
}

// merge visits the rows of runs, which are each in order.
func (r *Rows) merge(runs []*run, visit func(place int64, row []byte) error) error {
	if len(runs) == 1 {
		for _, row := range runs[0].rows {
			if err := visit(row.place, row.row); err != nil {
				return err
			}
		}
		return nil
	}
	var first earliest
	for i, n := range runs {
		if err := r.load(n); err != nil {
			return err
		}
		if len(n.rows) > 0 {
			first = append(first, earlier{n, i})
		}
	}
	heap.Init(&first)
	for len(first) > 0 {
		n := first[0].run
		if err := visit(n.rows[0].place, n.rows[0].row); err != nil {
			return err
		}
		n.rows = n.rows[1:]
		if err := r.load(n); err != nil {
			return err
		}
		if len(n.rows) == 0 {
			heap.Pop(&first)
		} else if len(first) > 1 {
			heap.Fix(&first, 0)
		}
	}
	return nil
}

// earliest is a heap of runs by the place of their next row; of equal places the run whose rows were added first.
type earliest []earlier

type earlier struct {
	*run
	number int
}

func (e earliest) Len() int      { return len(e) }
func (e earliest) Swap(i, j int) { e[i], e[j] = e[j], e[i] }
func (e earliest) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(e[i].rows[0].place, e[j].rows[0].place), cmp.Compare(e[i].number, e[j].number)) < 0
}
func (e *earliest) Push(n any) { *e = append(*e, n.(earlier)) }
func (e *earliest) Pop() any {
	last := (*e)[len(*e)-1]
	*e = (*e)[:len(*e)-1]
	return last
}
