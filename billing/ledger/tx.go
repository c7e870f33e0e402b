package ledger

import (
	"context"
	"database/sql"
	"errors"

	"github.com/jmoiron/sqlx"
)

// Tx is one transaction: all of it happens, or nothing.
type Tx struct {
	*sqlx.Tx
	store      *Store
	statements map[string]*sql.Stmt
	names      *names // of the files, once somebody asked
	lastRun    int64  // once somebody asked; below 0 before
	takenBack  int64  // whether any referral was, once somebody asked; below 0 before
}

// Write runs work in one transaction. When it fails, nothing of it stays.
func (s *Store) Write(ctx context.Context, work func(*Tx) error) error {
	tx, err := s.db.BeginTxx(ctx, nil)
	if err != nil {
		return s.explain(err)
	}
	defer tx.Rollback() //nolint:errcheck // after a commit there is nothing to roll back
	if err := work(s.tx(tx)); err != nil {
		return s.explain(err)
	}
	if err := tx.Commit(); err != nil {
		return s.explain(err)
	}
	return nil
}

func (s *Store) tx(tx *sqlx.Tx) *Tx { return &Tx{Tx: tx, store: s, lastRun: -1, takenBack: -1} }

// explain turns a full disk into the user's words and leaves other errors as they are.
func (s *Store) explain(err error) error {
	if _, ok := errors.AsType[*Problem](err); !ok && isFull(err) {
		return fullDisk(err)
	}
	return err
}

// prepared gives a prepared statement of this transaction, made once.
func (t *Tx) prepared(ctx context.Context, statement string) (*sql.Stmt, error) {
	if made := t.statements[statement]; made != nil {
		return made, nil
	}
	made, err := t.Tx.Tx.PrepareContext(ctx, t.store.dialect.bind(statement))
	if err != nil {
		return nil, err
	}
	if t.statements == nil {
		t.statements = make(map[string]*sql.Stmt)
	}
	t.statements[statement] = made
	return made, nil
}

// exec runs a statement whose text is always the same, so that the database reads it once.
func (t *Tx) exec(ctx context.Context, statement string, values ...any) error {
	prepared, err := t.prepared(ctx, statement)
	if err != nil {
		return err
	}
	_, err = prepared.ExecContext(ctx, values...)
	return err
}

// Savepoint begins a part of the transaction that may be undone alone. One part is open at a time.
func (t *Tx) Savepoint(ctx context.Context) error {
	_, err := t.ExecContext(ctx, "SAVEPOINT part")
	return err
}

// ReleaseSavepoint ends the part and keeps it.
func (t *Tx) ReleaseSavepoint(ctx context.Context) error {
	_, err := t.ExecContext(ctx, "RELEASE SAVEPOINT part")
	return err
}

// RollbackToSavepoint ends the part and undoes it. What writers still held of it must be thrown away.
func (t *Tx) RollbackToSavepoint(ctx context.Context) error {
	if _, err := t.ExecContext(ctx, "ROLLBACK TO SAVEPOINT part"); err != nil {
		return err
	}
	t.names = nil
	return t.ReleaseSavepoint(ctx)
}

// fileNames gives the names of the files, read once.
func (t *Tx) fileNames(ctx context.Context) (*names, error) {
	if t.names == nil {
		loaded, err := loadNames(ctx, t.Tx)
		if err != nil {
			return nil, err
		}
		t.names = loaded
	}
	return t.names, nil
}

// queryer is what a store and a transaction share for reading.
type queryer interface {
	QueryxContext(ctx context.Context, query string, args ...any) (*sqlx.Rows, error)
	QueryRowxContext(ctx context.Context, query string, args ...any) *sqlx.Row
	SelectContext(ctx context.Context, dest any, query string, args ...any) error
	GetContext(ctx context.Context, dest any, query string, args ...any) error
}

// none turns the absence of a row into ok = false.
func none(err error) (ok bool, other error) {
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}
