// Package webstore stores what only the pages need: accounts, sessions, uploads, jobs, votes and their log.
//
// It is separate from the ledger, in pxq-web.db next to pxq.db or in the schema pxq_web of PostgreSQL, because a run locks the ledger
// for as long as it takes and signing in must not wait for it. No declaration depends on it: what is sent or decided on a page
// becomes a file of the workspace, which is imported like any other.
//
// [Store] in store.go opens the database; its methods are in one file per subject. schema.sql has the tables. [Sessions] and [Codec]
// store the sessions of alexedwards/scs, and [Serving] keeps a second process from serving the same workspace.
package webstore

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"
	_ "modernc.org/sqlite" // the driver of SQLite

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/scratch"
	"github.com/pxq-nl/pxq/billing/watched"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

//go:embed schema.sql
var schema string

// Store is the web store. Now returns the current time; tests replace it.
type Store struct {
	db       *sqlx.DB
	postgres bool
	Now      func() time.Time
}

// Problem is an error with a text for users, and its cause.
type Problem struct {
	text  billing.Text
	cause error
}

// Error returns the English text.
func (p *Problem) Error() string { return p.text.English }

// In returns the text in a language.
func (p *Problem) In(language string) string { return p.text.In(language) }

// Unwrap returns the cause.
func (p *Problem) Unwrap() error { return p.cause }

// fileName is the name of the SQLite database, next to that of the ledger.
const fileName = "pxq-web.db"

// Open opens the web store that belongs to the ledger at an address, and creates it if it does not exist. It returns a [Problem] if
// that fails.
func Open(ctx context.Context, ledger string) (*Store, error) {
	if path, ok := strings.CutPrefix(ledger, "sqlite:"); ok {
		return openSQLite(ctx, filepath.Join(filepath.Dir(strings.TrimPrefix(path, "//")), fileName))
	}
	return openPostgres(ctx, ledger)
}

func openSQLite(ctx context.Context, path string) (*Store, error) {
	unopened := func(err error) error {
		if ctx.Err() != nil {
			return ctx.Err() // it was interrupted
		}
		if workspace.IsDatabaseHeld(err) {
			return &Problem{billing.Texts("Een ander programma schrijft in %s en houdt het vast. Sluit dat programma, of wacht tot het klaar is, en probeer het opnieuw.",
				"Another program is writing to %s and has locked it. Close that program, or wait until it has finished, and try again.", path), err}
		}
		return cannotOpen(path, err)
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600) // SQLite's side files copy its mode
	if err != nil {
		return nil, unopened(err)
	}
	file.Close()
	parameters := url.Values{"_pragma": {"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)"}, "_txlock": {"immediate"}, "_dqs": {"0"}}
	db, err := sqlx.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?"+parameters.Encode())
	if err != nil {
		return nil, unopened(err)
	}
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8)
	store := &Store{db: db, Now: time.Now}
	if err := store.migrate(ctx); err != nil {
		db.Close()
		return nil, unopened(err)
	}
	return store, nil
}

func openPostgres(ctx context.Context, address string) (*Store, error) {
	unopened := func(err error) error {
		if ctx.Err() != nil {
			return ctx.Err() // it was interrupted
		}
		return &Problem{billing.Text{
			Dutch:   "Het schema van de pagina's (pxq_web) in PostgreSQL is niet te openen of te maken. Gebruik de gebruiker van de batch: ‘pxq init --database … --apply’ geeft die het schema.",
			English: "The schema of the pages (pxq_web) in PostgreSQL cannot be opened or created. Use the batch user: “pxq init --database … --apply” gives it the schema.",
		}, err}
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, unopened(err)
	}
	query := parsed.Query()
	if query.Get("sslmode") == "" {
		query.Set("sslmode", "require")
	}
	own := "pxq_web"
	if ledger := query.Get("search_path"); ledger != "" && ledger != "public" {
		own = ledger + "_web" // several regions in one database
	}
	query.Del("search_path")
	if query.Get("connect_timeout") == "" {
		query.Set("connect_timeout", "8")
	}
	parsed.RawQuery = query.Encode()
	first, err := connect(parsed.String())
	if err != nil {
		return nil, unopened(err)
	}
	var there bool // a user without the right to create the schema may still use it
	err = first.GetContext(ctx, &there, "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1)", own)
	if err == nil && !there {
		_, err = first.ExecContext(ctx, `CREATE SCHEMA IF NOT EXISTS "`+strings.ReplaceAll(own, `"`, "")+`"`)
	}
	first.Close()
	if err != nil {
		return nil, unopened(err)
	}
	query.Set("search_path", own)
	parsed.RawQuery = query.Encode()
	db, err := connect(parsed.String())
	if err != nil {
		return nil, unopened(err)
	}
	db.SetMaxOpenConns(8)
	db.SetMaxIdleConns(8)
	store := &Store{db: db, postgres: true, Now: time.Now}
	if err := store.migrate(ctx); err != nil {
		db.Close()
		return nil, unopened(err)
	}
	return store, nil
}

// connect opens a PostgreSQL database. Its connections fail when the server stops responding, so that a page reports an error instead
// of waiting.
func connect(address string) (*sqlx.DB, error) {
	connector, err := watched.Connector(address)
	if err != nil {
		return nil, err
	}
	return sqlx.NewDb(sql.OpenDB(connector), "postgres"), nil
}

// migrate creates the tables that do not exist yet.
func (s *Store) migrate(ctx context.Context) error {
	integer := "INTEGER"
	if s.postgres {
		integer = "BIGINT"
	}
	return s.write(ctx, func(tx *sqlx.Tx) error {
		if s.postgres {
			if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock(hashtext('pxq/web'), hashtext(current_schema()))"); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, strings.ReplaceAll(schema, "INT8", integer))
		return err
	})
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Backup copies the SQLite web store that belongs to a ledger to path, also while it is in use. Made is false for PostgreSQL and when
// there is no web store.
func Backup(ctx context.Context, ledger, path string) (made bool, err error) {
	from, ok := strings.CutPrefix(ledger, "sqlite:")
	if !ok {
		return false, nil
	}
	from = filepath.Join(filepath.Dir(strings.TrimPrefix(from, "//")), fileName)
	if _, err := os.Stat(from); err != nil {
		return false, nil
	}
	store, err := openSQLite(ctx, from)
	if err != nil {
		return false, err
	}
	defer store.Close()
	err = scratch.New(path, func(fresh string) error {
		_, err := store.db.ExecContext(ctx, "VACUUM INTO ?", fresh)
		return err
	})
	if errors.Is(err, fs.ErrExist) {
		return false, &Problem{billing.Text{Dutch: path + " bestaat al. Kies een andere naam.", English: path + " already exists. Choose another name."}, err}
	}
	if err != nil {
		return false, &Problem{billing.Text{
			Dutch:   path + " kan niet geschreven worden. Controleer de map, de rechten en de vrije ruimte.",
			English: path + " cannot be written. Check the folder, its permissions and the free space.",
		}, err}
	}
	return true, nil
}

func (s *Store) bind(statement string) string {
	if s.postgres {
		return sqlx.Rebind(sqlx.DOLLAR, statement)
	}
	return statement
}

func (s *Store) write(ctx context.Context, work func(*sqlx.Tx) error) error {
	tx, err := s.db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (s *Store) exec(ctx context.Context, statement string, values ...any) (int64, error) {
	result, err := s.db.ExecContext(ctx, s.bind(statement), values...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (s *Store) get(ctx context.Context, into any, statement string, values ...any) (found bool, err error) {
	err = s.db.GetContext(ctx, into, s.bind(statement), values...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (s *Store) list(ctx context.Context, into any, statement string, values ...any) error {
	return s.db.SelectContext(ctx, into, s.bind(statement), values...)
}

// now returns the current time as it is stored, in seconds.
func (s *Store) now() int64 { return s.Now().Unix() }
