package own

import (
	"cmp"
	"context"
	"errors"
	"path/filepath"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/importers"
)

// Check says what files are checked with.
type Check struct {
	Provider string
	Files    []string
	AsOf     billing.Date
	Book     *billing.Book
	Policy   billing.Policy
	Known    *ledger.Store // that the provider's own care is read from; nil for none
	Progress func(step string, done, total int)
}

// Result is what a check found. It names no client.
type Result struct {
	Refused  []RefusedFile // nothing was judged while any file is refused
	Files    []FileRead
	Period   billing.Period
	Rows     int        // of care records read, already received ones too
	Fine     report.Sum // without objection
	Region   report.Sum // that the region judges
	Rejected report.Sum // to be rejected
	Other    report.Sum // that withdraw or that a later row of the files replaces
	Again    int        // already received: they change nothing
	Reasons  []Reason   // that hold or reject, most rows first
	Signals  []Reason
	Found    []Row // rows with a finding, in the order of the files
}

// RefusedFile is a file that cannot be taken in, and why.
type RefusedFile struct {
	Name   string
	Reason billing.Text
}

// FileRead says what was read of a file.
type FileRead struct {
	Name, SHA256  string
	Rows          int
	Skipped       []string // sheets that were not read
	Unused        []string // columns that are not used
	Hidden        int      // rows
	Totals, Empty int
}

// Reason counts the rows with a finding of one code.
type Reason struct {
	Code     billing.Code
	Severity billing.Severity
	report.Sum
	Cells []string // the first of them
}

// Row is a row with what was found in it.
type Row struct {
	File, Sheet string
	Number      int
	Reference   string // without the client's number
	Outcome     billing.Outcome
	Amount      billing.Money
	Findings    []Finding
}

// Finding is what was found in a cell.
type Finding struct {
	Cell     string
	Code     billing.Code
	Severity billing.Severity
	Values   []string
}

// knownName is the name under which what is known of the provider is read.
const knownName = "(bekend)"

// cellsNamed is how many cells a reason names.
const cellsNamed = 5

// Run checks the files. Nothing of it is kept.
func (c *Check) Run(ctx context.Context) (*Result, error) {
	result := &Result{}
	clients, err := c.lookThrough(ctx, result)
	if err != nil || len(result.Refused) > 0 {
		return result, err
	}
	return result, c.judge(ctx, clients, result, func(run *judged) error { return run.fill(ctx, result) })
}

// judged is a run over the files and what is known, in memory.
type judged struct {
	*Check
	store     *ledger.Store
	run       ledger.Run
	catalogue *billing.Catalogue
	imported  *intake.Imported
}

// lookThrough reads the files once: what is not the provider's refuses them. It returns the clients in them.
func (c *Check) lookThrough(ctx context.Context, result *Result) ([]string, error) {
	clients := make(map[string]bool)
	for i, path := range c.Files {
		c.tell("lezen", i, len(c.Files))
		sink := &clientsIn{clients: clients}
		reader := Reader{Provider: c.Provider}
		_, err := reader.IsMessage(path)
		if err == nil {
			_, err = reader.Read(ctx, path, c.AsOf, sink)
		}
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
	list := make([]string, 0, len(clients))
	for client := range clients {
		list = append(list, client)
	}
	slices.Sort(list)
	return list, nil
}

func (c *Check) tell(step string, done, total int) {
	if c.Progress != nil {
		c.Progress(step, done, total)
	}
}

// clientsIn gathers the clients of the records in files.
type clientsIn struct{ clients map[string]bool }

func (s *clientsIn) Record(r *billing.Record) error {
	if r.BSN != "" {
		s.clients[r.BSN] = true
	}
	return nil
}
func (s *clientsIn) Referral(*billing.ReferralRow) error { return nil }
func (s *clientsIn) Decision(*billing.DecisionRow) error { return nil }

// judge takes the files into a store in memory, behind what is known of the provider, and judges them there.
func (c *Check) judge(ctx context.Context, clients []string, result *Result, use func(*judged) error) error {
	store, err := ledger.OpenMemory(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	run := &judged{Check: c, store: store, catalogue: rules.Catalogue()}
	c.tell("vergelijken", 0, 0)
	closed, err := run.takeKnown(ctx, clients)
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
	b := &batch.Batch{Store: store, Catalogue: run.catalogue}
	done, err := b.Run(ctx, batch.RunInput{Period: result.Period, AsOf: c.AsOf, Book: c.Book, Policy: c.Policy}, func(step billing.Step) {
		c.tell("toetsen", step.Done, step.Total)
	})
	if err != nil {
		return err
	}
	run.run = done.Run
	return use(run)
}

// known is a reader of what is known of a provider's care, as a file that came before.
type known struct {
	importers.Reader
	records []*billing.Record
}

func (known) Hash(string) (string, error) { return knownName, nil }

func (k known) Read(_ context.Context, _ string, _ billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	for _, record := range k.records {
		if err := sink.Record(record); err != nil {
			return nil, err
		}
	}
	return &billing.FileSummary{
		Name: knownName, SHA256: knownName, Sheets: []billing.SheetSummary{{Kind: billing.SubmissionSheet, HeadingRow: 1, Rows: len(k.records)}},
	}, nil
}

// takeKnown takes in what the region knows of the provider's care of these clients: its rows and its referrals. It returns
// the first period that is open.
func (j *judged) takeKnown(ctx context.Context, clients []string) (open billing.Period, err error) {
	if j.Known == nil {
		return 0, nil
	}
	var rows []*billing.Record
	var referrals []*billing.Referral
	err = j.Known.Read(ctx, func(tx *ledger.Tx) error {
		closed, any, err := tx.LastClosed(ctx)
		if err != nil {
			return err
		}
		if any {
			open = closed.Month().Add(1)
		}
		stored, err := tx.RowsOfProvider(ctx, j.Provider, clients)
		if err != nil {
			return err
		}
		for _, row := range stored {
			if row.Readable() && row.Origin == billing.FromSpreadsheet {
				rows = append(rows, asRead(row.Record))
			}
		}
		referrals, err = tx.ReferralsOfProvider(ctx, j.Provider, clients)
		return err
	})
	if err != nil {
		return 0, err
	}
	first := j.AsOf
	for _, row := range rows {
		first = min(first, row.FirstReceived)
	}
	in := &intake.Intake{Store: j.store, Reader: known{records: rows}, Catalogue: j.catalogue, Book: j.Book}
	if _, err := in.Import(ctx, [][]string{{knownName}}, first, nil); err != nil {
		return 0, err
	}
	return open, j.store.Write(ctx, func(tx *ledger.Tx) error {
		file, err := tx.LastFileID(ctx)
		if err != nil {
			return err
		}
		for _, referral := range referrals {
			if err := tx.AddReferral(ctx, referral, file); err != nil {
				return err
			}
		}
		return nil
	})
}

// asRead returns a record as a file would bring it, without what is known of it since.
func asRead(stored *billing.Record) *billing.Record {
	record := *stored
	record.ID, record.FileID, record.Version = 0, 0, 0
	record.File, record.Sheet = knownName, ""
	record.Ambiguous, record.HasPrior, record.Declared = false, false, 0
	record.SeenBefore, record.Standing, record.Newer = false, false, false
	return &record
}

// fill adds up what was found.
func (j *judged) fill(ctx context.Context, result *Result) error {
	for _, file := range j.imported.Files {
		hash, err := importers.Hash(file.Path)
		if err != nil {
			return err
		}
		read := FileRead{Name: bsn.MaskLine(file.Name), SHA256: hash, Rows: file.Records, Totals: file.Totals, Empty: file.Empty}
		for _, sheet := range file.Sheets {
			if sheet.Skipped != "" {
				read.Skipped = append(read.Skipped, sheet.Name)
			}
			read.Unused = append(read.Unused, sheet.UnknownColumns...)
			read.Hidden += sheet.HiddenRows
		}
		result.Files = append(result.Files, read)
		result.Rows += file.Records
		result.Again += file.AlreadyReceived
	}
	reasons := make(map[billing.Code]*Reason)
	reporter := &report.Reporter{Store: j.store, Catalogue: j.catalogue}
	err := reporter.EachRow(ctx, j.run, func(row *report.Row) error {
		if row.Record.File != knownName {
			result.add(shown.ForProvider(j.catalogue, row), reasons)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, reason := range reasons {
		if reason.Severity >= billing.Hold {
			result.Reasons = append(result.Reasons, *reason)
		} else {
			result.Signals = append(result.Signals, *reason)
		}
	}
	most := func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code))
	}
	slices.SortFunc(result.Reasons, most)
	slices.SortFunc(result.Signals, most)
	slices.SortStableFunc(result.Found, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Sheet, b.Sheet), cmp.Compare(a.Number, b.Number))
	})
	return nil
}

func (r *Result) add(told *shown.Told, reasons map[billing.Code]*Reason) {
	row := told.Row
	sum := &r.Other
	switch row.Outcome {
	case billing.Accepted, billing.Pending:
		sum = &r.Fine
	case billing.Held:
		sum = &r.Region
	case billing.Rejected:
		sum = &r.Rejected
	}
	*sum = sum.Plus(report.Sum{Count: 1, Amount: row.Amount})
	if len(told.Findings) == 0 || !shown.Judged(row) {
		return
	}
	found := Row{
		File: bsn.MaskLine(row.Record.File), Sheet: row.Record.Sheet, Number: row.Record.Row, Reference: bsn.MaskOf(bsn.Shown(row.Record.Reference), row.Record.BSN),
		Outcome: row.Outcome, Amount: row.Amount,
	}
	var seen billing.CodeSet
	for _, finding := range told.Findings {
		cell := Cell(row.Record.Sheet, shown.Column(row, finding.Field), row.Record.Row)
		severity := told.Effect(finding.Code)
		found.Findings = append(found.Findings, Finding{Cell: cell, Code: finding.Code, Severity: severity, Values: finding.Values})
		reason := reasons[finding.Code]
		if reason == nil {
			reason = &Reason{Code: finding.Code, Severity: severity}
			reasons[finding.Code] = reason
		}
		if !seen.Has(finding.Code) {
			seen.Add(finding.Code)
			reason.Sum = reason.Plus(report.Sum{Count: 1, Amount: row.Amount})
			if len(reason.Cells) < cellsNamed {
				reason.Cells = append(reason.Cells, cell)
			}
		}
	}
	r.Found = append(r.Found, found)
}
