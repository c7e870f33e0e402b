package deflate

import (
	"cmp"
	"math/bits"
	"slices"
)

const (
	endOfBlock   = 256
	literalCodes = 286 // bytes, the end of a block, and lengths
	distCodes    = 30
	lengthCodes  = 19 // in which the lengths of the codes of a block are written
	longestCode  = 15
)

// code is how a symbol is written: its bits, the first of them lowest.
type code struct {
	bits   uint16
	length uint8
}

// lengthsOf returns how many bits each symbol gets, at most so many, for how often each is used; 0 for none.
func lengthsOf(used []uint32, most int, into []uint8) {
	type leaf struct {
		used   uint32
		symbol uint16
	}
	var room [literalCodes]leaf
	leaves := room[:0]
	for symbol, n := range used {
		into[symbol] = 0
		if n > 0 {
			leaves = append(leaves, leaf{n, uint16(symbol)})
		}
	}
	if len(leaves) < 2 {
		for i := range leaves {
			into[leaves[i].symbol] = 1
		}
		return
	}
	slices.SortFunc(leaves, func(a, b leaf) int {
		return cmp.Or(cmp.Compare(a.used, b.used), cmp.Compare(a.symbol, b.symbol))
	})
	var weights [literalCodes]uint32
	for i := range leaves {
		weights[i] = leaves[i].used
	}
	depths := weights[:len(leaves)]
	depthsOf(depths)
	limit(depths, most)
	for i := range leaves {
		into[leaves[i].symbol] = uint8(depths[i])
	}
}

// depthsOf turns weights in rising order into the depths of their leaves in the tree of Huffman, which fall (Moffat and
// Katajainen, In-Place Calculation of Minimum-Redundancy Codes, 1995).
func depthsOf(a []uint32) {
	n := len(a)
	root, leaf := 0, 2
	a[0] += a[1]
	for next := 1; next < n-1; next++ {
		if leaf >= n || a[root] < a[leaf] {
			a[next], a[root] = a[root], uint32(next)
			root++
		} else {
			a[next] = a[leaf]
			leaf++
		}
		if leaf >= n || root < next && a[root] < a[leaf] {
			a[next] += a[root]
			a[root] = uint32(next)
			root++
		} else {
			a[next] += a[leaf]
			leaf++
		}
	}
	a[n-2] = 0
	for next := n - 3; next >= 0; next-- {
		a[next] = a[a[next]] + 1
	}
	available, used, depth := 1, 0, uint32(0)
	root = n - 2
	for next := n - 1; available > 0; depth++ {
		for ; root >= 0 && a[root] == depth; root-- {
			used++
		}
		for ; available > used; available-- {
			a[next] = depth
			next--
		}
		available, used = 2*used, 0
	}
}

// limit shortens what is too deep, deepens others for it, and gives what is then left to those that are used most, so that
// every code is used up.
func limit(depths []uint32, most int) {
	room := 1 << most // in leaves of the deepest
	for i := range depths {
		depths[i] = min(depths[i], uint32(most))
		room -= 1 << (most - int(depths[i]))
	}
	for i := 0; room < 0; {
		if depths[i] == uint32(most) {
			i++
			continue
		}
		depths[i]++
		room += 1 << (most - int(depths[i]))
	}
	for i := len(depths) - 1; room > 0; i-- {
		if cost := 1 << (most - int(depths[i])); cost <= room {
			depths[i]--
			room -= cost
		}
	}
}

// codesOf returns how symbols of those lengths are written.
func codesOf(lengths []uint8, into []code) {
	var count, next [longestCode + 2]uint16
	for _, length := range lengths {
		count[length]++
	}
	count[0] = 0
	for length := 1; length <= longestCode; length++ {
		next[length+1] = (next[length] + count[length]) << 1
	}
	for symbol, length := range lengths {
		into[symbol] = code{}
		if length > 0 {
			into[symbol] = code{bits.Reverse16(next[length]) >> (16 - length), length}
			next[length]++
		}
	}
}
