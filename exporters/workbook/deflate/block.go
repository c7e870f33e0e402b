package deflate

import "encoding/binary"

// block is what is written under one set of codes.
type block struct {
	tokens   []token
	literals [literalCodes]uint32 // how often each is used
	dists    [distCodes]uint32
}

func (b *block) literal(c byte) {
	b.tokens = append(b.tokens, token(c))
	b.literals[c]++
}

func (b *block) bytes(text []byte) {
	for _, c := range text {
		b.literal(c)
	}
}

func (b *block) match(length, dist int) {
	for length > longest {
		part := min(longest, length-shortest) // what is left is no shorter than a match
		b.one(part, dist)
		length -= part
	}
	b.one(length, dist)
}

func (b *block) one(length, dist int) {
	b.tokens = append(b.tokens, matchOf(length, dist))
	b.literals[endOfBlock+1+int(codeOfLength[length-shortest])]++
	b.dists[codeOfDist(dist-1)]++
}

func (b *block) clear() {
	b.tokens = b.tokens[:0]
	clear(b.literals[:])
	clear(b.dists[:])
}

// bitWriter gathers bits; the first is the lowest of the first byte.
type bitWriter struct {
	out   []byte
	bits  uint64
	count uint // fewer than 8 between two calls
}

// add adds at most 57 bits.
func (w *bitWriter) add(bits uint64, count uint) {
	w.bits |= bits << w.count
	w.count += count
	for w.count >= 8 {
		w.out = append(w.out, byte(w.bits))
		w.bits >>= 8
		w.count -= 8
	}
}

// write writes the block.
func (b *block) write(w *bitWriter) {
	b.literals[endOfBlock]++
	var lengths [literalCodes + distCodes]uint8
	literals, dists := lengths[:literalCodes], lengths[literalCodes:]
	lengthsOf(b.literals[:], longestCode, literals)
	lengthsOf(b.dists[:], longestCode, dists)
	w.add(2<<1, 3) // not the last, with codes of its own
	writeLengths(w, literals, dists)
	var literalCode [literalCodes]code
	var distCode [distCodes]code
	codesOf(literals, literalCode[:])
	codesOf(dists, distCode[:])
	b.writeTokens(w, &literalCode, &distCode)
	w.add(uint64(literalCode[endOfBlock].bits), uint(literalCode[endOfBlock].length))
}

// writeTokens writes what is in the block.
func (b *block) writeTokens(w *bitWriter, literals *[literalCodes]code, dists *[distCodes]code) {
	type wide struct {
		bits  uint32
		count uint8
	}
	var lengths [longest - shortest + 1]wide // with the bits behind their codes
	for n := range lengths {
		symbol := codeOfLength[n]
		c, e := literals[endOfBlock+1+int(symbol)], lengthExtras[symbol]
		lengths[n] = wide{uint32(c.bits) | uint32(n-int(e.first))<<c.length, c.length + e.bits}
	}
	const most = 8 // bytes of a token, and a few bits before it
	need := len(w.out) + most*len(b.tokens) + most
	if cap(w.out) < need {
		w.out = append(make([]byte, 0, need+need/4), w.out...)
	}
	out, at := w.out[:cap(w.out)], len(w.out)
	bits, count := w.bits, w.count
	for _, t := range b.tokens {
		if t < aMatch {
			c := literals[t&0xff]
			bits |= uint64(c.bits) << count
			count += uint(c.length)
		} else {
			length := &lengths[t>>distBits&0xff]
			bits |= uint64(length.bits) << count
			count += uint(length.count)
			dist := int(t & distsMask)
			symbol := codeOfDist(dist)
			c, e := dists[symbol], distExtras[symbol]
			bits |= (uint64(c.bits) | uint64(dist-int(e.first))<<c.length) << count
			count += uint(c.length + e.bits)
		}
		binary.LittleEndian.PutUint64(out[at:], bits)
		at += int(count >> 3)
		bits >>= count &^ 7
		count &= 7
	}
	w.out, w.bits, w.count = out[:at], bits, count
}

// lengthOrder is the order in which the lengths of the codes for lengths are written.
var lengthOrder = [lengthCodes]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// writeLengths writes the lengths of the codes of a block.
func writeLengths(w *bitWriter, literals, dists []uint8) {
	literals, dists = trimmed(literals, endOfBlock+1), trimmed(dists, 1)
	var all [literalCodes + distCodes]uint8
	text := append(append(all[:0], literals...), dists...)
	var room [literalCodes + distCodes]run
	runs := runsOf(text, room[:0])
	var used [lengthCodes]uint32
	for _, r := range runs {
		used[r.symbol]++
	}
	var lengths [lengthCodes]uint8
	var codes [lengthCodes]code
	lengthsOf(used[:], 7, lengths[:])
	codesOf(lengths[:], codes[:])
	count := lengthCodes
	for count > 4 && lengths[lengthOrder[count-1]] == 0 {
		count--
	}
	w.add(uint64(len(literals)-endOfBlock-1), 5)
	w.add(uint64(len(dists)-1), 5)
	w.add(uint64(count-4), 4)
	for _, symbol := range lengthOrder[:count] {
		w.add(uint64(lengths[symbol]), 3)
	}
	for _, r := range runs {
		w.add(uint64(codes[r.symbol].bits), uint(codes[r.symbol].length))
		w.add(uint64(r.more), uint(r.bits))
	}
}

func trimmed(lengths []uint8, least int) []uint8 {
	n := len(lengths)
	for n > least && lengths[n-1] == 0 {
		n--
	}
	return lengths[:n]
}

// run is a length, or how often one or none is repeated.
type run struct{ symbol, more, bits uint8 }

func runsOf(lengths []uint8, runs []run) []run {
	for i := 0; i < len(lengths); {
		length, n := lengths[i], 1
		for i+n < len(lengths) && lengths[i+n] == length {
			n++
		}
		i += n
		if length > 0 {
			runs = append(runs, run{symbol: length})
			n--
		}
		for n >= 3 {
			var r run
			var part int
			switch {
			case length > 0:
				part = min(n, 6)
				r = run{16, uint8(part - 3), 2}
			case n <= 10:
				part = n
				r = run{17, uint8(part - 3), 3}
			default:
				part = min(n, 138)
				r = run{18, uint8(part - 11), 7}
			}
			runs = append(runs, r)
			n -= part
		}
		for ; n > 0; n-- {
			runs = append(runs, run{symbol: length})
		}
	}
	return runs
}
