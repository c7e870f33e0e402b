package own

import (
	"cmp"
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/intake"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/shown"
	"github.com/pxq-nl/pxq/importers"
)

// takeKnown copies into the store what the region knows of the provider's care: every row with a reference that is in the
// files, and the rows and referrals of the clients in them. It returns the first open period; zero if none was closed.
func (j *judged) takeKnown(ctx context.Context, in *contents) (open billing.Period, err error) {
	if j.Known == nil {
		return 0, nil
	}
	known := intake.NewKnown()
	var referrals []*billing.Referral
	err = j.Known.Read(ctx, func(tx *ledger.Tx) error {
		closed, any, err := tx.LastClosed(ctx)
		if err != nil {
			return err
		}
		if any {
			open = closed.Month().Add(1)
		}
		if err := known.AddReferences(ctx, tx, in.references.Keys); err != nil {
			return err
		}
		rows, err := tx.RowsOfProvider(ctx, j.Provider, in.list())
		if err != nil {
			return err
		}
		if err := known.Add(ctx, tx, rows); err != nil {
			return err
		}
		if err := known.AddMessages(ctx, tx, j.Provider); err != nil {
			return err
		}
		referrals, err = tx.ReferralsOfProvider(ctx, j.Provider, in.list())
		return err
	})
	if err != nil {
		return 0, err
	}
	return open, j.store.Write(ctx, func(tx *ledger.Tx) error {
		if err := known.Keep(ctx, tx); err != nil {
			return err
		}
		if j.lastKnown, err = tx.NextFileID(ctx); err != nil {
			return err
		}
		if err := tx.AddFile(ctx, ledger.File{ID: j.lastKnown, SHA256: "known", Kind: ledger.ReferralFile, Group: j.lastKnown}, nil); err != nil {
			return err
		}
		writer := tx.ReferralWriter()
		for _, referral := range referrals {
			if err := writer.Add(ctx, referral, j.lastKnown); err != nil {
				return err
			}
		}
		return writer.Flush(ctx)
	})
}

// fill adds the files, sums and findings of the run to result.
func (j *judged) fill(ctx context.Context, result *Result) error {
	for _, file := range j.imported.Files {
		hash, err := importers.Hash(file.Path)
		if err != nil {
			return err
		}
		read := FileRead{Name: bsn.MaskLine(file.Name), SHA256: hash, Rows: file.Records, Totals: file.Totals, Empty: file.Empty}
		for _, sheet := range file.Sheets {
			if sheet.Skipped != "" {
				read.Skipped = append(read.Skipped, bsn.MaskLine(sheet.Name))
			}
			for _, column := range sheet.UnknownColumns {
				read.Unused = append(read.Unused, bsn.MaskText(column))
			}
			read.Hidden += sheet.HiddenRows
			read.NamesMark = read.NamesMark || sheet.NamesMark && sheet.Skipped == ""
		}
		result.Files = append(result.Files, read)
		result.Rows += file.Records
		result.Again += file.AlreadyReceived
	}
	reasons := make(map[billing.Code]*Reason)
	reporter := &report.Reporter{Store: j.store, Catalogue: j.catalogue}
	err := reporter.EachRowOf(ctx, j.run, j.lastKnown, func(row *report.Row) error {
		j.withoutJ26(row)
		result.add(j.catalogue, shown.ForProvider(j.catalogue, row), reasons)
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

func (r *Result) add(catalogue *billing.Catalogue, told *shown.ProviderRow, reasons map[billing.Code]*Reason) {
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
		File: bsn.MaskLine(row.Record.File), Sheet: bsn.MaskLine(row.Record.Sheet), Number: row.Record.Row, Reference: bsn.Shown(row.ProviderReference()),
		Outcome: row.Outcome, Amount: row.Amount, InMessage: row.Record.Prestatie != nil,
	}
	var seen billing.CodeSet
	for _, finding := range told.Findings {
		of := FindingOf(catalogue, told, &finding)
		found.Findings = append(found.Findings, of)
		reason := reasons[finding.Code]
		if reason == nil {
			reason = &Reason{Code: finding.Code, Severity: of.Severity, InMessage: true}
			reasons[finding.Code] = reason
		}
		reason.InMessage = reason.InMessage && of.InMessage
		if !seen.Has(finding.Code) {
			seen.Add(finding.Code)
			reason.Sum = reason.Plus(report.Sum{Count: 1, Amount: row.Amount})
			if len(reason.Cells) < cellsNamed {
				reason.Cells = append(reason.Cells, of.Cell)
			}
		}
	}
	r.Found = append(r.Found, found)
}
