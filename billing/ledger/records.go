package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// StoredRecord is a record with its state.
type StoredRecord struct {
	*billing.Record
	State     State
	SettledBy int64 // the group of files that made it no longer current; 0 while it is
	Group     int64 // of its file
	Stands    bool  // it was accepted at the last close
}

// recordColumns are what is kept of a record, in the order in which it is in its digest.
var recordColumns = []string{
	"bsn", "id", "provider", "reference", "birth_date", "referral", "municipality", "product", "care_date", "start_at", "end_at",
	"daypart", "unit", "quantity", "has_quantity", "claimed_price", "claimed_amount", "remark", "file_id", "sheet", "row_number",
	"version", "findings", "received", "first_received", "ambiguous", "has_prior", "prior_unit", "prior_quantity", "state",
	"settled_by", "declared", "declared_price", "break_time",
	"prior_other_client", "seen_before", "known_as", "standing", "last_date",
}

// recordTable are the columns of the table: those that statements ask for, and all others as the details.
var recordTable = []string{
	"bsn", "id", "provider", "known_as", "reference", "care_date", "last_date", "unit", "quantity", "file_id", "sheet", "row_number", "version", "received",
	"state", "settled_by", "ambiguous", "declared", "declared_price", "standing", "details", "digest",
}

// wordsOfRecord are the columns that come in one text, in the order in which unpackRecord takes them, before rareOfRecord.
var wordsOfRecord = []string{"id", "care_date", "unit", "quantity", "file_id", "row_number", "version", "received", "bsn", "provider"}

// rareOfRecord are numbers that are 0 in nearly every row. Of a row in which one of them is not, or that is not current, all
// are read, with state.
var rareOfRecord = []string{"ambiguous", "settled_by", "declared", "declared_price", "standing", "last_date"}

// textsOfRecord are those that may hold anything.
var textsOfRecord = []string{"reference", "sheet", "details"}

// column says what is read for a column of records.
type column func(name string) string

// under is the column of the table under that name.
func under(table string) column { return func(name string) string { return table + "." + name } }

// except reads something else for some columns: of a million rows each column of the table counts.
func (c column) except(instead map[string]string) column {
	return func(name string) string {
		if other, is := instead[name]; is {
			return other
		}
		return c(name)
	}
}

func (c column) each(names []string) []string {
	columns := make([]string, len(names))
	for i, name := range names {
		columns[i] = c(name)
	}
	return columns
}

// words are the columns of a record that hold no separator.
func (c column) words() []string {
	rare := c.each(rareOfRecord)
	usual := "(" + strings.Join(rare, " | ") + ") = 0 AND " + c("state") + " = 'current'"
	return append(c.each(wordsOfRecord), packed.Rare(usual, append(rare, c("state"))...))
}

// unreported are the columns of records that no report shows, with what is read instead.
var unreported = map[string]string{
	"ambiguous": "0", "state": "'current'", "settled_by": "0", "declared": "0", "declared_price": "0", "standing": "0",
}

// recordFields are the columns of a record as one.
func recordFields(column column) string {
	return packed.Row(column.words(), column.each(textsOfRecord))
}

// readRecord is a record that is being read.
type readRecord struct {
	StoredRecord
	details string
}

// texts are the places of textsOfRecord.
func (r *readRecord) texts() []*string { return []*string{&r.Reference, &r.Sheet, &r.details} }

// unpackRecord takes the words of a record.
func unpackRecord(u *packed.Unpacker) readRecord {
	r := &billing.Record{
		ID: u.Number(), First: billing.Date(u.Number()), Unit: u.Unit(), Quantity: billing.Quantity(u.Number()), FileID: u.Number(), Row: int(u.Number()),
		Version: int(u.Number()), Received: billing.Date(u.Number()), BSN: u.Word(), Provider: u.Word(),
	}
	read := readRecord{StoredRecord: StoredRecord{Record: r}}
	if u.Rare() {
		r.Ambiguous, read.SettledBy, r.Declared, r.DeclaredPrice = u.Flag(), u.Number(), billing.Period(u.Number()), billing.Price(u.Number())
		read.Stands, r.Last, read.State = u.Flag(), billing.Date(u.Number()), packed.Value(u, words.State)
	}
	if r.Last != 0 {
		r.Origin = billing.FromMessage
	}
	return read
}

// named completes a record of which all is read, with what is known of its file.
func (r *readRecord) named(names *names) (StoredRecord, error) {
	findings, err := packed.ReadDetails(r.details, r.Record)
	if err != nil {
		return StoredRecord{}, err
	}
	if r.Record.Findings, err = words.Findings(findings, 0); err != nil {
		return StoredRecord{}, err
	}
	r.File, r.Group = names.file(r.FileID), names.groups[r.FileID]
	if r.State == Superseded && !r.Stands {
		r.State = Replaced // a close took it out for good
	}
	return r.StoredRecord, nil
}

// names are the names of files and what their groups are, by their numbers, and those that stand by their bytes.
type names struct {
	files  map[int64]string
	groups map[int64]int64
	known  map[string]File
}

func (n *names) file(id int64) string { return n.files[id] }

func (n *names) add(f File) {
	n.files[f.ID], n.groups[f.ID] = f.Name, f.Group
	if f.Withdrawn == 0 {
		n.known[f.SHA256] = File{ID: f.ID, Future: f.Future, Reread: f.Reread}
	}
}

func (v *view) loadNames(ctx context.Context) (*names, error) {
	loaded := &names{files: make(map[int64]string), groups: make(map[int64]int64), known: make(map[string]File)}
	var row string
	err := v.db.Each(ctx, "SELECT "+packed.Row([]string{"id", "group_id", "withdrawn", "future", "reread"}, []string{"name", "sha256"})+" FROM files ORDER BY id", nil, func(scan database.Scan) error {
		if err := scan(&row); err != nil {
			return err
		}
		u := packed.Unpack(row)
		f := File{ID: u.Number(), Group: u.Number(), Withdrawn: u.Number(), Future: int32(u.Number()), Reread: u.Flag()}
		u.Texts(&f.Name, &f.SHA256)
		loaded.add(f)
		return u.Err
	})
	return loaded, err
}

// fileNames returns the names of the files, read once.
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

// RecordWriter writes records in bulk. Those of one client stand together in the table, so it gathers many and
// writes them in that order: else every record would be written somewhere else.
type RecordWriter struct {
	tx      *Tx
	rows    *database.Bulk
	waiting []StoredRecord
	first   *firstRows
	room    []byte
}

// recordsGathered is how many records wait for each other.
const recordsGathered = 60_000

// RecordWriter returns a writer of records; Flush it before the transaction ends or rows are read.
func (t *Tx) RecordWriter() *RecordWriter {
	return &RecordWriter{tx: t, rows: t.db.Bulk("records", recordTable[:len(recordTable)-1]...), first: newFirstRows()}
}

// Add writes a record in a state. It must not change until it is flushed.
func (w *RecordWriter) Add(ctx context.Context, r *billing.Record, state State) error {
	return w.AddStored(ctx, StoredRecord{Record: r, State: state})
}

// AddStored writes a record as another store keeps it.
func (w *RecordWriter) AddStored(ctx context.Context, row StoredRecord) error {
	w.waiting = append(w.waiting, row)
	if len(w.waiting) < recordsGathered {
		return nil
	}
	return w.writeWaiting(ctx)
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

// byClient returns the places of what waits, by client and number. To sort the records themselves would mean to look for two
// of them in memory at each comparison: a BSN is a number as well.
func (w *RecordWriter) byClient() []int32 {
	type place struct {
		client, id int64
		at         int32
	}
	places := make([]place, len(w.waiting))
	for i, waiting := range w.waiting {
		client, _ := strconv.ParseInt(waiting.BSN, 10, 64) // 0 of a row without one
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

// digestedText writes what the digest of a record is over: recordColumns without those that may change.
func digestedText(room []byte, r *billing.Record, price, amount, findings string) database.RowText {
	return database.RowText(room).Text(r.BSN).Number(r.ID).Text(r.Provider).Text(r.Reference).Number(int64(r.BirthDate)).Text(r.ReferralNumber).
		Text(r.Municipality).Text(r.Product).Number(int64(r.First)).Number(int64(r.Start)).Number(int64(r.End)).Text(r.Daypart).Text(r.Unit.String()).
		Number(int64(r.Quantity)).Flag(r.HasQuantity).Text(price).Text(amount).Text(r.Remark).Number(r.FileID).Text(r.Sheet).
		Number(int64(r.Row)).Number(int64(r.Version)).Text(findings).Number(int64(r.Received)).Number(int64(r.FirstReceived)).
		Flag(r.HasPrior).Text(r.PriorUnit.String()).Number(int64(r.PriorQuantity)).
		Late(int64(r.Break)).Late(int64(database.Flag(r.PriorOtherClient))).Late(int64(database.Flag(r.SeenBefore))).Late(int64(r.Last))
}

// Flush writes what is left.
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
		record := unpackRecord(&u)
		u.Texts(record.texts()...)
		if u.Err != nil {
			return u.Err
		}
		stored, err := record.named(names)
		if err != nil {
			return err
		}
		return visit(stored)
	})
}
