package billing

import "slices"

// Cause is why the amount declared under a line key changed.
type Cause string

// The causes.
const (
	CauseRecord   Cause = "record"   // a version came in, was replaced or was withdrawn
	CauseDecision Cause = "decision" // a controller decided
	CauseReferral Cause = "referral" // a version of the referral came in or was removed
	CausePrice    Cause = "price"    // another price, on the quantity that counted before
	CauseBook     Cause = "book"     // the book or the policy changed otherwise
	CauseOther    Cause = "other"    // nothing of the key itself changed: room taken by other records, a rule of a newer pxq
)

var causeTexts = map[Cause]Text{
	CauseRecord:   {Dutch: "gewijzigde, ingetrokken of nagekomen zorg", English: "changed, withdrawn or late care"},
	CauseDecision: {Dutch: "besluiten van controllers", English: "decisions by controllers"},
	CauseReferral: {Dutch: "gewijzigde toewijzingen", English: "changed referrals"},
	CausePrice:    {Dutch: "gewijzigde tarieven", English: "changed prices"},
	CauseBook:     {Dutch: "ander contractenboek of beleid", English: "different contract book or policy"},
	CauseOther:    {Dutch: "gevolg van andere wijzigingen", English: "consequence of other changes"},
}

// Text describes the cause to people.
func (c Cause) Text() Text { return causeTexts[c] }

var causeOrder = [...]Cause{CauseRecord, CauseDecision, CauseReferral, CausePrice, CauseBook, CauseOther}

// CompareCauses compares causes by the order in which they are reported.
func CompareCauses(a, b Cause) int {
	return slices.Index(causeOrder[:], a) - slices.Index(causeOrder[:], b)
}

// CauseAmount is the part of a difference that one cause explains.
type CauseAmount struct {
	Cause  Cause
	Amount Money
}

// CountedRow is a row as a run left it: its outcome and, if it was accepted, the key and price under which it
// counts.
type CountedRow struct {
	LineKey
	Record   int64  // its number
	KnownAs  string // its reference
	Day      Date   // care date
	Quantity Quantity
	Outcome  Outcome
	Price    Price

	Prestatie bool // of a message: it has no versions, forms its own line and keeps the price that it claims
}

// ReferralKey names a referral by its client and its number.
type ReferralKey struct{ Client, Number string }

// Changes is what changed between two runs, as far as it can affect declared care.
type Changes struct {
	Book      bool                 // the book or the policy changed
	NewBook   *Book                // that of the later run; nil if unknown
	Decided   map[int64]bool       // numbers of the rows on which a decision came in
	Referrals map[ReferralKey]bool // referrals of which a version came in or was removed

	before, after countedRows
}

// countedRows are rows as one run left them: all of them by number, and the accepted ones by key and by record.
type countedRows struct {
	byNumber map[int64]*CountedRow
	byKey    map[LineKey][]*CountedRow
	byRecord map[RecordKey]*CountedRow
}

func count(rows []CountedRow) countedRows {
	counted := countedRows{make(map[int64]*CountedRow, len(rows)), make(map[LineKey][]*CountedRow), make(map[RecordKey]*CountedRow)}
	for i := range rows {
		row := &rows[i]
		counted.byNumber[row.Record] = row
		if row.Outcome == Accepted {
			counted.byKey[row.LineKey] = append(counted.byKey[row.LineKey], row)
			if !row.Prestatie {
				counted.byRecord[row.recordKey()] = row
			}
		}
	}
	return counted
}

// of returns the row that counts in this run for the same record as row, which is of the other run; nil when none does.
func (c *countedRows) of(row *CountedRow) *CountedRow {
	if !row.Prestatie {
		return c.byRecord[row.recordKey()]
	}
	if same := c.byNumber[row.Record]; same != nil && same.Outcome == Accepted {
		return same
	}
	return nil
}

func (r *CountedRow) recordKey() RecordKey { return RecordKey{r.Provider, r.KnownAs} }

// Look sets the rows of some clients, as the earlier and the later run left them, in place of the rows set before.
func (c *Changes) Look(before, after []CountedRow) {
	c.before, c.after = count(before), count(after)
}

// splitOrder is the order in which Split applies the causes after CausePrice. Prices come first, on the quantities that
// counted before, so all that follows is at the new prices.
var splitOrder = [...]Cause{CauseRecord, CauseDecision, CauseReferral, CauseBook, CauseOther}

// Split divides difference, by how much the lines of a key come to more than before, over its causes, record by record:
// first the change of price on the quantity that counted before, then, at the new price, the quantity that each other
// cause added or removed. After every step the lines are built as in a declaration, so that the amounts add up to the
// difference to the cent; they are rounded by line, never by record. What the rows do not explain is attributed to the
// book if that changed (the rounding of a product to whole hours), else to CauseOther. The rows of the client must have
// been set by Look. The causes come in the order of CompareCauses, without those of amount 0; there is always at least one.
func (c *Changes) Split(key LineKey, difference Money) []CauseAmount {
	parts := c.parts(key)
	whole := c.book().wholeHours(key)
	amounts := make(map[Cause]Money)
	first, last := Cause(""), amountOf(key, parts, whole)
	explained := Money(0)
	step := func(cause Cause, touched bool) {
		now := amountOf(key, parts, whole)
		amounts[cause] += now - last
		explained += now - last
		last = now
		if touched && first == "" {
			first = cause
		}
	}
	repriced := false
	for i := range parts {
		if part := &parts[i]; part.row != nil {
			price := c.newPrice(part.row)
			repriced = repriced || price != part.price
			part.price = price
		}
	}
	step(CausePrice, repriced)
	for _, cause := range splitOrder {
		touched := false
		for i := range parts {
			if part := &parts[i]; part.cause == cause {
				part.row, touched = part.later, true
				if part.later != nil {
					part.price = part.later.Price
				}
			}
		}
		step(cause, touched)
	}
	rest := CauseOther
	if c.Book {
		rest = CauseBook
	}
	amounts[rest] += difference - explained
	if first == "" {
		first = rest
	}
	return causeAmounts(amounts, first)
}

// causeAmounts returns the causes with an amount, in the order of CompareCauses; only first, without amount, if there are none.
func causeAmounts(amounts map[Cause]Money, first Cause) []CauseAmount {
	var list []CauseAmount
	for _, cause := range causeOrder {
		if amounts[cause] != 0 {
			list = append(list, CauseAmount{cause, amounts[cause]})
		}
	}
	if list == nil {
		list = []CauseAmount{{Cause: first}}
	}
	return list
}

// part is a record that counts under a key in either of the runs, possibly in another version in each.
type part struct {
	row   *CountedRow // the row that counts; nil for none
	price Price       // at which it counts
	later *CountedRow // the row that counts in the later run; nil for none
	cause Cause       // why that is another row or none; "" when it is the same
}

// parts returns the records that count under a key in either run, as they counted in the earlier one.
func (c *Changes) parts(key LineKey) []part {
	var parts []part
	for _, row := range c.before.byKey[key] {
		p := part{row: row, price: row.Price}
		successor := c.after.of(row)
		if successor != nil && successor.LineKey == key {
			p.later = successor
		}
		if p.later == nil || p.later.Record != row.Record {
			p.cause = c.why(row, successor)
		}
		parts = append(parts, p)
	}
	for _, row := range c.after.byKey[key] {
		predecessor := c.before.of(row)
		if predecessor == nil || predecessor.LineKey != key {
			parts = append(parts, part{later: row, cause: c.why(predecessor, row)})
		}
	}
	return parts
}

// why returns why a record counts differently in the later run. before and after are the rows of it that counted in the
// earlier and the later run; nil for none.
func (c *Changes) why(before, after *CountedRow) Cause {
	row := before // stopped counting, or counts under another key
	other := c.after.byNumber
	if after != nil && (before == nil || before.Record != after.Record) {
		row, other = after, c.before.byNumber // began to count
	}
	state := other[row.Record]
	switch {
	case state == nil || state.Outcome == Replaced || state.Outcome == Withdrawn:
		return CauseRecord
	case state.Outcome != Accepted && c.Decided[row.Record]:
		return CauseDecision
	case c.Referrals[ReferralKey{row.BSN, row.Referral}] || c.Referrals[ReferralKey{row.BSN, state.Referral}]:
		return CauseReferral
	case c.Book:
		return CauseBook
	}
	return CauseOther
}

// newPrice returns the price at which a row that counted before would count now: that of the later run, else that of its
// book, else the price that the row had.
func (c *Changes) newPrice(row *CountedRow) Price {
	if now := c.after.byNumber[row.Record]; now != nil && now.Price != 0 {
		return now.Price
	}
	if row.Prestatie {
		return row.Price // its claim
	}
	if product := c.book().ProductOn(row.Product, row.Day); product != nil {
		if found := c.book().PriceOn(product, row.Unit, row.Provider, row.Day); found != nil {
			return found.Price
		}
	}
	return row.Price
}

// book returns the book of the later run; an empty one if it is unknown.
func (c *Changes) book() *Book {
	if c.NewBook == nil {
		return &Book{}
	}
	return c.NewBook
}

// amountOf returns the amount that the counting rows of parts come to under a key, in lines built as in a declaration.
func amountOf(key LineKey, parts []part, wholeHours bool) Money {
	total := Money(0)
	var lines []Line
	for i := range parts {
		p := &parts[i]
		if p.row == nil {
			continue
		}
		if p.row.Prestatie {
			total += p.price.Times(p.row.Quantity, key.Unit)
			continue
		}
		at := slices.IndexFunc(lines, func(line Line) bool { return line.Price == p.price })
		if at < 0 {
			at = len(lines)
			lines = append(lines, Line{LineKey: key, Price: p.price, First: p.row.Day})
		}
		line := &lines[at]
		line.Quantity += p.row.Quantity
		line.First = min(line.First, p.row.Day)
	}
	for _, line := range withAmounts(lines, map[LineKey]bool{key: wholeHours}) {
		total += line.Amount
	}
	return total
}
