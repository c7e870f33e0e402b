package report

import (
	"cmp"
	"context"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/ledger"
)

// EachRow visits every stored row with its outcome in a run, by provider, reference, file, sheet and row.
func (r *Reporter) EachRow(ctx context.Context, run ledger.Run, visit func(*Row) error) error {
	return r.Store.Read(ctx, func(tx *ledger.Tx) error {
		since, err := tx.SinceClose(ctx, run.ID)
		if err != nil {
			return err
		}
		rows := newRowReader(tx, visit)
		return tx.EachRow(ctx, run, since, rows.add, func() error { return rows.show(ctx) })
	})
}

// EachRowOf visits the rows of the files after the file with ID after, with their outcomes in a run, by file, sheet and row.
func (r *Reporter) EachRowOf(ctx context.Context, run ledger.Run, after int64, visit func(*Row) error) error {
	return r.Store.Read(ctx, func(tx *ledger.Tx) error {
		rows := newRowReader(tx, visit)
		return tx.EachRowOf(ctx, run, after, rows.add, func() error { return rows.show(ctx) })
	})
}

// rowReader collects a batch of rows, looks up the files, referrals and decisions that belong to them, and passes them to visit. It
// looks up only what the rows refer to, and caches files and referrals between batches.
type rowReader struct {
	tx        *ledger.Tx
	visit     func(*Row) error
	reporting bool // skip what no workbook shows
	waiting   []*ledger.JudgedRow
	files     map[int64]*fileView
	referrals map[string][]*billing.Referral // by number
}

// fileView holds what a row shows of its file.
type fileView struct {
	provider string
	sheets   map[string]*billing.SheetSummary
}

func newRowReader(tx *ledger.Tx, visit func(*Row) error) *rowReader {
	return &rowReader{tx: tx, visit: visit, files: make(map[int64]*fileView), referrals: make(map[string][]*billing.Referral)}
}

func (r *rowReader) add(judged *ledger.JudgedRow) error {
	r.waiting = append(r.waiting, judged)
	return nil
}

// show completes the collected rows, visits them and begins a new batch.
func (r *rowReader) show(ctx context.Context) error {
	if err := r.lookUpFiles(ctx); err != nil {
		return err
	}
	if err := r.lookUpReferrals(ctx); err != nil {
		return err
	}
	decisions, err := r.decisions(ctx)
	if err != nil {
		return err
	}
	clients := r.tx.ClientNumbers(ctx)
	for _, judged := range r.waiting {
		row := r.row(judged, decisions)
		if err := r.mask(clients, row); err != nil {
			return err
		}
		if err := r.visit(row); err != nil {
			return err
		}
	}
	clear(r.waiting)
	r.waiting = r.waiting[:0]
	return nil
}

// mask masks the BSNs of clients in what is shown of a row.
func (r *rowReader) mask(clients *bsn.Clients, row *Row) error {
	if !r.reporting {
		if err := maskShown(clients, row); err != nil {
			return err
		}
	}
	clients.Left() // discard those in its identifiers
	err := maskFindings(clients, row)
	row.Numbers = clients.Left()
	return err
}

// decisions returns the decisions on the collected rows; for a report, not those on plain rows, which no workbook shows.
func (r *rowReader) decisions(ctx context.Context) (map[billing.RecordKey][]billing.Decision, error) {
	keys := make([]billing.RecordKey, 0, len(r.waiting))
	for _, judged := range r.waiting {
		if !r.reporting || judged.Outcome.Outcome != billing.Accepted || len(judged.FoundFindings) > 0 {
			keys = append(keys, billing.RecordKeyOf(judged.Provider, judged.Reference))
		}
	}
	slices.SortFunc(keys, billing.CompareRecordKeys)
	return r.tx.DecisionsOn(ctx, slices.Compact(keys))
}

func (r *rowReader) lookUpFiles(ctx context.Context) error {
	var wanted []int64
	for _, judged := range r.waiting {
		if _, known := r.files[judged.FileID]; !known {
			r.files[judged.FileID] = nil
			wanted = append(wanted, judged.FileID)
		}
	}
	found, err := r.tx.FilesByID(ctx, wanted)
	if err != nil {
		return err
	}
	for id, file := range found {
		sheets, err := file.SheetSummaries()
		if err != nil {
			return err
		}
		seen := &fileView{provider: file.Provider, sheets: make(map[string]*billing.SheetSummary, len(sheets))}
		for i := range sheets {
			seen.sheets[sheets[i].Name] = &sheets[i]
		}
		r.files[id] = seen
	}
	return nil
}

func (r *rowReader) lookUpReferrals(ctx context.Context) error {
	var wanted []string
	for _, judged := range r.waiting {
		number := judged.Outcome.Referral
		if r.reporting && len(judged.Open) == 0 {
			continue // workbooks show the referral only of rows that need a decision
		}
		if _, known := r.referrals[number]; !known && number != "" {
			r.referrals[number] = nil
			wanted = append(wanted, number)
		}
	}
	found, err := r.tx.LatestReferrals(ctx, wanted)
	for number, referrals := range found {
		r.referrals[number] = referrals
	}
	return err
}

// used returns the referral that a row was judged with; nil if none. If several have its number, it is the client's own,
// else the only one of the responsible municipality.
func (r *rowReader) used(judged *ledger.JudgedRow) *billing.Referral {
	referrals := r.referrals[judged.Outcome.Referral]
	if own := slices.IndexFunc(referrals, func(referral *billing.Referral) bool { return referral.BSN == judged.BSN }); own >= 0 {
		return referrals[own]
	}
	if len(referrals) > 1 {
		here := func(referral *billing.Referral) bool {
			return billing.FoldMunicipality(referral.Municipality) == judged.Outcome.Municipality
		}
		referrals = slices.DeleteFunc(slices.Clone(referrals), func(referral *billing.Referral) bool { return !here(referral) })
	}
	if len(referrals) == 1 {
		return referrals[0]
	}
	return nil
}

func (r *rowReader) row(judged *ledger.JudgedRow, decisions map[billing.RecordKey][]billing.Decision) *Row {
	record := judged.Record
	row := &Row{
		Record: record, Outcome: judged.Outcome.Outcome, Before: judged.Before, Findings: judged.FoundFindings,
		Referral: judged.Outcome.Referral, Municipality: judged.Outcome.Municipality, Product: judged.Outcome.Product,
		Price: judged.Price, Amount: judged.Price.Times(record.Quantity, record.Unit), ReturnTo: record.Provider,
		OpenHolds: judged.Open, Used: r.used(judged),
	}
	slices.SortStableFunc(row.Findings, func(a, b billing.Finding) int { return cmp.Compare(a.Code, b.Code) })
	if file := r.files[record.FileID]; file != nil {
		row.Columns, row.SentBy = file.sheets[record.Sheet], file.provider
		if row.ReturnTo == "" {
			row.ReturnTo = file.provider
		}
	}
	for _, decision := range decisions[billing.RecordKeyOf(record.Provider, record.Reference)] {
		if decision.IsOn(record) {
			row.Decisions = append(row.Decisions, maskDecision(decision))
		}
	}
	return row
}

// rowsOf returns judged rows completed with their files, referrals and decisions.
func rowsOf(ctx context.Context, tx *ledger.Tx, judged []*ledger.JudgedRow) ([]*Row, error) {
	rows := make([]*Row, 0, len(judged))
	reader := newRowReader(tx, func(row *Row) error {
		rows = append(rows, row)
		return nil
	})
	reader.waiting = judged
	return rows, reader.show(ctx)
}

// RowsOf returns judged rows completed with their files, referrals and decisions.
func (r *Reporter) RowsOf(ctx context.Context, judged []*ledger.JudgedRow) ([]*Row, error) {
	var rows []*Row
	err := r.Store.Read(ctx, func(tx *ledger.Tx) (err error) {
		rows, err = rowsOf(ctx, tx, judged)
		return err
	})
	return rows, err
}
