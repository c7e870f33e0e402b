package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"time"
)

// writeLock keeps a second writer away for as long as a command works. It is held by an open transaction on
// a file beside the database, or by a session lock of PostgreSQL, so that a killed process lets go of it.
type writeLock struct {
	db   *sql.DB   // SQLite: of the lock file
	conn *sql.Conn // holds the lock
}

// lockNumbers name the advisory lock: one for each schema of PostgreSQL that holds a store.
const lockNumbers = "hashtext('pxq/ledger'), hashtext(current_schema())"

// Lock makes this process the one that writes, or gives a *Problem that says who does. What is a word for
// people: the command that works.
func (s *Store) Lock(ctx context.Context, what string) error {
	if s.lock != nil {
		return nil
	}
	lock, err := s.take(ctx)
	if err != nil {
		return err
	}
	if lock == nil {
		holder, _ := s.Meta(ctx, "holder")
		return problemf(nil, "Een ander pxq-proces werkt nu met deze database%s. Wacht tot het klaar is en probeer het opnieuw.",
			"Another pxq process is working with this database now%s. Wait until it is done and try again.", describeHolder(holder))
	}
	s.lock = lock
	// Who lets go of the lock takes its name away; a name that still stands is of a process that was killed.
	if s.interrupted, err = s.Meta(ctx, "holder"); err != nil {
		return err
	}
	host, _ := os.Hostname()
	holder := fmt.Sprintf("%s, proces %d op %s, sinds %s", what, os.Getpid(), host, time.Now().Format("02-01-2006 15:04"))
	return s.Write(ctx, func(tx *Tx) error { return tx.SetMeta(ctx, "holder", holder) })
}

// Interrupted names the command that was killed while it held the lock before this one; "" when none was. What
// it had not finished was rolled back, so the store is as before or after each of its steps.
func (s *Store) Interrupted() string { return s.interrupted }

func describeHolder(holder string) string {
	if holder == "" {
		return ""
	}
	return " (" + holder + ")"
}

// take gives nil without an error when another process holds the lock.
func (s *Store) take(ctx context.Context) (*writeLock, error) {
	if s.dialect.postgres {
		return s.takePostgres(ctx)
	}
	path := s.path + ".lock"
	if err := prepareFile(path, true); err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(0)&_pragma=journal_mode(MEMORY)")
	if err != nil {
		return nil, err
	}
	conn, err := db.Conn(ctx)
	if err == nil {
		_, err = conn.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	if err != nil {
		db.Close()
		if strings.Contains(err.Error(), "locked") || strings.Contains(err.Error(), "busy") {
			return nil, nil
		}
		return nil, s.explainSQLite(err)
	}
	return &writeLock{db: db, conn: conn}, nil
}

func (s *Store) takePostgres(ctx context.Context) (*writeLock, error) {
	conn, err := s.db.DB.Conn(ctx)
	if err != nil {
		return nil, err
	}
	var got bool
	err = conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock("+lockNumbers+")").Scan(&got)
	if err != nil || !got {
		conn.Close()
		return nil, err
	}
	return &writeLock{conn: conn}, nil
}

// Unlock lets another process write.
func (s *Store) Unlock() error {
	if s.lock == nil {
		return nil
	}
	lock := s.lock
	s.lock = nil
	forgot := s.Write(context.Background(), func(tx *Tx) error { return tx.SetMeta(context.Background(), "holder", "") })
	if lock.db == nil {
		// Let go in words: closing alone would hand the session, lock and all, back to the pool.
		_, err := lock.conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock("+lockNumbers+")")
		return errors.Join(forgot, err, lock.conn.Close())
	}
	_, err := lock.conn.ExecContext(context.Background(), "ROLLBACK")
	return errors.Join(forgot, err, lock.conn.Close(), lock.db.Close())
}
