package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// StoredRecord is a record with its state.
type StoredRecord struct {
	*billing.Record
	State     State
	SettledBy int64 // the group of files that made it no longer current; 0 while it is current
	Group     int64 // of its file
	Stands    bool  // it was accepted at the last close
}

// named completes a record that was read with the name and group of its file.
func (n *names) named(read *packed.Record) (StoredRecord, error) {
	r := StoredRecord{Record: read.Record, State: read.State, SettledBy: read.SettledBy, Group: n.groups[read.FileID], Stands: read.Stands}
	if err := read.Complete(); err != nil {
		return StoredRecord{}, err
	}
	r.File = n.file(r.FileID)
	if r.State == Superseded && !r.Stands {
		r.State = Replaced // a close ended its standing
	}
	return r, nil
}

// names holds the names and groups of files by number, and by hash which files are known (not taken back) and which were
// taken back.
type names struct {
	files  map[int64]string
	groups map[int64]int64
	known  map[string]File
	back   map[string]bool
}

func (n *names) file(id int64) string { return n.files[id] }

func (n *names) add(f File) {
	n.files[f.ID], n.groups[f.ID] = f.Name, f.Group
	if f.Withdrawn == 0 {
		n.known[f.SHA256] = File{ID: f.ID, Future: f.Future, Reread: f.Reread}
	} else {
		n.back[f.SHA256] = true
	}
}

func (v *view) loadNames(ctx context.Context) (*names, error) {
	loaded := &names{files: make(map[int64]string), groups: make(map[int64]int64), known: make(map[string]File), back: make(map[string]bool)}
	var row string
	err := v.db.Each(ctx, "SELECT "+packed.Row([]string{"id", "group_id", "withdrawn", "future", "reread"}, []string{"name", "sha256"})+" FROM files ORDER BY id", nil, func(scan database.Scan) error {
		if err := scan(&row); err != nil {
			return err
		}
		u := packed.Unpack(row)
		f := File{ID: u.Number(), Group: u.Number(), Withdrawn: u.Number(), Future: billing.Date(u.Number()), Reread: u.Flag()}
		u.Texts(&f.Name, &f.SHA256)
		loaded.add(f)
		return u.Err
	})
	return loaded, err
}

// fileNames returns the names of the files, which are read once per transaction.
func (t *Tx) fileNames(ctx context.Context) (*names, error) {
	if t.names == nil {
		loaded, err := t.loadNames(ctx)
		if err != nil {
			return nil, err
		}
		t.names = loaded
	}
	return t.names, nil
}

// RecordWriter writes records in bulk. The table is clustered by client, so the writer collects many records, of several
// files, and writes them in that order: otherwise each would go to a different place.
type RecordWriter struct {
	tx      *Tx
	rows    *database.Bulk
	waiting []StoredRecord
	part    int // index of the first record that may still be dropped; -1 if none may
	first   *firstRows
	room    []byte
}

// recordsGathered is the number of records that are collected before they are written.
const recordsGathered = 60_000

// RecordWriter returns a writer of records; Flush it before the transaction ends or rows are read.
func (t *Tx) RecordWriter() *RecordWriter {
	return &RecordWriter{tx: t, rows: t.db.Bulk("records", packed.RecordTable()...), part: -1, first: newFirstRows()}
}

// Begin begins a part of the records that may be dropped. Call it before Tx.Savepoint, so that records from before the part
// are not undone with it.
func (w *RecordWriter) Begin(ctx context.Context) error {
	if len(w.waiting) >= recordsGathered {
		if err := w.writeWaiting(ctx); err != nil {
			return err
		}
	}
	w.part = len(w.waiting)
	return nil
}

// Keep ends the part and keeps its records.
func (w *RecordWriter) Keep() { w.part = -1 }

// Drop ends the part and discards its records. Those that were written already are undone by the transaction's savepoint.
func (w *RecordWriter) Drop() {
	clear(w.waiting[w.part:])
	w.waiting, w.part = w.waiting[:w.part], -1
}

// Add writes a record with a state. The record must not change until Flush.
func (w *RecordWriter) Add(ctx context.Context, r *billing.Record, state State) error {
	return w.AddStored(ctx, StoredRecord{Record: r, State: state})
}

// AddStored writes a record from another store.
func (w *RecordWriter) AddStored(ctx context.Context, row StoredRecord) error {
	w.waiting = append(w.waiting, row)
	switch {
	case w.part < 0 && len(w.waiting) >= recordsGathered:
		return w.writeWaiting(ctx)
	case w.part >= 0 && len(w.waiting)-w.part >= recordsGathered:
		return w.writePart(ctx)
	}
	return nil
}

// writePart writes the collected records of the part, and nothing else: what came before it must not be undone with it.
func (w *RecordWriter) writePart(ctx context.Context) error {
	part := w.tx.RecordWriter()
	part.waiting = w.waiting[w.part:]
	err := part.Flush(ctx)
	w.waiting = w.waiting[:w.part]
	return err
}

func (w *RecordWriter) writeWaiting(ctx context.Context) error {
	for _, at := range w.byClient() {
		if err := w.write(ctx, w.waiting[at]); err != nil {
			return err
		}
	}
	clear(w.waiting)
	w.waiting = w.waiting[:0]
	return nil
}

// byClient returns the indexes of the collected records in the order of client and number. It sorts the keys, with the BSN
// as a number, because comparing the records themselves would load two of them from memory each time.
func (w *RecordWriter) byClient() []int32 {
	type place struct {
		client, id int64
		at         int32
	}
	places := make([]place, len(w.waiting))
	for i, waiting := range w.waiting {
		client, _ := strconv.ParseInt(waiting.BSN, 10, 64) // 0 for a row without one
		places[i] = place{client, waiting.ID, int32(i)}
	}
	slices.SortFunc(places, func(a, b place) int {
		if a.client != b.client {
			return cmp.Compare(a.client, b.client)
		}
		return cmp.Compare(a.id, b.id)
	})
	at := make([]int32, len(places))
	for i := range places {
		at[i] = places[i].at
	}
	return at
}

func (w *RecordWriter) write(ctx context.Context, row StoredRecord) error {
	r := row.Record
	w.first.note(r)
	price, amount, findings := words.WriteDecimal(r.ClaimedPrice), words.WriteDecimal(r.ClaimedAmount), words.WriteFindings(r.Findings)
	w.room = packed.AppendDetails(w.room[:0], r, price, amount, findings)
	details := string(w.room)
	text := digestedText(w.room[:0], r, price, amount, findings)
	w.room = text
	return w.rows.Add(ctx, r.BSN, r.ID, r.Provider, billing.KnownAs(r.Reference), r.Reference, int32(r.First), int32(r.Last), r.Unit.String(), int64(r.Quantity),
		r.FileID, r.Sheet, r.Row, r.Version, int32(r.Received), words.WriteState(row.State), 0, database.Flag(r.Ambiguous), int32(r.Declared), int64(r.DeclaredPrice),
		database.Flag(row.Stands), details, text.Digest())
}

// digestedText returns the text of a record's digest: packed.RecordColumns without the columns that may change.
func digestedText(room []byte, r *billing.Record, price, amount, findings string) database.RowText {
	return database.RowText(room).Text(r.BSN).Number(r.ID).Text(r.Provider).Text(r.Reference).Number(int64(r.BirthDate)).Text(r.ReferralNumber).
		Text(r.Municipality).Text(r.Product).Number(int64(r.First)).Number(int64(r.Start)).Number(int64(r.End)).Text(r.Daypart).Text(r.Unit.String()).
		Number(int64(r.Quantity)).Flag(r.HasQuantity).Text(price).Text(amount).Text(r.Remark).Number(r.FileID).Text(r.Sheet).
		Number(int64(r.Row)).Number(int64(r.Version)).Text(findings).Number(int64(r.Received)).Number(int64(r.FirstReceived)).
		Flag(r.HasPrior).Text(r.PriorUnit.String()).Number(int64(r.PriorQuantity)).
		Late(int64(r.Break)).Late(int64(database.Flag(r.PriorOtherClient))).Late(int64(database.Flag(r.SeenBefore))).Late(int64(r.Last))
}

// Flush writes the records that are still collected.
func (w *RecordWriter) Flush(ctx context.Context) error {
	if err := w.writeWaiting(ctx); err != nil {
		return err
	}
	if err := w.first.keep(ctx, w.tx); err != nil {
		return err
	}
	return w.rows.Flush(ctx)
}

func (t *Tx) eachRecord(ctx context.Context, names *names, visit func(StoredRecord) error, statement string, values ...any) error {
	var row string
	return t.db.Each(ctx, statement, values, func(scan database.Scan) error {
		if err := scan(&row); err != nil {
			return fmt.Errorf("read records: %w", err)
		}
		u := packed.Unpack(row)
		record := packed.UnpackRecord(&u)
		u.Texts(record.Texts()...)
		if u.Err != nil {
			return u.Err
		}
		stored, err := names.named(&record)
		if err != nil {
			return err
		}
		return visit(stored)
	})
}
