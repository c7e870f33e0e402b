package billing

import (
	"cmp"
	"slices"

	"github.com/pxq-nl/pxq/billing/bsn"
)

// Case is one record as it is judged: the record, what was looked up for it, its findings and its outcome.
type Case struct {
	Judge  *Judge
	Client *ClientFile
	Record *Record

	Product      *Product      // as on the care date; nil if the book does not know it
	Segment      *Segment      // of the product
	Municipality *Municipality // the one that pays, as on the care date: the referral's, without referral Named; nil if neither
	Named        *Municipality // the one that the record names, or that its message is for, as on the care date; nil if none
	Referral     *Referral     // the one used; nil if none fits
	WasFound     bool          // the referral was found, not given
	Price        Price         // 0 if no price is valid
	Outcome      Outcome
	Findings     []Finding
	Codes        CodeSet // of Findings

	creditedBy *Case // the accepted credit that takes back this prestatie; nil if none does
	placed     bool  // its outcome is final
	standing   *Case // of a newer version: the one that stands until this one is accepted or pending; else nil
	newer      *Case // of a standing version: the newer one; else nil

	referral    *knownReferral
	rule        *Rule
	undelivered bool // has a reject from F, U01, U03, R, C, P or A, so rules that look at other records ignore it
}

// Find adds a finding of the rule being judged. It does nothing if the version is declared and the rule is OnlyNew.
func (c *Case) Find(field Field, values ...string) {
	if c.rule.OnlyNew && c.Record.Declared != 0 {
		return
	}
	c.add(Finding{Code: c.rule.Code, Field: field, Values: values})
}

func (c *Case) add(finding Finding) {
	finding.Values = c.withoutBSN(finding.Values)
	c.Findings = append(c.Findings, finding)
	c.Codes.Add(finding.Code)
}

// withoutBSN masks the client's own number in the values: some administrations use it in references. Other
// numbers stay readable, so that people can find the row.
func (c *Case) withoutBSN(values []string) []string {
	own := func(number string) bool { return number == c.Record.BSN }
	var clean []string
	for i, value := range values {
		masked := bsn.MaskKnown(value, own)
		if masked != value && clean == nil {
			clean = slices.Clone(values)
		}
		if clean != nil {
			clean[i] = masked
		}
	}
	if clean == nil {
		return values
	}
	return clean
}

// NotRejected reports whether rules that compare the records of a day take this one into account: it has no reject from F, U01,
// R, C, P or A, whatever T, V and decisions do to it. A standing version does not count if its newer version does. A prestatie
// never counts, since it has no day.
func (c *Case) NotRejected() bool {
	return c.Record.Prestatie == nil && !c.undelivered && (c.newer == nil || c.newer.undelivered)
}

// Standing returns the record of the version that stands while this newer one is not accepted; nil if there is none.
func (c *Case) Standing() *Record {
	if c.standing == nil {
		return nil
	}
	return c.standing.Record
}

// IsDeclared reports whether this version was accepted in a closed period.
func (c *Case) IsDeclared() bool { return c.Record.Declared != 0 }

// IsApproved reports whether the case is a debit that was approved in an answer and that no credit took back.
func (c *Case) IsApproved() bool {
	answer := c.answer()
	return answer != nil && answer.Approved && c.Outcome == Accepted && !c.Record.IsCredit()
}

// BirthDate returns the birth date of the referral, else of the record; none if neither has one.
func (c *Case) BirthDate() Date {
	if c.Referral != nil && !c.Referral.BirthDate.IsZero() {
		return c.Referral.BirthDate
	}
	return c.Record.BirthDate
}

// lookUp looks up the product and the municipality of the record in the book, and then its referral.
func (c *Case) lookUp() {
	record, book := c.Record, c.Judge.Book
	c.Product = book.ProductOn(record.Product, record.First)
	if c.Product != nil {
		c.Segment = book.Segment(c.Product.Segment)
	}
	if record.Municipality != "" {
		c.Named = book.MunicipalityOn(record.Municipality, record.First)
	}
	c.Municipality = c.Named
	if c.Product == nil || c.Named == nil && record.Municipality != "" || !record.Readable() {
		return // a row with a reject of family F has no referral
	}
	c.findReferral()
	c.takeReferral()
}

// takeReferral makes the case use the referral that was found, if any, and its municipality.
func (c *Case) takeReferral() {
	book, record := c.Judge.Book, c.Record
	if c.referral != nil {
		c.Referral = c.referral.Referral
		c.Municipality = book.MunicipalityOn(c.referral.municipality, record.First)
	}
}

// findReferral finds the referral that the record names, or without a number the only one that fits.
func (c *Case) findReferral() {
	record := c.Record
	if record.Prestatie != nil {
		c.referral = c.Client.referralOf(record.ReferralNumber, c.Named)
		return
	}
	if record.ReferralNumber != "" {
		c.referral = c.Client.referralByNumber(record.ReferralNumber, c.Named)
		return
	}
	for candidate := range c.Client.coveringOn(record.First) {
		if candidate.Provider != record.Provider || !candidate.permits(c.Product) {
			continue
		}
		if c.referral != nil {
			c.referral = nil // ambiguous: more than one fits
			return
		}
		c.referral = candidate
	}
	c.WasFound = c.referral != nil
}

// SeveralReferrals reports whether no referral was found because several have the record's number.
func (c *Case) SeveralReferrals() bool {
	return c.referral == nil && len(c.Client.others[c.Record.ReferralNumber]) > 1
}

// Contracts returns the provider's contracts for the record's segment on the care date.
func (c *Case) Contracts() []*Contract {
	return c.Judge.Book.ContractsOf(c.Record.Provider, c.Segment.Code, c.Record.First)
}

// ContractsForArea returns those of Contracts that apply to the municipality. If the segment is contracted per
// area, the municipality is known and no continuation runs, these are the ones for its area or for the whole region;
// otherwise all.
func (c *Case) ContractsForArea() []*Contract {
	contracts := c.Contracts()
	continued := c.Referral != nil && c.Record.First <= c.Referral.ContinuesTo
	if !c.Segment.PerArea || c.Municipality == nil || continued {
		return contracts
	}
	var here []*Contract
	for _, contract := range contracts {
		if contract.Area == "" || contract.Area == c.Municipality.Area {
			here = append(here, contract)
		}
	}
	return here
}

// OtherReferral returns the first of the client's referrals that was not withdrawn, covers the care date and for which test
// returns true; nil if there is none. The product passed to test is the one that the referral names, as on the care date;
// nil if it names none.
func (c *Case) OtherReferral(test func(referral *Referral, product *Product) bool) *Referral {
	for other := range c.Client.coveringOn(c.Record.First) {
		var product *Product
		if other.product != "" {
			product = c.Judge.Book.ProductOn(other.product, c.Record.First)
		}
		if test(other.Referral, product) {
			return other.Referral
		}
	}
	return nil
}

// TrajectoryStart returns the first day of the chain of referrals that the case's referral belongs to; none
// when the case has no referral or a withdrawn one.
func (c *Case) TrajectoryStart() Date {
	if c.referral == nil || c.referral.Withdrawn() {
		return 0
	}
	return c.Client.trajectoryStart(c.referral)
}

// LastDayInside returns the last day inside the maximum duration of the case's own product, counted from the
// start of its trajectory; none without a maximum or a trajectory, or when the book no longer knows the product of an
// approved prestatie.
func (c *Case) LastDayInside() Date {
	if c.Product == nil {
		return 0
	}
	months := c.Judge.Book.MaxMonths(c.Product)
	start := c.TrajectoryStart()
	if months == 0 || start == 0 {
		return 0
	}
	return start.AddMonths(months) - 1
}

// trajectoryKey is what the referrals of one chain share: a product, else a category, else neither.
type trajectoryKey struct{ product, category string }

func (k *knownReferral) trajectory() trajectoryKey {
	if k.product != "" {
		return trajectoryKey{product: k.product}
	}
	return trajectoryKey{category: k.Category}
}

// trajectoryStart returns the first day of the chain that the referral belongs to: referrals with one trajectoryKey, each of
// which begins at most Policy.GapDays after the end of those before it.
func (f *ClientFile) trajectoryStart(referral *knownReferral) Date {
	starts := f.chainStarts(referral.trajectory())
	if len(starts) == 0 {
		return 0
	}
	later, _ := slices.BinarySearch(starts, referral.Start+1)
	return starts[max(later-1, 0)]
}

// chainStarts returns the first days of the chains of the client's referrals with a key that were not withdrawn, of all
// providers, in order. It computes them once for each key.
func (f *ClientFile) chainStarts(key trajectoryKey) []Date {
	if starts, known := f.trajectories[key]; known {
		return starts
	}
	var sorted []*knownReferral
	for i := range f.referrals {
		if referral := &f.referrals[i]; !referral.Withdrawn() && referral.trajectory() == key {
			sorted = append(sorted, referral)
		}
	}
	slices.SortStableFunc(sorted, func(a, b *knownReferral) int { return cmp.Compare(a.Start, b.Start) })
	var starts []Date
	end, open := Date(0), false
	for _, next := range sorted {
		if len(starts) == 0 || !open && next.Start > end.AddDays(f.Judge.Policy.GapDays) {
			starts = append(starts, next.Start)
			end, open = next.End, next.End == 0
			continue
		}
		open = open || next.End == 0
		end = max(end, next.End)
	}
	if f.trajectories == nil {
		f.trajectories = make(map[trajectoryKey][]Date)
	}
	f.trajectories[key] = starts
	return starts
}
