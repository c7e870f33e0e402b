// Package ledgertest runs a test on every kind of database that the store knows: always on SQLite, and on
// PostgreSQL when PXQ_TEST_POSTGRES names a server. Where CI is set a missing server fails the test, so that
// no release goes out that was tried on one of the two only.
package ledgertest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	_ "github.com/lib/pq" // the driver that schemas are made with

	"github.com/pxq-nl/pxq/billing/ledger"
)

// Server is the environment variable that names the PostgreSQL server for tests.
const Server = "PXQ_TEST_POSTGRES"

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
	t.Run("sqlite", func(t *testing.T) { test(t, func() string { return SQLite(t) }) })
	t.Run("postgres", func(t *testing.T) {
		needServer(t)
		test(t, func() string { return Postgres(t) })
	})
}

// needServer skips the test without a server, and fails it where everything must be tried.
func needServer(t testing.TB) {
	t.Helper()
	switch {
	case os.Getenv(Server) != "":
	case os.Getenv("CI") != "":
		t.Fatalf("CI is set and %s is not: name a PostgreSQL server, or run the tests with .ci/test-postgres", Server)
	default:
		t.Skipf("not tried on PostgreSQL: %s names no server; .ci/test-postgres starts one", Server)
	}
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

var schemas atomic.Int64

// Postgres gives the address of an empty schema of the server, which is dropped when the test ends.
func Postgres(t testing.TB) string {
	t.Helper()
	needServer(t)
	server := os.Getenv(Server)
	name := fmt.Sprintf("pxq_test_%d_%d", os.Getpid(), schemas.Add(1))
	Execute(t, server, "CREATE SCHEMA "+name)
	t.Cleanup(func() { Execute(t, server, "DROP SCHEMA "+name+" CASCADE") })
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s: %v", Server, err)
	}
	query := address.Query()
	query.Set("search_path", name)
	address.RawQuery = query.Encode()
	return address.String()
}

// Execute runs a statement on a database behind the store's back.
func Execute(t testing.TB, address, statement string) {
	t.Helper()
	if err := Try(address, statement); err != nil {
		t.Fatal(err)
	}
}

// Try is Execute for a statement that may be refused.
func Try(address, statement string) error {
	driver, source := "postgres", address
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		driver, source = "sqlite", path
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}
