// From the cell to the euro, 5 of 8. The accepted records of one key – provider, municipality, client, referral,
// product, unit, care month – come here from billing/judge.go and become one line per price; each prestatie of a message
// becomes a separate line. TargetOf computes the amount of each line with Price.Times, in billing/amount.go.

package billing

import (
	"cmp"
	"slices"
	"strings"
)

// LineKey is the key under which accepted records are added up to lines. The rows of spreadsheets under one key form one
// line per price; each prestatie forms its own.
type LineKey struct {
	Provider     string
	Municipality string // CBS code
	BSN          string
	Referral     string
	Product      string
	Unit         Unit
	CareMonth    Period
}

// Line is one line of P*Q.
type Line struct {
	LineKey
	Quantity Quantity
	Price    Price
	Amount   Money // price × quantity, rounded once; negative for a credit
	Records  int   // number of records in it
	First    Date  // first care date
}

// LineKind says why a line is in a declaration.
type LineKind string

// The kinds of line.
const (
	Regular    LineKind = "regular"    // care of the period itself
	Late       LineKind = "late"       // care of an earlier month, declared for the first time
	Credit     LineKind = "credit"     // takes back a declared line
	Correction LineKind = "correction" // replaces a declared line
)

// ChangesDeclared reports whether lines of the kind change what was declared before: they take back a declared line or
// replace one.
func (k LineKind) ChangesDeclared() bool { return k == Credit || k == Correction }

// rank returns the position of a kind in the order of the lines: credits come first, because they are processed first.
func (k LineKind) rank() int {
	return slices.Index([]LineKind{Credit, Correction, Late, Regular}, k)
}

// DeclaredLine is a line in the declaration of a period.
type DeclaredLine struct {
	Line
	Kind     LineKind
	Period   Period // in which it is declared
	Number   string // within the ledger; "" until it is numbered
	Original string // of a credit: the number of the line that it takes back
}

// CompareDeclared compares lines by their order in an export: municipality, provider, BSN, referral, product,
// unit, care month, kind, price.
func CompareDeclared(a, b DeclaredLine) int {
	return cmp.Or(strings.Compare(a.Municipality, b.Municipality), strings.Compare(a.Provider, b.Provider),
		strings.Compare(a.BSN, b.BSN), strings.Compare(a.Referral, b.Referral), strings.Compare(a.Product, b.Product),
		strings.Compare(a.Unit.String(), b.Unit.String()), cmp.Compare(a.CareMonth, b.CareMonth),
		cmp.Compare(a.Kind.rank(), b.Kind.rank()), cmp.Compare(a.Price, b.Price), strings.Compare(a.Original, b.Original),
		cmp.Compare(a.First, b.First), cmp.Compare(a.Quantity, b.Quantity))
}

// Key returns the line key of an accepted case.
func (c *Case) Key() LineKey {
	if answer := c.answer(); answer != nil {
		return LineKey{
			Provider: c.Record.Provider, Municipality: answer.Municipality, BSN: c.Record.BSN, Referral: answer.Referral,
			Product: answer.Product, Unit: c.Record.Unit, CareMonth: c.Record.CareMonth(),
		}
	}
	return LineKey{
		Provider: c.Record.Provider, Municipality: c.Municipality.Code, BSN: c.Record.BSN, Referral: c.Referral.Number,
		Product: c.Product.Code, Unit: c.Record.Unit, CareMonth: c.Record.CareMonth(),
	}
}

// hasKey reports whether a line can be made of the case, which takes a referral or an answer. A declared version can be
// accepted without one: where files are checked without referrals, R01 is a hold, and no hold affects a declared version.
func (c *Case) hasKey() bool { return c.Referral != nil || c.answer() != nil }

// TargetOf returns the lines of the accepted cases whose care month is not after the period and not frozen (before
// Policy.RecalculateFrom). A prestatie that a run of a later month approved is accepted even if its month is after the
// period. Of a case only the record, the number of the referral, the municipality, the product and the price are used, so
// that an audit can compute lines from stored rows.
func (j *Judge) TargetOf(cases []Case) []Line {
	var lines, prestaties []Line
	wholeHours := make(map[LineKey]bool)
	index := make(map[lineAtPrice]int)
	for i := range cases {
		c := &cases[i]
		if month := c.Record.CareMonth(); c.Outcome != Accepted || month < j.Policy.RecalculateFrom || month > j.Period || !c.hasKey() {
			continue
		}
		if c.Record.Prestatie != nil {
			prestaties = append(prestaties, c.prestatieLine())
			continue
		}
		key := lineAtPrice{c.Key(), c.Price}
		at, ok := index[key]
		if !ok {
			at = len(lines)
			index[key] = at
			lines = append(lines, Line{LineKey: key.LineKey, Price: c.Price, First: c.Record.First})
			wholeHours[key.LineKey] = j.Book.wholeHours(key.LineKey)
		}
		line := &lines[at]
		line.Quantity += c.Record.Quantity
		line.Records++
		line.First = min(line.First, c.Record.First)
	}
	lines = withAmounts(lines, wholeHours)
	if len(prestaties) > 0 {
		lines = append(lines, prestaties...)
		slices.SortStableFunc(lines, CompareLines)
	}
	return lines
}

// withAmounts sorts lines, rounds those of products that are settled in whole hours, and sets their amounts.
func withAmounts(lines []Line, wholeHours map[LineKey]bool) []Line {
	slices.SortFunc(lines, CompareLines)
	lines = roundHours(lines, wholeHours)
	for i := range lines {
		lines[i].Amount = lines[i].Price.Times(lines[i].Quantity, lines[i].Unit)
	}
	return lines
}

// prestatieLine returns the line of a prestatie. It is declared exactly as it was claimed and approved, whatever other care the
// month has and even if the product is settled in whole hours.
func (c *Case) prestatieLine() Line {
	r := c.Record
	return Line{LineKey: c.Key(), Quantity: r.Quantity, Price: c.Price, Amount: c.Price.Times(r.Quantity, r.Unit), Records: 1, First: r.First}
}

// wholeHours reports whether the lines of a key are rounded to whole hours, by the row of the product that is valid on the
// first day of the care month.
func (b *Book) wholeHours(key LineKey) bool {
	product := b.ProductIn(key.Product, key.CareMonth)
	return product != nil && product.WholeHours
}

type lineAtPrice struct {
	LineKey
	price Price
}

// CompareLines compares lines by key and then by first care date.
func CompareLines(a, b Line) int {
	return cmp.Or(strings.Compare(a.Municipality, b.Municipality), strings.Compare(a.Provider, b.Provider),
		strings.Compare(a.BSN, b.BSN), strings.Compare(a.Referral, b.Referral), strings.Compare(a.Product, b.Product),
		cmp.Compare(a.Unit, b.Unit), cmp.Compare(a.CareMonth, b.CareMonth), cmp.Compare(a.First, b.First), cmp.Compare(a.Price, b.Price),
		cmp.Compare(a.Quantity, b.Quantity), cmp.Compare(a.Amount, b.Amount))
}

// roundHours rounds the lines of products that are settled in whole hours (iJw IV079): 30 minutes or more up, at least
// one hour. With several prices under one key each line, by first care date, gets the rounded running total less
// what the lines before it got; a line that gets nothing is left out. The lines must be sorted.
func roundHours(lines []Line, wholeHours map[LineKey]bool) []Line {
	kept := lines[:0]
	var key LineKey
	var exact, given Quantity
	for _, line := range lines {
		if line.Unit != Time || !wholeHours[line.LineKey] {
			kept = append(kept, line)
			continue
		}
		if line.LineKey != key {
			key, exact, given = line.LineKey, 0, 0
		}
		exact += line.Quantity
		hour := Quantity(Time.PerWhole())
		rounded := max(Quantity(roundDiv(int64(exact), int64(hour)))*hour, hour)
		line.Quantity = rounded - given
		given = rounded
		if line.Quantity != 0 {
			kept = append(kept, line)
		}
	}
	return kept
}
