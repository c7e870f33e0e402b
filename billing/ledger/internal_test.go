package ledger

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/lib/pq"

	"github.com/pxq-nl/pxq/billing"
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

// TestDiskFull sees that a full disk is said in the user's words, and that nothing of what was begun stays.
func TestDiskFull(t *testing.T) {
	store, ctx := openInternal(t), t.Context()
	store.db.SetMaxOpenConns(1) // the pragma holds for one connection
	var pages int
	if err := store.db.Get(&pages, "PRAGMA page_count"); err != nil {
		t.Fatal(err)
	}
	if _, err := store.db.Exec(fmt.Sprintf("PRAGMA max_page_count = %d", pages+20)); err != nil {
		t.Fatal(err)
	}
	fill := func(records int) error {
		return store.Write(ctx, func(tx *Tx) error {
			if err := tx.SetMeta(ctx, "filled", fmt.Sprint(records)); err != nil {
				return err
			}
			writer := tx.RecordWriter()
			for n := range records {
				if err := writer.Add(ctx, &billing.Record{ID: int64(n), BSN: "999900006", Remark: strings.Repeat("x", 200)}, Current); err != nil {
					return err
				}
			}
			return writer.Flush(ctx)
		})
	}
	problem, ok := errors.AsType[*Problem](fill(30_000))
	if !ok || !strings.Contains(problem.Dutch, "schijf is vol") || !strings.Contains(problem.English, "Nothing was changed") {
		t.Fatalf("got %v", problem)
	}
	if filled, err := store.Meta(ctx, "filled"); filled != "" || err != nil {
		t.Errorf("filled is %q: %v", filled, err)
	}
	if err := fill(10); err != nil {
		t.Errorf("a little does not fit any more: %v", err)
	}
}

// TestIsFull knows a full disk by what either database says of it.
func TestIsFull(t *testing.T) {
	for _, err := range []error{
		errors.New("database or disk is full (13)"),
		errors.New("disk I/O error: no space left on device"),
		&pq.Error{Code: "53100", Message: `could not extend file "base/5/16401": No space left on device`},
		fmt.Errorf("taking in: %w", &pq.Error{Code: "53100", Message: "schijf vol"}),
	} {
		if !isFull(err) {
			t.Errorf("not known as a full disk: %v", err)
		}
	}
	if isFull(&pq.Error{Code: "23505", Message: "duplicate key"}) || isFull(context.Canceled) {
		t.Error("something else was taken for a full disk")
	}
}

// TestHistoryUsesTheIndex sees that looking up references never reads the whole table, however many rows one
// provider has.
func TestHistoryUsesTheIndex(t *testing.T) {
	store := openInternal(t)
	keys := make([]Key, 400)
	statement, values := historyStatement(keys)
	rows, err := store.db.Query("EXPLAIN QUERY PLAN "+statement, values...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, detail)
	}
	if want := "SEARCH r USING INDEX records_known_as (provider=? AND known_as=?)"; !strings.Contains(strings.Join(plan, "; "), want) {
		t.Errorf("the plan is %q", plan)
	}
}

// TestBulkWritesEveryRow writes numbers of rows around those at which a statement is full.
func TestBulkWritesEveryRow(t *testing.T) {
	store, ctx := openInternal(t), t.Context()
	most := sqliteParameters / 2
	total := 0
	for _, rows := range []int{0, 1, most - 1, most, most + 1, 3 * most, 3*most + 2} {
		err := store.Write(ctx, func(tx *Tx) error {
			writer := tx.bulk("meta", "name", "value")
			for n := range rows {
				if err := writer.add(ctx, fmt.Sprintf("%d-%d", rows, n), "x"); err != nil {
					return err
				}
			}
			return errors.Join(writer.flush(ctx), writer.flush(ctx))
		})
		if err != nil {
			t.Fatal(err)
		}
		total += rows
		var count int
		if err := store.db.Get(&count, "SELECT count(*) FROM meta WHERE value = 'x'"); err != nil || count != total {
			t.Errorf("%d rows of %d: %v", count, total, err)
		}
	}
	err := store.Write(ctx, func(tx *Tx) error { return tx.bulk("meta", "name", "value").add(ctx, "too few") })
	if err == nil {
		t.Error("a row with too few values was taken")
	}
}

// TestBulkFailsTheTransaction sees that a row that the database refuses fails all, with its reason.
func TestBulkFailsTheTransaction(t *testing.T) {
	store, ctx := openInternal(t), t.Context()
	err := store.Write(ctx, func(tx *Tx) error {
		if err := tx.SetMeta(ctx, "twice", "1"); err != nil {
			return err
		}
		writer := tx.bulk("meta", "name", "value")
		return errors.Join(writer.add(ctx, "once", "1"), writer.add(ctx, "twice", "2"), writer.flush(ctx))
	})
	if err == nil || !strings.Contains(err.Error(), "UNIQUE") {
		t.Errorf("got %v", err)
	}
	if value, _ := store.Meta(ctx, "once"); value != "" {
		t.Error("a part of it stayed")
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
	row := store.db.QueryRowx("SELECT " + strings.Join(before, ", ") + ", digest FROM records WHERE id = 1")
	if err := row.Scan(targets...); err != nil {
		t.Fatal(err)
	}
	if got := digest(digestParts("records", before), values[:len(before)]); got != asText(values[len(before)]) {
		t.Errorf("the digest of a row without a break was %s and is %s", got, asText(values[len(before)]))
	}
	tampered := func() (found []string) {
		if err := store.Tampered(ctx, Everything, "records", nil, func(where string) error { found = append(found, where); return nil }); err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := tampered(); len(found) > 0 {
		t.Errorf("nobody touched %v", found)
	}
	if _, err := store.db.Exec("UPDATE records SET break_time = 3000 - break_time"); err != nil {
		t.Fatal(err)
	}
	if found := tampered(); len(found) != 2 {
		t.Errorf("both breaks were changed, found %v", found)
	}
}
