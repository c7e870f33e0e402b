package ledger

import (
	"context"
	"net/url"
	"os"
	"strings"

	"github.com/jmoiron/sqlx"
)

// readers is how many connections a pool for reading has.
const readers = 8

// OpenReading opens a store for reading alone, beside the one that writes: a long transaction of that one does not keep
// it waiting. The store must be there and up to date: whoever opens it has opened it once to write.
func OpenReading(ctx context.Context, address string) (*Store, error) {
	path, isSQLite := strings.CutPrefix(address, "sqlite:")
	if !isSQLite {
		store, err := Open(ctx, address, Options{})
		if err == nil {
			store.db.SetMaxOpenConns(readers)
		}
		return store, err
	}
	path = strings.TrimPrefix(path, "//")
	if _, err := os.Stat(path); err != nil {
		return nil, prepareFile(path, false)
	}
	parameters := url.Values{"_pragma": {"busy_timeout(10000)", "query_only(1)", "cache_size(-16384)", "temp_store(MEMORY)"}, "_dqs": {"0"}}
	db, err := sqlx.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+parameters.Encode())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(readers)
	db.SetMaxIdleConns(readers)
	store := newStore(db, sqliteDialect(), path, "sqlite:"+path)
	if err := db.PingContext(ctx); err != nil {
		db.Close()
		return nil, store.explainSQLite(err)
	}
	return store, nil
}
