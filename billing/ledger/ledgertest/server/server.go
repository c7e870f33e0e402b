// Package server finds the PostgreSQL server for tests. It knows nothing of the ledger, so that the ledger's own tests
// may use it.
package server

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	_ "github.com/lib/pq" // the driver that schemas are made with
)

// Variable is the environment variable that names the server.
const Variable = "PXQ_TEST_POSTGRES"

// Need skips the test without a server, and fails it where everything must be tried.
func Need(t testing.TB) {
	t.Helper()
	switch {
	case os.Getenv(Variable) != "":
	case os.Getenv("CI") != "":
		t.Fatalf("CI is set and %s is not: name a PostgreSQL server, or run the tests with .ci/test-postgres", Variable)
	default:
		t.Skipf("not tried on PostgreSQL: %s names no server; .ci/test-postgres starts one", Variable)
	}
}

var schemas atomic.Int64

// Schema gives the address of an empty schema of the server, which is dropped when the test ends.
func Schema(t testing.TB) string {
	t.Helper()
	Need(t)
	server := os.Getenv(Variable)
	name := fmt.Sprintf("pxq_test_%d_%d", os.Getpid(), schemas.Add(1))
	Execute(t, server, "CREATE SCHEMA "+name)
	t.Cleanup(func() { Execute(t, server, "DROP SCHEMA "+name+" CASCADE") })
	address, err := url.Parse(server)
	if err != nil {
		t.Fatalf("%s: %v", Variable, err)
	}
	query := address.Query()
	query.Set("search_path", name)
	address.RawQuery = query.Encode()
	return address.String()
}

// Execute runs a statement on a database behind the store's back.
func Execute(t testing.TB, address, statement string) {
	t.Helper()
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		execute(t, "sqlite", path, statement)
		return
	}
	execute(t, "postgres", address, statement)
}

func execute(t testing.TB, driver, address, statement string) {
	t.Helper()
	db, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
}
