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

// Tx is one transaction: all of it happens, or nothing, and all it reads is of one state.
type Tx struct {
	View
	tx         *sqlx.Tx // for what is done later, or once that is done
	later      *later
	beside     *sqlx.DB    // from which connections may read beside it; nil for none
	Did        trail.Facts // what it changed, for the audit trail
	statements map[string]*sql.Stmt
	cursors    int                     // of PostgreSQL, made so far
	offered    map[string]*offeredRows // to SQLite, by their columns
	sums       *summing                // what it added to the sums; nil when none are kept
	part       part
	didBefore  trail.Facts // at the savepoint
	sumsBefore map[sumKey]sums.Sum
}

// Write runs work in one transaction. When it fails, nothing of it stays. Transactions that write come one after the
// other. While this process holds the lock, a transaction is committed only if the lock is still held at its end; else
// the error is a *Problem.
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

// write does what Write does, without keeping the sums.
func (d *DB) write(ctx context.Context, work func(*Tx) error) error {
	d.filing.Wait()                      // else the log would go on behind what is being filed, instead of beginning anew
	tx, err := d.pool.BeginTxx(ctx, nil) // SQLite lets in one writer at a time
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
		d.fileCommitted(ctx)
	}
	return d.explain(err)
}

// soon is how long writeSoon waits for another process that writes.
const soon = 500 * time.Millisecond

// writeSoon is Write for a command that holds no lock. While another process writes it waits no longer than soon, and then
// gives up with a kind of ErrBusy.
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
		options.Isolation = sql.LevelRepeatableRead // else each statement would see a state of its own
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

// ReadsBeside reports whether a transaction can read beside one that writes: not in memory, where there is one connection.
func (d *DB) ReadsBeside() bool { return d.path != "" || d.dialect.postgres }

// do does some work, and all that it left for later.
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

// prepared returns a prepared statement of this transaction, made once. Whoever asks is doing what was left for later, or
// has waited for that.
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

// Exec runs a statement whose text is always the same, so that the database reads it once. It is run later, as all that gives
// nothing back: the values must not change any more.
func (t *Tx) Exec(ctx context.Context, statement string, values ...any) error {
	return t.leave(ctx, func() error {
		prepared, err := t.prepared(ctx, statement)
		if err != nil {
			return err
		}
		_, err = prepared.ExecContext(ctx, values...)
		return err
	})
}

// ExecOnce runs a statement whose text is another each time, later too.
func (t *Tx) ExecOnce(ctx context.Context, statement string, values ...any) error {
	return t.leave(ctx, func() error { return t.execOnce(ctx, statement, values...) })
}

func (t *Tx) execOnce(ctx context.Context, statement string, values ...any) error {
	_, err := t.tx.ExecContext(ctx, t.dialect.bind(statement), values...)
	return err
}

// leave leaves work that changes something for later.
func (t *Tx) leave(ctx context.Context, work func() error) error {
	if err := t.beginPart(ctx); err != nil {
		return err
	}
	return t.later.give(work)
}

// beginPart begins a part that may be undone in the database, before the first change of it.
func (t *Tx) beginPart(ctx context.Context) error {
	if t.part != isOpen {
		return nil
	}
	t.part = isChanged
	return t.later.give(func() error { return t.execOnce(ctx, "SAVEPOINT part") })
}

// part is what became of the part of a transaction that may be undone alone. The database keeps a copy of each page that
// changes in it: so it hears of none in which nothing does.
type part int

const (
	noPart part = iota
	isOpen
	isChanged
)

// Savepoint begins a part of the transaction that may be undone alone. One part is open at a time.
func (t *Tx) Savepoint() {
	t.didBefore = t.Did.Clone()
	if t.sums != nil {
		t.sumsBefore = maps.Clone(t.sums.added)
	}
	t.part = isOpen
}

// ReleaseSavepoint ends the part and keeps it.
func (t *Tx) ReleaseSavepoint(ctx context.Context) error {
	changed := t.part == isChanged
	t.part = noPart
	if !changed {
		return nil
	}
	return t.ExecOnce(ctx, "RELEASE SAVEPOINT part")
}

// RollbackToSavepoint ends the part and undoes it. What writers still held of it must be thrown away.
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
