package intake

import (
	"iter"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/versions"
)

// reference is what the group says of one reference.
type reference struct {
	versions.Reference
	repetition *repetition // the first content, when it only repeated what holds
	madeBy     int64       // the file that asked first
}

// references are those of a group of files, found by provider and reference. There may be a million: they stand in
// slabs, of which the garbage collector sees few.
type references struct {
	*versions.Fingerprints
	places map[versions.Fingerprint]int32 // in the slabs
	slabs  [][]reference
	count  int32
}

const referencesPerSlab = 4096

func newReferences() *references {
	return &references{Fingerprints: versions.NewFingerprints(), places: make(map[versions.Fingerprint]int32)}
}

func (r *references) at(place int32) *reference {
	return &r.slabs[place/referencesPerSlab][place%referencesPerSlab]
}

// find returns a reference; nil if nobody asked for it yet.
func (r *references) find(key ledger.Key) *reference {
	if place, ok := r.places[r.Fingerprints.Reference(key.Provider, key.KnownAs)]; ok {
		return r.at(place)
	}
	return nil
}

// add adds a reference that a file is the first to ask for.
func (r *references) add(key ledger.Key, known *versions.Known, file int64) *reference {
	if int(r.count) == len(r.slabs)*referencesPerSlab {
		r.slabs = append(r.slabs, make([]reference, referencesPerSlab))
	}
	added := r.at(r.count)
	*added = reference{Reference: versions.NewReference(known), madeBy: file}
	r.places[r.Fingerprints.Reference(key.Provider, key.KnownAs)] = r.count
	r.count++
	return added
}

// forget forgets the references that a file was the first to ask for, which are the last.
func (r *references) forget(file int64) {
	for r.count > 0 && r.at(r.count-1).madeBy == file {
		r.count--
	}
	for key, place := range r.places {
		if place >= r.count {
			delete(r.places, key)
		}
	}
}

// all returns the references in the order in which they were added.
func (r *references) all() iter.Seq[*reference] {
	return func(yield func(*reference) bool) {
		for place := range r.count {
			if !yield(r.at(place)) {
				return
			}
		}
	}
}
