package ledger

import (
	"strings"

	"github.com/jmoiron/sqlx"
)

// dialect holds the words that the two databases do not share. Texts are compared byte by byte in both.
type dialect struct {
	driver    string
	words     *strings.Replacer
	postgres  bool
	parameter int // most parameters of one statement
}

func sqliteDialect() dialect {
	return dialect{driver: "sqlite", parameter: 30_000, words: strings.NewReplacer(
		"{{text}}", "TEXT", "{{int}}", "INTEGER", "{{blob}}", "BLOB", "{{strict}}", " STRICT", "{{clustered}}", " STRICT, WITHOUT ROWID")}
}

func postgresDialect() dialect {
	return dialect{driver: "postgres", postgres: true, parameter: 60_000, words: strings.NewReplacer(
		"{{text}}", `TEXT COLLATE "C"`, "{{int}}", "BIGINT", "{{blob}}", "BYTEA", "{{strict}}", "", "{{clustered}}", "")}
}

// bind writes a statement's question marks as the database wants them.
func (d dialect) bind(statement string) string {
	if d.postgres {
		return sqlx.Rebind(sqlx.DOLLAR, statement)
	}
	return statement
}
