package database

import (
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
)

// dialect holds what differs between the two databases. Both compare texts byte by byte.
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

// bind returns the statement with its question marks in the database's own notation.
func (d dialect) bind(statement string) string {
	if d.postgres {
		return sqlx.Rebind(sqlx.DOLLAR, statement)
	}
	return statement
}

// Parameters returns count comma-separated question marks.
func Parameters(count int) string {
	return strings.TrimSuffix(strings.Repeat("?,", count), ",")
}

// ListOf returns the parameters and values of a list for IN (…). An empty list gives NULL, which matches nothing.
func ListOf[T any](list []T) (places string, values []any) {
	if len(list) == 0 {
		return "NULL", nil
	}
	for _, value := range list {
		values = append(values, value)
	}
	return Parameters(len(list)), values
}

// Within returns a condition that the column is one of the texts, which must be sorted and not empty: a range for speed,
// and the list itself for exactness.
func Within(column string, texts []string) (condition string, values []any) {
	values = append(values, texts[0], texts[len(texts)-1])
	for _, text := range texts {
		values = append(values, text)
	}
	return column + " BETWEEN ? AND ? AND " + column + " IN (" + Parameters(len(texts)) + ")", values
}

// rowsPerStatement is the maximum number of rows in a statement that names each row.
const rowsPerStatement = 400

// EachPart calls work with successive parts of the list, each of at most rowsPerStatement elements.
func EachPart[T any](list []T, work func(part []T) error) error {
	for part := range slices.Chunk(list, rowsPerStatement) {
		if err := work(part); err != nil {
			return err
		}
	}
	return nil
}

// Typed returns the parameters of VALUES for rows with these column types. Only the first row has casts: PostgreSQL takes
// the types from it, and SQLite would take longer to parse more casts than to look the rows up.
func Typed(rows int, types ...string) string {
	first := "(CAST(? AS " + strings.Join(types, "), CAST(? AS ") + "))"
	return first + strings.Repeat(",("+Parameters(len(types))+")", rows-1)
}

// Flag returns the number that is stored for a boolean.
func Flag(is bool) int {
	if is {
		return 1
	}
	return 0
}
