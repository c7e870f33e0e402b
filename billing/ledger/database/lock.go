package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"
)

// Lock excludes other writers, in this process and in others, for the duration of one operation. Its holder must release
// it. It is an open transaction on a file next to the database, or a session-level lock of PostgreSQL, so that it ends with
// a killed process. It may be used from several goroutines.
type Lock struct {
	db          *DB
	file        *sql.DB   // SQLite: the lock file
	conn        *sql.Conn // holds the lock
	act         *openAct  // recorded in the audit trail; nil for none
	interrupted string
	release     sync.Once
}

// ErrBusy is the cause of the error when another operation holds the lock.
var ErrBusy = errors.New("another operation holds the lock")

// lockNumbers returns the keys of a PostgreSQL advisory lock: a different one for each schema that holds a database.
func lockNumbers(name string) string {
	return "hashtext('" + name + "'), hashtext(current_schema())"
}

// The names of the advisory locks of PostgreSQL.
const (
	sessionLock     = "pxq/ledger" // of the session that holds the Lock
	transactionLock = "pxq/write"  // of the transaction that writes
)

// lockHolder is the meta name of the description of the lock's holder, for people.
const lockHolder = "holder"

// Lock acquires the write lock, or returns a *Problem that names its holder. What describes the operation for people: its
// command.
func (d *DB) Lock(ctx context.Context, what string) (*Lock, error) {
	lock, err := d.lockOrRefuse(ctx)
	if err != nil {
		return nil, err
	}
	// Release removes the holder's description; one that is still there is of a process that was killed.
	if lock.interrupted, err = d.Meta(ctx, lockHolder); err == nil {
		host, _ := os.Hostname()
		holder := fmt.Sprintf("%s, proces %d op %s, sinds %s", what, os.Getpid(), host, d.act.now().Format("02-01-2006 15:04"))
		err = d.Write(ctx, func(tx *Tx) (err error) {
			if lock.act, err = tx.beginAct(ctx, d.act); err != nil {
				return err
			}
			return tx.SetMeta(ctx, lockHolder, holder)
		})
	}
	if err != nil {
		return nil, errors.Join(err, lock.unlock())
	}
	return lock, nil
}

// unlockWithin is how long PostgreSQL may take to notice that a process was killed and to release its lock.
const unlockWithin = 2 * time.Second

func (d *DB) lockOrRefuse(ctx context.Context) (*Lock, error) {
	for begun := time.Now(); ; {
		lock, err := d.lockIfFree(ctx)
		if lock != nil || err != nil {
			return lock, err
		}
		if !d.dialect.postgres || d.held() != nil || time.Since(begun) > unlockWithin {
			break
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(unlockWithin / 20):
		}
	}
	holder, _ := d.Meta(ctx, lockHolder)
	return nil, NewProblem(ErrBusy, "Een ander pxq-proces werkt nu met deze database%s. Wacht tot het klaar is en probeer het opnieuw.",
		"Another pxq process is using this database%s. Wait until it has finished and try again.", describeHolder(holder))
}

// held returns the lock that this process holds on the database; nil for none.
func (d *DB) held() *Lock { return d.lock.Load() }

// lockIfFree acquires the lock; nil without an error means that another operation, of this process or another, holds it.
func (d *DB) lockIfFree(ctx context.Context) (*Lock, error) {
	d.locking.Lock()
	defer d.locking.Unlock()
	if d.held() != nil {
		return nil, nil
	}
	lock, err := d.acquire(ctx)
	if lock != nil {
		d.lock.Store(lock)
	}
	return lock, err
}

// Interrupted describes the command that held the lock before this one, if it was killed; "" if it was not. What it had not
// finished was rolled back, so the database is as before or after each of its steps.
func (l *Lock) Interrupted() string { return l.interrupted }

func describeHolder(holder string) string {
	if holder == "" {
		return ""
	}
	return " (" + holder + ")"
}

// acquire acquires the lock; nil without an error means that another process holds it.
func (d *DB) acquire(ctx context.Context) (*Lock, error) {
	if d.dialect.postgres {
		return d.acquirePostgres(ctx)
	}
	if d.path == "" {
		return &Lock{db: d}, nil // no other process can reach this memory
	}
	path := d.path + ".lock"
	if err := prepareFile(path, true); err != nil {
		return nil, err
	}
	file, err := sql.Open("sqlite", "file:"+(&url.URL{Path: path}).EscapedPath()+"?_pragma=busy_timeout(0)&_pragma=journal_mode(MEMORY)")
	if err != nil {
		return nil, err
	}
	conn, err := file.Conn(ctx)
	if err == nil {
		_, err = conn.ExecContext(ctx, "BEGIN EXCLUSIVE")
	}
	if err != nil {
		file.Close()
		if strings.Contains(err.Error(), "locked") || strings.Contains(err.Error(), "busy") {
			return nil, nil
		}
		return nil, d.explainSQLite(err)
	}
	return &Lock{db: d, file: file, conn: conn}, nil
}

func (d *DB) acquirePostgres(ctx context.Context) (*Lock, error) {
	conn, err := d.pool.DB.Conn(ctx)
	if err != nil {
		return nil, d.explain(err)
	}
	var got bool
	err = conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock("+lockNumbers(sessionLock)+")").Scan(&got)
	if err != nil || !got {
		conn.Close()
		return nil, d.explain(err)
	}
	return &Lock{db: d, conn: conn}, nil
}

// underWay returns the command that the trail records; nil for none.
func (l *Lock) underWay() *openAct {
	if l == nil {
		return nil
	}
	return l.act
}

// check returns a *Problem if the lock is no longer held: its connection with PostgreSQL was lost, and another process may
// be writing. A nil lock is always fine.
func (l *Lock) check(ctx context.Context) error {
	if l == nil || !l.db.dialect.postgres {
		return nil // a file stays locked as long as this process lives
	}
	var holds bool
	err := l.conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid() AND "+
		"(classid, objid) = (CAST(hashtext('"+sessionLock+"') AS oid), CAST(hashtext(current_schema()) AS oid)))").Scan(&holds)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil || !holds:
		return lostConnection(err)
	}
	return nil
}

// lostConnection reports that the work was aborted because other processes may be writing by now.
func lostConnection(cause error) *Problem {
	return NewProblem(cause, "De verbinding met PostgreSQL is tijdens het werk verbroken, of de server antwoordt niet meer. Van deze stap is niets gewijzigd. Controleer de server en het netwerk en geef de opdracht opnieuw.",
		"The connection to PostgreSQL was lost during the work, or the server no longer answers. This step changed nothing. Check the server and the network and give the command again.")
}

// lostCommit reports that it is unknown whether the commit reached the server.
func lostCommit(cause error) *Problem {
	return NewProblem(cause, "De verbinding met PostgreSQL is verbroken op het moment van bewaren: of deze stap bewaard is, is niet te zeggen. Controleer de server en het netwerk en geef de opdracht opnieuw; wat al bewaard is, wordt niet nog eens gedaan.",
		"The connection to PostgreSQL was lost while saving, so it is not certain whether this step was saved. Check the server and the network and give the command again; what was saved is not done twice.")
}

// Release ends the command's entries in the trail and releases the lock. Further calls do nothing.
func (l *Lock) Release() (err error) {
	l.release.Do(func() {
		ctx := context.Background()
		if l.check(ctx) == nil { // else the holder's description may be another process's
			err = l.db.Write(ctx, func(tx *Tx) error {
				if err := tx.endAct(ctx, l.act); err != nil {
					return err
				}
				return tx.SetMeta(ctx, lockHolder, "")
			})
		}
		err = errors.Join(err, l.unlock())
	})
	return err
}

func (l *Lock) unlock() error {
	defer l.db.lock.CompareAndSwap(l, nil)
	switch {
	case l.conn == nil:
		return nil
	case l.file == nil:
		// Unlock explicitly: Close alone would return the session to the pool, lock and all. If the connection is lost
		// there is nothing to unlock.
		_, _ = l.conn.ExecContext(context.Background(), "SELECT pg_advisory_unlock("+lockNumbers(sessionLock)+")")
		_ = l.conn.Close()
		return nil
	}
	_, err := l.conn.ExecContext(context.Background(), "ROLLBACK")
	return errors.Join(err, l.conn.Close(), l.file.Close())
}
