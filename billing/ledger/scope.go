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

// PeriodScope returns the scope of the clients with a row, an outcome or a line since the close before a period, without
// what of them lies at rest: what a close of it makes final rests on that alone, however much history there is. Rows that
// came in since then are in it in any case.
func PeriodScope(period billing.Period, before Run) Scope {
	with := "WITH own (bsn, rest_to) AS MATERIALIZED (SELECT c.bsn, c.rest_to FROM (SELECT bsn FROM outcomes WHERE first_run > ? UNION SELECT bsn FROM lines WHERE period = ? " +
		"UNION SELECT bsn FROM records WHERE file_id > ? UNION SELECT bsn FROM referrals WHERE file_id > ? UNION SELECT bsn FROM decisions WHERE file_id > ?) AS u CROSS JOIN clients c WHERE c.bsn = u.bsn)"
	values := []any{before.ID, int32(period), before.LastFile, before.LastFile, before.LastFile}
	for _, table := range scoped {
		from := table + " t WHERE t.bsn = own.bsn"
		const moving = "(own.rest_to = 0 OR r.care_date > own.rest_to OR r.care_date = 0 OR r.file_id > ?)"
		switch table {
		case "records":
			from += " AND " + strings.NewReplacer("r.care", "t.care", "r.file", "t.file").Replace(moving)
		case "outcomes":
			from = "records r CROSS JOIN outcomes t WHERE r.bsn = own.bsn AND " + moving + " AND t.bsn = r.bsn AND t.record_id = r.id"
		case "lines":
			from += " AND (own.rest_to = 0 OR t.first_date > own.rest_to)"
		}
		if strings.Contains(from, "?") {
			values = append(values, before.LastFile)
		}
		with += ", own_" + table + " AS MATERIALIZED (SELECT t.* FROM own CROSS JOIN " + from + ")"
	}
	return Scope{with + " ", values}
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
