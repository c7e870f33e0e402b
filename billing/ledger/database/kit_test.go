package database

import (
	"context"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest/server"
)

// smallest is the smallest possible schema: the tables of this package, the closes, and notes that are summed.
func smallest() *Schema {
	return &Schema{
		Files: fstest.MapFS{"0001_start.sql": {Data: []byte(`
			CREATE TABLE meta (name {{text}} PRIMARY KEY, value {{text}} NOT NULL){{strict}};
			CREATE TABLE closes (id {{int}} PRIMARY KEY, period {{int}} NOT NULL, last_file {{int}} NOT NULL){{strict}};
			CREATE TABLE notes (name {{text}} NOT NULL, value {{text}} NOT NULL, file_id {{int}} NOT NULL, PRIMARY KEY (name)){{strict}};`)},
			"0002_trail.sql": {Data: []byte(`
			CREATE TABLE audit (id {{int}} PRIMARY KEY, act {{int}} NOT NULL, moment {{text}} NOT NULL, who {{text}} NOT NULL, command {{text}} NOT NULL,
				result {{text}} NOT NULL, files {{text}} NOT NULL, counts {{text}} NOT NULL, remark {{text}} NOT NULL, hash {{text}} NOT NULL){{strict}};
			CREATE TABLE sums (name {{text}} NOT NULL, part {{int}} NOT NULL, epoch {{int}} NOT NULL, row_count {{int}} NOT NULL, sum {{text}} NOT NULL,
				PRIMARY KEY (name, part, epoch)){{strict}};`)},
		},
		Rewrites: map[int]func(context.Context, *Tx) error{2: func(ctx context.Context, tx *Tx) error { return tx.Guard(ctx) }},
		SumsFrom: 2,
		Summed:   map[string]Summed{"notes": {Table: "notes", By: ByFile, Part: "file_id", Columns: []string{"name", "value"}}},
		Closes:   "SELECT id, period, last_file FROM closes ORDER BY id",
		Guarded:  []Guarded{{Table: "audit", Why: "the audit trail is only added to"}},
	}
}

// eachDatabase runs the test once for each kind of database, which is empty at first. Every call of open opens the same one
// again.
func eachDatabase(t *testing.T, test func(t *testing.T, open func(Options) *DB)) {
	t.Helper()
	run := func(t *testing.T, address string) {
		test(t, func(options Options) *DB {
			options.Create = true
			db, err := Open(t.Context(), address, smallest(), options)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { db.Close() })
			return db
		})
	}
	t.Run("sqlite", func(t *testing.T) { run(t, "sqlite:"+filepath.Join(t.TempDir(), "pxq.db")) })
	t.Run("postgres", func(t *testing.T) { run(t, server.Schema(t)) })
}

// openSmallest opens an empty SQLite database.
func openSmallest(t *testing.T) *DB {
	t.Helper()
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"), smallest(), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// count counts the notes.
func count(t *testing.T, db *DB) int64 {
	t.Helper()
	number, err := db.Number(t.Context(), "SELECT count(*) FROM notes")
	if err != nil {
		t.Fatal(err)
	}
	return number
}
