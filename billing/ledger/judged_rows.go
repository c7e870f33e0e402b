package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// JudgedRow is a row with what became of it in a run, and what it was at the close before.
type JudgedRow struct {
	StoredRecord
	Outcome
	FoundFindings []billing.Finding
	Open          []billing.Code
	Before        billing.Outcome // none if it came in since the close
}

// Since is what the rows of a report are measured from: the last close before its run. The zero value is none.
type Since struct {
	Closed   int64 // number of the run that was closed
	LastFile int64 // the last file that was taken in before it
	Period   billing.Period
}

// SinceClose returns what the rows of a run are measured from.
func (v *view) SinceClose(ctx context.Context, run int64) (Since, error) {
	closed, ok, err := v.ClosedBefore(ctx, run)
	if err != nil || !ok {
		return Since{}, err
	}
	return Since{closed.ID, closed.LastFile, closed.Month()}, nil
}

const (
	joinedRecord = " JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id JOIN files f ON f.id = r.file_id" + joinedPrestatie
	// joinedBefore finds the outcome at the close; its two parameters are the number of the closed run, twice.
	joinedBefore = " LEFT JOIN outcomes p ON p.bsn = o.bsn AND p.record_id = o.record_id AND p.first_run <= ? AND (p.last_run = 0 OR p.last_run >= ?)"
)

// reported are the outcomes of a run that may belong in its report: those that began after the close, by their first
// run, and those that are held or ask for a decision, by an index of their own. Others are not read, however many
// there are.
const reported = "(SELECT * FROM outcomes WHERE first_run > ? AND first_run <= ? AND (last_run = 0 OR last_run >= ?) UNION ALL " +
	"SELECT * FROM outcomes WHERE " + waiting + " AND first_run <= ? AND (last_run = 0 OR last_run >= ?)) AS o"

// inReport is the condition on them: rows since the close, rows that changed since it, held rows and rows with a hold
// to decide on. Its parameter is the last file before the close.
const inReport = "(r.file_id > ? OR o.outcome = 'held' OR o.open_holds <> '' OR p.outcome IS NULL OR p.outcome <> o.outcome)"

// reportValues are the parameters of reported, joinedBefore and inReport, in this order.
func reportValues(run Run, since Since) []any {
	return []any{since.Closed, run.ID, run.ID, since.Closed, run.ID, since.Closed, since.Closed, since.LastFile}
}

func fieldsOfRecord() string {
	return "SELECT " + recordFields("r") + ", " + prestatiePacked + ", o.findings, o.referral, o.municipality, o.product, f.name, " +
		packed.Columns("o.first_run", "o.outcome", "o.codes", "o.open_holds", "o.price")
}

// EachReportRow visits the rows of a run's report in the order of taking in: rows since the last close, rows that
// changed since it, held rows and rows with a hold to decide on. Between is called after some thousands of them and
// at the end, and may ask the transaction anything.
func (t *Tx) EachReportRow(ctx context.Context, run Run, since Since, visit func(*JudgedRow) error, between func() error) error {
	return t.judgedRows(ctx, run, fieldsOfRecord()+", coalesce(p.outcome, '') FROM "+reported+joinedRecord+joinedBefore+" WHERE "+inReport+" ORDER BY r.id",
		reportValues(run, since), visit, between)
}

// EachRow visits every row kept as a run left it, by provider, reference, file, sheet and row. Between is as of
// EachReportRow.
func (t *Tx) EachRow(ctx context.Context, run Run, since Since, visit func(*JudgedRow) error, between func() error) error {
	return t.judgedRows(ctx, run, fieldsOfRecord()+", coalesce(p.outcome, '') FROM outcomes o"+joinedRecord+joinedBefore+" WHERE "+standing("o")+
		" ORDER BY r.provider, r.reference, f.name, r.sheet, r.row_number, r.id", []any{since.Closed, since.Closed, run.ID, run.ID}, visit, between)
}

const (
	ofReference = ", '' FROM records r JOIN outcomes o ON o.bsn = r.bsn AND o.record_id = r.id JOIN files f ON f.id = r.file_id" + joinedPrestatie + " WHERE r.provider = ? AND r.known_as = ? AND "
	ofClient    = ", '' FROM records r JOIN outcomes o ON o.bsn = r.bsn AND o.record_id = r.id JOIN files f ON f.id = r.file_id" + joinedPrestatie + " WHERE r.bsn = ? AND "
)

// RowsOf returns the rows of one reference, in the order of taking in.
func (t *Tx) RowsOf(ctx context.Context, run Run, key Key) ([]*JudgedRow, error) {
	return t.someRows(ctx, run, fieldsOfRecord()+ofReference+standing("o")+" ORDER BY f.group_id, r.id", key.Provider, key.KnownAs, run.ID, run.ID)
}

// RowsOfClient returns the rows of a client, by provider, reference, file, sheet and row.
func (t *Tx) RowsOfClient(ctx context.Context, run Run, bsn string) ([]*JudgedRow, error) {
	return t.someRows(ctx, run, fieldsOfRecord()+ofClient+standing("o")+" ORDER BY r.provider, r.reference, f.name, r.sheet, r.row_number, r.id", bsn, run.ID, run.ID)
}

func (t *Tx) someRows(ctx context.Context, run Run, statement string, values ...any) ([]*JudgedRow, error) {
	var rows []*JudgedRow
	err := t.judgedRows(ctx, run, statement, values, func(row *JudgedRow) error {
		rows = append(rows, row)
		return nil
	}, func() error { return nil })
	return rows, err
}

func (t *Tx) judgedRows(ctx context.Context, run Run, statement string, values []any, visit func(*JudgedRow) error, between func() error) error {
	var record recordRow
	var judged JudgedRow
	var prestatie, file, rest string
	targets := append(record.scanTargets(), &prestatie, &judged.Outcome.Findings, &judged.Outcome.Referral, &judged.Outcome.Municipality, &judged.Outcome.Product,
		&file, &rest, words.OutcomeIn(&judged.Before))
	return t.db.Stream(ctx, statement, values, func(scan database.Scan) (err error) {
		if err := scan(targets...); err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		u := packed.Unpack(rest)
		judged.FirstRun, judged.Outcome.Outcome, judged.Codes, judged.OpenHolds, judged.Price = u.Number(), packed.Value(&u, words.Outcome), u.Word(), u.Word(), billing.Price(u.Number())
		if u.Err != nil {
			return u.Err
		}
		row := judged
		if row.StoredRecord, err = record.record(&names{}); err != nil {
			return err
		}
		if row.Prestatie, err = unpackPrestatie(prestatie); err != nil {
			return err
		}
		row.File = file
		if row.FoundFindings, err = words.Findings(row.Outcome.Findings, run.Month()); err != nil {
			return err
		}
		if row.Open, err = words.Codes(row.OpenHolds); err != nil {
			return err
		}
		return visit(&row)
	}, between)
}

// RowTotal counts rows of a run that are alike.
type RowTotal struct {
	Outcome      billing.Outcome
	Before       billing.Outcome // at the close before the run; none if it came in since
	Earlier      bool            // it came in before that close
	TakenBack    bool            // its file was, since the run
	Prestatie    bool            // of a message (JW323)
	Municipality string
	Provider     string
	Codes        string
	Unit         billing.Unit
	Price        billing.Price
	Quantity     billing.Quantity // of each
	Rows         int
}

// Amount returns price × quantity of each of the rows, rounded by row and added up.
func (t *RowTotal) Amount() billing.Money {
	return billing.Money(t.Rows) * t.Price.Times(t.Quantity, t.Unit)
}

// RowTotals counts the rows of a report (see EachReportRow) by all that a total is about: fine enough to add up amounts
// that are rounded by row, coarse enough to hold.
func (v *view) RowTotals(ctx context.Context, run Run, since Since) ([]RowTotal, error) {
	var totals []RowTotal
	err := v.db.Each(ctx, "SELECT o.outcome, coalesce(p.outcome, ''), CASE WHEN r.file_id <= ? THEN 1 ELSE 0 END, CASE WHEN r.state = 'taken_back' THEN 1 ELSE 0 END, "+
		"o.municipality, r.provider, o.codes, r.unit, o.price, r.quantity, CASE WHEN r.last_date <> 0 THEN 1 ELSE 0 END, count(*) FROM "+reported+" JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id"+joinedBefore+
		" WHERE "+inReport+" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11",
		append([]any{since.LastFile}, reportValues(run, since)...), func(scan database.Scan) error {
			var t RowTotal
			var earlier, takenBack, prestatie int
			err := scan(words.OutcomeIn(&t.Outcome), words.OutcomeIn(&t.Before), &earlier, &takenBack, &t.Municipality, &t.Provider, &t.Codes, words.UnitIn(&t.Unit), &t.Price, &t.Quantity, &prestatie, &t.Rows)
			t.Earlier, t.TakenBack, t.Prestatie = earlier == 1, takenBack == 1, prestatie == 1
			totals = append(totals, t)
			return err
		})
	return totals, err
}

// Recounted counts rows that were accepted at a close and since got another outcome or another price.
type Recounted struct {
	Outcome            billing.Outcome
	Unit               billing.Unit
	Price, PriceBefore billing.Price
	Quantity           billing.Quantity // of each
	Rows               int
}

// RecountedSince counts, of care from a month on, the rows that were accepted at the close before a run and that it left
// with another outcome or another price.
func (v *view) RecountedSince(ctx context.Context, run Run, since Since, from billing.Period) ([]Recounted, error) {
	var recounted []Recounted
	first := billing.Date(0)
	if from != 0 {
		first = from.First()
	}
	const key = "o.outcome, r.unit, o.price, p.price, r.quantity"
	err := v.db.Each(ctx, "SELECT "+key+", count(*) FROM (SELECT * FROM outcomes WHERE first_run > ? AND first_run <= ? AND (last_run = 0 OR last_run >= ?)) AS o "+
		"JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id JOIN outcomes p ON p.bsn = o.bsn AND p.record_id = o.record_id AND p.first_run <= ? "+
		"AND (p.last_run = 0 OR p.last_run >= ?) WHERE p.outcome = 'accepted' AND r.care_date >= ? AND (o.outcome <> 'accepted' OR o.price <> p.price) GROUP BY "+key,
		[]any{since.Closed, run.ID, run.ID, since.Closed, since.Closed, int32(first)}, func(scan database.Scan) error {
			var r Recounted
			err := scan(words.OutcomeIn(&r.Outcome), words.UnitIn(&r.Unit), &r.Price, &r.PriceBefore, &r.Quantity, &r.Rows)
			recounted = append(recounted, r)
			return err
		})
	return recounted, err
}

// keysPerLook is how many keys are looked up by one statement.
const keysPerLook = 400

// FilesByID returns files by their numbers.
func (t *Tx) FilesByID(ctx context.Context, ids []int64) (map[int64]File, error) {
	files := make(map[int64]File, len(ids))
	for part := range slices.Chunk(ids, keysPerLook) {
		list, values := listOf(part)
		found, err := t.files(ctx, "id IN ("+list+")", values...)
		if err != nil {
			return nil, err
		}
		for _, file := range found {
			files[file.ID] = file
		}
	}
	return files, nil
}

// DecisionsOn returns the decisions on records, in order.
func (t *Tx) DecisionsOn(ctx context.Context, keys []Key) (map[Key][]billing.Decision, error) {
	decisions := make(map[Key][]billing.Decision)
	some, err := t.db.Number(ctx, "SELECT count(*) FROM (SELECT 1 AS one FROM decisions LIMIT 1) AS found")
	if err != nil || some == 0 {
		return decisions, err // the common case, spared a look for each row
	}
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	for part := range slices.Chunk(keys, keysPerLook) {
		where, values := decisionsOn(part)
		err := t.eachDecision(ctx, names, where, func(_ string, d billing.Decision) error {
			key := KeyOf(d.Provider, d.Reference)
			decisions[key] = append(decisions[key], d)
			return nil
		}, values...)
		if err != nil {
			return nil, err
		}
	}
	return decisions, nil
}

func decisionsOn(keys []Key) (where string, values []any) {
	for _, key := range keys {
		values = append(values, key.Provider, key.KnownAs)
	}
	return "(d.provider, d.known_as) IN (VALUES " + strings.TrimSuffix(strings.Repeat("(CAST(? AS TEXT), CAST(? AS TEXT)),", len(keys)), ",") + ")", values
}

// waiting is the condition on outcomes of rows that are held or ask for a decision, written as the index of such
// outcomes is.
const waiting = "(outcome = 'held' OR open_holds <> '')"

// asking is the condition on outcomes with a hold that asks for a decision in a run; its two parameters are the
// number of that run, twice.
const asking = waiting + " AND open_holds <> '' AND first_run <= ? AND (last_run = 0 OR last_run >= ?)"

// HeldSince returns, for every row with a hold that asks for a decision in the run, by its number, the run since
// which each of its holds has been open without a break.
func (v *view) HeldSince(ctx context.Context, run Run) (map[int64]map[billing.Code]int64, error) {
	since := make(map[int64]map[billing.Code]int64)
	err := v.db.Each(ctx, "SELECT o.record_id, o.first_run, o.last_run, o.open_holds FROM (SELECT bsn, record_id FROM outcomes WHERE "+asking+") AS h "+
		"JOIN outcomes o ON o.bsn = h.bsn AND o.record_id = h.record_id WHERE o.open_holds <> '' AND o.first_run <= ? ORDER BY o.record_id, o.first_run DESC",
		[]any{run.ID, run.ID, run.ID}, func(scan database.Scan) error {
			var record, first, last int64
			var open []billing.Code
			if err := scan(&record, &first, &last, words.CodesIn(&open)); err != nil {
				return err
			}
			current := last == 0 || last >= run.ID
			if current {
				since[record] = make(map[billing.Code]int64)
			}
			for _, code := range open {
				if known, ok := since[record][code]; current || ok && known == last+1 {
					since[record][code] = first
				}
			}
			return nil
		})
	return since, err
}
