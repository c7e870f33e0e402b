package report

import (
	"github.com/pxq-nl/pxq/billing"
)

// Year is all that the yearly statement of a region is made of: what was declared for the care of one calendar
// year, in whichever period that was, and what of it is not final yet. It holds totals only, of no client.
type Year struct {
	Region, Language string
	Program          string // name and version
	Book             *billing.Book
	Fingerprint      string // of the book, by which parties and products are named
	Notes            []billing.Text
	Year             int
	AsOf             billing.Date   // day of the last run or close: the clock is not asked
	Until            billing.Period // the last closed period; none before the first close
	Head             string         // of the chain of lines, as that close left it
	FinalWith        billing.Period // care of the year may come in until the end of it, so its close can make the year final
	Open             billing.Period // period of the last run while it is not closed, else none
	Waiting          int            // clients with care in the year of whom something changed since the last run
	BookChanged      bool           // book or policy are not those of the last run
	Since            billing.Period // the first closed period; care that was declared before it is not in the ledger
	Totals           []YearTotal    // in the order of their keys
	Shares           []YearShare    // what each period brought, by period, municipality and provider
	Ledger           []LedgerSum    // the final lines one by one, while their chain was proven, by municipality and provider
	Periods          []YearPeriod   // in order: those in which care of the year was or could be declared
}

// YearKey is what one total of a year is about.
type YearKey struct {
	Municipality, Provider, Product string
	Unit                            billing.Unit
	CareMonth                       billing.Period
}

// YearTotal is what became of the care of one key.
type YearTotal struct {
	YearKey
	LineSum                       // final
	Quantity     billing.Quantity // final, less what was credited
	Held         Sum              // records that the last run left held; amounts rounded by record
	Asked        Sum              // declared records on which a hold was found later: a decision may still take them back
	HeldQuantity billing.Quantity
	Open         Sum // lines of the last run that are not closed, less credits
}

// LineSum adds up lines, with the credits apart.
type LineSum struct {
	Debits, Credits int // lines
	Debit           billing.Money
	Credit          billing.Money // negative
}

// Lines counts all of them.
func (s LineSum) Lines() int { return s.Debits + s.Credits }

// Net is what remains.
func (s LineSum) Net() billing.Money { return s.Debit + s.Credit }

// Add counts lines of one kind.
func (s *LineSum) Add(kind billing.LineKind, lines int, amount billing.Money) {
	if kind == billing.Credit {
		s.Credits += lines
		s.Credit += amount
	} else {
		s.Debits += lines
		s.Debit += amount
	}
}

// Merge adds another sum.
func (s *LineSum) Merge(other LineSum) {
	s.Debits += other.Debits
	s.Credits += other.Credits
	s.Debit += other.Debit
	s.Credit += other.Credit
}

// YearShare is the part of a period's declaration that is about care of the year.
type YearShare struct {
	Period                 billing.Period
	Municipality, Provider string
	LineSum
	Whole billing.Money // of the declaration, care of other years included
}

// LedgerSum is what the final lines of the year come to for one municipality and provider.
type LedgerSum struct {
	Municipality, Provider string
	LineSum
}

// YearPeriod is a period in which care of the year was or could be declared.
type YearPeriod struct {
	Period   billing.Period
	ClosedOn billing.Date // none while it is open
}

// Ended reports whether the last period in which care of the year may come in is closed.
func (y *Year) Ended() bool { return y.Until >= y.FinalWith }

// first and last are the care months of the year.
func (y *Year) first() billing.Period { return billing.PeriodOf(y.Year, 1) }
func (y *Year) last() billing.Period  { return billing.PeriodOf(y.Year, 12) }
func (y *Year) has(month billing.Period) bool {
	return y.first() <= month && month <= y.last()
}
