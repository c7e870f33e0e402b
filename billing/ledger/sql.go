package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// dialect holds the words that the two databases do not share. Texts are compared byte by byte in both.
type dialect struct {
	words    *strings.Replacer
	postgres bool
}

func sqliteDialect() dialect {
	return dialect{words: strings.NewReplacer(
		"{{text}}", "TEXT", "{{int}}", "INTEGER", "{{blob}}", "BLOB", "{{strict}}", " STRICT", "{{clustered}}", " STRICT, WITHOUT ROWID")}
}

func postgresDialect() dialect {
	return dialect{postgres: true, words: strings.NewReplacer(
		"{{text}}", `TEXT COLLATE "C"`, "{{int}}", "BIGINT", "{{blob}}", "BYTEA", "{{strict}}", "", "{{clustered}}", "")}
}

// bind writes a statement's question marks as the database wants them.
func (d dialect) bind(statement string) string {
	if d.postgres {
		return sqlx.Rebind(sqlx.DOLLAR, statement)
	}
	return statement
}

// queryer is what a database and a transaction share for reading.
type queryer interface {
	QueryxContext(ctx context.Context, query string, args ...any) (*sqlx.Rows, error)
	QueryRowxContext(ctx context.Context, query string, args ...any) *sqlx.Row
	SelectContext(ctx context.Context, dest any, query string, args ...any) error
	GetContext(ctx context.Context, dest any, query string, args ...any) error
}

// view reads: what a store outside a transaction, each statement of which sees its own state, and a transaction,
// all of which sees one state, have in common.
type view struct {
	from    queryer
	dialect dialect
}

// get reads the one row of a statement into a value or a struct.
func (v *view) get(ctx context.Context, into any, statement string, values ...any) error {
	return v.from.GetContext(ctx, into, v.dialect.bind(statement), values...)
}

// list reads all rows of a statement into a slice.
func (v *view) list(ctx context.Context, into any, statement string, values ...any) error {
	return v.from.SelectContext(ctx, into, v.dialect.bind(statement), values...)
}

// number reads one number.
func (v *view) number(ctx context.Context, statement string, values ...any) (int64, error) {
	var number int64
	err := v.get(ctx, &number, statement, values...)
	return number, err
}

// scanner reads the columns of a row into places, by position: that spares the reflection of reading them by name,
// which would cost more than the database.
type scanner func(into ...any) error

// each visits the rows of a statement. On PostgreSQL a transaction can ask nothing else until the last one was
// visited; see stream.
func (v *view) each(ctx context.Context, statement string, values []any, visit func(scanner) error) error {
	rows, err := v.from.QueryxContext(ctx, v.dialect.bind(statement), values...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := visit(rows.Scan); err != nil {
			return readable(err)
		}
	}
	return rows.Err()
}

// rowsPerFetch is how many rows of a stream are read at a time.
const rowsPerFetch = 2000

// stream visits the rows of a statement and calls between after some thousands of them and at the end. Between may
// ask the transaction anything.
func (t *Tx) stream(ctx context.Context, statement string, values []any, visit func(scanner) error, between func() error) error {
	if !t.dialect.postgres { // SQLite answers one statement in the middle of another
		count := 0
		err := t.each(ctx, statement, values, func(scan scanner) error {
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
	if _, err := t.tx.ExecContext(ctx, t.dialect.bind("DECLARE "+cursor+" NO SCROLL CURSOR FOR "+statement), values...); err != nil {
		return err
	}
	for count := rowsPerFetch; count == rowsPerFetch; {
		count = 0
		err := t.each(ctx, fmt.Sprintf("FETCH %d FROM %s", rowsPerFetch, cursor), nil, func(scan scanner) error {
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
	_, err := t.tx.ExecContext(ctx, "CLOSE "+cursor)
	return err
}

// none turns the absence of a row into ok = false.
func none(err error) (ok bool, other error) {
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

// parameters writes the places of so many values, for a list in a statement.
func parameters(count int) string {
	return strings.TrimSuffix(strings.Repeat("?,", count), ",")
}

// within narrows a statement to clients in BSN order: a range for speed, and the list of them for exactness.
func within(column string, clients []string) (condition string, values []any) {
	values = append(values, clients[0], clients[len(clients)-1])
	for _, bsn := range clients {
		values = append(values, bsn)
	}
	return column + " BETWEEN ? AND ? AND " + column + " IN (" + parameters(len(clients)) + ")", values
}

// standing is the condition on rows of outcomes or lines that hold in a run; its two parameters are the number of
// that run, twice. Table is the name of the table in the statement.
func standing(table string) string {
	return table + ".first_run <= ? AND (" + table + ".last_run = 0 OR " + table + ".last_run >= ?)"
}

// wordIn reads a column that holds a word into a value of the program.
type wordIn[T any] struct {
	into *T
	read func(word string) (T, error)
}

// Scan makes a word a place that rows are read into.
func (w wordIn[T]) Scan(column any) (err error) {
	switch text := column.(type) {
	case string:
		*w.into, err = w.read(text)
	case []byte:
		*w.into, err = w.read(string(text))
	default:
		err = fmt.Errorf("the database holds %v in the place of a word", column)
	}
	return err
}

func unitIn(unit *billing.Unit) wordIn[billing.Unit] { return wordIn[billing.Unit]{unit, words.Unit} }

func outcomeIn(outcome *billing.Outcome) wordIn[billing.Outcome] {
	return wordIn[billing.Outcome]{outcome, words.Outcome}
}

func kindIn(kind *billing.LineKind) wordIn[billing.LineKind] {
	return wordIn[billing.LineKind]{kind, words.LineKind}
}

func codeIn(code *billing.Code) wordIn[billing.Code] { return wordIn[billing.Code]{code, words.Code} }

func codesIn(codes *[]billing.Code) wordIn[[]billing.Code] {
	return wordIn[[]billing.Code]{codes, words.Codes}
}

func textsIn(texts *[]string) wordIn[[]string] { return wordIn[[]string]{texts, words.Texts} }

// stateWords are the words by which states of rows are kept.
var stateWords = [...]string{Current: "current", Replaced: "replaced", Withdrawn: "withdrawn", TakenBack: "taken_back", Superseded: "superseded"}

func stateWord(state State) string { return stateWords[state] }

func parseState(word string) (State, error) {
	state := slices.Index(stateWords[:], word)
	if state < 0 {
		return 0, &words.Unknown{What: billing.Text{Dutch: "toestand", English: "state"}, Word: billing.Mask(word)}
	}
	return State(state), nil
}

// flag writes a truth as the number that is kept of it.
func flag(is bool) int {
	if is {
		return 1
	}
	return 0
}
