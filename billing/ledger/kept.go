package ledger

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// What a run keeps for the pages: the tables open_holds and returned_rows hold what outcomes, records and files say of the
// rows that wait or were refused, so that a page reads fifty of them and not the month. They are written with the outcomes
// that change, and never by a page.

// Bars reports whether a finding of a code holds or rejects a record.
type Bars func(*billing.Record, billing.Code) bool

var (
	openHoldColumns    = []string{"record_id", "code", "bsn", "version", "provider", "municipality", "product", "care_date", "cents", "since"}
	returnedRowColumns = []string{"record_id", "code", "bsn", "provider", "file_id", "sheet", "row_number", "outcome", "municipality", "cents", "first_run"}
)

// KeptWriter keeps the tables for the pages as the outcomes change.
type KeptWriter struct {
	tx              *Tx
	run             int64
	bars            Bars
	holds, returned *bulk
	senders         map[int64]string // of files: the provider with most rows
}

// KeptWriter returns a writer for a run.
func (t *Tx) KeptWriter(run int64, bars Bars) *KeptWriter {
	return &KeptWriter{tx: t, run: run, bars: bars, holds: t.bulk("open_holds", openHoldColumns...), returned: t.bulk("returned_rows", returnedRowColumns...)}
}

// Put keeps what changed for a record whose outcome became another one.
func (w *KeptWriter) Put(ctx context.Context, record *billing.Record, before Outcome, had bool, after Outcome) error {
	if had && before.Same(after) {
		return nil
	}
	since := make(map[billing.Code]int64)
	if had && before.isKept() {
		if before.OpenHolds != "" && after.OpenHolds != "" {
			if err := w.tx.openSince(ctx, record.ID, since); err != nil {
				return err
			}
		}
		if err := w.tx.forgetKept(ctx, record.ID); err != nil {
			return err
		}
	}
	after.FirstRun = w.run
	return w.add(ctx, record, after, since)
}

// Flush writes what is left.
func (w *KeptWriter) Flush(ctx context.Context) error {
	if err := w.holds.flush(ctx); err != nil {
		return err
	}
	return w.returned.flush(ctx)
}

// isKept reports whether rows for the pages follow from the outcome.
func (o *Outcome) isKept() bool {
	return o.OpenHolds != "" || o.Outcome == billing.Held || o.Outcome == billing.Rejected
}

func (w *KeptWriter) add(ctx context.Context, record *billing.Record, outcome Outcome, since map[billing.Code]int64) error {
	if !outcome.isKept() {
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
		err := w.holds.add(ctx, record.ID, code.String(), record.BSN, record.Version, record.Provider, outcome.Municipality, outcome.Product, int32(record.First), cents, from)
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
		err := w.returned.add(ctx, record.ID, code.String(), record.BSN, provider, record.FileID, record.Sheet, record.Row, outcome.Outcome.String(), outcome.Municipality, cents, outcome.FirstRun)
		if err != nil {
			return err
		}
	}
	return nil
}

// returnTo returns the provider in whose return file a row stands.
func (w *KeptWriter) returnTo(ctx context.Context, record *billing.Record) (string, error) {
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

// openSince adds since which run the holds of a record have been open.
func (t *Tx) openSince(ctx context.Context, record int64, since map[billing.Code]int64) error {
	return t.each(ctx, "SELECT code, since FROM open_holds WHERE record_id = ?", []any{record}, func(scan scanner) error {
		var code billing.Code
		var run int64
		err := scan(codeIn(&code), &run)
		since[code] = run
		return err
	})
}

// forgetKept removes what is kept of a record for the pages.
func (t *Tx) forgetKept(ctx context.Context, record int64) error {
	if err := t.exec(ctx, "DELETE FROM open_holds WHERE record_id = ?", record); err != nil {
		return err
	}
	return t.exec(ctx, "DELETE FROM returned_rows WHERE record_id = ?", record)
}

// forgetKeptOf removes what is kept of the records of a file for the pages.
func (t *Tx) forgetKeptOf(ctx context.Context, file int64) error {
	for _, table := range []string{"open_holds", "returned_rows"} {
		if err := t.exec(ctx, "DELETE FROM "+table+" WHERE record_id IN (SELECT id FROM records WHERE file_id = ?)", file); err != nil {
			return err
		}
	}
	return nil
}

// keptWhole is where it is kept that the tables for the pages hold all that the last run left; they do not behind the
// schema that made them, and once runs were forgotten.
const keptWhole = "kept for pages"

// SetKeptWhole notes that they do.
func (t *Tx) SetKeptWhole(ctx context.Context) error { return t.SetMeta(ctx, keptWhole, "1") }

// KeptWhole reports whether the tables for the pages hold all that the last run left.
func (v *view) KeptWhole(ctx context.Context) (bool, error) {
	whole, err := v.Meta(ctx, keptWhole)
	return whole != "", err
}

// KeepAnew makes the tables for the pages anew, as the last run left the rows.
func (t *Tx) KeepAnew(ctx context.Context, bars Bars) error {
	for _, table := range []string{"open_holds", "returned_rows"} {
		if err := t.exec(ctx, "DELETE FROM "+table); err != nil {
			return err
		}
	}
	writer := t.KeptWriter(0, bars)
	if err := t.gatherKept(ctx, writer); err != nil {
		return err
	}
	if err := writer.Flush(ctx); err != nil {
		return err
	}
	return t.SetMeta(ctx, keptWhole, "1")
}

// KeptDiffers names the tables for the pages that are not what follows from outcomes and records.
func (t *Tx) KeptDiffers(ctx context.Context, bars Bars) ([]string, error) {
	if whole, err := t.KeptWhole(ctx); err != nil || !whole {
		return nil, err
	}
	wanted := &KeptWriter{tx: t, bars: bars}
	var differ []string
	for _, of := range []struct {
		table   string
		columns []string
		into    **bulk
	}{{"open_holds", openHoldColumns, &wanted.holds}, {"returned_rows", returnedRowColumns, &wanted.returned}} {
		*of.into = &bulk{tx: t, table: of.table, columns: of.columns, most: 1 << 30}
	}
	if err := t.gatherKept(ctx, wanted); err != nil {
		return nil, err
	}
	for _, made := range []*bulk{wanted.holds, wanted.returned} {
		same, err := t.holdsExactly(ctx, made)
		if err != nil {
			return nil, err
		}
		if !same {
			differ = append(differ, made.table)
		}
	}
	return differ, nil
}

// gatherKept gives a writer every outcome that holds and of which rows for the pages follow.
func (t *Tx) gatherKept(ctx context.Context, writer *KeptWriter) error {
	run, ran, err := t.LastRun(ctx)
	if err != nil || !ran {
		return err
	}
	since, err := t.HeldSince(ctx, run)
	if err != nil {
		return err
	}
	var rows []*JudgedRow
	const kept = "(outcome IN ('held', 'rejected') OR open_holds <> '')"
	return t.judgedRows(ctx, run, fieldsOfRecord()+", '' FROM (SELECT * FROM outcomes WHERE last_run = 0 AND "+kept+") AS o"+joinedRecord, nil, func(row *JudgedRow) error {
		rows = append(rows, row)
		return nil
	}, func() error {
		for _, row := range rows {
			if err := writer.add(ctx, row.Record, row.Outcome, since[row.Record.ID]); err != nil {
				return err
			}
		}
		rows = rows[:0]
		return nil
	})
}

// holdsExactly reports whether a table holds the rows that were gathered, and no others.
func (t *Tx) holdsExactly(ctx context.Context, made *bulk) (bool, error) {
	width := len(made.columns)
	wanted := make(map[string]int, made.rows)
	for at := 0; at < len(made.values); at += width {
		wanted[rowText(made.values[at:at+width])]++
	}
	values, targets := make([]any, width), make([]any, width)
	for i := range values {
		targets[i] = &values[i]
	}
	strange := 0
	err := t.each(ctx, "SELECT "+strings.Join(made.columns, ", ")+" FROM "+made.table, nil, func(scan scanner) error {
		if err := scan(targets...); err != nil {
			return err
		}
		text := rowText(values)
		if wanted[text]--; wanted[text] < 0 {
			strange++
		}
		return nil
	})
	missing := slices.ContainsFunc(slices.Collect(maps.Values(wanted)), func(left int) bool { return left != 0 })
	return strange == 0 && !missing, err
}

func rowText(values []any) string {
	var text strings.Builder
	for _, value := range values {
		if raw, ok := value.([]byte); ok {
			value = string(raw)
		}
		fmt.Fprintf(&text, "%v\x1f", value)
	}
	return text.String()
}

// KeepSummary keeps what a run came to, for the pages.
func (t *Tx) KeepSummary(ctx context.Context, run int64, body string) error {
	if err := t.countRows(ctx, "summaries", -1, summed["summaries"].statement("run = ?"), run); err != nil {
		return err
	}
	t.sum("summaries", run, run, body)
	return t.exec(ctx, "INSERT INTO summaries (run, body) VALUES (?, ?) ON CONFLICT (run) DO UPDATE SET body = excluded.body", run, body)
}

// SummaryOf returns what a run came to, as it was kept; "" when nothing was.
func (v *view) SummaryOf(ctx context.Context, run int64) (string, error) {
	var body string
	_, err := none(v.get(ctx, &body, "SELECT body FROM summaries WHERE run = ?", run))
	return body, err
}
