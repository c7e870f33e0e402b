package database

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

// TestBulkWritesEveryRow writes numbers of rows around those at which a statement is full, and checks that their sum is
// that of the rows in the table.
func TestBulkWritesEveryRow(t *testing.T) {
	eachDatabase(t, func(t *testing.T, open func(Options) *DB) {
		db, ctx := open(Options{}), t.Context()
		most := rowsPerInsert
		total := int64(0)
		for _, rows := range []int{0, 1, most - 1, most, most + 1, 3 * most, 3*most + 2} {
			err := db.Write(ctx, func(tx *Tx) error {
				writer := tx.Bulk("notes", "name", "value", "file_id")
				for n := range rows {
					if err := writer.Add(ctx, fmt.Sprintf("%d-%d", rows, n), "x", 1); err != nil {
						return err
					}
				}
				return errors.Join(writer.Flush(ctx), writer.Flush(ctx))
			})
			if err != nil {
				t.Fatal(err)
			}
			total += int64(rows)
			if there := count(t, db); there != total {
				t.Errorf("%d rows of %d", there, total)
			}
		}
		err := db.Write(ctx, func(tx *Tx) error { return tx.Bulk("notes", "name", "value").Add(ctx, "too few") })
		if err == nil {
			t.Error("a row with too few values was taken")
		}
	})
}

// TestBulkKeepsWhatIsUsual writes rows of which most have the same text in a column, for several texts and orders of the
// columns, and reads each row back.
func TestBulkKeepsWhatIsUsual(t *testing.T) {
	eachDatabase(t, func(t *testing.T, open func(Options) *DB) {
		db, ctx := open(Options{}), t.Context()
		for file, usual := range []string{"", "x", "it's ?", "0"} {
			want := make(map[string]string)
			err := db.Write(ctx, func(tx *Tx) error {
				writer := tx.Bulk("notes", "value", "file_id", "name")
				for n := range 400 {
					name, value := fmt.Sprintf("%d-%d", file, n), usual
					if n%3 == 0 {
						value = []string{"", "x", "other", usual + " "}[n/3%4]
					}
					want[name] = value
					if err := writer.Add(ctx, value, file, name); err != nil {
						return err
					}
				}
				return writer.Flush(ctx)
			})
			if err != nil {
				t.Fatal(err)
			}
			err = db.Each(ctx, "SELECT name, value FROM notes WHERE file_id = ?", []any{file}, func(scan Scan) error {
				var name, value string
				err := scan(&name, &value)
				if want[name] != value {
					t.Errorf("%q is usual: %s holds %q, not %q", usual, name, value, want[name])
				}
				delete(want, name)
				return err
			})
			if err != nil || len(want) > 0 {
				t.Errorf("%q is usual: %d rows are missing: %v", usual, len(want), err)
			}
		}
	})
}

// TestBulkFailsTheTransaction checks that a row that the database refuses fails the transaction, with its reason.
func TestBulkFailsTheTransaction(t *testing.T) {
	db, ctx := openSmallest(t), t.Context()
	err := db.Write(ctx, func(tx *Tx) error {
		if err := tx.SetMeta(ctx, "twice", "1"); err != nil {
			return err
		}
		writer := tx.Bulk("meta", "name", "value")
		return errors.Join(writer.Add(ctx, "once", "1"), writer.Add(ctx, "twice", "2"), writer.Flush(ctx))
	})
	if err == nil || !strings.Contains(err.Error(), "UNIQUE") {
		t.Errorf("got %v", err)
	}
	if value, _ := db.Meta(ctx, "once"); value != "" {
		t.Error("a part of it stayed")
	}
}

// TestBulkBehindSavepoint checks that rows before and after an undone part are written, and no others.
func TestBulkBehindSavepoint(t *testing.T) {
	eachDatabase(t, func(t *testing.T, open func(Options) *DB) {
		db, ctx := open(Options{}), t.Context()
		write := func(tx *Tx, name string) error {
			writer := tx.Bulk("notes", "name", "value", "file_id")
			return errors.Join(writer.Add(ctx, name, "", 1), writer.Flush(ctx))
		}
		for _, first := range []bool{true, false} { // whether rows are written before the part
			before, want := count(t, db), int64(1)
			err := db.Write(ctx, func(tx *Tx) error {
				if first {
					want++
					if err := write(tx, "before"); err != nil {
						return err
					}
				}
				tx.Savepoint()
				return errors.Join(write(tx, "undone"), tx.RollbackToSavepoint(ctx), write(tx, fmt.Sprint("behind ", first)))
			})
			if err != nil {
				t.Fatal(err)
			}
			if there := count(t, db) - before; there != want {
				t.Errorf("%d rows, want %d", there, want)
			}
		}
		if undone, err := db.Number(ctx, "SELECT count(*) FROM notes WHERE name = 'undone'"); err != nil || undone != 0 {
			t.Errorf("%d rows of what was undone, %v", undone, err)
		}
		offered.Lock()
		defer offered.Unlock()
		if len(offered.rows) > 0 {
			t.Errorf("rows of %d transactions are still held", len(offered.rows))
		}
	})
}
