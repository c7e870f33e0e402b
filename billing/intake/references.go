package intake

import (
	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/scratch"
	"github.com/pxq-nl/pxq/billing/versions"
)

// reference is what the group says about one reference.
type reference struct {
	versions.Reference
	repetition *repetition // the first content, if it only repeats the current one

	// Its place in items, and the values stored there.
	key   versions.Fingerprint
	isNew bool // nobody looked for it before
	was   versions.Reference
	had   *repetition
}

// references are the references of a group of files, found by provider and reference. There may be millions, so they do not
// stay in memory: every state of one is appended to a scratch file, whose end is in memory. What a refused file changed is
// at the end of the scratch file, and can be cut off.
type references struct {
	*versions.Fingerprints
	items   *scratch.Items
	numbers []uint64
	found   reference // the result of the last find
}

// numbersHeld is the default of Intake.Held.
const numbersHeld = 1 << 19

func newReferences(folder string, held int) *references {
	return &references{Fingerprints: versions.NewFingerprints(), items: scratch.NewItems(folder, held)}
}

// has reports whether a file of the group looked for the reference.
func (r *references) has(key billing.RecordKey) (bool, error) {
	numbers, err := r.items.Find(r.Fingerprints.Reference(key.Provider, key.KnownAs))
	return numbers != nil, err
}

// find returns a reference, valid until the next call; a new one if nobody looked for it before. Use keep to store changes
// to it.
func (r *references) find(key billing.RecordKey) (*reference, error) {
	print := r.Fingerprints.Reference(key.Provider, key.KnownAs)
	numbers, err := r.items.Find(print)
	switch {
	case err != nil:
		return nil, err
	case numbers == nil:
		r.found = reference{Reference: versions.NewReference(nil), key: print, isNew: true}
	default:
		r.found = referenceOf(print, numbers)
	}
	return &r.found, nil
}

// referenceOf returns a reference from its stored numbers.
func referenceOf(key versions.Fingerprint, numbers []uint64) reference {
	found, rest := versions.ReferenceOf(numbers)
	repetition := repetitionOf(rest)
	return reference{Reference: found, repetition: repetition, key: key, was: found, had: repetition}
}

// expect prepares a reference for the row that is taken next. Contents after the first are stored separately, because there
// may be any number of them; only the content of this row is loaded.
func (r *references) expect(ref *reference, row versions.Row) error {
	if !ref.HasMore() || !row.Readable {
		return nil
	}
	numbers, err := r.items.Find(contentKey(ref.key, row.Content))
	if numbers != nil {
		ref.AddContent(row.Content, int64(numbers[0]))
	}
	return err
}

// keep stores how a row changed a reference.
func (r *references) keep(ref *reference, row versions.Row, verdict versions.Verdict) error {
	if verdict.Kind == versions.Ambiguous {
		if err := r.items.Add(contentKey(ref.key, row.Content), uint64(row.ID)); err != nil {
			return err
		}
	}
	if !ref.isNew && ref.Reference == ref.was && ref.repetition == ref.had {
		return nil
	}
	return r.add(ref)
}

// addKnown adds a reference that nobody looked for before, with what is known of it.
func (r *references) addKnown(key billing.RecordKey, known *versions.Known) error {
	return r.add(&reference{Reference: versions.NewReference(known), key: r.Fingerprints.Reference(key.Provider, key.KnownAs)})
}

func (r *references) add(ref *reference) error {
	r.numbers = ref.repetition.appendNumbers(ref.AppendNumbers(r.numbers[:0]))
	return r.items.Add(ref.key, r.numbers...)
}

// contentKey returns the key under which a content after the first is stored; its value is the number of the row that gave
// it.
func contentKey(key versions.Fingerprint, content versions.Content) versions.Fingerprint {
	return versions.Fingerprint{key[0] ^ content[0], key[1] ^ content[1]}
}

// eachKnown visits the references of which something was known, in the order in which they were looked up.
func (r *references) eachKnown(visit func(*reference) error) error {
	return r.items.Each(func(key [2]uint64, numbers []uint64) error {
		if len(numbers) == 1 { // a content
			return nil
		}
		if first := referenceOf(key, numbers); first.Known() == nil || first.IsGiven() {
			return nil // only known references are added before a row has them
		}
		numbers, err := r.items.Find(key)
		if err != nil {
			return err
		}
		last := referenceOf(key, numbers)
		return visit(&last)
	})
}
