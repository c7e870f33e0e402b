package batch

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// Setting is what a report needs to know besides the store: how the run was made and for whom.
type Setting struct {
	Region      string
	Language    string
	Book        *billing.Book
	Policy      billing.Policy
	Fingerprint string
	Notes       []billing.Text
}

// Report gives all that the workbooks of a run's period are made of.
func (b *Batch) Report(ctx context.Context, run ledger.Run, setting Setting) (*Report, error) {
	since, err := b.since(ctx, run)
	if err != nil {
		return nil, err
	}
	report := &Report{ReportHead: ReportHead{
		Region: setting.Region, Language: setting.Language, Period: run.Month(), AsOf: billing.Date(run.AsOf), Closed: run.Closed(),
		ChainHead: run.Head, Program: run.Program, Fingerprint: setting.Fingerprint, Book: setting.Book, Policy: setting.Policy,
		Catalogue: b.Catalogue, Notes: setting.Notes,
	}}
	for _, fill := range []func(context.Context, *ReportHead, ledger.Run, sinceClose) error{b.files, b.missing, b.money, b.causes} {
		if err := fill(ctx, &report.ReportHead, run, since); err != nil {
			return nil, err
		}
	}
	report.Lines = func(ctx context.Context, visit func(*billing.DeclaredLine) error) error {
		return b.Store.EachLine(ctx, run, visit)
	}
	report.Signals = func(ctx context.Context, visit func(*Signal) error) error { return b.eachSignal(ctx, run, visit) }
	report.Rows = func(ctx context.Context, visit func(*Row) error) error {
		return b.reportRows(ctx, run, visit)
	}
	return report, nil
}

// sinceClose says what the rows of a report are measured from: the last close before the run.
type sinceClose struct {
	closed   int64 // number of its run; 0 for none
	lastFile int64
	period   billing.Period
}

func (b *Batch) since(ctx context.Context, run ledger.Run) (sinceClose, error) {
	closed, ok, err := b.Store.ClosedBefore(ctx, run.ID)
	if err != nil || !ok {
		return sinceClose{}, err
	}
	return sinceClose{closed.ID, closed.LastFile, closed.Month()}, nil
}

// files fills in what came in since the last close.
func (b *Batch) files(ctx context.Context, head *ReportHead, run ledger.Run, since sinceClose) error {
	files, err := b.Store.FilesAfter(ctx, since.lastFile)
	if err != nil {
		return err
	}
	again, err := b.Store.AgainAfter(ctx, since.lastFile)
	if err != nil {
		return err
	}
	repeated := make(map[int64][]AlreadyReceived)
	for _, a := range again {
		code := ""
		if municipality := head.Book.Municipality(a.Municipality); municipality != nil && a.Municipality != "" {
			code = municipality.Code
		}
		repeated[a.FileID] = append(repeated[a.FileID], AlreadyReceived{
			Provider: a.Provider, Municipality: code, Rows: a.Rows, Time: billing.Quantity(a.Time), Dayparts: billing.Quantity(a.Dayparts),
		})
	}
	for _, file := range files {
		if file.ID > run.LastFile || file.GoneBy(run.ID) {
			continue
		}
		head.Files = append(head.Files, FileIn{
			Name: file.Name, Received: billing.Date(file.Received), Kind: file.Kind, Rows: file.Rows, Kept: file.Kept, Totals: file.Totals,
			Empty: file.Empty, Provider: file.Provider, Again: repeated[file.ID],
		})
	}
	return nil
}

// missing fills in who had lines in the last period and sent nothing since.
func (b *Batch) missing(ctx context.Context, head *ReportHead, run ledger.Run, since sinceClose) error {
	if since.period == 0 {
		return nil
	}
	totals, err := b.Store.ClosedTotals(ctx, run.Month())
	if err != nil {
		return err
	}
	sent, err := b.Store.SendersAfter(ctx, since.lastFile)
	if err != nil {
		return err
	}
	known := make(map[string]bool)
	for _, provider := range sent {
		known[provider] = true
	}
	for _, total := range totals {
		if billing.Period(total.Period) == since.period && !known[total.Provider] {
			known[total.Provider] = true
			head.Missing = append(head.Missing, total.Provider)
		}
	}
	slices.Sort(head.Missing)
	return nil
}

func (b *Batch) eachSignal(ctx context.Context, run ledger.Run, visit func(*Signal) error) error {
	signals, err := b.Store.Signals(ctx, run.Month())
	if err != nil {
		return err
	}
	for _, s := range signals {
		signal := &Signal{
			Code: s.Code, Provider: s.Provider, Subject: s.Subject, Municipality: s.Municipality, Values: s.Values,
		}
		if err := visit(signal); err != nil {
			return err
		}
	}
	return nil
}
