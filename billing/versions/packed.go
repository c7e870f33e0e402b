package versions

// Packed is a plain reference in a few numbers.
type Packed [5]uint64

// IsPlain reports whether a Packed can hold all there is to a reference: nothing was known of it, and its group gave it one
// content at most. Most are.
func (r *Reference) IsPlain() bool { return r.known == nil && r.more == nil }

// Packed returns a plain reference packed.
func (r *Reference) Packed() Packed {
	flags := uint64(0)
	for i, is := range [...]bool{r.given, r.seen, r.kept, r.zero} {
		if is {
			flags |= 1 << i
		}
	}
	return Packed{r.first[0], r.first[1], uint64(r.firstRow.ID), uint64(r.firstRow.Client), uint64(r.version)<<4 | flags}
}

// Reference returns the plain reference that was packed.
func (p Packed) Reference() Reference {
	flags := p[4]
	return Reference{
		first: Content{p[0], p[1]}, firstRow: RowKey{ID: int64(p[2]), Client: uint32(p[3])}, version: int(flags >> 4),
		given: flags&1 != 0, seen: flags&2 != 0, kept: flags&4 != 0, zero: flags&8 != 0,
	}
}
