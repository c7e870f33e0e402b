// Package ledgertest runs a test on every kind of database that the store knows: always on SQLite, and on
// PostgreSQL when PXQ_TEST_POSTGRES names a server. Where CI is set a missing server fails the test, so that
// no release goes out that was tried on one of the two only.
package ledgertest

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest/server"
)

// EachDatabase runs the test once for each kind of database. Every call of open opens the same database, which
// is empty at first, once more; it is closed and removed when the test ends.
func EachDatabase(t *testing.T, test func(t *testing.T, open func() *ledger.Store)) {
	t.Helper()
	EachKind(t, func(t *testing.T, fresh func() string) {
		address := fresh()
		test(t, func() *ledger.Store { return Open(t, address) })
	})
}

// EachKind runs the test once for each kind of database. Every call of fresh makes an empty database and gives
// its address.
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
// schemas of PostgreSQL that are used again once they are emptied. Every call of open gives an empty store of its own
// until the test that it is given ends.
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

// unlessOnceEach skips a test on SQLite with -short, where it is run on PostgreSQL. The gate runs every test on both first,
// and then with the race detector and -short: SQLite is a program translated into Go, each step of which the detector
// would follow, and PostgreSQL is not.
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

// Open opens a database until the test ends.
func Open(t testing.TB, address string) *ledger.Store {
	t.Helper()
	store, err := ledger.Open(context.Background(), address, ledger.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

// SQLite gives the address of an empty database in a folder of the test.
func SQLite(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "pxq.db")
}

// Postgres gives the address of an empty schema of the server, which is dropped when the test ends.
func Postgres(t testing.TB) string {
	t.Helper()
	return server.Schema(t)
}

// Execute runs a statement on a database behind the store's back.
func Execute(t testing.TB, address, statement string) {
	t.Helper()
	server.Execute(t, address, statement)
}

// Try is Execute for a statement that may be refused.
func Try(address, statement string) error { return server.Try(address, statement) }
