package database

import (
	"errors"
	"testing"
)

// TestSumsFindWhatWasChanged checks that rows written, changed and removed through this package are summed, including those
// from before sums were kept, and that changes made outside it are found in the period of their close.
func TestSumsFindWhatWasChanged(t *testing.T) {
	eachDatabase(t, func(t *testing.T, open func(Options) *DB) {
		db, ctx := open(Options{}), t.Context()
		steps := []func(*Tx) error{
			func(tx *Tx) error { return tx.ExecOnce(ctx, "INSERT INTO closes VALUES (7, 100, 2)") },
			func(tx *Tx) error {
				return tx.Insert(ctx, "notes", "INSERT INTO notes VALUES ('a', 'x', 1), ('b', 'x', 3)")
			},
			func(tx *Tx) error {
				return tx.Insert(ctx, "notes", "INSERT INTO notes VALUES ('a', 'y', 1) ON CONFLICT DO NOTHING")
			},
			func(tx *Tx) error { return tx.Update(ctx, "notes", "value = ?", []any{"z"}, "name = ?", "b") },
			func(tx *Tx) error {
				tx.Sum("notes", 3, "c", "x")
				return tx.ExecOnce(ctx, "INSERT INTO notes VALUES ('c', 'x', 3)")
			},
			func(tx *Tx) error { return tx.Remove(ctx, "notes", "name = ?", "c") },
		}
		for i, step := range steps {
			if err := db.Write(ctx, step); err != nil {
				t.Fatalf("step %d: %v", i, err)
			}
		}
		differences := func() (found []Difference) {
			err := db.Read(ctx, func(tx *Tx) error {
				tally, err := tx.NewTally(ctx)
				if err != nil {
					return err
				}
				if err := tx.Count(ctx, tally, nil); err != nil {
					return err
				}
				found, err = tx.Differences(ctx, tally)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return found
		}
		if found := differences(); len(found) > 0 {
			t.Fatalf("nobody touched them: %v", found)
		}
		if _, err := db.pool.Exec("DELETE FROM notes WHERE name = 'b'"); err != nil {
			t.Fatal(err)
		}
		if found := differences(); len(found) != 1 || found[0] != (Difference{"notes", 101, -1}) {
			t.Errorf("found %v", found)
		}
		if _, err := db.pool.Exec("UPDATE notes SET value = 'z'"); err != nil {
			t.Fatal(err)
		}
		if found := differences(); len(found) != 2 || found[0] != (Difference{"notes", 100, 0}) {
			t.Errorf("found %v", found)
		}
	})
}

// TestPartOfSummedRows checks that a part whose first change is one of summed rows can be undone.
func TestPartOfSummedRows(t *testing.T) {
	eachDatabase(t, func(t *testing.T, open func(Options) *DB) {
		db, ctx := open(Options{}), t.Context()
		for name, change := range map[string]func(*Tx) error{
			"insert": func(tx *Tx) error {
				return tx.Insert(ctx, "notes", "INSERT INTO notes VALUES ('undone', 'x', 1)")
			},
			"update": func(tx *Tx) error { return tx.Update(ctx, "notes", "value = ?", []any{"undone"}, "name = ?", "update") },
			"remove": func(tx *Tx) error { return tx.Remove(ctx, "notes", "name = ?", "remove") },
		} {
			err := db.Write(ctx, func(tx *Tx) error {
				if err := tx.Insert(ctx, "notes", "INSERT INTO notes VALUES (?, 'x', 1)", name); err != nil {
					return err
				}
				tx.Savepoint()
				return errors.Join(change(tx), tx.RollbackToSavepoint(ctx))
			})
			if err != nil {
				t.Fatal(name, err)
			}
			var kept []string
			if err := db.List(ctx, &kept, "SELECT name FROM notes WHERE value = 'x' AND name IN (?, 'undone')", name); err != nil || len(kept) != 1 || kept[0] != name {
				t.Errorf("%s: left are %q: %v", name, kept, err)
			}
		}
	})
}
