package ledger

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// eachInternal runs a test on SQLite, and on PostgreSQL if a server is configured.
func eachInternal(t *testing.T, test func(t *testing.T, store *Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, openInternal(t)) })
	t.Run("postgres", func(t *testing.T) {
		server := os.Getenv("PXQ_TEST_POSTGRES")
		if server == "" {
			t.Skip("PXQ_TEST_POSTGRES names no server")
		}
		address, err := url.Parse(server)
		if err != nil {
			t.Fatal(err)
		}
		db, err := sql.Open("postgres", server)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		schema := fmt.Sprintf("pxq_internal_%d", os.Getpid())
		if _, err := db.Exec("CREATE SCHEMA " + schema); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if _, err := db.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
				t.Error(err)
			}
		}()
		query := address.Query()
		query.Set("search_path", schema)
		address.RawQuery = query.Encode()
		store, err := Open(t.Context(), address.String(), Options{Create: true})
		if err != nil {
			t.Fatal(err)
		}
		defer store.Close()
		test(t, store)
	})
}

// plan returns the query plan of a statement for large tables.
func (s *Store) plan(t *testing.T, statement string, values ...any) string {
	t.Helper()
	ctx, explain, columns := t.Context(), "EXPLAIN QUERY PLAN ", 4
	var steps []string
	err := s.Write(ctx, func(tx *Tx) error {
		if tx.db.IsPostgres() {
			explain, columns = "EXPLAIN ", 1
			if err := tx.db.ExecOnce(ctx, "SET LOCAL enable_seqscan = off"); err != nil { // reading an empty table costs nothing
				return err
			}
		}
		places := make([]any, columns)
		for i := range places {
			places[i] = new(string)
		}
		return tx.db.Each(ctx, explain+statement, values, func(scan database.Scan) error {
			err := scan(places...)
			steps = append(steps, *places[columns-1].(*string))
			return err
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(steps, "; ")
}

// TestDecisionsAreFoundByTheirRecord checks that looking up the decisions on one record never reads all of them.
func TestDecisionsAreFoundByTheirRecord(t *testing.T) {
	eachInternal(t, func(t *testing.T, store *Store) {
		if plan := store.plan(t, decisionsWhere(decisionsOfRecord), "30000001", "R1"); !strings.Contains(plan, "decisions_known_as") {
			t.Errorf("the plan is %q", plan)
		}
	})
}

// TestJudgedRowsAreFoundByTheirKey checks that looking up which records a run judged never reads all outcomes.
func TestJudgedRowsAreFoundByTheirKey(t *testing.T) {
	eachInternal(t, func(t *testing.T, store *Store) {
		plan := store.plan(t, judgedUntilStatement(2), "999900006", 1, "999900006", 2, 7)
		if want := map[bool]string{false: "SEARCH o USING PRIMARY KEY (bsn=? AND record_id=?", true: "outcomes_pkey"}[store.db.IsPostgres()]; !strings.Contains(plan, want) {
			t.Errorf("the plan is %q", plan)
		}
	})
}
