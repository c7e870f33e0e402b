package rules

import "github.com/pxq-nl/pxq/billing"

// delivery is what two records of a client share that may be the same care: provider, product and date.
type delivery struct {
	provider, product string
	date              billing.Date
}

// chain is a linked list of cases, by their indexes in the file.
type chain struct {
	first, last, count int
}

// maxCompared is up to how many records of one delivery are compared one by one. In a larger delivery the earlier record is
// looked up by its traits, so that nobody can make the work grow with the square of what they send.
const maxCompared = 32

// likeness defines when two records of a delivery are alike: directly by alike and, equivalently, if a trait of the earlier
// record is among those sought for the later one.
type likeness struct {
	alike          func(a, b *billing.Record) bool
	traits, sought func(*billing.Record) []trait
}

// trait is a property by which a record is looked up.
type trait struct {
	unit              billing.Unit
	quantity          billing.Quantity
	start             billing.Clock
	daypart           string
	anyStart, anyPart bool
}

// eachAlike calls visit for every record that is alike to an earlier one of the same delivery under another reference, with
// the earliest such record. Only records that are NotRejected take part.
func eachAlike(f *billing.ClientFile, like likeness, visit func(c, earlier *billing.Case)) {
	if len(f.Cases) < 2 {
		return
	}
	before := newDeliveries(f, like)
	for i := range f.Cases {
		c := &f.Cases[i]
		if !c.NotRejected() {
			continue
		}
		if earlier := before.add(i); earlier >= 0 {
			visit(c, &f.Cases[earlier])
		}
	}
}

// deliveries are the records of a client so far, by delivery. Most records are the only one on their day; of these only the
// day is noted.
type deliveries struct {
	file   *billing.ClientFile
	like   likeness
	alone  map[billing.Date]int // the index of the only record of a day so far; several when there are more
	chains map[delivery]chain   // of days with more
	next   []int                // by index of a record: that of the next record of the same delivery
	large  *foundByTrait        // the records of deliveries with more than maxCompared records
}

func newDeliveries(f *billing.ClientFile, like likeness) *deliveries {
	return &deliveries{
		file: f, like: like, alone: make(map[billing.Date]int, len(f.Cases)), chains: make(map[delivery]chain), next: make([]int, len(f.Cases)),
		large: &foundByTrait{file: f, places: make(map[deliveryTrait]earliest)},
	}
}

// add adds the record at an index, and returns the index of the earliest one to which it is alike; -1 for none.
func (d *deliveries) add(at int) int {
	c := &d.file.Cases[at]
	only, known := d.alone[c.Record.First]
	if !known {
		d.alone[c.Record.First] = at
		return -1
	}
	if only != several {
		d.chains[deliveryOf(&d.file.Cases[only])] = chain{first: only, last: only, count: 1}
		d.alone[c.Record.First] = several
	}
	key := deliveryOf(c)
	same, known := d.chains[key]
	if !known {
		d.chains[key] = chain{first: at, last: at, count: 1}
		return -1
	}
	d.next[same.last] = at
	d.chains[key] = chain{first: same.first, last: at, count: same.count + 1}
	if same.count < maxCompared {
		return firstAlike(d.file, same.first, at, d.next, d.like)
	}
	return d.amongMany(key, same, at)
}

// amongMany does what add does in a delivery of too many records to compare one by one: it looks up the earlier record by
// its traits.
func (d *deliveries) amongMany(key delivery, same chain, at int) int {
	if same.count == maxCompared { // the first ones were compared, so their traits have not been added yet
		for place := same.first; place != at; place = d.next[place] {
			d.large.add(key, place, d.like.traits(d.file.Cases[place].Record))
		}
	}
	record := d.file.Cases[at].Record
	earlier := d.large.before(key, at, d.like.sought(record))
	d.large.add(key, at, d.like.traits(record))
	return earlier
}

// several marks a day with more than one record.
const several = -1

func deliveryOf(c *billing.Case) delivery {
	return delivery{c.Record.Provider, c.Product.Code, c.Record.First}
}

// firstAlike compares the record at index i with those of its delivery before it, of which first is the index of the
// earliest. It returns the index of the earliest one that is alike; -1 for none.
func firstAlike(f *billing.ClientFile, first, i int, next []int, like likeness) int {
	c := f.Cases[i].Record
	for at := first; at != i; at = next[at] {
		if earlier := f.Cases[at].Record; billing.KnownAs(earlier.Reference) != billing.KnownAs(c.Reference) && like.alike(c, earlier) {
			return at
		}
	}
	return -1
}

type deliveryTrait struct {
	delivery
	trait
}

// earliest holds the index of the first record with a trait, and of the first one under another reference; -1 for none.
type earliest struct{ first, other int }

// foundByTrait looks up the records of large deliveries by their traits.
type foundByTrait struct {
	file   *billing.ClientFile
	places map[deliveryTrait]earliest
}

func (f *foundByTrait) known(at int) string {
	return billing.KnownAs(f.file.Cases[at].Record.Reference)
}

func (f *foundByTrait) add(of delivery, at int, traits []trait) {
	for _, one := range traits {
		key := deliveryTrait{of, one}
		place, known := f.places[key]
		switch {
		case !known:
			f.places[key] = earliest{at, -1}
		case place.other < 0 && f.known(at) != f.known(place.first):
			f.places[key] = earliest{place.first, at}
		}
	}
}

// before returns the index of the earliest record with one of the traits sought that is under another reference than the
// record at index at; -1 for none.
func (f *foundByTrait) before(of delivery, at int, sought []trait) int {
	found := -1
	for _, one := range sought {
		place, known := f.places[deliveryTrait{of, one}]
		if !known {
			continue
		}
		if f.known(place.first) == f.known(at) {
			place.first = place.other
		}
		if place.first >= 0 && (found < 0 || place.first < found) {
			found = place.first
		}
	}
	return found
}

// sameCare compares unit, quantity, start time and day-part label (U02). A start time or label that only one of the two has
// makes no difference: the other may have left it out.
var sameCare = likeness{
	alike: func(a, b *billing.Record) bool {
		return a.Unit == b.Unit && a.Quantity == b.Quantity && (a.Start == b.Start || a.Start.IsZero() || b.Start.IsZero()) &&
			(a.Daypart == "" || b.Daypart == "" || billing.Fold(a.Daypart) == billing.Fold(b.Daypart))
	},
	traits: func(r *billing.Record) []trait {
		exact := traitOf(r)
		start, part, both := exact, exact, exact
		start.start, start.anyStart = 0, true
		part.daypart, part.anyPart = "", true
		both.start, both.anyStart, both.daypart, both.anyPart = 0, true, "", true
		return []trait{exact, start, part, both}
	},
	sought: func(r *billing.Record) []trait {
		sought := []trait{traitOf(r)}
		if r.Start.IsZero() {
			sought[0].anyStart = true
		} else {
			left := sought[0]
			left.start = 0
			sought = append(sought, left)
		}
		for i := range sought {
			if r.Daypart == "" {
				sought[i].anyPart = true
				continue
			}
			left := sought[i]
			left.daypart = ""
			sought = append(sought, left)
		}
		return sought
	},
}

func traitOf(r *billing.Record) trait {
	return trait{unit: r.Unit, quantity: r.Quantity, start: r.Start, daypart: billing.Fold(r.Daypart)}
}

// notToldApart holds unless both records have a start and an end time, or both have a day-part label (U07).
var notToldApart = likeness{
	alike: func(a, b *billing.Record) bool {
		return !(isTimed(a) && isTimed(b) || a.Daypart != "" && b.Daypart != "")
	},
	traits: func(r *billing.Record) []trait {
		return []trait{{anyStart: isTimed(r), anyPart: r.Daypart != ""}}
	},
	sought: func(r *billing.Record) []trait {
		var sought []trait
		for _, timed := range []bool{false, true} {
			for _, labelled := range []bool{false, true} {
				if !(isTimed(r) && timed || r.Daypart != "" && labelled) {
					sought = append(sought, trait{anyStart: timed, anyPart: labelled})
				}
			}
		}
		return sought
	},
}

func isTimed(r *billing.Record) bool { return !r.Start.IsZero() && !r.End.IsZero() }

// sameCareTwice finds records of the same care as an earlier one (U02).
func sameCareTwice(f *billing.ClientFile) {
	eachAlike(f, sameCare, func(c, earlier *billing.Case) { f.Find(c, billing.FieldReference, earlier.Record.Reference) })
}

// careNotToldApart finds records that nothing distinguishes from an earlier one (U07).
func careNotToldApart(f *billing.ClientFile) {
	eachAlike(f, notToldApart, func(c, earlier *billing.Case) {
		f.Find(c, billing.FieldReference, earlier.Record.Reference, c.Record.First.String())
	})
}
