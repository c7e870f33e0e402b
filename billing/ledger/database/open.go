// Package database is the foundation of the ledger: an SQLite or PostgreSQL database with a schema that is migrated on
// opening, transactions, one writer at a time, the audit trail, digests of rows and sums of tables. It knows nothing of
// care: a Schema tells it which tables there are and which of their rows are summed, digested and guarded.
//
// One set of statements serves both databases; a dialect holds the few words that differ. Only the ledger and its packages
// import this package, so that no other code contains SQL about care.
//
// Start reading at Open, then View and Tx (reads and transactions), Lock (one writer), Bulk (inserting) and Summed (sums of
// rows).
package database

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jmoiron/sqlx"
)

// DB is an open database. Only one operation writes at a time: see Lock.
type DB struct {
	View
	pool        *sqlx.DB
	path        string               // of the SQLite file; "" for memory and PostgreSQL
	address     string               // for messages, without its password
	act         Act                  // of the command that opened it
	locking     sync.Mutex           // guards the acquisition of lock
	lock        atomic.Pointer[Lock] // held by this process; nil for none
	checkpoints sync.WaitGroup       // checkpoints that are running
}

func newDB(pool *sqlx.DB, d dialect, schema *Schema, path, address string) *DB {
	return &DB{View: View{pool, d, schema}, pool: pool, path: path, address: address}
}

// Options are the options of Open.
type Options struct {
	Create bool // create the database if it does not exist
	Act    Act  // the command that opens it, for the audit trail
}

// Open opens the database at the address, sqlite:PATH or postgres://…, and brings an older schema up to date. Its errors
// are *Problem.
func Open(ctx context.Context, address string, schema *Schema, options Options) (*DB, error) {
	opened, err := open(ctx, address, schema, options)
	if err != nil {
		return nil, err
	}
	opened.act = options.Act
	return opened, nil
}

func open(ctx context.Context, address string, schema *Schema, options Options) (*DB, error) {
	path, ok := strings.CutPrefix(address, "sqlite:")
	if path = strings.TrimPrefix(path, "//"); ok && path != "" {
		return openSQLite(ctx, path, schema, options)
	}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return openPostgres(ctx, address, schema)
	}
	return nil, NewProblem(nil, "De database ‘%s’ is niet te herkennen. Schrijf sqlite:BESTAND of postgres://gebruiker@server/naam.",
		"The database “%s” is not recognised. Write sqlite:FILE or postgres://user@server/name.", unknownAddress(address))
}

func (d *DB) start(ctx context.Context) error {
	if err := d.pool.PingContext(ctx); err != nil {
		return err
	}
	return d.migrate(ctx)
}

// Close closes the database, and releases the lock if it is still held.
func (d *DB) Close() error {
	var err error
	if lock := d.held(); lock != nil {
		err = lock.Release()
	}
	d.checkpoints.Wait()
	return errors.Join(err, d.pool.Close())
}

// Address returns the database's address for display, without its password.
func (d *DB) Address() string { return d.address }
