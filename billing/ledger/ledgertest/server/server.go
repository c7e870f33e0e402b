// Package server finds the PostgreSQL server for tests. It does not import the ledger, so that the ledger's own tests can
// use it.
package server

import (
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	_ "github.com/lib/pq" // the driver that schemas are made with
)

// Variable is the environment variable that names the server.
const Variable = "PXQ_TEST_POSTGRES"

// IsThere reports whether a server is configured.
func IsThere() bool { return os.Getenv(Variable) != "" }

// Need skips the test if no server is configured, or fails it if CI is set.
func Need(t testing.TB) {
	t.Helper()
	switch {
	case IsThere():
	case os.Getenv("CI") != "":
		t.Fatalf("CI is set and %s is not: name a PostgreSQL server, or run the tests with .ci/test-postgres", Variable)
	default:
		t.Skipf("not tried on PostgreSQL: %s names no server; .ci/test-postgres starts one", Variable)
	}
}

var schemas atomic.Int64

// Schema returns the address of an empty schema on the server, which is dropped when the test ends.
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

// Execute runs a statement on a database without going through the store.
func Execute(t testing.TB, address, statement string) {
	t.Helper()
	if err := Try(address, statement); err != nil {
		t.Fatal(err)
	}
}

// Try is Execute for a statement that may fail.
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

// Pool keeps schemas on the server that successive tests reuse.
type Pool struct {
	owner testing.TB
	mutex sync.Mutex
	idle  []string
}

// NewPool returns a pool of schemas that are dropped when the test that owns it ends.
func NewPool(owner testing.TB) *Pool { return &Pool{owner: owner} }

// Schema returns the address of a schema without rows, for use until the test ends.
func (p *Pool) Schema(t testing.TB) string {
	t.Helper()
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var address string
	if last := len(p.idle) - 1; last >= 0 {
		address, p.idle = p.idle[last], p.idle[:last]
	} else {
		address = Schema(p.owner)
	}
	t.Cleanup(func() {
		empty(t, address)
		p.mutex.Lock()
		defer p.mutex.Unlock()
		p.idle = append(p.idle, address)
	})
	return address
}

// emptying returns the statements that delete all rows of a schema except its schema version. The triggers that protect
// declared lines are disabled meanwhile.
const emptying = `SELECT coalesce(string_agg(
		'ALTER TABLE ' || table_name || ' DISABLE TRIGGER USER; ' ||
		'DELETE FROM ' || table_name || CASE table_name WHEN 'meta' THEN ' WHERE name <> ''schema''' ELSE '' END || '; ' ||
		'ALTER TABLE ' || table_name || ' ENABLE TRIGGER USER', '; '), '')
	FROM information_schema.tables WHERE table_schema = current_schema()`

func empty(t testing.TB, address string) {
	t.Helper()
	db, err := sql.Open("postgres", address)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var statements string
	if err = db.QueryRow(emptying).Scan(&statements); err == nil {
		_, err = db.Exec(statements)
	}
	if err != nil {
		t.Fatal(err)
	}
}
