package report

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// Report holds the data of the workbooks of a period. The functions that stream lines, rows and signals can be called
// any number of times; each call reads them again from the store.
type Report struct {
	ReportHead
	// Lines streams the lines of the declaration in the order of the export.
	Lines func(context.Context, func(*billing.DeclaredLine) error) error
	// Rows streams the rows taken in since the last close, the rows whose outcome changed since it, and all
	// that are held, in no particular order; the IDs of their records are in the order of taking in.
	Rows func(context.Context, func(*Row) error) error
	// RowsOf is like Rows, but streams plain rows (see Row.IsPlain) only if they are of one of the providers. If
	// quiet is set, this applies to all quiet rows (see Row.IsQuiet).
	RowsOf func(ctx context.Context, providers []string, quiet bool, visit func(*Row) error) error
	// Clients returns which of the numbers are the BSN of a client.
	Clients func(ctx context.Context, numbers []string) (map[string]bool, error)
	// Signals streams the signals that belong to no record, by code, provider and subject.
	Signals func(context.Context, func(*Signal) error) error
}

// ReportHead is everything in a report except its lines, rows and signals.
type ReportHead struct {
	Region      string
	Language    string // of the texts: nl or en
	Period      billing.Period
	AsOf        billing.Date // as-of date of the run
	Closed      bool         // if false, every page says VOORLOPIG
	ChainHead   string       // head of the chain after the close; "" before it
	Program     string       // name and version
	Fingerprint string       // of the book
	Book        *billing.Book
	Policy      billing.Policy
	SecondFrom  billing.Money // amount from which a decision needs a second controller; 0 for never
	Catalogue   *billing.Catalogue
	Notes       []billing.Text    // what a reader must know about the book
	Files       []FileIn          // taken in since the last close, in order
	Refused     []RefusedFile     // in order
	LeftOut     []LeftOut         // standing rows of earlier files that Files leave out
	Waiting     []Waiting         // declarations (JW323) without an answer, in order
	NotSent     []NotSent         // declarations (JW323) that count as never sent, in order
	Missing     []string          // AGB codes of providers that had lines last period and sent nothing since
	Payments    []Payment         // sorted by provider and municipality
	Ceilings    []billing.Ceiling // of every contract that has one, in the calendar years of the declaration
	Earlier     []EarlierTotal    // of earlier periods, by period, municipality, provider, product
	Causes      []CauseSum        // cost of changes to declared care, by cause, municipality and provider
}

// RefusedFile is a file that was refused whole when the run took in new files.
type RefusedFile struct {
	Name   string // without its folder
	Reason billing.Text
}

// LeftOut is a row of an earlier file that a later file of the same provider leaves out although it repeats more than half
// of that file. The row stands until a row with quantity 0 withdraws it.
type LeftOut struct {
	Provider  string
	File      string // name of the later file
	Earlier   string // name of the earlier file
	Reference string // as the earlier file writes it, with the BSNs of clients masked
	Told      string // the reference masked for its provider
	Sheet     string // of the earlier file; "" for CSV
	Row       int    // as a spreadsheet shows it
}

// FileIn describes a file that was taken in. Rows = Kept + the rows of Again; Totals and Empty were skipped.
type FileIn struct {
	Name     string
	Received billing.Date
	Kind     string // submission, referrals, decisions or mixed
	Rows     int    // rows of records read
	Kept     int    // rows that became a version or a rejected row
	Totals   int    // rows that began with Totaal
	Empty    int    // empty rows
	Provider string // AGB code of the provider with most rows in it; "" if none
	Again    []AlreadyReceived

	ReadAgain bool // pxq read an earlier file again by itself; nobody sent it
}

// AlreadyReceived counts, for one provider and municipality (CBS code, "" if unknown) in one file, the rows that were already received.
// They change nothing and are counted nowhere else.
type AlreadyReceived struct {
	Provider     string
	Municipality string
	Rows         int
	Time         billing.Quantity
	Dayparts     billing.Quantity
}

// Row is one row of a submission with its outcome.
type Row struct {
	Record       *billing.Record
	Outcome      billing.Outcome
	Before       billing.Outcome       // outcome at the last close; none if the row came in since
	Findings     []billing.Finding     // in the order of the catalogue, with the BSNs of clients masked
	Referral     string                // number of the referral used; "" if none
	Municipality string                // CBS code of the responsible municipality; "" if unknown
	Product      string                // as the book spells it; as written if unknown
	Price        billing.Price         // 0 if none
	Amount       billing.Money         // price × quantity of this record, rounded; for display only, as lines are rounded once
	ReturnTo     string                // AGB code of the provider whose return file has the row; "" if none
	SentBy       string                // AGB code of the provider with most rows in its file; "" if none
	Columns      *billing.SheetSummary // the columns of its sheet; nil if unknown
	Decisions    []billing.Decision    // on this version
	OpenHolds    []billing.Code        // holds that still need a decision
	HeldSince    []billing.Date        // for each of OpenHolds the as-of date of the run since which it has been open; in reports only
	Used         *billing.Referral     // the referral used; nil if none, and in reports also if there are no OpenHolds
	Use          *billing.RoomUse      // how much of Used is used; in reports only, if there are OpenHolds
	Numbers      []string              // numbers in its findings that would be masked if they were BSNs of clients
	Shown        Shown                 // its identifiers with the BSNs of clients masked; not in reports

	toldReference string            // the reference masked for its provider, if not simply that without its own BSN
	toldFindings  []billing.Finding // the findings masked for its provider, if different from Findings
}

// IsPlain reports whether the row was accepted without a finding, so that it is reported only to its provider.
func (r *Row) IsPlain() bool {
	return r.Outcome == billing.Accepted && len(r.Findings) == 0 && len(r.OpenHolds) == 0
}

// IsQuiet reports whether the row was accepted and needs no decision.
func (r *Row) IsQuiet() bool { return r.Outcome == billing.Accepted && len(r.OpenHolds) == 0 }

// Of returns the findings with the given severity on this record.
func (r *Row) Of(catalogue *billing.Catalogue, severity billing.Severity) []billing.Finding {
	var found []billing.Finding
	for _, finding := range r.Findings {
		if catalogue.SeverityOn(r.Record, finding.Code) == severity {
			found = append(found, finding)
		}
	}
	return found
}

// Signal is a signal that belongs to no record: C05, D02, D03, R15.
type Signal struct {
	Code         billing.Code
	Provider     string
	Subject      string // referral number or contract
	Municipality string // CBS code; "" if the signal is not about one
	Values       []string
}

// Payment is what is to be paid to a provider on behalf of a municipality.
type Payment struct {
	Provider     string
	Municipality string
	Debit        billing.Money
	Credit       billing.Money // negative
	Net          billing.Money // debit + credit
	CarriedOver  billing.Money // balance of earlier periods, 0 or negative
	ToPay        billing.Money // net + carried over if positive, else 0 and the sum is carried over
	Due          billing.Date  // 30 days after the close; none before it
}

// CarriesOver returns the balance that is carried over to the next period, 0 or negative.
func (p *Payment) CarriesOver() billing.Money { return p.Net + p.CarriedOver - p.ToPay }

// EarlierTotal is a total of the declaration of an earlier period.
type EarlierTotal struct {
	Period       billing.Period
	Municipality string
	Provider     string
	Product      string
	Unit         billing.Unit
	CareMonth    billing.Period
	Quantity     billing.Quantity
	Amount       billing.Money
}
