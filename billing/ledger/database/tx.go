package database

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"time"

	"github.com/jmoiron/sqlx"

	"github.com/pxq-nl/pxq/billing/ledger/sums"
	"github.com/pxq-nl/pxq/billing/ledger/trail"
)

// Tx is one transaction: it happens as a whole or not at all, and all its reads see one state.
type Tx struct {
	View
	tx         *sqlx.Tx // only for deferred steps, or once those are done
	later      *later
	beside     *sqlx.DB    // pool for concurrent readers; nil for none
	Did        trail.Facts // what it changed, for the audit trail
	statements map[string]*sql.Stmt
	cursors    int                     // number declared so far, on PostgreSQL
	offered    map[string]*offeredRows // to SQLite, by their columns
	sums       *summing                // what it adds to the sums; nil if none are kept
	part       part
	didBefore  trail.Facts // Did at the savepoint
	sumsBefore map[sumKey]sums.Sum
}

// Write runs work in one transaction and rolls everything back if it fails. Write transactions run one after another. While
// this process holds the lock, a transaction is committed only if the lock is still held at its end; otherwise the error is
// a *Problem.
func (d *DB) Write(ctx context.Context, work func(*Tx) error) error {
	return d.write(ctx, func(tx *Tx) error {
		if err := tx.startSumming(ctx); err != nil {
			return err
		}
		if err := work(tx); err != nil {
			return err
		}
		return tx.keepSums(ctx)
	})
}

// write is Write without keeping the sums.
func (d *DB) write(ctx context.Context, work func(*Tx) error) error {
	d.checkpoints.Wait()                 // otherwise the log would grow past the running checkpoint instead of starting over
	tx, err := d.pool.BeginTxx(ctx, nil) // SQLite admits one writer at a time
	if err != nil {
		return d.explain(err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if d.dialect.postgres {
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock("+lockNumbers(transactionLock)+")"); err != nil {
			return d.explain(err)
		}
	}
	lock := d.held()
	writing := d.newTx(tx)
	if !d.dialect.postgres && d.path != "" {
		writing.beside = d.pool
	}
	defer writing.forgetOffers()
	defer writing.later.end()
	if err := work(writing); err != nil {
		return d.explainUnder(ctx, err)
	}
	if err := writing.withdrawOffers(ctx); err != nil {
		return d.explainUnder(ctx, err)
	}
	if err := writing.stepAct(ctx, lock.underWay()); err != nil {
		return d.explainUnder(ctx, err)
	}
	if err := writing.later.settle(); err != nil {
		return d.explainUnder(ctx, err)
	}
	if err := lock.check(ctx); err != nil {
		return err
	}
	err = tx.Commit()
	if d.dialect.postgres && err != nil && isLost(err) {
		return lostCommit(err)
	}
	if err == nil {
		d.checkpoint(ctx)
	}
	return d.explain(err)
}

// soon is how long writeSoon waits for another process that is writing.
const soon = 500 * time.Millisecond

// writeSoon is Write for a command that holds no lock. It waits for another process that is writing, but no longer than
// soon; then it returns an error that wraps ErrBusy.
func (d *DB) writeSoon(ctx context.Context, work func(*Tx) error) error {
	conn, err := d.pool.Connx(ctx)
	if err != nil {
		return d.explain(err)
	}
	defer conn.Close()
	if !d.dialect.postgres {
		if _, err := conn.ExecContext(ctx, fmt.Sprintf("PRAGMA busy_timeout = %d", soon.Milliseconds())); err != nil {
			return d.explain(err)
		}
		defer conn.ExecContext(context.WithoutCancel(ctx), fmt.Sprintf("PRAGMA busy_timeout = %d", busyTimeout.Milliseconds())) //nolint:errcheck // at most it waits shorter
	}
	tx, err := conn.BeginTxx(ctx, nil)
	if err != nil {
		return d.explain(err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if d.dialect.postgres {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("SET LOCAL lock_timeout = %d", soon.Milliseconds())); err != nil {
			return d.explain(err)
		}
		if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock("+lockNumbers(transactionLock)+")"); err != nil {
			return d.explain(err)
		}
	}
	writing := d.newTx(tx)
	defer writing.later.end()
	if err := writing.do(work); err != nil {
		return d.explain(err)
	}
	return d.explain(tx.Commit())
}

// Read runs work in one transaction that sees one state and changes nothing.
func (d *DB) Read(ctx context.Context, work func(*Tx) error) error {
	options := &sql.TxOptions{ReadOnly: true}
	if d.dialect.postgres {
		options.Isolation = sql.LevelRepeatableRead // otherwise each statement would see its own state
	}
	tx, err := d.pool.BeginTxx(ctx, options)
	if err != nil {
		return d.explain(err)
	}
	defer tx.Rollback() //nolint:errcheck // it changed nothing
	reading := d.newTx(tx)
	defer reading.later.end()
	return d.explainUnder(ctx, reading.do(work))
}

// ReadIn runs work in a transaction that Read began.
func (d *DB) ReadIn(ctx context.Context, tx *Tx, work func(*Tx) error) error {
	return d.explainUnder(ctx, tx.do(work))
}

// ReadsConcurrently reports whether one transaction can read while another writes: not in memory, where there is only one
// connection.
func (d *DB) ReadsConcurrently() bool { return d.path != "" || d.dialect.postgres }

// do runs work, and then waits for the steps that it deferred.
func (t *Tx) do(work func(*Tx) error) error {
	if err := work(t); err != nil {
		return err
	}
	return t.later.settle()
}

func (d *DB) newTx(tx *sqlx.Tx) *Tx { return newTx(tx, d.dialect, d.schema) }

func newTx(tx *sqlx.Tx, dialect dialect, schema *Schema) *Tx {
	later := &later{}
	return &Tx{View: View{settled{tx, later}, dialect, schema}, tx: tx, later: later}
}

// prepared returns a statement that is prepared once per transaction. The caller is a deferred step, or has settled.
func (t *Tx) prepared(ctx context.Context, statement string) (*sql.Stmt, error) {
	if made := t.statements[statement]; made != nil {
		return made, nil
	}
	made, err := t.tx.PrepareContext(ctx, t.dialect.bind(statement))
	if err != nil {
		return nil, err
	}
	if t.statements == nil {
		t.statements = make(map[string]*sql.Stmt)
	}
	t.statements[statement] = made
	return made, nil
}

// Exec runs a statement whose text is always the same, so that the database parses it once. Like everything that returns no
// data it is deferred: the values must not change after the call.
func (t *Tx) Exec(ctx context.Context, statement string, values ...any) error {
	return t.deferStep(ctx, func() error {
		prepared, err := t.prepared(ctx, statement)
		if err != nil {
			return err
		}
		_, err = prepared.ExecContext(ctx, values...)
		return err
	})
}

// ExecOnce runs a statement whose text differs each time; it is deferred too.
func (t *Tx) ExecOnce(ctx context.Context, statement string, values ...any) error {
	return t.deferStep(ctx, func() error { return t.execOnce(ctx, statement, values...) })
}

func (t *Tx) execOnce(ctx context.Context, statement string, values ...any) error {
	_, err := t.tx.ExecContext(ctx, t.dialect.bind(statement), values...)
	return err
}

// deferStep defers work that changes something.
func (t *Tx) deferStep(ctx context.Context, work func() error) error {
	if err := t.beginPart(ctx); err != nil {
		return err
	}
	return t.later.add(work)
}

// beginPart sets the savepoint of an open part, before the first change in it.
func (t *Tx) beginPart(ctx context.Context) error {
	if t.part != isOpen {
		return nil
	}
	t.part = isChanged
	return t.later.add(func() error { return t.execOnce(ctx, "SAVEPOINT part") })
}

// part is the state of the part of a transaction that can be undone by itself. The database copies each page that changes
// after a savepoint, so the savepoint is set only when something changes.
type part int

const (
	noPart part = iota
	isOpen
	isChanged
)

// Savepoint begins a part of the transaction that can be undone by itself. Only one part can be open.
func (t *Tx) Savepoint() {
	t.didBefore = t.Did.Clone()
	if t.sums != nil {
		t.sumsBefore = maps.Clone(t.sums.added)
	}
	t.part = isOpen
}

// ReleaseSavepoint ends the part and keeps its changes.
func (t *Tx) ReleaseSavepoint(ctx context.Context) error {
	changed := t.part == isChanged
	t.part = noPart
	if !changed {
		return nil
	}
	return t.ExecOnce(ctx, "RELEASE SAVEPOINT part")
}

// RollbackToSavepoint ends the part and undoes its changes. Rows still collected by a Bulk must be discarded.
func (t *Tx) RollbackToSavepoint(ctx context.Context) error {
	if t.part == isChanged {
		if err := t.ExecOnce(ctx, "ROLLBACK TO SAVEPOINT part"); err != nil {
			return err
		}
		if err := t.unmakeOffers(ctx); err != nil {
			return err
		}
	}
	t.Did = t.didBefore
	if t.sums != nil {
		t.sums.added = t.sumsBefore
	}
	return t.ReleaseSavepoint(ctx)
}
