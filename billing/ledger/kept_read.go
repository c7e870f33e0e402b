package ledger

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// HoldKey names a decision that is asked.
type HoldKey struct {
	Record int64
	Code   billing.Code
}

// OpenHold is a decision that is asked, as the last run left it.
type OpenHold struct {
	HoldKey
	BSN          string
	Version      int
	Provider     string
	Municipality string
	Product      string
	Date         billing.Date
	Amount       billing.Money
	Since        int64 // the run since which it has been open
}

// HoldFilter narrows the decisions that are asked; the zero value is all of them.
type HoldFilter struct {
	Record         int64
	Code           billing.Code
	Provider       string
	Municipality   string
	Municipalities []string // of a municipality's own account; nil for all
	From           billing.Money
	Until          int64     // open since this run or an earlier one; 0 for all
	DecidedAfter   int64     // without those that a file after this one decided; 0 for all
	OnlyDecided    bool      // those alone
	Without        []HoldKey // those that wait elsewhere
	Only           []HoldKey // those alone; nil for all
}

// HoldOrder is the order of a list of decisions that are asked.
type HoldOrder string

// The orders.
const (
	HoldsByAmount   HoldOrder = "amount"   // most at stake first
	HoldsByWaiting  HoldOrder = "waiting"  // longest first
	HoldsByProvider HoldOrder = "provider" // by provider, most at stake first
)

var holdOrders = map[HoldOrder]string{
	HoldsByAmount: "h.cents DESC, h.record_id DESC, h.code DESC", HoldsByWaiting: "h.since, h.record_id, h.code", HoldsByProvider: "h.provider, h.cents DESC, h.record_id, h.code",
}

// decidedOn are the holds that files after one decided on; its parameter is the number of that file.
const decidedOn = "(SELECT r.id, d.code FROM decisions d JOIN records r ON r.provider = d.provider AND r.known_as = d.known_as AND r.version = d.version WHERE d.file_id > ?)"

func (f *HoldFilter) where() (string, []any) {
	conditions, values := []string{"1 = 1"}, []any(nil)
	add := func(condition string, value ...any) {
		conditions, values = append(conditions, condition), append(values, value...)
	}
	if f.Record != 0 {
		add("h.record_id = ?", f.Record)
	}
	if f.Code != billing.NoCode {
		add("h.code = ?", f.Code.String())
	}
	if f.Provider != "" {
		add("h.provider = ?", f.Provider)
	}
	if f.Municipality != "" {
		add("h.municipality = ?", f.Municipality)
	}
	if f.Municipalities != nil {
		list, in := listOfTexts(f.Municipalities)
		add("h.municipality IN ("+list+")", in...)
	}
	if f.From != 0 {
		add("h.cents >= ?", int64(f.From))
	}
	if f.Until != 0 {
		add("h.since <= ?", f.Until)
	}
	if f.DecidedAfter != 0 || f.OnlyDecided {
		not := " NOT"
		if f.OnlyDecided {
			not = ""
		}
		add("(h.record_id, h.code)"+not+" IN "+decidedOn, f.DecidedAfter)
	}
	if len(f.Without) > 0 {
		list, keys := holdKeys(f.Without)
		add("(h.record_id, h.code) NOT IN ("+list+")", keys...)
	}
	if f.Only != nil {
		if len(f.Only) == 0 {
			add("1 = 0")
		} else {
			list, keys := holdKeys(f.Only)
			add("(h.record_id, h.code) IN ("+list+")", keys...)
		}
	}
	return strings.Join(conditions, " AND "), values
}

func holdKeys(keys []HoldKey) (list string, values []any) {
	for _, key := range keys {
		values = append(values, key.Record, key.Code.String())
	}
	return "VALUES " + strings.TrimSuffix(strings.Repeat("(CAST(? AS BIGINT), CAST(? AS TEXT)),", len(keys)), ","), values
}

// OpenHolds returns decisions that are asked, some of a list.
func (v *view) OpenHolds(ctx context.Context, filter *HoldFilter, order HoldOrder, offset, limit int) ([]OpenHold, error) {
	where, values := filter.where()
	var holds []OpenHold
	err := v.each(ctx, "SELECT h.record_id, h.code, h.bsn, h.version, h.provider, h.municipality, h.product, h.care_date, h.cents, h.since FROM open_holds h WHERE "+
		where+" ORDER BY "+holdOrders[order]+" LIMIT ? OFFSET ?", append(values, limit, offset), func(scan scanner) error {
		var h OpenHold
		err := scan(&h.Record, codeIn(&h.Code), &h.BSN, &h.Version, &h.Provider, &h.Municipality, &h.Product, &h.Date, &h.Amount, &h.Since)
		holds = append(holds, h)
		return err
	})
	return holds, err
}

// HoldTotal counts decisions that are asked.
type HoldTotal struct {
	Name   string // of the group; "" of all
	Count  int
	Amount billing.Money
	Since  int64 // the run since which the oldest has been open
}

// HoldsTotal counts the decisions that are asked.
func (v *view) HoldsTotal(ctx context.Context, filter *HoldFilter) (total HoldTotal, err error) {
	where, values := filter.where()
	err = v.each(ctx, "SELECT count(*), coalesce(sum(h.cents), 0), coalesce(min(h.since), 0) FROM open_holds h WHERE "+where, values, func(scan scanner) error {
		return scan(&total.Count, &total.Amount, &total.Since)
	})
	return total, err
}

// HoldsBy counts the decisions that are asked by code, provider or municipality, the most first.
func (v *view) HoldsBy(ctx context.Context, column string, filter *HoldFilter) ([]HoldTotal, error) {
	switch column {
	case "code", "provider", "municipality":
	default:
		return nil, nil
	}
	where, values := filter.where()
	var totals []HoldTotal
	err := v.each(ctx, "SELECT h."+column+", count(*), coalesce(sum(h.cents), 0), coalesce(min(h.since), 0) FROM open_holds h WHERE "+where+
		" GROUP BY h."+column+" ORDER BY count(*) DESC, h."+column, values, func(scan scanner) error {
		var t HoldTotal
		err := scan(&t.Name, &t.Count, &t.Amount, &t.Since)
		totals = append(totals, t)
		return err
	})
	return totals, err
}

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
	err := v.each(ctx, "SELECT b.code, b.outcome, count(*), coalesce(sum(b.cents), 0) FROM returned_rows b WHERE "+where+
		" GROUP BY b.code, b.outcome ORDER BY b.outcome DESC, count(*) DESC, b.code", values, func(scan scanner) error {
		var t ReturnedTotal
		err := scan(codeIn(&t.Code), outcomeIn(&t.Outcome), &t.Rows, &t.Amount)
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
	total, err := v.number(ctx, "SELECT count(DISTINCT b.record_id) FROM returned_rows b WHERE "+where, values...)
	if err != nil {
		return nil, 0, err
	}
	err = v.list(ctx, &rows, "SELECT DISTINCT b.record_id, b.bsn FROM (SELECT record_id, bsn, file_id, sheet, row_number FROM returned_rows b WHERE "+where+
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
	return t.someRows(ctx, run, "WITH wanted (bsn, id) AS (VALUES "+list+") "+fieldsOfRecord()+", '' FROM wanted w JOIN records r ON r.bsn = w.bsn AND r.id = w.id "+
		"JOIN outcomes o ON o.bsn = r.bsn AND o.record_id = r.id JOIN files f ON f.id = r.file_id"+joinedPrestatie+" WHERE "+standing("o")+" ORDER BY r.file_id, r.sheet, r.row_number, r.id",
		append(values, run.ID, run.ID)...)
}

// FilesOf returns the files of which a provider has most rows, the newest first.
func (v *view) FilesOf(ctx context.Context, provider string, limit int) ([]File, error) {
	var files []File
	err := v.list(ctx, &files, "SELECT "+fileColumns+" FROM files WHERE provider = ? ORDER BY id DESC LIMIT ?", provider, limit)
	return files, err
}

// RowsOfProvider returns the current readable rows of a provider about some clients.
func (t *Tx) RowsOfProvider(ctx context.Context, provider string, clients []string) ([]StoredRecord, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	var rows []StoredRecord
	for len(clients) > 0 {
		part := clients[:min(keysPerLook, len(clients))]
		clients = clients[len(part):]
		list, values := listOfTexts(part)
		err := t.eachRecord(ctx, names, func(row StoredRecord) error {
			rows = append(rows, row)
			return nil
		}, "SELECT "+strings.Join(recordColumns, ", ")+" FROM records WHERE bsn IN ("+list+") AND provider = ? AND state = 'current' ORDER BY bsn, id", append(values, provider)...)
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
		err := eachReferral(ctx, t.from, t.dialect, names, "is_latest = 1 AND bsn IN ("+list+") AND provider = ? ORDER BY bsn, number", func(r *billing.Referral) error {
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
	err = eachDecision(ctx, t.from, t.dialect, names, "d.id IN (SELECT id FROM decisions ORDER BY id DESC LIMIT ? OFFSET ?)", func(_ string, d billing.Decision) error {
		decisions = append(decisions, d)
		return nil
	}, limit, offset)
	slices.SortFunc(decisions, func(a, b billing.Decision) int { return cmp.Compare(b.ID, a.ID) })
	return decisions, err
}

// listOfTexts writes the places of texts for a list in a statement, with their values.
func listOfTexts(texts []string) (list string, values []any) {
	for _, text := range texts {
		values = append(values, text)
	}
	if len(texts) == 0 {
		return "NULL", nil // in no list is anything
	}
	return parameters(len(texts)), values
}

// ReasonsGiven returns the reasons that were given last for decisions on a code, each once.
func (v *view) ReasonsGiven(ctx context.Context, code billing.Code, most int) ([]string, error) {
	var reasons []string
	err := v.list(ctx, &reasons, "SELECT reason FROM decisions WHERE code = ? AND reason <> '' GROUP BY reason ORDER BY max(id) DESC LIMIT ?", code.String(), most)
	return reasons, err
}

// FindHolds returns the decisions asked on records known by a reference, or on those of a client.
func (v *view) FindHolds(ctx context.Context, sought string, most int) ([]HoldKey, error) {
	var keys []HoldKey
	err := v.each(ctx, "SELECT h.record_id, h.code FROM open_holds h JOIN records r ON r.bsn = h.bsn AND r.id = h.record_id WHERE r.known_as = ? OR h.bsn = ? ORDER BY h.cents DESC LIMIT ?",
		[]any{billing.KnownAs(sought), sought, most}, func(scan scanner) error {
			var key HoldKey
			err := scan(&key.Record, codeIn(&key.Code))
			keys = append(keys, key)
			return err
		})
	return keys, err
}
