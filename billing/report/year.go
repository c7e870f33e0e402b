package report

import (
	"github.com/pxq-nl/pxq/billing"
)

// Year holds the data of the yearly statement of a region: what was declared for the care of one calendar year, in any
// period, and what is not final yet. It contains only totals, without clients.
type Year struct {
	Region, Language string
	Program          string // name and version
	Book             *billing.Book
	Fingerprint      string // of the book
	Notes            []billing.Text
	Year             int
	AsOf             billing.Date   // day of the last run or close, whichever is later
	Until            billing.Period // the last closed period; none before the first close
	Head             string         // head of the chain after the close of Until
	FinalWith        billing.Period // the last period in which care of the year can come in, whose close makes the year final
	Open             billing.Period // period of the last run if it is not closed, else none
	Waiting          int            // number of clients with care in the year for whom something changed since the last run
	BookChanged      bool           // book or policy are not those of the last run
	Since            billing.Period // the first closed period; care declared before it is not in the ledger
	Totals           []YearTotal    // in the order of their keys
	Shares           []YearShare    // by period, municipality and provider
	Ledger           []LedgerSum    // final lines as added up while verifying the chain, by municipality and provider
	Periods          []YearPeriod   // those in which care of the year was or could be declared, in order
}

// YearKey is the key of one total of a year.
type YearKey struct {
	Municipality, Provider, Product string
	Unit                            billing.Unit
	CareMonth                       billing.Period
}

// YearTotal is the declared, held and open care of one key.
type YearTotal struct {
	YearKey
	LineSum                       // final lines
	Quantity     billing.Quantity // of the final lines, less credits
	Held         Sum              // records that the last run left held; amounts rounded by record
	Asked        Sum              // declared records with a hold found later, which a decision may still reject
	HeldQuantity billing.Quantity
	Open         Sum // lines of the last run if it is not closed, less credits
}

// LineSum adds up lines, with credits separate.
type LineSum struct {
	Debits, Credits int // numbers of lines
	Debit           billing.Money
	Credit          billing.Money // negative
}

// Lines returns the number of lines.
func (s LineSum) Lines() int { return s.Debits + s.Credits }

// Net returns the debit less the credit.
func (s LineSum) Net() billing.Money { return s.Debit + s.Credit }

// Add adds a number of lines of one kind and their total amount.
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

// YearShare is the part of a period's declaration that is for care of the year.
type YearShare struct {
	Period                 billing.Period
	Municipality, Provider string
	LineSum
	Whole billing.Money // the whole declaration, care of other years included
}

// LedgerSum is the sum of the final lines of the year for one municipality and provider.
type LedgerSum struct {
	Municipality, Provider string
	LineSum
}

// YearPeriod is a period in which care of the year was or could be declared.
type YearPeriod struct {
	Period   billing.Period
	ClosedOn billing.Date // none if it is open
}

// Ended reports whether the last period in which care of the year can come in is closed.
func (y *Year) Ended() bool { return y.Until >= y.FinalWith }

// first and last return the first and last care month of the year.
func (y *Year) first() billing.Period { return billing.PeriodOf(y.Year, 1) }
func (y *Year) last() billing.Period  { return billing.PeriodOf(y.Year, 12) }
func (y *Year) has(month billing.Period) bool {
	return y.first() <= month && month <= y.last()
}
