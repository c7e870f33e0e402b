package database

import (
	"slices"
	"strings"

	"github.com/jmoiron/sqlx"
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

// Parameters writes the places of so many values, for a list in a statement.
func Parameters(count int) string {
	return strings.TrimSuffix(strings.Repeat("?,", count), ",")
}

// ListOf writes the places of values for a list in a statement, with the values. In a list of none is nothing.
func ListOf[T any](list []T) (places string, values []any) {
	if len(list) == 0 {
		return "NULL", nil
	}
	for _, value := range list {
		values = append(values, value)
	}
	return Parameters(len(list)), values
}

// Within narrows a statement to texts in their order: a range for speed, and the list of them for exactness.
func Within(column string, texts []string) (condition string, values []any) {
	values = append(values, texts[0], texts[len(texts)-1])
	for _, text := range texts {
		values = append(values, text)
	}
	return column + " BETWEEN ? AND ? AND " + column + " IN (" + Parameters(len(texts)) + ")", values
}

// rowsPerStatement is how many rows a statement takes whose text names each of them.
const rowsPerStatement = 400

// EachPart does the work with some of a list at a time.
func EachPart[T any](list []T, work func(part []T) error) error {
	for part := range slices.Chunk(list, rowsPerStatement) {
		if err := work(part); err != nil {
			return err
		}
	}
	return nil
}

// Typed returns places for rows of values of these types, as VALUES takes them: PostgreSQL wants to know what they are, by the
// first row. To read more casts would take SQLite longer than to look the rows up.
func Typed(rows int, types ...string) string {
	first := "(CAST(? AS " + strings.Join(types, "), CAST(? AS ") + "))"
	return first + strings.Repeat(",("+Parameters(len(types))+")", rows-1)
}

// Flag writes a truth as the number that is kept of it.
func Flag(is bool) int {
	if is {
		return 1
	}
	return 0
}
