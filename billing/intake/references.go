package intake

import (
	"iter"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/scratch"
	"github.com/pxq-nl/pxq/billing/versions"
)

// reference is what the group says of one reference.
type reference struct {
	versions.Reference
	repetition *repetition // the first content, when it only repeated what holds
	madeBy     int64       // the file that asked first

	// Of one that stands in no slab.
	isLoose bool
	key     versions.Fingerprint
	isKept  bool // as it was then
	was     versions.Reference
}

// references are those of a group of files, found by provider and reference. There may be millions. Most are plain: nothing
// was known of them, and one content came. These are packed, and those that came longer ago stand in a file; one that says
// more later stands in a slab from then on, as those do of which something was known: there are few of these in a month, and
// the garbage collector sees few slabs.
type references struct {
	*versions.Fingerprints
	plain  *scratch.Items
	loose  reference                      // that was found or made last and stands in no slab
	places map[versions.Fingerprint]int32 // in the slabs
	slabs  [][]reference
	count  int32
}

const referencesPerSlab = 1024

// plainHeld is how many plain references of a group are held in memory, unless the intake says otherwise.
const plainHeld = 1 << 16

func newReferences(folder string, held int) *references {
	return &references{
		Fingerprints: versions.NewFingerprints(), plain: scratch.NewItems(folder, len(versions.Packed{}), held), places: make(map[versions.Fingerprint]int32),
	}
}

func (r *references) at(place int32) *reference {
	return &r.slabs[place/referencesPerSlab][place%referencesPerSlab]
}

// find returns a reference, until the next is asked for; nil if nobody asked for it yet. What is done to it is kept by keep.
func (r *references) find(key ledger.Key) (*reference, error) {
	return r.findPrint(r.Fingerprints.Reference(key.Provider, key.KnownAs))
}

func (r *references) findPrint(key versions.Fingerprint) (*reference, error) {
	if place, ok := r.places[key]; ok {
		return r.at(place), nil
	}
	packed, err := r.plain.Find(key)
	if err != nil || packed == nil {
		return nil, err
	}
	before := versions.Packed(packed).Reference()
	r.loose = reference{Reference: before, isLoose: true, key: key, isKept: true, was: before}
	return &r.loose, nil
}

// findOrMake returns a reference, one of which nothing is known when nobody asked for it yet.
func (r *references) findOrMake(key ledger.Key) (*reference, error) {
	print := r.Fingerprints.Reference(key.Provider, key.KnownAs)
	found, err := r.findPrint(print)
	if found == nil && err == nil {
		r.loose = reference{Reference: versions.NewReference(nil), isLoose: true, key: print}
		found = &r.loose
	}
	return found, err
}

// keep keeps what a file made of a reference. What is packed never changes: once it says more it stands in a slab too, which
// goes before, so that forgetting the file leaves what was packed.
func (r *references) keep(ref *reference, file int64) error {
	switch {
	case !ref.isLoose, ref.isKept && ref.Reference == ref.was:
	case !ref.isKept && ref.IsPlain():
		packed := ref.Packed()
		return r.plain.Add(ref.key, packed[:]...)
	default:
		r.add(ref.key, reference{Reference: ref.Reference, madeBy: file})
	}
	return nil
}

// addKnown adds a reference that a file is the first to ask for, and of which something is known.
func (r *references) addKnown(key ledger.Key, known *versions.Known, file int64) {
	r.add(r.Fingerprints.Reference(key.Provider, key.KnownAs), reference{Reference: versions.NewReference(known), madeBy: file})
}

func (r *references) add(key versions.Fingerprint, added reference) {
	if int(r.count) == len(r.slabs)*referencesPerSlab {
		r.slabs = append(r.slabs, make([]reference, referencesPerSlab))
	}
	*r.at(r.count) = added
	r.places[key] = r.count
	r.count++
}

// forget forgets what a file was the first to say, which is the last: plain is how many plain references there were before it.
func (r *references) forget(file int64, plain int) error {
	for r.count > 0 && r.at(r.count-1).madeBy == file {
		r.count--
	}
	for key, place := range r.places {
		if place >= r.count {
			delete(r.places, key)
		}
	}
	return r.plain.Truncate(plain)
}

// said returns the references of which something was known, in the order in which they were added, and some of which nothing
// was.
func (r *references) said() iter.Seq[*reference] {
	return func(yield func(*reference) bool) {
		for place := range r.count {
			if !yield(r.at(place)) {
				return
			}
		}
	}
}
