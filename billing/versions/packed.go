package versions

import "github.com/pxq-nl/pxq/billing"

// There may be millions of references in a group, more than memory should hold. So a Reference can be written as numbers and
// read again: the usual one, which was unknown and came with one content, takes five.

// flags are booleans, one bit each.
type flags uint64

// flagsOf packs booleans; the first one becomes bit 0.
func flagsOf(truths ...bool) flags {
	packed := flags(0)
	for place, is := range truths {
		if is {
			packed |= 1 << place
		}
	}
	return packed
}

// has returns the boolean at bit place.
func (f flags) has(place int) bool { return f>>place&1 != 0 }

// flagsBits is the number of low bits reserved for flags in a number that also holds a value.
const flagsBits = 8

// AppendNumbers appends the reference as numbers, without its contents after the first: it only records whether there are
// any. The caller must store each of those with its row, and restore it with AddContent before it takes a row of that
// content. References that Replay makes cannot be written, since idle is left out.
func (r *Reference) AppendNumbers(to []uint64) []uint64 {
	said := uint64(flagsOf(r.given, r.seen, r.kept, r.zero, r.more != nil, r.known != nil))
	to = append(to, r.first[0], r.first[1], uint64(r.firstRow.ID), uint64(r.firstRow.Client), uint64(r.version)<<flagsBits|said)
	if r.known != nil {
		to = r.known.appendNumbers(to)
	}
	return to
}

// ReferenceOf reads a reference that AppendNumbers appended, and returns it with the numbers after it.
func ReferenceOf(numbers []uint64) (r Reference, rest []uint64) {
	n := reader{numbers}
	r.first, r.firstRow = Content{n.next(), n.next()}, n.row()
	said := n.next()
	is := flags(said)
	r.version, r.given, r.seen, r.kept, r.zero = int(said>>flagsBits), is.has(0), is.has(1), is.has(2), is.has(3)
	if is.has(4) {
		r.more = &moreContents{}
	}
	if is.has(5) {
		r.known = n.known()
	}
	return r, n.left
}

// IsGiven reports whether the group has a row with the reference, readable or not.
func (r *Reference) IsGiven() bool { return r.given }

// HasMore reports whether the group has more than one content for the reference.
func (r *Reference) HasMore() bool { return r.more != nil }

// AddContent adds a content after the first, and the row that has it, to a reference that was read from numbers.
func (r *Reference) AddContent(c Content, row int64) { r.more = &moreContents{c, row, r.more} }

func (k *Known) appendNumbers(to []uint64) []uint64 {
	for _, row := range [...]RowKey{k.current, k.standing, k.withdrawing} {
		to = append(to, uint64(row.ID), uint64(row.Client))
	}
	to = append(to, uint64(len(k.open)))
	for _, row := range k.open {
		to = append(to, uint64(row.ID), uint64(row.Client))
	}
	to = append(to, k.content[0], k.content[1], k.withdrawn[0], k.withdrawn[1], uint64(len(k.former)))
	for _, content := range k.former {
		to = append(to, content[0], content[1])
	}
	said := uint64(flagsOf(k.prior.Exists, k.prior.OtherClient, k.stands, k.declared))
	return append(to, uint64(k.prior.Unit)<<flagsBits|said, uint64(k.prior.Quantity), uint64(k.priorClient), uint64(k.lastVersion), uint64(k.firstReceived))
}

// reader reads numbers.
type reader struct{ left []uint64 }

func (n *reader) next() uint64 {
	first := n.left[0]
	n.left = n.left[1:]
	return first
}

func (n *reader) row() RowKey { return RowKey{ID: int64(n.next()), Client: uint32(n.next())} }

func (n *reader) known() *Known {
	k := &Known{current: n.row(), standing: n.row(), withdrawing: n.row()}
	for range n.next() {
		k.open = append(k.open, n.row())
	}
	k.content, k.withdrawn = Content{n.next(), n.next()}, Content{n.next(), n.next()}
	for range n.next() {
		k.former = append(k.former, Content{n.next(), n.next()})
	}
	said := n.next()
	is := flags(said)
	k.prior = Prior{Exists: is.has(0), Unit: billing.Unit(said >> flagsBits), Quantity: billing.Quantity(n.next()), OtherClient: is.has(1)}
	k.stands, k.declared = is.has(2), is.has(3)
	k.priorClient, k.lastVersion, k.firstReceived = uint32(n.next()), int(n.next()), billing.Date(n.next())
	return k
}
