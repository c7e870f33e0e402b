package ledger

import (
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
)

// Scope is what a proof looks at: everything, or the clients of one period.
type Scope struct {
	with   string // common table expressions by which the tables are narrowed; "" for everything
	values []any  // their parameters
}

// Everything is the scope of whoever proves a whole store.
var Everything Scope

// PeriodScope returns the scope of the clients with a row, an outcome or a line since the close before a period: what a
// close of it makes final rests on them alone, however much history there is.
func PeriodScope(period billing.Period, before Run) Scope {
	with := "WITH own (bsn) AS MATERIALIZED (SELECT bsn FROM outcomes WHERE first_run > ? UNION SELECT bsn FROM lines WHERE period = ? UNION SELECT bsn FROM records WHERE file_id > ? " +
		"UNION SELECT bsn FROM referrals WHERE file_id > ? UNION SELECT bsn FROM decisions WHERE file_id > ?)"
	for _, table := range scoped {
		with += ", own_" + table + " AS MATERIALIZED (SELECT t.* FROM own CROSS JOIN " + table + " t WHERE t.bsn = own.bsn)"
	}
	return Scope{with + " ", []any{before.ID, int32(period), before.LastFile, before.LastFile, before.LastFile}}
}

// scoped are the tables that a scope narrows.
var scoped = []string{"records", "outcomes", "lines", "referrals", "decisions"}

// narrows reports whether the rows of a table are those of the scope's clients.
func (s Scope) narrows(table string) bool { return s.with != "" && slices.Contains(scoped, table) }

// from returns a statement that reads only what is in scope, with its parameters.
func (s Scope) from(statement string, values ...any) (narrowed string, all []any) {
	if s.with == "" {
		return statement, values
	}
	for _, table := range scoped {
		for _, word := range []string{"FROM ", "JOIN "} {
			statement = strings.ReplaceAll(statement, word+table+" ", word+"own_"+table+" ")
		}
	}
	return s.with + statement, append(slices.Clone(s.values), values...)
}
