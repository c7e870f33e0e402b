package database

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	_ "modernc.org/sqlite" // the embedded database
)

// busyTimeout is how long SQLite waits for another writer.
const busyTimeout = 10 * time.Second

func openSQLite(ctx context.Context, path string, schema *Schema, options Options) (*DB, error) {
	if err := prepareFile(path, options.Create); err != nil {
		return nil, err
	}
	parameters := url.Values{"_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()), "foreign_keys(1)", "page_size(16384)", "synchronous(FULL)",
		fmt.Sprintf("cache_size(-%d)", cacheKiB), "temp_store(FILE)", "wal_autocheckpoint(0)",
	}, "_txlock": {"immediate"}, "_dqs": {"0"}, "_journal_mode": {"WAL"}}
	pool, err := sqlx.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+parameters.Encode())
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	pool.SetMaxOpenConns(readersBeside + 2) // one to write with, and one for checkpoints
	if err := registerRows(pool); err != nil {
		return nil, err
	}
	opened := newDB(pool, sqliteDialect(), schema, path, "sqlite:"+path)
	if err := opened.startPatiently(ctx); err != nil {
		pool.Close()
		return nil, opened.explainSQLite(err)
	}
	return opened, nil
}

// cacheKiB is the page cache of an SQLite connection: readers go from one page to the next, and writers go client by
// client, once through all tables. More brings nothing, and each page takes twice its size.
const cacheKiB = 4096

// checkpoint has SQLite copy what was committed from its log into the file, in the background while others read. A commit that
// did so itself would block them all for that time. Until it is done they read from the log.
func (d *DB) checkpoint(ctx context.Context) {
	if d.path == "" {
		return
	}
	d.checkpoints.Go(func() {
		d.pool.ExecContext(context.WithoutCancel(ctx), "PRAGMA wal_checkpoint(PASSIVE)") //nolint:errcheck // it stays in the log until the next time
	})
}

// OpenMemory opens an empty database in memory; it never touches the disk.
func OpenMemory(ctx context.Context, schema *Schema) (*DB, error) {
	pool, err := sqlx.Open("sqlite", "file::memory:?_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)")
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(1) // each connection would have its own memory
	if err := registerRows(pool); err != nil {
		return nil, err
	}
	opened := newDB(pool, sqliteDialect(), schema, "", "sqlite::memory:")
	if err := opened.start(ctx); err != nil {
		pool.Close()
		return nil, err
	}
	return opened, nil
}

// prepareFile creates a missing database file with access for its owner only, before SQLite opens it: SQLite gives its side
// files the same mode.
func prepareFile(path string, create bool) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return NewProblem(err, "De database %s is niet te openen: geen toegang. Controleer de rechten.",
			"The database %s cannot be opened: no access. Check the permissions.", path)
	}
	if !create {
		return NewProblem(fs.ErrNotExist, "Er is geen database %s. Neem eerst bestanden in met ‘pxq import’ of ‘pxq run’, of kijk of --workspace klopt.",
			"There is no database %s. First import files with “pxq import” or “pxq run”, or check --workspace.", path)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return NewProblem(err, "De map %s bestaat niet, dus de database kan er niet komen. Maak de map of kijk of --workspace klopt.",
			"The folder %s does not exist, so the database cannot be created in it. Create the folder or check --workspace.", filepath.Dir(path))
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil // another process was first
	}
	if err != nil {
		return NewProblem(err, "In de map %s kan de database niet gemaakt worden. Controleer de rechten en de vrije ruimte.",
			"The database cannot be created in the folder %s. Check its permissions and the free disk space.", filepath.Dir(path))
	}
	return file.Close()
}

// startPatiently calls start again while another process is creating the same database: SQLite does not wait by itself
// while the journal mode is being set.
func (d *DB) startPatiently(ctx context.Context) error {
	const most = 5 * time.Second
	for wait := 20 * time.Millisecond; ; wait *= 2 {
		err := d.start(ctx)
		if err == nil || wait > most || !strings.Contains(err.Error(), "locked") {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

func (d *DB) explainSQLite(err error) error {
	if problem, ok := errors.AsType[*Problem](err); ok {
		return problem
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "not a database"):
		return NewProblem(err, "%s is geen pxq-database. Geef met --database het juiste bestand.", "%s is not a pxq database. Name the right file with --database.", d.path)
	case d.isDamaged(err):
		return d.damaged(err)
	case IsFull(err):
		return fullDisk(err)
	}
	return NewProblem(err, "De database %s is niet te openen. Ook wie alleen kijkt moet in haar map kunnen schrijven: controleer de rechten en de vrije ruimte.",
		"The database %s cannot be opened. Even for looking only, its folder must be writable: check the permissions and the free disk space.", d.path)
}
