package billing

import (
	"cmp"
	"iter"
	"slices"
	"strings"
)

// Client is the unit of work: every rule needs only one client's records and referrals.
type Client struct {
	BSN       string
	Records   []*Record              // the rows that are judged: neither replaced nor withdrawn
	Referrals []*Referral            // the latest versions with this BSN
	Others    map[string][]*Referral // referrals of other clients that a record names, by number: one or more municipalities may use it
	Numbered  map[string][]*Referral // referrals that prestaties name, by whole number
	Decisions []Decision             // in the order in which they came in
	Ledger    []DeclaredLine         // every line of closed periods, but for those of AtRest
	AtRest    []Line                 // lines of care at rest, net of credits
	Rest      Rest                   // which dated records are left out, because their judgement cannot change
}

// ClientFile is all that is judged of one client: its cases in the order that decides, and its referrals.
type ClientFile struct {
	Judge *Judge
	BSN   string
	Cases []Case // in order

	referrals    []knownReferral // of this client, known to the book
	knownIn      []string        // CBS codes of the municipalities that have a referral for this client, whatever its product
	others       map[string][]knownReferral
	numbered     map[string][]knownReferral
	trajectories map[trajectoryKey][]*knownReferral
	covering     map[Date][]*knownReferral // of referrals, those that hold on a day; filled when it is asked for
	rule         *Rule

	rest    Rest
	resting []Line // of the care that lies at rest
	whole   bool   // it cannot be judged without what lies at rest
}

// newClientFile lays out the client's records and referrals.
func newClientFile(judge *Judge, client *Client) *ClientFile {
	file := &ClientFile{Judge: judge, BSN: client.BSN, Cases: make([]Case, len(client.Records)), rest: client.Rest, resting: client.AtRest}
	for _, referral := range client.Referrals {
		if municipality := judge.Book.Municipality(referral.Municipality); municipality != nil {
			file.knownIn = append(file.knownIn, municipality.Code)
		}
		if known, ok := judge.know(referral); ok {
			file.referrals = append(file.referrals, known)
		}
	}
	// A finding names the first referral of several, which must not depend on the order they came in.
	slices.SortFunc(file.referrals, compareReferrals)
	file.others, file.numbered = judge.knowAll(client.Others), judge.knowAll(client.Numbered)
	for i, record := range client.Records {
		file.Cases[i] = Case{Judge: judge, Client: file, Record: record}
	}
	slices.SortFunc(file.Cases, func(a, b Case) int { return CompareRecords(a.Record, b.Record) })
	file.pair()
	return file
}

// pair puts the newer versions beside the standing ones whose place they may take.
func (f *ClientFile) pair() {
	standing := make(map[RecordKey]*Case)
	for i := range f.Cases { // the standing ones come before the newer ones
		c := &f.Cases[i]
		switch r := c.Record; {
		case r.Standing:
			standing[RecordKeyOf(r.Provider, r.Reference)] = c
		case r.Newer:
			if before := standing[RecordKeyOf(r.Provider, r.Reference)]; before != nil {
				c.standing, before.newer = before, c
			}
		}
	}
}

// knownReferral is a referral that the book of the judge knows.
type knownReferral struct {
	*Referral
	product      string // its code, as the book spells it; "" if it names none
	municipality string // CBS code
}

func compareReferrals(a, b knownReferral) int {
	return cmp.Or(strings.Compare(a.Number, b.Number), strings.Compare(a.municipality, b.municipality))
}

// know resolves a referral in the book; ok is false when the book does not know its municipality or product.
func (j *Judge) know(referral *Referral) (known knownReferral, ok bool) {
	municipality := j.Book.Municipality(referral.Municipality)
	if municipality == nil {
		return knownReferral{}, false
	}
	known = knownReferral{Referral: referral, municipality: municipality.Code}
	if referral.Product != "" {
		product := j.Book.Product(referral.Product)
		if product == nil {
			return knownReferral{}, false
		}
		known.product = product.Code
	}
	return known, true
}

// knowAll resolves referrals by number; those that the book does not know are left out.
func (j *Judge) knowAll(byNumber map[string][]*Referral) map[string][]knownReferral {
	var all map[string][]knownReferral // made when there is something in it: of most clients there is nothing
	for number, referrals := range byNumber {
		for _, referral := range referrals {
			if known, ok := j.know(referral); ok {
				if all == nil {
					all = make(map[string][]knownReferral, len(byNumber))
				}
				all[number] = append(all[number], known)
			}
		}
	}
	return all
}

// permits reports whether the referral names the product, or its category and no product. A referral that names
// neither is never found by a product.
func (k *knownReferral) permits(product *Product) bool {
	if k.product != "" {
		return k.product == product.Code
	}
	return k.Category != "" && k.Category == product.Category
}

// trajectoryKey is what one chain of referrals is about: a product, else a category, else neither.
type trajectoryKey struct{ product, category string }

func (k *knownReferral) trajectory() trajectoryKey {
	if k.product != "" {
		return trajectoryKey{product: k.product}
	}
	return trajectoryKey{category: k.Category}
}

// ownReferral returns the client's own referral with that number; nil when there is none.
func (f *ClientFile) ownReferral(number string) *knownReferral {
	for i := range f.referrals {
		if f.referrals[i].Number == number {
			return &f.referrals[i]
		}
	}
	return nil
}

// referralByNumber returns the referral that a record means by a number. Numbers are unique within one municipality
// only: the client's own is meant, else the one of the municipality that the record names (nil if none), else the only
// one. It returns nil when there is none, or nobody can say which.
func (f *ClientFile) referralByNumber(number string, named *Municipality) *knownReferral {
	if own := f.ownReferral(number); own != nil {
		return own
	}
	others := f.others[number]
	if len(others) == 1 {
		return &others[0]
	}
	for i := range others {
		if named != nil && others[i].municipality == named.Code {
			return &others[i]
		}
	}
	return nil
}

// referralOf returns the referral that a prestatie means: that of its municipality with its number as a whole number, so
// that leading zeros mean nothing; nil when there is none. The client's own comes before another's.
func (f *ClientFile) referralOf(number string, municipality *Municipality) *knownReferral {
	if municipality == nil {
		return nil
	}
	for i := range f.referrals {
		if k := &f.referrals[i]; k.municipality == municipality.Code && WholeNumber(k.Number) == number {
			return k
		}
	}
	others := f.numbered[number]
	for i := range others {
		if others[i].municipality == municipality.Code {
			return &others[i]
		}
	}
	return nil
}

// knownTo reports whether the client has a referral of the municipality, also a withdrawn one or one of a product that the
// book does not know.
func (f *ClientFile) knownTo(municipality *Municipality) bool {
	return municipality != nil && slices.Contains(f.knownIn, municipality.Code)
}

// CompareRecords is the order that decides wherever one must: first the versions declared in a closed period, by that
// period, then the newer versions of standing ones, then all others; within each care date, start time (none first),
// reference, provider, taking in.
func CompareRecords(a, b *Record) int {
	if a.Declared != b.Declared {
		if a.Declared == 0 || b.Declared == 0 {
			return cmp.Compare(b.Declared, a.Declared)
		}
		return cmp.Compare(a.Declared, b.Declared)
	}
	if a.Newer != b.Newer {
		if a.Newer {
			return -1
		}
		return 1
	}
	return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Start, b.Start), strings.Compare(a.Reference, b.Reference),
		strings.Compare(a.Provider, b.Provider), cmp.Compare(a.ID, b.ID))
}

// fewReferrals is how many referrals of a client are searched anew for every record. Of a client with more, the referrals that
// cover a day are remembered, so that the work never grows with records × referrals.
const fewReferrals = 16

// coveringOn yields the client's referrals that were not withdrawn and cover a day, in order.
func (f *ClientFile) coveringOn(day Date) iter.Seq[*knownReferral] {
	return func(yield func(*knownReferral) bool) {
		if len(f.referrals) > fewReferrals {
			for _, referral := range f.keptCovering(day) {
				if !yield(referral) {
					return
				}
			}
			return
		}
		for i := range f.referrals {
			if referral := &f.referrals[i]; !referral.Withdrawn() && referral.Covers(day) && !yield(referral) {
				return
			}
		}
	}
}

// keptCovering returns what coveringOn yields, found once for each day.
func (f *ClientFile) keptCovering(day Date) []*knownReferral {
	covering, known := f.covering[day]
	if known {
		return covering
	}
	for i := range f.referrals {
		if referral := &f.referrals[i]; !referral.Withdrawn() && referral.Covers(day) {
			covering = append(covering, referral)
		}
	}
	if f.covering == nil {
		f.covering = make(map[Date][]*knownReferral)
	}
	f.covering[day] = covering
	return covering
}

// trajectoryStart returns the first day of the chain that holds the referral: referrals about the same thing, each of which
// begins at most Policy.GapDays after the end of those before it.
func (f *ClientFile) trajectoryStart(referral *knownReferral) Date {
	start, end, open := Date(0), Date(0), false
	for _, next := range f.chain(referral.trajectory()) {
		if start == 0 || !open && next.Start > end.AddDays(f.Judge.Policy.GapDays) {
			if start != 0 && next.Start > referral.Start {
				break // the chain that holds the referral is complete
			}
			start, end, open = next.Start, next.End, next.End == 0
			continue
		}
		open = open || next.End == 0
		end = max(end, next.End)
	}
	return start
}

// chain returns the client's referrals about one thing, not withdrawn, of whichever provider, by start.
func (f *ClientFile) chain(key trajectoryKey) []*knownReferral {
	if chain, ok := f.trajectories[key]; ok {
		return chain
	}
	var chain []*knownReferral
	for i := range f.referrals {
		if referral := &f.referrals[i]; !referral.Withdrawn() && referral.trajectory() == key {
			chain = append(chain, referral)
		}
	}
	slices.SortStableFunc(chain, func(a, b *knownReferral) int { return cmp.Compare(a.Start, b.Start) })
	if f.trajectories == nil {
		f.trajectories = make(map[trajectoryKey][]*knownReferral)
	}
	f.trajectories[key] = chain
	return chain
}
