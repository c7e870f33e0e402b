package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jmoiron/sqlx"
)

// Queryer is the reading interface that a database and a transaction share.
type Queryer interface {
	QueryxContext(ctx context.Context, query string, args ...any) (*sqlx.Rows, error)
	SelectContext(ctx context.Context, dest any, query string, args ...any) error
	GetContext(ctx context.Context, dest any, query string, args ...any) error
	PrepareContext(ctx context.Context, query string) (*sql.Stmt, error)
}

// View reads. It is shared by a database outside a transaction, where each statement sees its own state, and a transaction,
// where all of them see one state.
type View struct {
	From    Queryer // may be replaced to observe the queries
	dialect dialect
	schema  *Schema
}

// Get reads the single row of a statement into a value or a struct.
func (v *View) Get(ctx context.Context, into any, statement string, values ...any) error {
	return v.explainAccess(v.From.GetContext(ctx, into, v.dialect.bind(statement), values...))
}

// List reads all rows of a statement into a slice.
func (v *View) List(ctx context.Context, into any, statement string, values ...any) error {
	return v.explainAccess(v.From.SelectContext(ctx, into, v.dialect.bind(statement), values...))
}

// Number reads one number.
func (v *View) Number(ctx context.Context, statement string, values ...any) (int64, error) {
	var number int64
	err := v.Get(ctx, &number, statement, values...)
	return number, err
}

// Scan reads the columns of a row into variables, by position: that avoids the reflection of reading them by name, which
// would cost more than the database.
type Scan func(into ...any) error

// Each visits the rows of a statement. On PostgreSQL a transaction can run no other statement until the last row was
// visited; see Stream.
func (v *View) Each(ctx context.Context, statement string, values []any, visit func(Scan) error) error {
	rows, err := v.From.QueryxContext(ctx, v.dialect.bind(statement), values...)
	if err != nil {
		return v.explainAccess(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows.Scan); err != nil {
			return readable(err)
		}
	}
	return v.explainAccess(rows.Err())
}

// explainAccess turns a lost connection and a lack of permission into a *Problem, also outside a transaction.
func (v *View) explainAccess(err error) error {
	if err != nil && v.dialect.postgres && isLost(err) {
		return lostConnection(err)
	}
	if err != nil && v.dialect.postgres && mayNot(err) {
		return notAllowed(err)
	}
	return err
}

// rowsPerFetch is the number of rows of a stream that are read at a time.
const rowsPerFetch = 2000

// Stream visits the rows of a statement, and calls between after every few thousand of them and at the end. Between may run
// any statement on the transaction.
func (t *Tx) Stream(ctx context.Context, statement string, values []any, visit func(Scan) error, between func() error) error {
	if !t.dialect.postgres { // SQLite allows a statement in the middle of another
		count := 0
		err := t.Each(ctx, statement, values, func(scan Scan) error {
			if err := visit(scan); err != nil {
				return err
			}
			if count++; count%rowsPerFetch == 0 {
				return between()
			}
			return nil
		})
		if err != nil {
			return err
		}
		return between()
	}
	t.cursors++
	cursor := fmt.Sprintf("stream_%d", t.cursors)
	if err := t.ExecOnce(ctx, "DECLARE "+cursor+" NO SCROLL CURSOR FOR "+statement, values...); err != nil {
		return err
	}
	for count := rowsPerFetch; count == rowsPerFetch; {
		count = 0
		err := t.Each(ctx, fmt.Sprintf("FETCH %d FROM %s", rowsPerFetch, cursor), nil, func(scan Scan) error {
			count++
			return visit(scan)
		})
		if err != nil {
			return err
		}
		if err := between(); err != nil {
			return err
		}
	}
	return t.ExecOnce(ctx, "CLOSE "+cursor)
}

// Found turns the absence of a row into ok = false without an error.
func Found(err error) (ok bool, other error) {
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// Meta returns a named value; "" if there is none.
func (v *View) Meta(ctx context.Context, name string) (string, error) {
	var value string
	_, err := Found(v.Get(ctx, &value, "SELECT value FROM meta WHERE name = ?", name))
	return value, err
}

// SetMeta stores a named value.
func (t *Tx) SetMeta(ctx context.Context, name, value string) error {
	return t.Exec(ctx, "INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", name, value)
}

// IsPostgres reports whether the database is PostgreSQL.
func (v *View) IsPostgres() bool { return v.dialect.postgres }
