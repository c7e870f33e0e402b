// Package database is what the ledger stands on: a database of SQLite or PostgreSQL with a schema that is brought up to
// date, transactions, one writer at a time, the trail of who did what, digests of rows and sums of tables. It knows
// nothing of care: which tables there are, and what of them is summed, digested and guarded, is told in a Schema.
//
// One set of statements serves both databases; a dialect holds the few words that differ. Only the ledger imports this
// package, so that nobody else meets SQL.
package database

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/jmoiron/sqlx"
)

// DB is an open database. One operation writes at a time: see Lock.
type DB struct {
	View
	pool    *sqlx.DB
	path    string               // of the SQLite file; "" of another
	address string               // for messages, without password
	act     Act                  // of the command that opened it
	locking sync.Mutex           // one operation of this process asks for the lock at a time
	lock    atomic.Pointer[Lock] // held in this process; nil for none
	filing  sync.WaitGroup       // what was committed is put in its place
}

func newDB(pool *sqlx.DB, d dialect, schema *Schema, path, address string) *DB {
	return &DB{View: View{pool, d, schema}, pool: pool, path: path, address: address}
}

// Options say how a database is opened.
type Options struct {
	Create bool // make the database when it is not there
	Act    Act  // what the audit trail tells of the command that opens it
}

// Open opens the database named by address: sqlite:PATH or postgres://…, and brings an older schema up to date.
// Errors are *Problem.
func Open(ctx context.Context, address string, schema *Schema, options Options) (*DB, error) {
	opened, err := open(ctx, address, schema, options)
	if err != nil {
		return nil, err
	}
	opened.act = options.Act
	return opened, nil
}

func open(ctx context.Context, address string, schema *Schema, options Options) (*DB, error) {
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		return openSQLite(ctx, strings.TrimPrefix(path, "//"), schema, options)
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

// Close lets go of the database, and of the lock when it still is held.
func (d *DB) Close() error {
	var err error
	if lock := d.held(); lock != nil {
		err = lock.Release()
	}
	d.filing.Wait()
	return errors.Join(err, d.pool.Close())
}

// Address returns the database's address for people, without its password.
func (d *DB) Address() string { return d.address }
