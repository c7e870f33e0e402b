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
	Records   []*Record              // the rows to judge: neither replaced nor withdrawn
	Referrals []*Referral            // the latest versions with this BSN
	Others    map[string][]*Referral // referrals of other clients that a record names, by number: several municipalities may use it
	Numbered  map[string][]*Referral // referrals that prestaties name, by number without leading zeros
	Decisions []Decision             // in the order in which they came in
	Ledger    []DeclaredLine         // every line of closed periods, except those of care at rest
	AtRest    []Line                 // lines of care at rest, net of credits
	Rest      Rest                   // which dated records are left out, because their judgement cannot change
}

// ClientFile is one client as it is judged: its cases, in the order of CompareRecords, and its referrals.
type ClientFile struct {
	Judge *Judge
	BSN   string
	Cases []Case // in order

	referrals    []knownReferral // of this client
	knownIn      []string        // CBS codes of the municipalities that have a referral for this client, whatever its product
	others       map[string][]knownReferral
	numbered     map[string][]knownReferral
	byNumber     map[numberIn]*knownReferral // the first of each; see referralOf
	trajectories map[trajectoryKey][]Date    // the first days of the chains
	covering     map[Date][]*knownReferral   // the referrals that cover a day; see coveringOn
	prestaties   prestaties
	rule         *Rule

	rest    Rest
	resting []Line // of the care at rest
	whole   bool   // it cannot be judged without its care at rest
}

// newClientFile prepares the client's records and referrals for judging.
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
	// A finding names the first referral of several; which one that is must not depend on the order they came in.
	slices.SortFunc(file.referrals, compareReferrals)
	file.others, file.numbered = judge.knowAll(client.Others), judge.knowAll(client.Numbered)
	for i, record := range client.Records {
		file.Cases[i] = Case{Judge: judge, Client: file, Record: record}
	}
	slices.SortFunc(file.Cases, func(a, b Case) int { return CompareRecords(a.Record, b.Record) })
	file.pair()
	return file
}

// pair links each newer version with the standing one that it may replace.
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

// knownReferral is a referral whose municipality and product are in the judge's book.
type knownReferral struct {
	*Referral
	product      string // its code, as the book spells it; "" if it names none
	municipality string // CBS code
}

func compareReferrals(a, b knownReferral) int {
	return cmp.Or(strings.Compare(a.Number, b.Number), strings.Compare(a.municipality, b.municipality))
}

// know looks up a referral in the book; ok is false when the book does not know its municipality or product.
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

// knowAll looks up referrals by number; those that the book does not know are left out.
func (j *Judge) knowAll(byNumber map[string][]*Referral) map[string][]knownReferral {
	var all map[string][]knownReferral // allocated only when needed: most clients have none
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

// permits reports whether the referral names the product, or no product but its category. A referral that names
// neither is never found by product.
func (k *knownReferral) permits(product *Product) bool {
	if k.product != "" {
		return k.product == product.Code
	}
	return k.Category != "" && k.Category == product.Category
}

// ownReferral returns the client's own referral with that number; nil when there is none.
func (f *ClientFile) ownReferral(number string) *knownReferral {
	at, found := slices.BinarySearchFunc(f.referrals, number, func(k knownReferral, number string) int { return strings.Compare(k.Number, number) })
	if !found {
		return nil
	}
	return &f.referrals[at]
}

// referralByNumber returns the referral that a record means by a number. Numbers are unique only within a municipality,
// so the client's own comes first, then the one of the municipality that the record names (nil if none), then the only
// one. It returns nil when there is none or the choice is ambiguous.
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

// numberIn is the number of a referral, without leading zeros, in a municipality.
type numberIn struct{ municipality, number string }

// referralOf returns the referral of a prestatie: that of its municipality with its number, leading zeros ignored; nil
// when there is none. The client's own comes before another's.
func (f *ClientFile) referralOf(number string, municipality *Municipality) *knownReferral {
	if municipality == nil {
		return nil
	}
	if f.byNumber == nil {
		f.byNumber = make(map[numberIn]*knownReferral, len(f.referrals))
		for i := range slices.Backward(f.referrals) { // the first one of a number remains
			k := &f.referrals[i]
			f.byNumber[numberIn{k.municipality, WholeNumber(k.Number)}] = k
		}
	}
	if own := f.byNumber[numberIn{municipality.Code, number}]; own != nil {
		return own
	}
	others := f.numbered[number]
	for i := range others {
		if others[i].municipality == municipality.Code {
			return &others[i]
		}
	}
	return nil
}

// knownTo reports whether the client has a referral of the municipality, even a withdrawn one or one of a product that the
// book does not know.
func (f *ClientFile) knownTo(municipality *Municipality) bool {
	return municipality != nil && slices.Contains(f.knownIn, municipality.Code)
}

// fewReferrals is up to how many referrals of a client are searched for every record. For a client with more, the referrals
// that cover a day are cached, so that the work never grows with records × referrals.
const fewReferrals = 16

// coveringOn yields the client's referrals that were not withdrawn and cover a day, in order.
func (f *ClientFile) coveringOn(day Date) iter.Seq[*knownReferral] {
	return func(yield func(*knownReferral) bool) {
		if len(f.referrals) > fewReferrals {
			for _, referral := range f.cachedCovering(day) {
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

// cachedCovering returns what coveringOn yields; it searches once for each day.
func (f *ClientFile) cachedCovering(day Date) []*knownReferral {
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

// prestaties is what the prestaties of a client are asked for, once all are looked up.
type prestaties struct {
	debitIn     map[messageTo]bool       // the messages that hold a debit, by municipality
	approvedFor map[providerTo]bool      // the providers with an approved prestatie, by municipality
	approved    map[debitReference]*Case // the approved debits; of several with a reference the first in order
}

type (
	messageTo struct {
		file     int64
		receiver string
	}
	providerTo     struct{ provider, receiver string }
	debitReference struct{ provider, reference string }
)

// lookUpPrestaties looks up what each prestatie names, before any of them is judged: some are judged by what others name.
func (f *ClientFile) lookUpPrestaties() {
	for i := range f.Cases {
		if c := &f.Cases[i]; c.Record.Prestatie != nil {
			c.lookUpPrestatie()
			f.prestaties.add(c)
		}
	}
}

func (p *prestaties) add(c *Case) {
	if p.debitIn == nil {
		p.debitIn, p.approvedFor, p.approved = make(map[messageTo]bool), make(map[providerTo]bool), make(map[debitReference]*Case)
	}
	r := c.Record
	if !r.IsCredit() {
		p.debitIn[messageTo{r.FileID, c.receiver()}] = true
	}
	if answer := c.answer(); answer == nil || !answer.Approved {
		return
	}
	p.approvedFor[providerTo{r.Provider, c.receiver()}] = true
	if key := (debitReference{r.Provider, r.Reference}); !r.IsCredit() && p.approved[key] == nil {
		p.approved[key] = c
	}
}
