package own

import (
	"context"
	"errors"
	"maps"
	"path/filepath"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
)

// Check is a check of files of a provider.
type Check struct {
	Provider string
	Files    []string
	AsOf     billing.Date
	Book     *billing.Book
	Policy   billing.Policy
	Known    *ledger.Store // what the region knows of the provider's care; nil for none
	Progress func(step string, done, total int)
}

// Result is the result of a check. It does not identify clients.
type Result struct {
	Refused  []RefusedFile // when any file is refused, nothing was judged
	Files    []FileRead
	Period   billing.Period
	Rows     int        // number of care records read, including those received before
	Fine     report.Sum // rows without objection
	Region   report.Sum // rows that a controller of the region decides on
	Rejected report.Sum // rows that would be rejected
	Other    report.Sum // rows that withdraw a record, or that a later row of the files replaces
	Again    int        // number of rows received before, which change nothing
	Reasons  []Reason   // that hold or reject: rejecting ones first, then by number of rows
	Signals  []Reason   // that neither hold nor reject
	Found    []Row      // rows with a finding, in the order of the files
}

// RefusedFile is a file that cannot be taken in, and why.
type RefusedFile struct {
	Name   string
	Reason billing.Text
}

// FileRead describes a file that was read.
type FileRead struct {
	Name, SHA256  string
	Rows          int
	Skipped       []string // sheets that were not read
	Unused        []string // headings of columns that are not used
	Hidden        int      // number of hidden rows
	NamesMark     bool     // see billing.SheetSummary
	Totals, Empty int
}

// Reason counts the rows with a finding of one code.
type Reason struct {
	Code     billing.Code
	Severity billing.Severity
	report.Sum
	Cells     []string // where the first of them are
	InMessage bool     // all rows are prestaties of messages
}

// Row is a row with its findings.
type Row struct {
	File, Sheet string
	Number      int
	Reference   string // a BSN in it is masked
	Outcome     billing.Outcome
	Amount      billing.Money
	Findings    []Finding
	InMessage   bool // the row is a prestatie: Number is its place in the message
}

// Finding is a finding in a cell or prestatie.
type Finding struct {
	Cell     string
	Code     billing.Code
	Severity billing.Severity
	Values   []string

	InMessage bool   // the finding is on a prestatie, for which its text differs from that for a row of a spreadsheet
	Return    string // return code with which the prestatie would be answered; "" for none
}

// cellsNamed is the largest number of cells that a reason lists.
const cellsNamed = 5

// Run checks the files. It works in memory and stores nothing.
func (c *Check) Run(ctx context.Context) (*Result, error) {
	result := &Result{}
	in, err := c.readContents(ctx, result)
	if err != nil || len(result.Refused) > 0 {
		return result, err
	}
	return result, c.judge(ctx, in, result, func(run *judged) error { return run.fill(ctx, result) })
}

// judged is a run in memory over the files and what is known of the provider's care.
type judged struct {
	*Check
	store     *ledger.Store
	run       ledger.Run
	catalogue *billing.Catalogue
	imported  *intake.Imported
	lastKnown int64 // number of the last file that is known, not checked; 0 for none
}

// readContents reads the files once and adds those that are not the provider's to result.Refused. It returns the clients and
// references in the files.
func (c *Check) readContents(ctx context.Context, result *Result) (*contents, error) {
	in := &contents{provider: c.Provider, clients: make(map[string]bool)}
	for i, path := range c.Files {
		c.report("lezen", i, len(c.Files))
		err := c.readFile(ctx, path, in)
		if err == nil {
			continue
		}
		refusal, ok := errors.AsType[intake.Refusal](err)
		if !ok {
			return nil, err
		}
		result.Refused = append(result.Refused, RefusedFile{
			Name: bsn.MaskLine(filepath.Base(path)), Reason: billing.Text{Dutch: refusal.In("nl"), English: refusal.In("en")},
		})
	}
	return in, nil
}

func (c *Check) report(step string, done, total int) {
	if c.Progress != nil {
		c.Progress(step, done, total)
	}
}

// contents are the clients and the references of the records in files.
type contents struct {
	provider   string
	clients    map[string]bool
	references intake.References
}

func (c *contents) Record(r *billing.Record) error {
	if r.BSN != "" {
		c.clients[r.BSN] = true
	}
	return c.references.Record(r)
}
func (c *contents) Referral(*billing.ReferralRow) error { return nil }
func (c *contents) Decision(*billing.DecisionRow) error { return nil }

// list returns the clients, sorted.
func (c *contents) list() []string { return slices.Sorted(maps.Keys(c.clients)) }

// judge takes the files into a store in memory, after what is known of the provider's care, judges them there and passes the
// run to use. When a file is refused it adds it to result.Refused and does not call use.
func (c *Check) judge(ctx context.Context, of *contents, result *Result, use func(*judged) error) error {
	store, err := ledger.OpenMemory(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	run := &judged{Check: c, store: store, catalogue: rules.Catalogue()}
	c.report("vergelijken", 0, 0)
	closed, err := run.takeKnown(ctx, of)
	if err != nil {
		return err
	}
	in := &intake.Intake{Store: store, Reader: Reader{Provider: c.Provider}, Messages: Reader{Provider: c.Provider}, Catalogue: run.catalogue, Book: c.Book}
	run.imported, err = in.Import(ctx, [][]string{c.Files}, c.AsOf, nil)
	if err != nil {
		return err
	}
	for _, file := range run.imported.Files {
		if file.Refused != nil {
			result.Refused = append(result.Refused, RefusedFile{Name: bsn.MaskLine(file.Name), Reason: billing.Text{Dutch: file.Refused.In("nl"), English: file.Refused.In("en")}})
		}
	}
	if len(result.Refused) > 0 {
		return nil
	}
	day, err := store.LastCareDate(ctx, c.AsOf)
	if err != nil {
		return err
	}
	result.Period = c.AsOf.Period()
	if !day.IsZero() {
		result.Period = day.Period()
	}
	result.Period = max(result.Period, closed)
	b := &batch.Batch{Store: store, Catalogue: run.catalogue, WithoutPages: true}
	done, err := b.Run(ctx, batch.RunInput{Period: result.Period, AsOf: c.AsOf, Book: c.Book, Policy: c.Policy}, func(step billing.Step) {
		c.report("toetsen", step.Done, step.Total)
	})
	if err != nil {
		return err
	}
	run.run = done.Run
	if err := run.refuseMessages(ctx, result); err != nil || len(result.Refused) > 0 {
		return err
	}
	return use(run)
}
