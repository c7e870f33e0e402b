package billing

import "slices"

// Cause is why the declared care of a key is no longer what it was, as far as can be known: of several the first
// in this order.
type Cause string

// The causes.
const (
	CauseRecord   Cause = "record"   // a version came, was replaced or was withdrawn
	CauseDecision Cause = "decision" // a controller decided
	CauseReferral Cause = "referral" // a version of the referral came or went
	CausePrice    Cause = "price"    // another price for the same records
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

var causeOrder = []Cause{CauseRecord, CauseDecision, CauseReferral, CausePrice, CauseBook, CauseOther}

// CompareCauses is the order of the causes: the first of several is the one that is told.
func CompareCauses(a, b Cause) int {
	return slices.Index(causeOrder, a) - slices.Index(causeOrder, b)
}

// CountedRow is a row as a run left it: its outcome and, of an accepted one, the key and the price at which it
// counts.
type CountedRow struct {
	LineKey
	Record  int64  // its number
	KnownAs string // of its reference
	Outcome Outcome
	Price   Price
}

// RowSubject is what a record is known by: its provider, and KnownAs of the provider's reference.
type RowSubject struct{ Provider, KnownAs string }

// Changes is what changed between two runs, as far as it can move declared care.
type Changes struct {
	Book      bool                // the book or the policy is another
	Decided   map[RowSubject]bool // rows on which a decision came
	Referrals map[ReferralOf]bool // referrals of which a version came or went

	before, after countedRows
}

// ReferralOf names a referral by its client and its number.
type ReferralOf struct{ Client, Number string }

// countedRows are rows as one run left them, by number and by the key under which they count.
type countedRows struct {
	byNumber map[int64]*CountedRow
	byKey    map[LineKey][]*CountedRow
}

func count(rows []CountedRow) countedRows {
	counted := countedRows{make(map[int64]*CountedRow, len(rows)), make(map[LineKey][]*CountedRow)}
	for i := range rows {
		row := &rows[i]
		counted.byNumber[row.Record] = row
		if row.Outcome == Accepted {
			counted.byKey[row.LineKey] = append(counted.byKey[row.LineKey], row)
		}
	}
	return counted
}

// counts reports whether a row counts under the key, and gives it.
func (c countedRows) counts(key LineKey, record int64) (*CountedRow, bool) {
	row := c.byNumber[record]
	return row, row != nil && row.Outcome == Accepted && row.LineKey == key
}

// Look takes the rows of some clients as both runs left them, in the place of those looked at before.
func (c *Changes) Look(before, after []CountedRow) {
	c.before, c.after = count(before), count(after)
}

// Cause returns why the lines of a key are not what they were. The rows of its client must have been looked at.
func (c *Changes) Cause(key LineKey) Cause {
	found := CauseOther
	if c.Book {
		found = CauseBook
	}
	note := func(cause Cause) {
		if CompareCauses(cause, found) < 0 {
			found = cause
		}
	}
	for _, row := range c.before.byKey[key] {
		switch now, counts := c.after.counts(key, row.Record); {
		case !counts:
			note(c.moved(row, now))
		case now.Price != row.Price:
			note(CausePrice)
		}
	}
	for _, row := range c.after.byKey[key] {
		if then, counted := c.before.counts(key, row.Record); !counted {
			note(c.moved(row, then))
		}
	}
	return found
}

// moved returns why a row counts under a key in one of the runs and not in the other, where it is other, or is not
// known.
func (c *Changes) moved(row, other *CountedRow) Cause {
	switch {
	case other == nil || other.Outcome == Replaced || other.Outcome == Withdrawn:
		return CauseRecord
	case c.Decided[RowSubject{row.Provider, row.KnownAs}]:
		return CauseDecision
	case c.Referrals[ReferralOf{row.BSN, row.Referral}] || c.Referrals[ReferralOf{row.BSN, other.Referral}]:
		return CauseReferral
	}
	return CauseOther
}
