package report

import (
	"context"

	"github.com/pxq-nl/pxq/billing"
)

// Report is what the workbooks of a period are made of. The head says what it is about; lines, rows and
// signals are streamed, as often as a writer asks.
type Report struct {
	ReportHead
	// Lines streams the declaration of the period in the order of the export.
	Lines func(context.Context, func(*billing.DeclaredLine) error) error
	// Rows streams the rows taken in since the last close, the rows whose outcome changed since it, and all
	// that are held, in no order that means anything: their numbers are in the order of taking in.
	Rows func(context.Context, func(*Row) error) error
	// RowsOf is Rows, but of the plain ones only those of some providers, or of all that are quiet.
	RowsOf func(ctx context.Context, providers []string, quiet bool, visit func(*Row) error) error
	// Clients returns which of these numbers are those of clients.
	Clients func(ctx context.Context, numbers []string) (map[string]bool, error)
	// Signals streams the signals that belong to no record, by code, provider and subject.
	Signals func(context.Context, func(*Signal) error) error
}

// ReportHead is everything in a report but its lines and rows.
type ReportHead struct {
	Region      string
	Language    string // nl or en: of the texts
	Period      billing.Period
	AsOf        billing.Date // day on which the run that is reported was taken to run
	Closed      bool         // false: every page says VOORLOPIG
	ChainHead   string       // head of the chain after its close; "" until then
	Program     string       // name and version
	Fingerprint string       // of the book
	Book        *billing.Book
	Policy      billing.Policy
	SecondFrom  billing.Money // amount from which two controllers decide together; 0 for none
	Catalogue   *billing.Catalogue
	Notes       []billing.Text    // what a reader of the book must know
	Files       []FileIn          // taken in since the last close, in order
	Refused     []RefusedFile     // nothing of them was taken in, in order
	LeftOut     []LeftOut         // rows of earlier files that these leave out, and that stand
	Waiting     []Waiting         // declarations (JW323) without an answer, in order
	NotSent     []NotSent         // declarations (JW323) that count as never sent, in order
	Missing     []string          // AGB codes that had lines last period and sent nothing now
	Payments    []Payment         // sorted by provider and municipality
	Ceilings    []billing.Ceiling // of every contract that has one, in the years that the declaration touches
	Earlier     []EarlierTotal    // of earlier periods, by period, municipality, provider, product
	Causes      []CauseSum        // what changes to care that was declared cost, by cause, municipality and provider
}

// RefusedFile is a file that was refused whole when the run that is reported took in what was new.
type RefusedFile struct {
	Name   string // without its folder
	Reason billing.Text
}

// LeftOut is a row of an earlier file that a later file of the same provider leaves out, while it repeats more than half of
// that file. It stands, until a row with quantity 0 withdraws it.
type LeftOut struct {
	Provider  string
	File      string // name of the later file
	Earlier   string // name of the earlier one
	Reference string // as the earlier file writes it; without the numbers of clients
	Told      string // the same as the provider may read it
	Sheet     string // of the earlier file; "" for CSV
	Row       int    // as a spreadsheet shows it
}

// FileIn says what became of one file that was taken in. Rows = Kept + Again; Totals and Empty were skipped.
type FileIn struct {
	Name     string
	Received billing.Date
	Kind     string // submission, referrals, decisions or mixed
	Rows     int    // rows of records read
	Kept     int    // rows that became a version or a rejected row
	Totals   int    // rows that began with Totaal
	Empty    int    // wholly empty rows
	Provider string // the provider with most rows in it; "" if none
	Again    []AlreadyReceived

	ReadAgain bool // pxq read it once more by itself: nobody sent it
}

// AlreadyReceived counts, for one provider and municipality (CBS code, "" if unknown) in one file, the rows that were already received:
// they change nothing and are counted nowhere else.
type AlreadyReceived struct {
	Provider     string
	Municipality string
	Rows         int
	Time         billing.Quantity
	Dayparts     billing.Quantity
}

// Row is one row of a submission with what became of it.
type Row struct {
	Record       *billing.Record
	Outcome      billing.Outcome
	Before       billing.Outcome       // outcome at the last close; none if it came in since
	Findings     []billing.Finding     // in the order of the catalogue
	Referral     string                // number of the one used; "" if none
	Municipality string                // CBS code of who is responsible; "" if not known: onbekend
	Product      string                // as the book spells it; as written if unknown
	Price        billing.Price         // 0 if none
	Amount       billing.Money         // price × quantity of this record alone, rounded: for show, lines are rounded once
	ReturnTo     string                // AGB of the return file it goes into; "" if nobody's
	SentBy       string                // AGB of the provider with most rows in its file; "" if none
	Columns      *billing.SheetSummary // where the fields stand on its sheet; nil if not known
	Decisions    []billing.Decision    // on its findings, those that count
	OpenHolds    []billing.Code        // holds that still ask for a decision
	HeldSince    []billing.Date        // of each of them: as-of date of the run since which it has been open; in reports only
	Used         *billing.Referral     // the referral used, for its period and volume; nil if none; in reports only of a row with open holds
	Use          *billing.RoomUse      // what is used of it, of a row with open holds; in reports only
	Numbers      []string              // in its findings, that would be masked if they were those of clients
	Shown        Shown                 // what it is known by, without the numbers of clients, as are the findings; not in reports

	toldReference string            // as its provider may read it, where that differs
	toldFindings  []billing.Finding // likewise
}

// IsPlain reports whether the row was accepted without a finding: nothing is to be said of it but to its provider.
func (r *Row) IsPlain() bool {
	return r.Outcome == billing.Accepted && len(r.Findings) == 0 && len(r.OpenHolds) == 0
}

// IsQuiet reports whether the row was accepted and asks for no decision: at most it has signals.
func (r *Row) IsQuiet() bool { return r.Outcome == billing.Accepted && len(r.OpenHolds) == 0 }

// Of returns the findings of that severity.
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
	Municipality string // CBS code, "" if it is about none
	Values       []string
}

// Payment says what is to be paid to a provider on behalf of a municipality.
type Payment struct {
	Provider     string
	Municipality string
	Debit        billing.Money
	Credit       billing.Money // negative
	Net          billing.Money // debit + credit
	CarriedOver  billing.Money // negative balance of earlier periods
	ToPay        billing.Money // net + carried over when positive, else 0: then it is carried over
	Due          billing.Date  // 30 days after the close; none until then
}

// GoesOn is what the payment leaves for the next period: nothing, or a negative balance.
func (p *Payment) GoesOn() billing.Money { return p.Net + p.CarriedOver - p.ToPay }

// EarlierTotal is what earlier declarations came to.
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
