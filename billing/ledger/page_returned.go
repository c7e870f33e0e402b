package ledger

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// ReturnedFilter narrows rows that are held or rejected.
type ReturnedFilter struct {
	Provider       string   // "" for all
	Municipalities []string // nil for all
	After          int64    // rejected by a run after this one, or held; 0 for all
	File           int64
	Code           billing.Code
	Outcome        billing.Outcome
	Record         int64
	Not            []billing.Code // of these codes none is shown
	NotWith        []billing.Code // of these none beside Beside
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
		list, in := listOfTexts(f.Municipalities)
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
		list, in := listOfTexts(codeTexts(f.Not))
		add("b.code NOT IN ("+list+")", in...)
	}
	if len(f.NotWith) > 0 {
		list, in := listOfTexts(codeTexts(f.NotWith))
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

// ReturnedTotal counts rows that are held or rejected for one reason.
type ReturnedTotal struct {
	Code    billing.Code
	Outcome billing.Outcome
	Rows    int
	Amount  billing.Money
}

// ReturnedBy counts rows by their reasons, those that reject first.
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

// RowRef names a row.
type RowRef struct {
	Record int64  `db:"record_id"`
	BSN    string `db:"bsn"`
}

// ReturnedRows returns rows that are held or rejected, some of a list, in the order of their files.
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

// RowsByID returns rows as a run left them, in the order of taking in.
func (t *Tx) RowsByID(ctx context.Context, run Run, refs []RowRef) ([]*JudgedRow, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	var values []any
	for _, ref := range refs {
		values = append(values, ref.BSN, ref.Record)
	}
	list := strings.TrimSuffix(strings.Repeat("(CAST(? AS TEXT), CAST(? AS BIGINT)),", len(refs)), ",")
	return t.someRows(ctx, run, "WITH wanted (bsn, id) AS (VALUES "+list+") "+wholeRow("''")+" FROM wanted w JOIN records r ON r.bsn = w.bsn AND r.id = w.id "+
		"JOIN outcomes o ON o.bsn = r.bsn AND o.record_id = r.id JOIN files f ON f.id = r.file_id"+joinedPrestatie+" WHERE "+standing("o")+" ORDER BY r.file_id, r.sheet, r.row_number, r.id",
		append(values, run.ID, run.ID)...)
}

// FilesOf returns a part of the files of which some providers have most rows, the newest first, and how many there are.
func (v *view) FilesOf(ctx context.Context, providers []string, offset, limit int) (files []File, count int, err error) {
	list, values := listOfTexts(providers)
	total, err := v.db.Number(ctx, "SELECT count(*) FROM files WHERE provider IN ("+list+")", values...)
	if err != nil {
		return nil, 0, err
	}
	err = v.db.List(ctx, &files, "SELECT "+fileColumns+" FROM files WHERE provider IN ("+list+") ORDER BY id DESC LIMIT ? OFFSET ?", append(values, limit, offset)...)
	return files, int(total), err
}

// RowsOfProvider returns the current readable rows of a provider about some clients.
func (t *Tx) RowsOfProvider(ctx context.Context, provider string, clients []string) ([]StoredRecord, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	var rows []StoredRecord
	const notByProvider = "provider || ''" // of many clients SQLite would go through all rows of the provider once more for each part
	for len(clients) > 0 {
		part := clients[:min(keysPerLook, len(clients))]
		clients = clients[len(part):]
		list, values := listOfTexts(part)
		err := t.eachRecord(ctx, names, func(row StoredRecord) error {
			rows = append(rows, row)
			return nil
		}, "SELECT "+packed.Under("records").Record()+" FROM records WHERE bsn IN ("+list+") AND "+notByProvider+" = ? AND state = 'current' ORDER BY bsn, id", append(values, provider)...)
		if err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// ReferralsOfProvider returns the latest referrals of a provider for some clients.
func (t *Tx) ReferralsOfProvider(ctx context.Context, provider string, clients []string) ([]*billing.Referral, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	var referrals []*billing.Referral
	for len(clients) > 0 {
		part := clients[:min(keysPerLook, len(clients))]
		clients = clients[len(part):]
		list, values := listOfTexts(part)
		err := t.eachReferral(ctx, names, "is_latest = 1 AND bsn IN ("+list+") AND provider = ? ORDER BY bsn, number", func(r *billing.Referral) error {
			referrals = append(referrals, r)
			return nil
		}, append(values, provider)...)
		if err != nil {
			return nil, err
		}
	}
	return referrals, nil
}

// DecisionsNewest returns decisions, the newest first, some of a list.
func (t *Tx) DecisionsNewest(ctx context.Context, offset, limit int) ([]billing.Decision, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	var decisions []billing.Decision
	err = t.eachDecision(ctx, names, "d.id IN (SELECT id FROM decisions ORDER BY id DESC LIMIT ? OFFSET ?)", func(_ string, d billing.Decision) error {
		decisions = append(decisions, d)
		return nil
	}, limit, offset)
	slices.SortFunc(decisions, func(a, b billing.Decision) int { return cmp.Compare(b.ID, a.ID) })
	return decisions, err
}

// ofDecisions joins decisions to the rows on which they were taken: of prestaties 7 and 007 are two.
const ofDecisions = " FROM decisions d JOIN records r ON r.provider = d.provider AND r.known_as = d.known_as AND r.reference = d.reference AND r.version = d.version WHERE "

const onDecided = ofDecisions + "r.state = 'current' AND "

// DecidedOf returns on which rows somebody decided by some codes, whether that is asked or not.
func (v *view) DecidedOf(ctx context.Context, keys []HoldKey) ([]OpenHold, error) {
	list, values := holdKeys(keys)
	return v.decided(ctx, "(r.id, d.code) IN ("+list+")", values)
}

// DecidedOn returns by which codes somebody decided on a row.
func (v *view) DecidedOn(ctx context.Context, record int64) ([]OpenHold, error) {
	return v.decided(ctx, "r.id = ?", []any{record})
}

func (v *view) decided(ctx context.Context, where string, values []any) ([]OpenHold, error) {
	var holds []OpenHold
	err := v.db.Each(ctx, "SELECT DISTINCT r.id, d.code, r.bsn"+onDecided+where+" ORDER BY r.id, d.code", values, func(scan database.Scan) error {
		var h OpenHold
		err := scan(&h.Record, words.CodeIn(&h.Code), &h.BSN)
		holds = append(holds, h)
		return err
	})
	return holds, err
}

// RowsDecided returns the rows on which decisions were taken, by the decision; a row that is not there any more is left out.
func (v *view) RowsDecided(ctx context.Context, decisions []int64) (map[int64]int64, error) {
	rows := make(map[int64]int64)
	if len(decisions) == 0 {
		return rows, nil
	}
	values := make([]any, len(decisions))
	for i, id := range decisions {
		values[i] = id
	}
	err := v.db.Each(ctx, "SELECT d.id, r.id"+onDecided+"d.id IN ("+database.Parameters(len(values))+")", values, func(scan database.Scan) error {
		var decision, row int64
		err := scan(&decision, &row)
		rows[decision] = row
		return err
	})
	return rows, err
}

// DecisionCount counts the decisions that were taken.
func (v *view) DecisionCount(ctx context.Context) (int, error) {
	count, err := v.db.Number(ctx, "SELECT count(*) FROM decisions")
	return int(count), err
}

// listOfTexts writes the places of texts for a list in a statement, with their values.
func listOfTexts(texts []string) (list string, values []any) {
	for _, text := range texts {
		values = append(values, text)
	}
	if len(texts) == 0 {
		return "NULL", nil // in no list is anything
	}
	return database.Parameters(len(texts)), values
}

// ReasonsGiven returns the reasons that were given last for decisions on a code, each once.
func (v *view) ReasonsGiven(ctx context.Context, code billing.Code, most int) ([]string, error) {
	var reasons []string
	err := v.db.List(ctx, &reasons, "SELECT reason FROM decisions WHERE code = ? AND reason <> '' GROUP BY reason ORDER BY max(id) DESC LIMIT ?", code.String(), most)
	return reasons, err
}

// FindHolds returns the decisions asked on records known by a reference, or on those of a client.
func (v *view) FindHolds(ctx context.Context, sought string, most int) ([]HoldKey, error) {
	var keys []HoldKey
	err := v.db.Each(ctx, "SELECT h.record_id, h.code FROM open_holds h JOIN records r ON r.bsn = h.bsn AND r.id = h.record_id WHERE r.known_as = ? OR h.bsn = ? ORDER BY h.cents DESC LIMIT ?",
		[]any{billing.KnownAs(sought), sought, most}, func(scan database.Scan) error {
			var key HoldKey
			err := scan(&key.Record, words.CodeIn(&key.Code))
			keys = append(keys, key)
			return err
		})
	return keys, err
}
