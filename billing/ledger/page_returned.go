package ledger

import (
	"context"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// ReturnedFilter narrows the rows that are held or rejected, one for each code that holds or rejects them.
type ReturnedFilter struct {
	Provider       string   // "" for all
	Municipalities []string // nil for all
	After          int64    // only held rows and those rejected after this run; 0 for all
	File           int64
	Code           billing.Code
	Outcome        billing.Outcome
	Record         int64
	Not            []billing.Code // excludes these codes
	NotWith        []billing.Code // excludes these codes on rows that also have Beside
	Beside         billing.Code
}

func (f *ReturnedFilter) where() (string, []any) {
	conditions, values := []string{"1 = 1"}, []any(nil)
	add := func(condition string, value ...any) {
		conditions, values = append(conditions, condition), append(values, value...)
	}
	if f.Provider != "" {
		add("b.provider = ?", f.Provider)
	}
	if f.Municipalities != nil {
		list, in := database.ListOf(f.Municipalities)
		add("b.municipality IN ("+list+")", in...)
	}
	if f.After != 0 {
		add("(b.outcome = 'held' OR b.first_run > ?)", f.After)
	}
	if f.File != 0 {
		add("b.file_id = ?", f.File)
	}
	if f.Code != billing.NoCode {
		add("b.code = ?", f.Code.String())
	}
	if f.Outcome != billing.NoOutcome {
		add("b.outcome = ?", f.Outcome.String())
	}
	if f.Record != 0 {
		add("b.record_id = ?", f.Record)
	}
	if len(f.Not) > 0 {
		list, in := database.ListOf(codeTexts(f.Not))
		add("b.code NOT IN ("+list+")", in...)
	}
	if len(f.NotWith) > 0 {
		list, in := database.ListOf(codeTexts(f.NotWith))
		add("NOT (b.code IN ("+list+") AND EXISTS (SELECT 1 FROM returned_rows x WHERE x.record_id = b.record_id AND x.code = ?))", append(in, f.Beside.String())...)
	}
	return strings.Join(conditions, " AND "), values
}

func codeTexts(codes []billing.Code) []string {
	texts := make([]string, len(codes))
	for i, code := range codes {
		texts[i] = code.String()
	}
	return texts
}

// ReturnedTotal is a total of rows that are held or rejected for one reason.
type ReturnedTotal struct {
	Code    billing.Code
	Outcome billing.Outcome
	Rows    int
	Amount  billing.Money
}

// ReturnedBy returns the totals per reason, rejects first.
func (v *view) ReturnedBy(ctx context.Context, filter *ReturnedFilter) ([]ReturnedTotal, error) {
	where, values := filter.where()
	var totals []ReturnedTotal
	err := v.db.Each(ctx, "SELECT b.code, b.outcome, count(*), coalesce(sum(b.cents), 0) FROM returned_rows b WHERE "+where+
		" GROUP BY b.code, b.outcome ORDER BY b.outcome DESC, count(*) DESC, b.code", values, func(scan database.Scan) error {
		var t ReturnedTotal
		err := scan(words.CodeIn(&t.Code), words.OutcomeIn(&t.Outcome), &t.Rows, &t.Amount)
		totals = append(totals, t)
		return err
	})
	return totals, err
}

// RowRef identifies a row: its number, and the client it is stored under.
type RowRef struct {
	Record int64  `db:"record_id"`
	BSN    string `db:"bsn"`
}

// ReturnedRows returns at most limit rows that are held or rejected, from offset on, in the order of their files, and the
// count of all.
func (v *view) ReturnedRows(ctx context.Context, filter *ReturnedFilter, offset, limit int) (rows []RowRef, count int, err error) {
	where, values := filter.where()
	total, err := v.db.Number(ctx, "SELECT count(DISTINCT b.record_id) FROM returned_rows b WHERE "+where, values...)
	if err != nil {
		return nil, 0, err
	}
	err = v.db.List(ctx, &rows, "SELECT DISTINCT b.record_id, b.bsn FROM (SELECT record_id, bsn, file_id, sheet, row_number FROM returned_rows b WHERE "+where+
		" GROUP BY record_id, bsn, file_id, sheet, row_number ORDER BY file_id, sheet, row_number, record_id LIMIT ? OFFSET ?) AS b", append(values, limit, offset)...)
	return rows, int(total), err
}

// RowsByID returns rows as a run left them, in the order in which they were taken in.
func (t *Tx) RowsByID(ctx context.Context, run Run, refs []RowRef) ([]*JudgedRow, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	var values []any
	for _, ref := range refs {
		values = append(values, ref.BSN, ref.Record)
	}
	return t.someRows(ctx, run, "WITH wanted (bsn, id) AS (VALUES "+database.Typed(len(refs), "TEXT", "BIGINT")+") "+wholeRow("''")+" FROM wanted w JOIN records r ON r.bsn = w.bsn AND r.id = w.id "+
		"JOIN outcomes o ON o.bsn = r.bsn AND o.record_id = r.id JOIN files f ON f.id = r.file_id"+joinedPrestatie+" WHERE "+standing("o")+" ORDER BY r.file_id, r.sheet, r.row_number, r.id",
		append(values, run.ID, run.ID)...)
}

// FilesOf returns at most limit files, from offset on, in which one of the providers has most rows, newest first, and the
// count of all.
func (v *view) FilesOf(ctx context.Context, providers []string, offset, limit int) (files []File, count int, err error) {
	list, values := database.ListOf(providers)
	total, err := v.db.Number(ctx, "SELECT count(*) FROM files WHERE provider IN ("+list+")", values...)
	if err != nil {
		return nil, 0, err
	}
	err = v.db.List(ctx, &files, "SELECT "+fileColumns+" FROM files WHERE provider IN ("+list+") ORDER BY id DESC LIMIT ? OFFSET ?", append(values, limit, offset)...)
	return files, int(total), err
}

// RowsOfProvider returns the current rows of a provider about some clients.
func (t *Tx) RowsOfProvider(ctx context.Context, provider string, clients []string) ([]StoredRecord, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	var rows []StoredRecord
	const notByProvider = "provider || ''" // otherwise SQLite would go through all rows of the provider for each part
	err = database.EachPart(clients, func(part []string) error {
		list, values := database.ListOf(part)
		return t.eachRecord(ctx, names, func(row StoredRecord) error {
			rows = append(rows, row)
			return nil
		}, "SELECT "+packed.Under("records").Record()+" FROM records WHERE bsn IN ("+list+") AND "+notByProvider+" = ? AND state = 'current' ORDER BY bsn, id", append(values, provider)...)
	})
	return rows, err
}

// ReferralsOfProvider returns the latest versions of a provider's referrals for some clients.
func (t *Tx) ReferralsOfProvider(ctx context.Context, provider string, clients []string) ([]*billing.Referral, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	var referrals []*billing.Referral
	err = database.EachPart(clients, func(part []string) error {
		list, values := database.ListOf(part)
		return t.eachReferral(ctx, names, "is_latest = 1 AND bsn IN ("+list+") AND provider = ? ORDER BY bsn, number", func(r *billing.Referral) error {
			referrals = append(referrals, r)
			return nil
		}, append(values, provider)...)
	})
	return referrals, err
}
