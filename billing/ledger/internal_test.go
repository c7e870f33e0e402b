package ledger

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest/server"
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

// TestHistoryUsesTheIndex sees that looking up references never reads the whole table, however many rows one
// provider has.
func TestHistoryUsesTheIndex(t *testing.T) {
	store := openInternal(t)
	keys := make([]Key, 400)
	statement, values := historyStatement(keys)
	plan := store.plan(t, statement, values...)
	if want := "SEARCH r USING INDEX records_known_as (provider=? AND known_as=?)"; !strings.Contains(plan, want) {
		t.Errorf("the plan is %q", plan)
	}
}

// TestBreakInDigest sees that a row without a break has the digest that it had before breaks were kept, and that a
// break that was changed behind pxq's back is found, to and from none.
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
	before := recordColumns[:slices.Index(recordColumns, "break_time")]
	values := make([]any, len(before)+1)
	targets := make([]any, len(values))
	for i := range values {
		targets[i] = &values[i]
	}
	err = store.db.Each(ctx, "SELECT "+strings.Join(before, ", ")+", digest FROM records WHERE id = 1", nil, func(scan database.Scan) error {
		return scan(targets...)
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := store.db.RowDigest("records", before, values[:len(before)]); got != database.AsText(values[len(before)]) {
		t.Errorf("the digest of a row without a break was %s and is %s", got, database.AsText(values[len(before)]))
	}
	if found := tampered(t, store); len(found) > 0 {
		t.Errorf("nobody touched %v", found)
	}
	execute(t, store, "UPDATE records SET break_time = 3000 - break_time")
	if found := tampered(t, store); len(found) != 2 {
		t.Errorf("both breaks were changed, found %v", found)
	}
}

// TestProofOfAnyText sees that rows are proven also where a text of theirs holds what stands between the columns of a row
// that is read as one text, and however many parts the clients are proven in.
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
	execute(t, store, "UPDATE records SET remark = remark || 'x', known_as = known_as || 'x' WHERE id > 2")
	if found, counts := proven(t, store); len(found) != 4 || counts["records.known_as"] != 4 {
		t.Errorf("four rows were changed, found %v, %v", found, counts)
	}
}

// TestProofOfOneStrangeText sees that a text with as many separators as there are columns of a later schema, or one more or
// less, is not taken for a row with those columns.
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

// execute runs a statement behind the store's back.
func execute(t *testing.T, store *Store, statement string) {
	t.Helper()
	server.Execute(t, store.Address(), statement)
}
