package database

import (
	"context"
	"net/url"
	"os"
	"strings"

	"github.com/jmoiron/sqlx"
)

// readers is the number of connections in a read-only pool.
const readers = 8

// OpenReading opens a database only for reading, separately from the DB that writes, so that a long write transaction does
// not block it. The database must exist and be up to date: the caller has opened it for writing once before.
func OpenReading(ctx context.Context, address string, schema *Schema) (*DB, error) {
	path, isSQLite := strings.CutPrefix(address, "sqlite:")
	if !isSQLite {
		opened, err := Open(ctx, address, schema, Options{})
		if err == nil {
			opened.pool.SetMaxOpenConns(readers)
		}
		return opened, err
	}
	path = strings.TrimPrefix(path, "//")
	if _, err := os.Stat(path); err != nil {
		return nil, prepareFile(path, false)
	}
	parameters := url.Values{"_pragma": {"busy_timeout(10000)", "query_only(1)", "cache_size(-16384)", "temp_store(MEMORY)"}, "_dqs": {"0"}}
	pool, err := sqlx.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+parameters.Encode())
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(readers)
	pool.SetMaxIdleConns(readers)
	opened := newDB(pool, sqliteDialect(), schema, path, "sqlite:"+path)
	if err := pool.PingContext(ctx); err != nil {
		pool.Close()
		return nil, opened.explainSQLite(err)
	}
	return opened, nil
}
