package billing

import "slices"

// Cause is why the declared care of a key comes to another amount than it did.
type Cause string

// The causes.
const (
	CauseRecord   Cause = "record"   // a version came, was replaced or was withdrawn
	CauseDecision Cause = "decision" // a controller decided
	CauseReferral Cause = "referral" // a version of the referral came or went
	CausePrice    Cause = "price"    // another price, on the quantity that counted before
	CauseBook     Cause = "book"     // the book or the policy changed otherwise
	CauseOther    Cause = "other"    // nothing of the key itself changed: room that others took, a rule of a newer pxq
)

var causeTexts = map[Cause]Text{
	CauseRecord:   {Dutch: "gewijzigde, ingetrokken of nagekomen zorg", English: "care that was changed, withdrawn or late"},
	CauseDecision: {Dutch: "besluiten van controllers", English: "decisions of controllers"},
	CauseReferral: {Dutch: "gewijzigde toewijzingen", English: "changed referrals"},
	CausePrice:    {Dutch: "gewijzigde tarieven", English: "changed prices"},
	CauseBook:     {Dutch: "ander contractenboek of beleid", English: "another contract book or policy"},
	CauseOther:    {Dutch: "gevolg van andere wijzigingen", English: "consequence of other changes"},
}

// Text names the cause for people.
func (c Cause) Text() Text { return causeTexts[c] }

var causeOrder = [...]Cause{CauseRecord, CauseDecision, CauseReferral, CausePrice, CauseBook, CauseOther}

// CompareCauses is the order in which causes are told.
func CompareCauses(a, b Cause) int {
	return slices.Index(causeOrder[:], a) - slices.Index(causeOrder[:], b)
}

// CauseAmount is what one cause makes of a difference.
type CauseAmount struct {
	Cause  Cause
	Amount Money
}

// CountedRow is a row as a run left it: its outcome and, of an accepted one, the key and the price at which it
// counts.
type CountedRow struct {
	LineKey
	Record   int64  // its number
	KnownAs  string // its reference
	Day      Date   // of care
	Quantity Quantity
	Outcome  Outcome
	Price    Price
}

// RowSubject is what a record is known by: its provider and the provider's reference.
type RowSubject struct{ Provider, KnownAs string }

// ReferralOf names a referral by its client and its number.
type ReferralOf struct{ Client, Number string }

// Changes is what changed between two runs, as far as it can move declared care.
type Changes struct {
	Book      bool                // the book or the policy is another
	NewBook   *Book               // that of the later run; nil if it is not known
	Decided   map[RowSubject]bool // rows on which a decision came
	Referrals map[ReferralOf]bool // referrals of which a version came or went

	before, after countedRows
}

// countedRows are rows as one run left them: all by number, and those that count by key and by record.
type countedRows struct {
	byNumber  map[int64]*CountedRow
	byKey     map[LineKey][]*CountedRow
	bySubject map[RowSubject]*CountedRow
}

func count(rows []CountedRow) countedRows {
	counted := countedRows{make(map[int64]*CountedRow, len(rows)), make(map[LineKey][]*CountedRow), make(map[RowSubject]*CountedRow)}
	for i := range rows {
		row := &rows[i]
		counted.byNumber[row.Record] = row
		if row.Outcome == Accepted {
			counted.byKey[row.LineKey] = append(counted.byKey[row.LineKey], row)
			counted.bySubject[row.subject()] = row
		}
	}
	return counted
}

func (r *CountedRow) subject() RowSubject { return RowSubject{r.Provider, r.KnownAs} }

// Look takes the rows of some clients as both runs left them, in the place of those looked at before.
func (c *Changes) Look(before, after []CountedRow) {
	c.before, c.after = count(before), count(after)
}
