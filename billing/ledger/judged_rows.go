package ledger

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// JudgedRow is a row with its outcome in a run, and its outcome at the close before.
type JudgedRow struct {
	StoredRecord
	Outcome
	FoundFindings []billing.Finding
	Open          []billing.Code
	Before        billing.Outcome // NoOutcome if the row came in since the close
}

// Since is the last close before the run of a report, with which its rows are compared. The zero value means none.
type Since struct {
	Closed   int64 // number of the run that was closed
	LastFile int64 // number of the last file taken in before it
	Period   billing.Period
}

// SinceClose returns the last close before a run.
func (v *view) SinceClose(ctx context.Context, run int64) (Since, error) {
	closed, ok, err := v.ClosedBefore(ctx, run)
	if err != nil || !ok {
		return Since{}, err
	}
	return Since{closed.ID, closed.LastFile, closed.Month()}, nil
}

const (
	// itsRecord joins outcomes o to their records, and joinedRecord also to files and prestaties.
	itsRecord    = " JOIN records r ON r.bsn = o.bsn AND r.id = o.record_id"
	joinedRecord = itsRecord + " JOIN files f ON f.id = r.file_id" + joinedPrestatie
	// joinedBefore joins the outcome at the close as p; its two parameters are the run number of that close, twice.
	// joinedBeforeOf does so only for records with a number below its first parameter; for others there is none, and none
	// is looked up.
	joinedBefore   = " LEFT JOIN outcomes p ON p.bsn = o.bsn AND p.record_id = o.record_id" + heldThen
	joinedBeforeOf = " LEFT JOIN outcomes p ON p.bsn = o.bsn AND p.record_id = CASE WHEN o.record_id < ? THEN o.record_id END" + heldThen
	heldThen       = " AND p.first_run <= ? AND (p.last_run = 0 OR p.last_run >= ?)"
)

// reported is a part of the outcomes that may belong in the report of a run, as a FROM clause with outcomes o, records r
// and, if needed, the outcome at the close before. Before returns the expression for a column of that outcome; none is its
// value if there is no such outcome.
type reported struct {
	from   string
	where  string // WHERE clause, placed after any further joins
	values []any
	before func(column, none string) string
}

// reportedIn returns the parts: the clients' outcomes that began after the close, run by run, and those that are held or
// need a decision, found by their own index. No others are read, however many there are. Before the first close all
// outcomes began in the period, and are read in table order.
func (v *view) reportedIn(ctx context.Context, run Run, since Since, clients Clients) ([]reported, error) {
	if since.Closed == 0 {
		within, bounds := clients.within("o.bsn")
		// The plus sign keeps SQLite from the index on first runs: it would look up each outcome in the table separately.
		return []reported{{from: " FROM outcomes o" + itsRecord, where: " WHERE +" + standing("o") + within, values: append([]any{run.ID, run.ID}, bounds...), before: cameSince}}, nil
	}
	var runs []int64
	if err := v.db.List(ctx, &runs, "SELECT id FROM runs WHERE id > ? AND id <= ? ORDER BY id", since.Closed, run.ID); err != nil {
		return nil, err
	}
	first, err := v.firstSince(ctx, since)
	if err != nil {
		return nil, err
	}
	var parts []reported
	for _, began := range runs {
		parts = append(parts, since.changed(run, clients, first, "first_run = ?", began))
	}
	return append(parts, since.heldAtClose(run, clients)), nil
}

// firstSince returns a number above those of all records that existed at the close; records are numbered as they come in.
func (v *view) firstSince(ctx context.Context, since Since) (int64, error) {
	first, err := v.db.Number(ctx, "SELECT coalesce(min(id), 0) FROM records WHERE file_id = (SELECT min(file_id) FROM records WHERE file_id > ?)", since.LastFile)
	if first == 0 {
		first = math.MaxInt64
	}
	return first, err
}

// joined returns the join of outcomes o to the outcomes at the close as p, its values, and the function for their columns;
// before the first close there is nothing to join.
func (s Since) joined() (join string, values []any, before func(column, none string) string) {
	if s.Closed == 0 {
		return "", nil, cameSince
	}
	return joinedBefore, []any{s.Closed, s.Closed}, atClose
}

// These functions return the expression for a column of the outcome at the close. It does not exist for rows that came in
// since; rows read as they were at the close have that outcome itself.
func cameSince(_, none string) string    { return none }
func atClose(column, none string) string { return "coalesce(p." + column + ", " + none + ")" }
func isAtClose(column, _ string) string  { return "o." + column }

// chosen returns the clients' outcomes that match the condition and hold in the run; bsn is the expression to select clients by.
func chosen(run Run, clients Clients, bsn, condition string, values ...any) reported {
	within, bounds := clients.within(bsn)
	return reported{
		from:   " FROM (SELECT * FROM outcomes WHERE " + condition + " AND (last_run = 0 OR last_run >= ?)" + within + ") AS o" + itsRecord,
		values: slices.Concat(values, []any{run.ID}, bounds),
	}
}

// changed returns the outcomes since the close that match the condition; first is as returned by firstSince.
func (s Since) changed(run Run, clients Clients, first int64, condition string, values ...any) reported {
	of := chosen(run, clients, "bsn", condition, values...)
	if of.before = cameSince; s.Closed != 0 {
		of.from, of.values, of.before = of.from+joinedBeforeOf, append(of.values, first, s.Closed, s.Closed), atClose
	}
	return of
}

// heldAtClose returns the outcomes that have been held or needed a decision since before the close. The BSN is written as
// an expression, so that no database goes through all outcomes of the clients for these few.
func (s Since) heldAtClose(run Run, clients Clients) reported {
	of := chosen(run, clients, "bsn || ''", waiting+" AND first_run <= ?", s.Closed)
	of.before = isAtClose
	return of
}

// inReport reports whether a row belongs in the report: it is new or changed since the close, held, or has a hold to decide on.
func inReport(since Since, file int64, outcome, before billing.Outcome, openHolds string) bool {
	return file > since.LastFile || outcome == billing.Held || openHolds != "" || outcome != before
}

// rowOf selects a record with its outcome as one text; before is the expression for its outcome at the close before.
func rowOf(record packed.Column, before, file, prestatie string) string {
	words := append(record.Words(), "o.first_run", "o.outcome", "o.codes", "o.open_holds", "o.price", before)
	texts := append(record.Texts(), "o.findings", "o.referral", "o.municipality", "o.product", file, prestatie)
	return "SELECT " + packed.Row(words, texts)
}

// wholeRow is rowOf with all stored columns.
func wholeRow(before string) string {
	return rowOf(packed.Under("r"), before, "f.name", prestatiePacked)
}

// Clients is a range of clients, from one BSN up to but excluding another; "" means no bound. Rows without a readable BSN
// are in the first range.
type Clients struct{ From, Before string }

// HalvesOfClients returns two ranges that divide the BSNs in the middle, or one range of all if it cannot.
func (v *view) HalvesOfClients(ctx context.Context) ([]Clients, error) {
	var first, last string
	err := v.db.Each(ctx, "SELECT coalesce((SELECT min(bsn) FROM clients WHERE bsn > ''), ''), coalesce((SELECT max(bsn) FROM clients), '')", nil,
		func(scan database.Scan) error { return scan(&first, &last) })
	if err != nil {
		return nil, err
	}
	from, problem := strconv.Atoi(first)
	to, another := strconv.Atoi(last)
	if problem != nil || another != nil || len(first) != len(last) {
		return []Clients{{}}, nil
	}
	middle := fmt.Sprintf("%0*d", len(first), from+(to-from)/2+1)
	return []Clients{{Before: middle}, {From: middle}}, nil
}

// within returns the condition that the column is in the range, with its parameters.
func (c Clients) within(column string) (condition string, values []any) {
	if c.From != "" {
		condition, values = condition+" AND "+column+" >= ?", append(values, c.From)
	}
	if c.Before != "" {
		condition, values = condition+" AND "+column+" < ?", append(values, c.Before)
	}
	return condition, values
}

// holdsAny reports whether a table has any row.
func (v *view) holdsAny(ctx context.Context, table string) (bool, error) {
	one, err := v.db.Number(ctx, "SELECT count(*) FROM (SELECT 1 AS one FROM "+table+" LIMIT 1) AS found")
	return one > 0, err
}

// EachReportRow visits the clients' rows in a run's report, in no particular order: rows since the last close, rows that
// changed since it, held rows and rows with a hold to decide on. Between is called after every few thousand rows and at the
// end, and may run any statement on the transaction. Some narrows the plain or quiet rows, unless it is nil.
func (t *Tx) EachReportRow(ctx context.Context, run Run, since Since, clients Clients, some *Some, visit func(*JudgedRow) error, between func() error) error {
	names, err := t.fileNames(ctx)
	if err != nil {
		return err
	}
	messages, err := t.HasMessages(ctx)
	if err != nil {
		return err
	}
	prestatie, joined := "''", ""
	if messages { // else no row needs the lookup
		prestatie, joined = prestatiePacked, joinedPrestatie
	}
	parts, err := t.reportedOf(ctx, run, since, clients, some)
	if err != nil {
		return err
	}
	for _, of := range parts {
		statement := rowOf(packed.Reported("r"), of.before("outcome", "''"), "''", prestatie) + of.from + joined + of.where
		err := t.judgedRows(ctx, run, statement, of.values, func(row *JudgedRow) error {
			if !inReport(since, row.FileID, row.Outcome.Outcome, row.Before, row.OpenHolds) {
				return nil
			}
			row.File = names.file(row.FileID)
			return visit(row)
		}, between)
		if err != nil {
			return err
		}
	}
	return nil
}

// EachRow visits every row as a run left it, by provider, reference, file, sheet and row. For between see EachReportRow.
func (t *Tx) EachRow(ctx context.Context, run Run, since Since, visit func(*JudgedRow) error, between func() error) error {
	return t.judgedRows(ctx, run, wholeRow("coalesce(p.outcome, '')")+" FROM outcomes o"+joinedRecord+joinedBefore+" WHERE "+standing("o")+
		" ORDER BY r.provider, r.reference, f.name, r.sheet, r.row_number, r.id", []any{since.Closed, since.Closed, run.ID, run.ID}, visit, between)
}

// EachRowOf visits the rows of files numbered above after, as a run left them, by file, sheet and row. For between see EachReportRow.
func (t *Tx) EachRowOf(ctx context.Context, run Run, after int64, visit func(*JudgedRow) error, between func() error) error {
	return t.judgedRows(ctx, run, wholeRow("''")+" FROM files f JOIN records r ON r.file_id = f.id JOIN outcomes o ON o.bsn = r.bsn AND o.record_id = r.id"+joinedPrestatie+
		" WHERE f.id > ? AND "+standing("o")+" ORDER BY f.id, r.sheet, r.row_number, r.id", []any{after, run.ID, run.ID}, visit, between)
}

const (
	ofReference = " FROM records r JOIN outcomes o ON o.bsn = r.bsn AND o.record_id = r.id JOIN files f ON f.id = r.file_id" + joinedPrestatie + " WHERE r.provider = ? AND r.known_as = ? AND "
	ofClient    = " FROM records r JOIN outcomes o ON o.bsn = r.bsn AND o.record_id = r.id JOIN files f ON f.id = r.file_id" + joinedPrestatie + " WHERE r.bsn = ? AND "
)

// RowsOf returns the rows of a reference as a run left them, in the order in which they were taken in.
func (t *Tx) RowsOf(ctx context.Context, run Run, key billing.RecordKey) ([]*JudgedRow, error) {
	return t.someRows(ctx, run, wholeRow("''")+ofReference+standing("o")+" ORDER BY f.group_id, r.id", key.Provider, key.KnownAs, run.ID, run.ID)
}

// RowsOfClient returns the rows of a client as a run left them, by provider, reference, file, sheet and row.
func (t *Tx) RowsOfClient(ctx context.Context, run Run, bsn string) ([]*JudgedRow, error) {
	return t.someRows(ctx, run, wholeRow("''")+ofClient+standing("o")+" ORDER BY r.provider, r.reference, f.name, r.sheet, r.row_number, r.id", bsn, run.ID, run.ID)
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
	before, err := t.unansweredIn(ctx, run)
	if err != nil {
		return err
	}
	var text string
	return t.db.Stream(ctx, statement, values, func(scan database.Scan) (err error) {
		if err := scan(&text); err != nil {
			return fmt.Errorf("read rows: %w", err)
		}
		u := packed.Unpack(text)
		record := packed.UnpackRecord(&u)
		row := JudgedRow{Outcome: Outcome{FirstRun: u.Number(), Outcome: packed.Value(&u, words.Outcome), Codes: u.Word(), OpenHolds: u.Word(), Price: billing.Price(u.Number())},
			Before: packed.Value(&u, words.Outcome)}
		var file, prestatie string
		u.Texts(append(record.Texts(), &row.Outcome.Findings, &row.Outcome.Referral, &row.Outcome.Municipality, &row.Outcome.Product, &file, &prestatie)...)
		if u.Err != nil {
			return u.Err
		}
		if row.StoredRecord, err = (&names{}).named(&record); err != nil {
			return err
		}
		if row.Prestatie, err = before.prestatie(prestatie, row.FileID); err != nil {
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
