package deflate

import (
	"encoding/binary"
	"math/bits"
)

const (
	valueSlots = 1 << 12
	pieceSlots = 1 << 13
	pieceBytes = 5
	leastValue = 4 // bytes of a value that is looked for
)

// matcher finds what stood before.
type matcher struct {
	text   []byte
	at     int // up to here it is in the block
	block  *block
	above  []seen // by column
	before seen   // the cell before
	values [valueSlots]int32
	pieces [pieceSlots]int32
}

// seen is a value that was seen, and what stands before it; frame is where that begins.
type seen struct{ frame, begin, end int }

func (m *matcher) match(text []byte, values []Value, into *block) {
	m.text, m.at, m.block = text, 0, into
	clear(m.above)
	clear(m.values[:])
	clear(m.pieces[:])
	m.before = seen{}
	for i := range values {
		v := &values[i]
		for int(v.Column) >= len(m.above) {
			m.above = append(m.above, seen{})
		}
		here := seen{m.before.end, int(v.Begin), int(v.End)}
		above := &m.above[v.Column]
		if i > 0 && m.at < here.end { // before the first stands what is like nothing
			m.frame(here, above)
			m.value(here, above)
		}
		m.before, *above = here, here
	}
	m.rest(len(text))
	m.text = nil
}

// same returns how many bytes from at on are as those from before on.
func (m *matcher) same(at, before int) int {
	here := m.text[at:]
	there := m.text[before:][:len(here)]
	n := 0
	for ; n+8 <= len(here); n += 8 {
		if differ := binary.LittleEndian.Uint64(here[n:]) ^ binary.LittleEndian.Uint64(there[n:]); differ != 0 {
			return n + bits.TrailingZeros64(differ)>>3
		}
	}
	for n < len(here) && here[n] == there[n] {
		n++
	}
	return n
}

// take puts a match into the block.
func (m *matcher) take(length, before int) {
	m.block.match(length, m.at-before)
	m.at += length
}

// frame matches up to the value: with the row above as far as that goes, else with the cell before.
func (m *matcher) frame(here seen, above *seen) {
	for m.at < here.begin {
		up := above.frame + m.at - here.frame
		if above.end > 0 && up >= 0 && m.at-up <= farthest {
			if n := m.same(m.at, up); n >= shortest {
				m.take(n, up)
				continue
			}
			// In most rows one digit of the number differs. Behind it the match may go on beyond a value that is the same.
			if n := m.same(m.at+1, up+1); m.at+1+n >= here.end && n >= shortest {
				m.block.literal(m.text[m.at])
				m.at++
				m.take(n, up+1)
				return
			}
		}
		left := m.before.begin + m.at - here.begin
		if m.at <= here.frame { // a tail is as the tail before it
			left = m.before.frame + m.at - here.frame
		}
		if left >= 0 && left < m.at && m.at-left <= farthest {
			if n := m.same(m.at, left); n >= shortest {
				m.take(n, left)
				continue
			}
		}
		m.block.literal(m.text[m.at])
		m.at++
	}
}

// value matches the value, but for an end that is the same as above.
func (m *matcher) value(here seen, above *seen) {
	if m.at >= here.end {
		return
	}
	near := above.end > 0 && m.at-above.begin <= farthest
	if m.at == here.begin && near {
		n := m.same(m.at, above.begin)
		if n >= here.end-here.begin && n >= shortest {
			m.take(n, above.begin)
			return
		}
		if m.known(here) {
			return
		}
		if n > leastValue {
			m.take(n, above.begin)
		}
	} else if m.known(here) {
		return
	}
	end := here.end
	if near {
		for e := above.end; end > m.at && e > above.begin && m.text[end-1] == m.text[e-1]; end-- {
			e--
		}
	}
	m.rest(end)
}

// known matches a value that stood somewhere before.
func (m *matcher) known(here seen) bool {
	size := here.end - here.begin
	if size < leastValue {
		return false
	}
	hash := binary.LittleEndian.Uint32(m.text[here.begin:])*2654435761 ^ binary.LittleEndian.Uint32(m.text[here.end-4:])*2246822519
	if size > 8 {
		hash ^= binary.LittleEndian.Uint32(m.text[here.begin+size/2-2:]) * 3266489917
	}
	slot := &m.values[(hash*2654435761)>>20]
	before := int(*slot)
	*slot = int32(here.begin)
	if before == 0 || m.at != here.begin || m.at-before > farthest {
		return false
	}
	n := m.same(m.at, before)
	if n < size {
		return false
	}
	m.take(n, before)
	return true
}

// rest matches up to an end what is like nothing that was expected, by pieces of some bytes.
func (m *matcher) rest(end int) {
	from := m.at
	for m.at+pieceBytes <= end && m.at+8 <= len(m.text) {
		slot := m.piece(m.at)
		before := int(*slot) - 1
		*slot = int32(m.at) + 1
		if before >= 0 && m.at-before <= farthest {
			if n := min(m.same(m.at, before), end-m.at); n >= pieceBytes {
				m.block.bytes(m.text[from:m.at])
				for i := 1; i < n && m.at+i+8 <= len(m.text); i++ {
					*m.piece(m.at + i) = int32(m.at+i) + 1
				}
				m.take(n, before)
				from = m.at
				continue
			}
		}
		m.at++
	}
	m.block.bytes(m.text[from:end])
	m.at = end
}

// piece returns where it is kept where the piece at a place stood last.
func (m *matcher) piece(at int) *int32 {
	return &m.pieces[(binary.LittleEndian.Uint64(m.text[at:])<<(64-8*pieceBytes)*0x9E3779B97F4A7C15)>>51]
}
