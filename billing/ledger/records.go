package ledger

import (
	"cmp"
	"context"
	"fmt"
	"slices"
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

var recordColumns = []string{
	"bsn", "id", "provider", "reference", "birth_date", "referral", "municipality", "product", "care_date", "start_at", "end_at",
	"daypart", "unit", "quantity", "has_quantity", "claimed_price", "claimed_amount", "remark", "file_id", "sheet", "row_number",
	"version", "findings", "received", "first_received", "ambiguous", "has_prior", "prior_unit", "prior_quantity", "state",
	"settled_by", "declared", "declared_price", "break_time",
	"prior_other_client", "seen_before", "known_as", "standing", "last_date",
}

// recordRow is a row of the table records.
type recordRow struct {
	BSN              string
	ID               int64
	Provider         string
	Reference        string
	BirthDate        int32
	Referral         string
	Municipality     string
	Product          string
	CareDate         int32
	StartAt          int32
	EndAt            int32
	Daypart          string
	Unit             billing.Unit
	Quantity         int64
	HasQuantity      bool
	ClaimedPrice     string
	ClaimedAmount    string
	Remark           string
	FileID           int64
	Sheet            string
	RowNumber        int
	Version          int
	Findings         string
	Received         int32
	FirstReceived    int32
	Ambiguous        bool
	HasPrior         bool
	PriorUnit        billing.Unit
	PriorQuantity    int64
	State            State
	SettledBy        int64
	Declared         int32
	DeclaredPrice    int64
	BreakTime        int64
	PriorOtherClient bool
	SeenBefore       bool
	Standing         bool
	LastDate         int32 // of a prestatie

	packed string // of recordFields
}

// packedOfRecord are the columns that come in one text, in the order in which unpack takes them.
var packedOfRecord = []string{
	"id", "birth_date", "care_date", "start_at", "end_at", "unit", "quantity", "has_quantity", "claimed_price", "claimed_amount", "file_id",
	"row_number", "version", "received", "first_received", "ambiguous", "has_prior", "prior_unit", "prior_quantity", "state", "settled_by",
	"declared", "declared_price", "break_time", "prior_other_client", "seen_before", "standing", "last_date",
}

// textsOfRecord are those that may hold anything.
var textsOfRecord = []string{"bsn", "provider", "reference", "referral", "municipality", "product", "daypart", "remark", "sheet", "findings"}

// unreported are the columns of records that no report shows, with what is read instead: of a million rows each column of
// the table counts.
var unreported = map[string]string{
	"r.ambiguous": "0", "r.has_prior": "0", "r.prior_unit": "''", "r.prior_quantity": "0", "r.prior_other_client": "0", "r.seen_before": "0",
	"r.state": "'current'", "r.settled_by": "0", "r.declared": "0", "r.declared_price": "0", "r.standing": "0", "r.findings": "''",
}

// reportedOnly returns the columns of records that a report shows.
func reportedOnly(columns []string) []string {
	columns = columnsUnder("r", columns)
	for i, column := range columns {
		if instead, is := unreported[column]; is {
			columns[i] = instead
		}
	}
	return columns
}

// recordFields are the columns of the table under that name, as one.
func recordFields(table string) string {
	return packed.Row(columnsUnder(table, packedOfRecord), columnsUnder(table, textsOfRecord))
}

func columnsUnder(table string, columns []string) []string {
	under := make([]string, len(columns))
	for i, column := range columns {
		under[i] = table + "." + column
	}
	return under
}

// texts are the places of textsOfRecord.
func (r *recordRow) texts() []*string {
	return []*string{&r.BSN, &r.Provider, &r.Reference, &r.Referral, &r.Municipality, &r.Product, &r.Daypart, &r.Remark, &r.Sheet, &r.Findings}
}

// unpackWords fills in packedOfRecord.
func (r *recordRow) unpackWords(u *packed.Unpacker) {
	r.ID, r.BirthDate, r.CareDate, r.StartAt, r.EndAt = u.Number(), int32(u.Number()), int32(u.Number()), int32(u.Number()), int32(u.Number())
	r.Unit, r.Quantity, r.HasQuantity, r.ClaimedPrice, r.ClaimedAmount = u.Unit(), u.Number(), u.Flag(), u.Word(), u.Word()
	r.FileID, r.RowNumber, r.Version, r.Received, r.FirstReceived = u.Number(), int(u.Number()), int(u.Number()), int32(u.Number()), int32(u.Number())
	r.Ambiguous, r.HasPrior, r.PriorUnit, r.PriorQuantity = u.Flag(), u.Flag(), u.Unit(), u.Number()
	r.State, r.SettledBy, r.Declared, r.DeclaredPrice = packed.Value(u, words.State), u.Number(), int32(u.Number()), u.Number()
	r.BreakTime, r.PriorOtherClient, r.SeenBefore, r.Standing, r.LastDate = u.Number(), u.Flag(), u.Flag(), u.Flag(), int32(u.Number())
}

func (r *recordRow) record(names *names) (StoredRecord, error) {
	record := &billing.Record{
		ID: r.ID, Provider: r.Provider, Reference: r.Reference, BSN: r.BSN, BirthDate: billing.Date(r.BirthDate),
		ReferralNumber: r.Referral, Municipality: r.Municipality, Product: r.Product, First: billing.Date(r.CareDate),
		Start: billing.Clock(r.StartAt), End: billing.Clock(r.EndAt), Break: billing.Quantity(r.BreakTime), Daypart: r.Daypart, Unit: r.Unit,
		Quantity: billing.Quantity(r.Quantity), HasQuantity: r.HasQuantity, Remark: r.Remark, FileID: r.FileID,
		File: names.file(r.FileID), Sheet: r.Sheet, Row: r.RowNumber, Version: r.Version,
		Received: billing.Date(r.Received), FirstReceived: billing.Date(r.FirstReceived), Ambiguous: r.Ambiguous,
		HasPrior: r.HasPrior, PriorUnit: r.PriorUnit, PriorQuantity: billing.Quantity(r.PriorQuantity),
		PriorOtherClient: r.PriorOtherClient, SeenBefore: r.SeenBefore,
		Declared: billing.Period(r.Declared), DeclaredPrice: billing.Price(r.DeclaredPrice),
	}
	if r.LastDate != 0 {
		record.Origin, record.Last = billing.FromMessage, billing.Date(r.LastDate)
	}
	var err error
	if record.ClaimedPrice, err = words.Decimal(r.ClaimedPrice); err != nil {
		return StoredRecord{}, err
	}
	if record.ClaimedAmount, err = words.Decimal(r.ClaimedAmount); err != nil {
		return StoredRecord{}, err
	}
	if record.Findings, err = words.Findings(r.Findings, 0); err != nil {
		return StoredRecord{}, err
	}
	stored := StoredRecord{Record: record, State: r.State, SettledBy: r.SettledBy, Group: names.groups[r.FileID], Stands: r.Standing}
	if stored.State == Superseded && !stored.Stands {
		stored.State = Replaced // a close took it out for good
	}
	return stored, nil
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
}

// recordsGathered is how many records wait for each other.
const recordsGathered = 60_000

// RecordWriter returns a writer of records; Flush it before the transaction ends or rows are read.
func (t *Tx) RecordWriter() *RecordWriter {
	return &RecordWriter{tx: t, rows: t.db.Bulk("records", recordColumns...), first: newFirstRows()}
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
	slices.SortFunc(w.waiting, func(a, b StoredRecord) int { return cmp.Or(strings.Compare(a.BSN, b.BSN), cmp.Compare(a.ID, b.ID)) })
	for _, waiting := range w.waiting {
		if err := w.write(ctx, waiting); err != nil {
			return err
		}
	}
	clear(w.waiting)
	w.waiting = w.waiting[:0]
	return nil
}

func (w *RecordWriter) write(ctx context.Context, row StoredRecord) error {
	r := row.Record
	w.first.note(r)
	return w.rows.Add(ctx, r.BSN, r.ID, r.Provider, r.Reference, int32(r.BirthDate), r.ReferralNumber, r.Municipality, r.Product, int32(r.First),
		int32(r.Start), int32(r.End), r.Daypart, r.Unit.String(), int64(r.Quantity), database.Flag(r.HasQuantity), words.WriteDecimal(r.ClaimedPrice),
		words.WriteDecimal(r.ClaimedAmount), r.Remark, r.FileID, r.Sheet, r.Row, r.Version, words.WriteFindings(r.Findings), int32(r.Received),
		int32(r.FirstReceived), database.Flag(r.Ambiguous), database.Flag(r.HasPrior), r.PriorUnit.String(), int64(r.PriorQuantity), words.WriteState(row.State), 0, int32(r.Declared),
		int64(r.DeclaredPrice), int64(r.Break), database.Flag(r.PriorOtherClient), database.Flag(r.SeenBefore), billing.KnownAs(r.Reference), database.Flag(row.Stands), int64(r.Last))
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
	var row recordRow
	texts := row.texts()
	return t.db.Each(ctx, statement, values, func(scan database.Scan) error {
		if err := scan(&row.packed); err != nil {
			return fmt.Errorf("read records: %w", err)
		}
		u := packed.Unpack(row.packed)
		row.unpackWords(&u)
		u.Texts(texts...)
		if u.Err != nil {
			return u.Err
		}
		stored, err := row.record(names)
		if err != nil {
			return err
		}
		return visit(stored)
	})
}
