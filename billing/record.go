package billing

import (
	"cmp"
	"slices"
	"strings"

	"github.com/shopspring/decimal"
)

// Record is one row of delivered care (zorgregel), as it was understood when it was read. A cell that could
// not be read leaves its field empty and a finding in Findings.
type Record struct {
	ID             int64  // the order of taking in
	Provider       string // AGB code, 8 digits; "" if unreadable
	Reference      string // unique for the provider; "" if missing
	BSN            string // 9 digits; "" if unreadable
	BirthDate      Date
	ReferralNumber string
	Municipality   string   // as written
	Product        string   // as written; compared without case
	First          Date     // care date, of a span its first day; none if unreadable
	Last           Date     // last day of a span; none means First, as in every row of a spreadsheet. Use LastDay
	Start, End     Clock    // both or none; an end before the start is on the next day
	Break          Quantity // hundredths of a minute between start and end without care; 0 without them
	Daypart        string   // ochtend, middag, avond, nacht, or as written
	Unit           Unit
	Quantity       Quantity         // exact; 0 withdraws
	HasQuantity    bool             // false when the quantity could not be read
	ClaimedPrice   *decimal.Decimal // per hour or per day-part; nil if none or unreadable
	ClaimedAmount  *decimal.Decimal // nil if none or unreadable
	Remark         string

	Origin    Origin
	Prestatie *Prestatie // what a message says in addition; nil for a row of a spreadsheet
	File      string     // base name of the file
	FileID    int64
	Sheet     string // "" for CSV
	Row       int    // as a spreadsheet shows it
	Version   int    // counts the kept rows of one provider and reference from 1
	Findings  []Finding

	ReturnedVersion  int    // of a row of a return file: the version of the record that the row shows; 0 is none
	ReturnedUnit     string // of such a row: the unit in its cell alone, without what the sheet's name says; not stored
	ReturnedQuantity string // of such a row: the quantity in its cell alone, without what the clock times say; not stored

	Received      Date // as-of date of the import that brought this row
	FirstReceived Date // as-of date of the import that first brought this reference
	Ambiguous     bool // U01: its file has the same reference with other content too

	// The last readable version before this one. A row that withdraws a record does not count as a version.
	HasPrior         bool
	PriorUnit        Unit
	PriorQuantity    Quantity
	PriorOtherClient bool // it has another BSN, and nothing of the reference was declared when this version came in

	SeenBefore bool // an earlier readable version of the reference had this content, and something followed it

	// While a declared version stands because a newer one is rejected or held, both are judged.
	Standing bool // accepted at the last close, and a newer version came in since
	Newer    bool // a newer version of a standing one

	// What closed periods declared of this version.
	Declared      Period // first closed period in which it was accepted; none if never
	DeclaredPrice Price  // the price at which it was declared last
}

// Unreadable are the codes with which a row is not a version of its record: it could not be read, or its reference cannot
// be used for its client (U03). F07 and F08 are not among them, because they depend on the book of the run.
var Unreadable = Codes(F01, F02, F03, F04, F05, F06, F09, F10, F12, F13, U03)

// Origin is where a record came from. The severity of a rule may depend on it.
type Origin uint8

// The origins. A record is of a spreadsheet unless it says otherwise.
const (
	FromSpreadsheet Origin = iota // a row of a workbook or a CSV file
	FromMessage                   // a prestatie of a JW323
	originsEnd
)

var originNames = [originsEnd]string{"spreadsheet", "message"}

// String returns the name of the origin.
func (o Origin) String() string { return originNames[o] }

// LastDay returns the last day on which the care was given: of a row of a spreadsheet its care date.
func (r *Record) LastDay() Date {
	if r.Last.IsZero() {
		return r.First
	}
	return r.Last
}

// CareMonth returns the calendar month of the care. A span lies within one month (iJw CS337).
func (r *Record) CareMonth() Period { return r.First.Period() }

// Readable reports whether the row could be read: only then can it be a version of its record.
func (r *Record) Readable() bool {
	for i := range r.Findings {
		if Unreadable.Has(r.Findings[i].Code) {
			return false
		}
	}
	return true
}

// Identified reports whether provider and reference could be read, so that the row can be recognised later. A
// reference that a spreadsheet program spoiled (F12) does not count.
func (r *Record) Identified() bool {
	if r.Provider == "" || r.Reference == "" {
		return false
	}
	for i := range r.Findings {
		if r.Findings[i].Code == F12 && r.Findings[i].Field == FieldReference {
			return false
		}
	}
	return true
}

// KnownAs returns the form of a reference by which a record is known: a reference of digits only loses its leading zeros,
// because spreadsheet programs drop them.
func KnownAs(reference string) string { return WholeNumber(reference) }

// RecordKey identifies a record. Make it with RecordKeyOf.
type RecordKey struct{ Provider, KnownAs string }

// RecordKeyOf returns the key of a provider's record with that reference.
func RecordKeyOf(provider, reference string) RecordKey {
	return RecordKey{provider, KnownAs(reference)}
}

// CompareRecordKeys compares keys by provider and then by reference.
func CompareRecordKeys(a, b RecordKey) int {
	return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.KnownAs, b.KnownAs))
}

// SameContent reports whether two readable rows mean the same: every field but the remark, as understood.
func (r *Record) SameContent(other *Record) bool {
	return r.BSN == other.BSN && r.BirthDate == other.BirthDate && r.ReferralNumber == other.ReferralNumber &&
		FoldMunicipality(r.Municipality) == FoldMunicipality(other.Municipality) && FoldProduct(r.Product) == FoldProduct(other.Product) &&
		r.First == other.First && r.LastDay() == other.LastDay() && r.Start == other.Start && r.End == other.End && r.Break == other.Break &&
		Fold(r.Daypart) == Fold(other.Daypart) &&
		r.Unit == other.Unit && r.Quantity == other.Quantity &&
		sameDecimal(r.ClaimedPrice, other.ClaimedPrice) && sameDecimal(r.ClaimedAmount, other.ClaimedAmount)
}

func sameDecimal(a, b *decimal.Decimal) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Equal(*b)
}

// FoldMunicipality returns a municipality, as written in a row, in the form in which contents are compared: a name folded
// like any other, a code of three digits with the leading zero that spreadsheet programs drop.
func FoldMunicipality(written string) string {
	folded := Fold(written)
	if len(folded) == 3 && isDigits(folded) {
		return "0" + folded
	}
	return folded
}

// Prestatie is what a record of a message (JW323) says in addition to what every record says. The record's unit and quantity
// are converted to those that pxq counts in; reference, category and code are as written, the referral number is without
// leading zeros.
type Prestatie struct {
	Client, Part int    // its place in the message: the client and the prestatie of that client, from 1
	Line         int    // line of the file on which it begins
	Receiver     string // CBS code of the municipality that the message is for, as written
	Category     string
	Unit         string // code of the unit (WJ756): 01, 04, 16 …
	Volume       int64  // in that unit
	HasTariff    bool
	Tariff       int64  // claimed, in cents per unit
	Claimed      Money  // claimed amount; of a credit without its sign
	Credit       bool   // it takes back an earlier one
	Previous     string // of a credit: the reference of the debit that it takes back
	DeclaredTo   Date   // last day of the declaration's period

	Answer *PrestatieAnswer // nil until the message is answered
}

// PrestatieAnswer is what the answer to a message says about one prestatie. It is final: whatever comes in later, the
// prestatie keeps its outcome and amount.
type PrestatieAnswer struct {
	Approved     bool
	Findings     []Finding // as they were at the time
	Codes        CodeSet   // of Findings
	Price        Price
	Referral     string // number of the referral used
	Municipality string // CBS code
	Product      string // code, as the book spelled it at the time
}

// IsCredit reports whether the record takes back an earlier prestatie.
func (r *Record) IsCredit() bool { return r.Prestatie != nil && r.Prestatie.Credit }

// LiesInFuture reports whether the care date lay in the future when the row was read (F09).
func (r *Record) LiesInFuture() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Code == F09 })
}

// CompareRecords compares records by the order in which they are judged (rules.md, Order): first the versions declared in
// a closed period, by that period, then the newer versions of standing ones, then all others; within each by care date,
// start time (none first), reference, provider and order of taking in.
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
