package batch

import (
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// reportRows visits the rows of a report; those that ask for a decision with what a controller must know for it.
func (b *Batch) reportRows(ctx context.Context, run ledger.Run, visit func(*Row) error) error {
	holds, err := b.newHoldView(ctx, run)
	if err != nil {
		return err
	}
	return b.EachRow(ctx, ledger.ReportRow, run, func(row *Row) error {
		holds.add(row)
		return visit(row)
	})
}

// EachRow visits the rows of a run with what became of them.
func (b *Batch) EachRow(ctx context.Context, scope ledger.RowScope, run ledger.Run, visit func(*Row) error) error {
	since, err := b.since(ctx, run)
	if err != nil {
		return err
	}
	view, err := b.newRowView(ctx)
	if err != nil {
		return err
	}
	return b.Store.EachRow(ctx, scope, run, since.closed, since.lastFile, func(judged *ledger.JudgedRow) error {
		row, err := view.row(judged)
		if err != nil {
			return err
		}
		return visit(row)
	})
}

// rowView holds what rows are shown with.
type rowView struct {
	catalogue *billing.Catalogue
	files     map[int64]*fileView
	referrals map[string]*billing.Referral
	decisions map[ledger.Key][]billing.Decision
}

type fileView struct {
	provider string
	sheets   map[string]*billing.SheetSummary
}

func (b *Batch) newRowView(ctx context.Context) (*rowView, error) {
	view := &rowView{
		catalogue: b.Catalogue, files: make(map[int64]*fileView), referrals: make(map[string]*billing.Referral),
		decisions: make(map[ledger.Key][]billing.Decision),
	}
	files, err := b.Store.FilesAfter(ctx, 0)
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		sheets, err := file.SheetSummaries()
		if err != nil {
			return nil, err
		}
		seen := &fileView{provider: file.Provider, sheets: make(map[string]*billing.SheetSummary, len(sheets))}
		for i := range sheets {
			seen.sheets[sheets[i].Name] = &sheets[i]
		}
		view.files[file.ID] = seen
	}
	err = b.Store.EachLatestReferral(ctx, func(r *billing.Referral) error {
		view.referrals[r.Number] = r
		return nil
	})
	if err != nil {
		return nil, err
	}
	return view, b.Store.EachDecision(ctx, func(_ string, d billing.Decision) error {
		key := ledger.Key{Provider: d.Provider, Reference: d.Reference}
		view.decisions[key] = append(view.decisions[key], d)
		return nil
	})
}

func (v *rowView) row(judged *ledger.JudgedRow) (*Row, error) {
	record := judged.Record
	row := &Row{
		Record: record, Outcome: judged.Outcome.Outcome, Before: judged.Before, Findings: judged.FoundFindings,
		Referral: judged.Outcome.Referral, Municipality: judged.Outcome.Municipality, Product: judged.Outcome.Product,
		Price: judged.Price, Amount: judged.Price.Times(record.Quantity, record.Unit), ReturnTo: record.Provider,
		OpenHolds: judged.Open, Used: v.referrals[judged.Outcome.Referral],
	}
	slices.SortStableFunc(row.Findings, func(a, b billing.Finding) int { return int(a.Code) - int(b.Code) })
	if file := v.files[record.FileID]; file != nil {
		row.Columns, row.SentBy = file.sheets[record.Sheet], file.provider
		if row.ReturnTo == "" {
			row.ReturnTo = file.provider
		}
	}
	for _, decision := range v.decisions[ledger.Key{Provider: record.Provider, Reference: record.Reference}] {
		if decision.Version == record.Version {
			row.Decisions = append(row.Decisions, decision)
		}
	}
	return row, nil
}
