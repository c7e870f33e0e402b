// Package ledgertest runs tests on every kind of database that the store supports: always on SQLite, and on PostgreSQL if
// PXQ_TEST_POSTGRES names a server. With CI set a missing server fails the test, so that no release is tested on only one
// of the two.
package ledgertest

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest/server"
)

// EachDatabase runs the test once for each kind of database. Every call of open opens the same database again, which is
// empty at first; it is closed and removed when the test ends.
func EachDatabase(t *testing.T, test func(t *testing.T, open func() *ledger.Store)) {
	t.Helper()
	EachKind(t, func(t *testing.T, fresh func() string) {
		address := fresh()
		test(t, func() *ledger.Store { return Open(t, address) })
	})
}

// EachKind runs the test once for each kind of database. Every call of fresh creates an empty database and returns its
// address.
func EachKind(t *testing.T, test func(t *testing.T, fresh func() string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		unlessOnceEach(t)
		test(t, func() string { return SQLite(t) })
	})
	t.Run("postgres", func(t *testing.T) {
		server.Need(t)
		test(t, func() string { return Postgres(t) })
	})
}

// EachStore runs the test once for each kind of database, for tests that need many small ones: SQLite in memory, and
// PostgreSQL schemas that are emptied and reused. Every call of open returns a separate empty store, until the test passed
// to it ends.
func EachStore(t *testing.T, test func(t *testing.T, open func(testing.TB) *ledger.Store)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		unlessOnceEach(t)
		test(t, memory)
	})
	t.Run("postgres", func(t *testing.T) {
		server.Need(t)
		pool := server.NewPool(t)
		test(t, func(t testing.TB) *ledger.Store { return Open(t, pool.Schema(t)) })
	})
}

// unlessOnceEach skips a test on SQLite if -short is given and the test also runs on PostgreSQL. The gate first runs every
// test on both, and then with the race detector and -short: SQLite is a program translated into Go, of which the detector
// would follow each step, and PostgreSQL is not.
func unlessOnceEach(t *testing.T) {
	t.Helper()
	if testing.Short() && server.IsThere() {
		t.Skip("with -short on PostgreSQL alone")
	}
}

func memory(t testing.TB) *ledger.Store {
	t.Helper()
	store, err := ledger.OpenMemory(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// Open opens the database at the address and closes it when the test ends.
func Open(t testing.TB, address string) *ledger.Store {
	t.Helper()
	store, err := ledger.Open(context.Background(), address, ledger.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// SQLite returns the address of an empty database in a temporary folder of the test.
func SQLite(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "pxq.db")
}

// Postgres returns the address of an empty schema on the server, which is dropped when the test ends.
func Postgres(t testing.TB) string {
	t.Helper()
	return server.Schema(t)
}

// Execute runs a statement on a database without going through the store.
func Execute(t testing.TB, address, statement string) {
	t.Helper()
	server.Execute(t, address, statement)
}

// Try is Execute for a statement that may fail.
func Try(address, statement string) error { return server.Try(address, statement) }
