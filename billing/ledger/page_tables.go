package ledger

import (
	"context"
	"errors"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// What a run stores for the pages. The page tables, open_holds and returned_rows, hold what the pages show of the rows that
// wait or were refused, derived from outcomes, records and files, so that a page reads fifty rows and not the month. They
// are written together with changed outcomes, and never by a page. The summary holds the totals of the run.

// Bars reports whether a finding with the code holds or rejects the record.
type Bars func(*billing.Record, billing.Code) bool

var (
	openHoldColumns    = []string{"record_id", "code", "bsn", "version", "provider", "municipality", "product", "care_date", "cents", "since"}
	returnedRowColumns = []string{"record_id", "code", "bsn", "provider", "file_id", "sheet", "row_number", "outcome", "municipality", "cents", "first_run"}
)

// PageTableWriter keeps the page tables up to date with the outcomes.
type PageTableWriter struct {
	tx              *Tx
	run             int64
	bars            Bars
	holds, returned rowSink
	senders         map[int64]string // by file: the provider with most rows
}

// rowSink accepts rows of a table, to insert them or to compare them with the table.
type rowSink interface {
	Add(ctx context.Context, values ...any) error
	Flush(ctx context.Context) error
}

// PageTableWriter returns a writer for a run.
func (t *Tx) PageTableWriter(run int64, bars Bars) *PageTableWriter {
	return &PageTableWriter{tx: t, run: run, bars: bars, holds: t.db.Bulk("open_holds", openHoldColumns...), returned: t.db.Bulk("returned_rows", returnedRowColumns...)}
}

// Put updates the page tables for a record whose outcome changed.
func (w *PageTableWriter) Put(ctx context.Context, record *billing.Record, before Outcome, had bool, after Outcome) error {
	if had && before.Same(after) {
		return nil
	}
	since := make(map[billing.Code]int64)
	if had && before.inPageTables() {
		if before.OpenHolds != "" && after.OpenHolds != "" {
			if err := w.tx.openSince(ctx, record.ID, since); err != nil {
				return err
			}
		}
		if err := w.tx.forgetInPageTables(ctx, record.ID); err != nil {
			return err
		}
	}
	after.FirstRun = w.run
	return w.add(ctx, record, after, since)
}

// Flush writes the rows that are still collected.
func (w *PageTableWriter) Flush(ctx context.Context) error {
	if err := w.holds.Flush(ctx); err != nil {
		return err
	}
	return w.returned.Flush(ctx)
}

// inPageTables reports whether the outcome leads to rows in the page tables.
func (o *Outcome) inPageTables() bool {
	return o.OpenHolds != "" || o.Outcome == billing.Held || o.Outcome == billing.Rejected
}

func (w *PageTableWriter) add(ctx context.Context, record *billing.Record, outcome Outcome, since map[billing.Code]int64) error {
	if !outcome.inPageTables() {
		return nil
	}
	cents := int64(outcome.Price.Times(record.Quantity, record.Unit))
	open, err := words.Codes(outcome.OpenHolds)
	if err != nil {
		return err
	}
	for _, code := range open {
		from, known := since[code]
		if !known {
			from = outcome.FirstRun
		}
		err := w.holds.Add(ctx, record.ID, code.String(), record.BSN, record.Version, record.Provider, outcome.Municipality, outcome.Product, int32(record.First), cents, from)
		if err != nil {
			return err
		}
	}
	if outcome.Outcome != billing.Held && outcome.Outcome != billing.Rejected {
		return nil
	}
	codes, err := words.Codes(outcome.Codes)
	if err != nil {
		return err
	}
	provider, err := w.returnTo(ctx, record)
	if err != nil {
		return err
	}
	for _, code := range codes {
		if !w.bars(record, code) {
			continue
		}
		err := w.returned.Add(ctx, record.ID, code.String(), record.BSN, provider, record.FileID, record.Sheet, record.Row, outcome.Outcome.String(), outcome.Municipality, cents, outcome.FirstRun)
		if err != nil {
			return err
		}
	}
	return nil
}

// returnTo returns the provider whose return file contains a row.
func (w *PageTableWriter) returnTo(ctx context.Context, record *billing.Record) (string, error) {
	if record.Provider != "" {
		return record.Provider, nil
	}
	if sender, known := w.senders[record.FileID]; known {
		return sender, nil
	}
	files, err := w.tx.FilesByID(ctx, []int64{record.FileID})
	if err != nil {
		return "", err
	}
	if w.senders == nil {
		w.senders = make(map[int64]string)
	}
	w.senders[record.FileID] = files[record.FileID].Provider
	return files[record.FileID].Provider, nil
}

// openSince adds to since the run since which each hold of a record has been open.
func (t *Tx) openSince(ctx context.Context, record int64, since map[billing.Code]int64) error {
	return t.db.Each(ctx, "SELECT code, since FROM open_holds WHERE record_id = ?", []any{record}, func(scan database.Scan) error {
		var code billing.Code
		var run int64
		err := scan(words.CodeIn(&code), &run)
		since[code] = run
		return err
	})
}

// forgetInPageTables removes a record from the page tables.
func (t *Tx) forgetInPageTables(ctx context.Context, record int64) error {
	if err := t.db.Exec(ctx, "DELETE FROM open_holds WHERE record_id = ?", record); err != nil {
		return err
	}
	return t.db.Exec(ctx, "DELETE FROM returned_rows WHERE record_id = ?", record)
}

// forgetFileInPageTables removes the records of a file from the page tables.
func (t *Tx) forgetFileInPageTables(ctx context.Context, file int64) error {
	for _, table := range []string{"open_holds", "returned_rows"} {
		if err := t.db.Exec(ctx, "DELETE FROM "+table+" WHERE record_id IN (SELECT id FROM records WHERE file_id = ?)", file); err != nil {
			return err
		}
	}
	return nil
}

// pageTablesWhole is the meta name for whether the page tables are complete. They are not right after the schema step that
// created them, nor after runs were forgotten.
const pageTablesWhole = "kept for pages"

// SetPageTablesWhole marks the page tables as complete: they match the outcomes of the last run.
func (t *Tx) SetPageTablesWhole(ctx context.Context) error {
	return t.SetMeta(ctx, pageTablesWhole, "1")
}

// PageTablesWhole reports whether the page tables match the outcomes of the last run.
func (v *view) PageTablesWhole(ctx context.Context) (bool, error) {
	whole, err := v.Meta(ctx, pageTablesWhole)
	return whole != "", err
}

// clearPageTables empties the page tables.
func (t *Tx) clearPageTables(ctx context.Context) error {
	return errors.Join(t.db.Exec(ctx, "DELETE FROM open_holds"), t.db.Exec(ctx, "DELETE FROM returned_rows"))
}

// ClearPageTablesUnlessWhole empties the page tables before a run writes to them, if they do not match the previous run:
// rows left by a forgotten run would conflict with new ones.
func (t *Tx) ClearPageTablesUnlessWhole(ctx context.Context) error {
	if whole, err := t.PageTablesWhole(ctx); err != nil || whole {
		return err
	}
	return t.clearPageTables(ctx)
}

// RemakePageTables rebuilds the page tables from the outcomes of the last run.
func (t *Tx) RemakePageTables(ctx context.Context, bars Bars) error {
	if err := t.clearPageTables(ctx); err != nil {
		return err
	}
	writer := t.PageTableWriter(0, bars)
	if err := t.gatherPageTables(ctx, writer); err != nil {
		return err
	}
	if err := writer.Flush(ctx); err != nil {
		return err
	}
	return t.SetPageTablesWhole(ctx)
}

// gatherPageTables passes to the writer every current outcome that leads to rows in the page tables.
func (t *Tx) gatherPageTables(ctx context.Context, writer *PageTableWriter) error {
	run, ran, err := t.LastRun(ctx)
	if err != nil || !ran {
		return err
	}
	since, err := t.HeldSince(ctx, run)
	if err != nil {
		return err
	}
	const kept = "(outcome IN ('held', 'rejected') OR open_holds <> '')"
	statement := "SELECT " + packed.Row([]string{"r.id", "r.version", "r.file_id", "r.row_number", "r.care_date", "r.quantity", "r.last_date", "r.unit", "o.first_run", "o.outcome", "o.codes", "o.open_holds", "o.price"},
		[]string{"r.bsn", "r.provider", "r.sheet", "o.municipality", "o.product"}) + ", " + prestatiePacked + " FROM (SELECT * FROM outcomes WHERE last_run = 0 AND " + kept + ") AS o" + itsRecord + joinedPrestatie
	type keptRow struct {
		record  *billing.Record
		outcome Outcome
	}
	var rows []keptRow
	var row, prestatie string
	return t.db.Stream(ctx, statement, nil, func(scan database.Scan) (err error) {
		if err := scan(&row, &prestatie); err != nil {
			return err
		}
		u := packed.Unpack(row)
		r := &billing.Record{ID: u.Number(), Version: int(u.Number()), FileID: u.Number(), Row: int(u.Number()), First: billing.Date(u.Number()), Quantity: billing.Quantity(u.Number())}
		if r.Last = billing.Date(u.Number()); r.Last != 0 {
			r.Origin = billing.FromMessage
		}
		r.Unit = u.Unit()
		o := Outcome{FirstRun: u.Number(), Outcome: packed.Value(&u, words.Outcome), Codes: u.Word(), OpenHolds: u.Word(), Price: billing.Price(u.Number())}
		u.Texts(&r.BSN, &r.Provider, &r.Sheet, &o.Municipality, &o.Product)
		if u.Err != nil {
			return u.Err
		}
		r.Prestatie, err = unpackPrestatie(prestatie)
		rows = append(rows, keptRow{r, o})
		return err
	}, func() error {
		for _, row := range rows {
			if err := writer.add(ctx, row.record, row.outcome, since[row.record.ID]); err != nil {
				return err
			}
		}
		rows = rows[:0]
		return nil
	})
}

// KeepSummary stores the totals of a run, for the pages.
func (t *Tx) KeepSummary(ctx context.Context, run int64, body string) error {
	if err := t.db.TakeOff(ctx, "summaries", "run = ?", run); err != nil {
		return err
	}
	t.db.Sum("summaries", run, run, body)
	return t.db.Exec(ctx, "INSERT INTO summaries (run, body) VALUES (?, ?) ON CONFLICT (run) DO UPDATE SET body = excluded.body", run, body)
}

// SummaryOf returns the stored totals of a run; "" if there are none.
func (v *view) SummaryOf(ctx context.Context, run int64) (string, error) {
	var body string
	_, err := database.Found(v.db.Get(ctx, &body, "SELECT body FROM summaries WHERE run = ?", run))
	return body, err
}

// SummarisedSince returns those of the runs whose summary may have been written since the last close; the summaries of the
// others are sealed.
func (v *view) SummarisedSince(ctx context.Context, closed, runs []Run) ([]Run, error) {
	before := func(run Run) (id int64) { // the last close before it
		for i := range closed {
			if closed[i].ID < run.ID {
				id = closed[i].ID
			}
		}
		return id
	}
	last := int64(0)
	if len(closed) > 0 {
		last = closed[len(closed)-1].ID
	}
	var parts []int64
	if err := v.db.List(ctx, &parts, "SELECT part FROM sums WHERE name = 'summaries' AND epoch = ?", last); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(runs), func(run Run) bool { return !slices.Contains(parts, before(run)) }), nil
}
