package ledger

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest/server"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
)

func openInternal(t *testing.T) *Store {
	t.Helper()
	store, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// TestHistoryUsesTheIndex checks that looking up references never reads the whole table, however many rows one provider
// has.
func TestHistoryUsesTheIndex(t *testing.T) {
	store := openInternal(t)
	keys := make([]billing.RecordKey, 400)
	statement, values := historyStatement(keys)
	plan := store.plan(t, statement, values...)
	if want := "SEARCH r USING INDEX records_known_as (provider=? AND known_as=?)"; !strings.Contains(plan, want) {
		t.Errorf("the plan is %q", plan)
	}
}

// TestBreakInDigest checks that a row without a break has the digest that it had before breaks were stored, and that a
// break changed outside pxq is detected, to and from none.
func TestBreakInDigest(t *testing.T) {
	store, ctx := openInternal(t), t.Context()
	err := store.Write(ctx, func(tx *Tx) error {
		writer := tx.RecordWriter()
		for id, rest := range map[int64]billing.Quantity{1: 0, 2: 3000} {
			if err := writer.Add(ctx, &billing.Record{ID: id, Provider: "01000001", Reference: "A", Break: rest}, Current); err != nil {
				return err
			}
		}
		return writer.Flush(ctx)
	})
	if err != nil {
		t.Fatal(err)
	}
	columns, values, digest := writtenRecord(t, store, 1)
	before := slices.Index(columns, "break_time")
	if got := store.db.RowDigest("records", columns[:before], values[:before]); got != digest {
		t.Errorf("the digest of a row without a break was %s and is %s", got, digest)
	}
	if found := tampered(t, store); len(found) > 0 {
		t.Errorf("nobody touched %v", found)
	}
	execute(t, store, "UPDATE records SET details = CASE id WHEN 2 THEN replace(details, '3000', '0') ELSE replace(details, '||0|', '|0||0|0|0|3000|0|') END")
	if found := tampered(t, store); len(found) != 2 {
		t.Errorf("both breaks were changed, found %v", found)
	}
}

// writtenRecord returns the stored columns of a record in the order of its digest, and the digest.
func writtenRecord(t *testing.T, store *Store, id int64) (columns []string, values []any, digest string) {
	t.Helper()
	columns = append(packed.RecordTable(), "digest")
	stored, targets := make([]any, len(columns)), make([]any, len(columns))
	for i := range stored {
		targets[i] = &stored[i]
	}
	err := store.db.Each(t.Context(), "SELECT "+strings.Join(columns, ", ")+" FROM records WHERE id = ?", []any{id}, func(scan database.Scan) error { return scan(targets...) })
	if err != nil {
		t.Fatal(err)
	}
	of := make(map[string]any)
	for i, column := range columns {
		of[column] = stored[i]
	}
	details, whole := packed.SplitDetails(database.AsText(of["details"]), nil)
	if !whole {
		t.Fatalf("%q are no details", of["details"])
	}
	for i, column := range packed.DetailColumns() {
		of[column] = details[i]
		if number, err := strconv.ParseInt(details[i], 10, 64); err == nil {
			of[column] = number
		}
	}
	for _, column := range packed.RecordColumns() {
		values = append(values, of[column])
	}
	return packed.RecordColumns(), values, database.AsText(of["digest"])
}

// fullRecord is a record with a value in every column, and plainRecord one without rare values.
func fullRecord() *billing.Record {
	price, amount := decimal.RequireFromString("71.02"), decimal.RequireFromString("-59.18")
	return &billing.Record{
		ID: 1, Provider: "01000001", Reference: "0A", BSN: "999910012", BirthDate: 11, ReferralNumber: "T|1", Municipality: "Goirle", Product: "P1", First: 12, Last: 13,
		Start: 14, End: 15, Break: 16, Daypart: "ochtend", Unit: billing.Time, Quantity: 17, HasQuantity: true, ClaimedPrice: &price, ClaimedAmount: &amount, Remark: "é | b",
		FileID: 1, Sheet: "Uren", Row: 18, Version: 19, Findings: []billing.Finding{{Code: billing.F04}}, Received: 20, FirstReceived: 21, Ambiguous: true,
		HasPrior: true, PriorUnit: billing.Daypart, PriorQuantity: 22, PriorOtherClient: true, SeenBefore: true, Declared: 23, DeclaredPrice: 24,
	}
}

func plainRecord() *billing.Record {
	r := fullRecord()
	r.ID, r.Last, r.Break, r.HasPrior, r.PriorUnit, r.PriorQuantity, r.PriorOtherClient, r.SeenBefore = 2, 0, 0, false, 0, 0, false, false
	r.Ambiguous, r.Declared, r.DeclaredPrice, r.Findings, r.ClaimedPrice, r.Remark = false, 0, 0, nil, nil, ""
	return r
}

// TestRecordDigest checks that a written record has the digest over all its columns, in their order.
func TestRecordDigest(t *testing.T) {
	full, plain := fullRecord(), plainRecord()
	store, ctx := openInternal(t), t.Context()
	err := store.Write(ctx, func(tx *Tx) error {
		writer := tx.RecordWriter()
		return errors.Join(writer.Add(ctx, full, Current), writer.Add(ctx, plain, Superseded), writer.Flush(ctx))
	})
	if err != nil {
		t.Fatal(err)
	}
	for id := range int64(2) {
		columns, values, digest := writtenRecord(t, store, id+1)
		if got := store.db.RowDigest("records", columns, values); got != digest {
			t.Errorf("record %d: the digest is %s, and of its columns %s", id+1, digest, got)
		}
	}
}

// TestFirstRowsOfParts checks that the first row of a care date is known also if a part with the same date was dropped,
// whether its rows were written or still collected.
func TestFirstRowsOfParts(t *testing.T) {
	for _, thrownAway := range []int64{1, recordsGathered + 1} {
		store, ctx := openInternal(t), t.Context()
		err := store.Write(ctx, func(tx *Tx) error {
			writer := tx.RecordWriter()
			if err := writer.Begin(ctx); err != nil {
				return err
			}
			tx.Savepoint()
			add := func(id int64) error {
				return writer.Add(ctx, &billing.Record{ID: id, BSN: "999910012", Provider: "01000001", FileID: 1, First: 20_000, Received: 20_001}, Current)
			}
			for id := range thrownAway {
				if err := add(id + 1); err != nil {
					return err
				}
			}
			writer.Drop()
			return errors.Join(tx.RollbackToSavepoint(ctx), add(thrownAway), writer.Flush(ctx), tx.MarkClients(ctx, map[string]bool{"999910012": true}),
				tx.SetNextRecordID(ctx, thrownAway+1), tx.AddFile(ctx, File{ID: 1, Group: 1, Kept: 1, Rows: 1}, nil))
		})
		if err != nil {
			t.Fatal(err)
		}
		if found, counts := proven(t, store); len(found) > 0 || counts["meta.first_row"] > 0 {
			t.Errorf("%d thrown away: found %v, %v", thrownAway, found, counts)
		}
	}
}

// TestProofOfAnyText checks that rows are proven also if a text contains the separator of rows read as one text, and
// whatever the number of parts.
func TestProofOfAnyText(t *testing.T) {
	store, ctx := openInternal(t), t.Context()
	const strange = "a" + database.DigestSeparator + "0" + database.DigestSeparator
	err := store.Write(ctx, func(tx *Tx) error {
		writer, clients := tx.RecordWriter(), make(map[string]bool)
		for id := range int64(6) {
			record := &billing.Record{ID: id + 1, BSN: fmt.Sprint(id), Provider: "01000001", Reference: fmt.Sprint(id)}
			if id%2 == 1 {
				record.Reference, record.Remark = strange, strange
			}
			clients[record.BSN] = true
			if err := writer.Add(ctx, record, Current); err != nil {
				return err
			}
		}
		return errors.Join(writer.Flush(ctx), tx.MarkClients(ctx, clients), tx.AddFile(ctx, File{ID: 1, Group: 1, Kept: 6, Rows: 6}, nil))
	})
	if err != nil {
		t.Fatal(err)
	}
	if found, counts := proven(t, store); len(found) > 0 || counts["records.known_as"] > 0 {
		t.Errorf("nobody touched %v, %v", found, counts)
	}
	execute(t, store, "UPDATE records SET details = details || 'x', known_as = known_as || 'x' WHERE id > 2")
	if found, counts := proven(t, store); len(found) != 4 || counts["records.known_as"] != 4 {
		t.Errorf("four rows were changed, found %v, %v", found, counts)
	}
}

// TestProofOfOneStrangeText checks that a text with as many separators as a later schema has columns, or one more or less,
// is not taken for a row with those columns.
func TestProofOfOneStrangeText(t *testing.T) {
	for count := range 7 {
		store, ctx := openInternal(t), t.Context()
		err := store.Write(ctx, func(tx *Tx) error {
			writer := tx.RecordWriter()
			record := &billing.Record{ID: 1, BSN: "999910012", Provider: "01000001", Reference: "R1", Remark: "x" + strings.Repeat(database.DigestSeparator, count) + "1"}
			return errors.Join(writer.Add(ctx, record, Current), writer.Flush(ctx), tx.MarkClients(ctx, map[string]bool{record.BSN: true}),
				tx.AddFile(ctx, File{ID: 1, Group: 1, Kept: 1, Rows: 1}, nil))
		})
		if err != nil {
			t.Fatal(err)
		}
		if found, counts := proven(t, store); len(found) > 0 || counts["records.known_as"] > 0 {
			t.Errorf("%d separators: nobody touched %v, %v", count, found, counts)
		}
	}
}

// execute runs a statement on a database without going through the store.
func execute(t *testing.T, store *Store, statement string) {
	t.Helper()
	server.Execute(t, store.Address(), statement)
}
