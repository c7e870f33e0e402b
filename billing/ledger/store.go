// Package ledger is the store: what was taken in, what became of it, and what was declared. It is the only
// place with SQL. One set of statements serves SQLite and PostgreSQL; a dialect holds the few words that
// differ.
//
// Amounts are whole cents, quantities hundredths, dates numbers of days (billing.Date), times of the day seconds
// (billing.Clock) and months numbers (billing.Period), all in integer columns: never NUMERIC, which SQLite keeps as
// floating point. Everything else is kept in words, see package words. Records and outcomes are clustered by client,
// because that is how they are judged.
//
// Outcomes and lines are written only when they change, each with the first and the last run for which it
// holds (last 0: it still does). So any run can be read back as it was, and three years of history are not
// rewritten each month.
package ledger

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	_ "modernc.org/sqlite" // the embedded database
)

//go:embed schema/*.sql
var schema embed.FS

// Store is an open database. One operation writes at a time: see Lock.
type Store struct {
	view
	db      *sqlx.DB
	path    string               // of the SQLite file; "" of another
	address string               // for messages, without password
	act     Act                  // of the command that opened it
	locking sync.Mutex           // one operation of this process asks for the lock at a time
	lock    atomic.Pointer[Lock] // held in this process; nil for none
}

func newStore(db *sqlx.DB, d dialect, path, address string) *Store {
	return &Store{view: view{db, d}, db: db, path: path, address: address}
}

// Options say how a store is opened.
type Options struct {
	Create bool // make the database when it is not there
	Act    Act  // what the audit trail tells of the command that opens it
}

// Open opens the store named by address: sqlite:PATH or postgres://…, and brings an older schema up to date.
// Errors are *Problem.
func Open(ctx context.Context, address string, options Options) (*Store, error) {
	store, err := open(ctx, address, options)
	if err != nil {
		return nil, err
	}
	store.act = options.Act
	return store, nil
}

func open(ctx context.Context, address string, options Options) (*Store, error) {
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		return openSQLite(ctx, strings.TrimPrefix(path, "//"), options)
	}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		return openPostgres(ctx, address)
	}
	return nil, problemf(nil, "De database ‘%s’ is niet te herkennen. Schrijf sqlite:BESTAND of postgres://gebruiker@server/naam.",
		"The database “%s” is not recognised. Write sqlite:FILE or postgres://user@server/name.", withoutPassword(address))
}

// busyTimeout is how long SQLite waits for a process that writes.
const busyTimeout = 10 * time.Second

func openSQLite(ctx context.Context, path string, options Options) (*Store, error) {
	if err := prepareFile(path, options.Create); err != nil {
		return nil, err
	}
	parameters := url.Values{"_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyTimeout.Milliseconds()), "foreign_keys(1)", "journal_mode(WAL)", "synchronous(FULL)", "cache_size(-32768)", "temp_store(FILE)",
	}, "_txlock": {"immediate"}, "_dqs": {"0"}}
	db, err := sqlx.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+parameters.Encode())
	if err != nil {
		return nil, fmt.Errorf("open SQLite: %w", err)
	}
	db.SetMaxOpenConns(4)
	store := newStore(db, sqliteDialect(), path, "sqlite:"+path)
	if err := store.startPatiently(ctx); err != nil {
		db.Close()
		return nil, store.explainSQLite(err)
	}
	return store, nil
}

// OpenMemory opens an empty store in memory, of which nothing touches the disk.
func OpenMemory(ctx context.Context) (*Store, error) {
	db, err := sqlx.Open("sqlite", "file::memory:?_pragma=foreign_keys(1)&_pragma=temp_store(MEMORY)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	store := newStore(db, sqliteDialect(), "", "sqlite::memory:")
	if err := store.start(ctx); err != nil {
		db.Close()
		return nil, err
	}
	return store, nil
}

// prepareFile makes the database file readable for its owner only before SQLite does, whose side files copy
// its mode.
func prepareFile(path string, create bool) error {
	if _, err := os.Stat(path); err == nil {
		return nil
	} else if !errors.Is(err, fs.ErrNotExist) {
		return problemf(err, "De database %s is niet te openen: geen toegang. Controleer de rechten.",
			"The database %s cannot be opened: no access. Check the permissions.", path)
	}
	if !create {
		return problemf(fs.ErrNotExist, "Er is geen database %s. Neem eerst bestanden in met ‘pxq import’ of ‘pxq run’, of kijk of --workspace klopt.",
			"There is no database %s. First take in files with “pxq import” or “pxq run”, or check --workspace.", path)
	}
	if _, err := os.Stat(filepath.Dir(path)); err != nil {
		return problemf(err, "De map %s bestaat niet, dus de database kan er niet komen. Maak de map of kijk of --workspace klopt.",
			"The folder %s does not exist, so the database cannot be made in it. Make it or check --workspace.", filepath.Dir(path))
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil // another process was first
	}
	if err != nil {
		return problemf(err, "In de map %s kan de database niet gemaakt worden. Controleer de rechten en de vrije ruimte.",
			"The database cannot be made in the folder %s. Check its permissions and the free space.", filepath.Dir(path))
	}
	return file.Close()
}

func openPostgres(ctx context.Context, address string) (*Store, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, problemf(err, "Het adres van de database is niet leesbaar. Schrijf postgres://gebruiker@server/naam?sslmode=require.",
			"The address of the database cannot be read. Write postgres://user@server/name?sslmode=require.")
	}
	query := parsed.Query()
	if query.Get("sslmode") == "" {
		query.Set("sslmode", "require") // stated, because the driver's default changes between versions
	}
	if query.Get("connect_timeout") == "" {
		query.Set("connect_timeout", "10")
	}
	parsed.RawQuery = query.Encode()
	db, err := sqlx.Open("postgres", parsed.String())
	if err != nil {
		return nil, explainPostgres(err, address)
	}
	db.SetMaxOpenConns(4)
	store := newStore(db, postgresDialect(), "", withoutPassword(address))
	if err := store.start(ctx); err != nil {
		db.Close()
		return nil, explainPostgres(err, address)
	}
	return store, nil
}

// startPatiently starts once more while another process makes the same database: SQLite does not wait by itself
// where the way of keeping the journal is settled.
func (s *Store) startPatiently(ctx context.Context) error {
	const most = 5 * time.Second
	for wait := 20 * time.Millisecond; ; wait *= 2 {
		err := s.start(ctx)
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

func (s *Store) start(ctx context.Context) error {
	if err := s.db.PingContext(ctx); err != nil {
		return err
	}
	return s.migrate(ctx)
}

// Close lets go of the database, and of the lock when it still is held.
func (s *Store) Close() error {
	var err error
	if lock := s.held(); lock != nil {
		err = lock.Release()
	}
	return errors.Join(err, s.db.Close())
}

// Address returns the database's address for people, without its password.
func (s *Store) Address() string { return s.address }

func withoutPassword(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return "postgres://…"
	}
	return parsed.Redacted()
}

func (s *Store) explainSQLite(err error) error {
	if problem, ok := errors.AsType[*Problem](err); ok {
		return problem
	}
	text := err.Error()
	switch {
	case strings.Contains(text, "not a database"):
		return problemf(err, "%s is geen pxq-database. Geef met --database het juiste bestand.", "%s is not a pxq database. Give the right file with --database.", s.path)
	case strings.Contains(text, "malformed"):
		return problemf(err, "De database %s is beschadigd. Zet een reservekopie terug.", "The database %s is damaged. Put back a backup.", s.path)
	case isFull(err):
		return fullDisk(err)
	}
	return problemf(err, "De database %s is niet te openen. Controleer de rechten en de vrije ruimte van de map.",
		"The database %s cannot be opened. Check the permissions and the free space of its folder.", s.path)
}

func explainPostgres(err error, address string) error {
	if problem, ok := errors.AsType[*Problem](err); ok {
		return problem
	}
	shown := withoutPassword(address)
	if refused, ok := errors.AsType[*pq.Error](err); ok {
		return problemf(err, "PostgreSQL (%s) weigert: %s. Controleer gebruiker, wachtwoord en databasenaam.",
			"PostgreSQL (%s) refuses: %s. Check user, password and database name.", shown, refused.Message)
	}
	if strings.Contains(err.Error(), "SSL is not enabled") {
		return problemf(err, "PostgreSQL (%s) heeft geen versleutelde verbinding. Zet die aan, of schrijf ?sslmode=disable achter het adres als de server op deze computer staat.",
			"PostgreSQL (%s) has no encrypted connection. Enable it, or write ?sslmode=disable behind the address when the server is on this computer.", shown)
	}
	return problemf(err, "PostgreSQL (%s) antwoordt niet. Controleer of de server draait en bereikbaar is.",
		"PostgreSQL (%s) does not answer. Check that the server runs and can be reached.", shown)
}

// isFull reports whether an error means that the disk is full.
func isFull(err error) bool {
	if refused, ok := errors.AsType[*pq.Error](err); ok {
		return refused.Code == "53100"
	}
	text := err.Error()
	return strings.Contains(text, "disk is full") || strings.Contains(text, "no space left") || strings.Contains(text, "disk I/O error")
}

// isLost reports whether an error means that the connection with PostgreSQL ended.
func isLost(err error) bool {
	if refused, ok := errors.AsType[*pq.Error](err); ok {
		return refused.Code.Class() == "08" || slices.Contains([]string{"57P01", "57P02", "57P03"}, string(refused.Code))
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone)
}

func fullDisk(err error) *Problem {
	return problemf(err, "De schijf is vol of niet beschrijfbaar. Er is niets gewijzigd. Maak ruimte vrij en probeer het opnieuw.",
		"The disk is full or cannot be written. Nothing was changed. Free some space and try again.")
}
