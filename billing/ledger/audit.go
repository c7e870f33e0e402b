package ledger

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// Contradictions counts what columns that may change say against what they follow from; each count has a name. Of a
// scope that is not everything the files are left out: every run counts those.
func (v *view) Contradictions(ctx context.Context, scope Scope) (map[string]int, error) {
	counts := make(map[string]int)
	for _, of := range contradictionsOfRecords {
		if err := v.contradict(ctx, scope, of, counts); err != nil {
			return nil, err
		}
	}
	for name, statement := range contradictions {
		table, _, _ := strings.Cut(name, ".")
		if scope.with != "" && !scope.narrows(table) {
			continue
		}
		narrowed, values := scope.from(statement)
		count, err := v.db.Number(ctx, narrowed, values...)
		if err != nil {
			return nil, err
		}
		if count > 0 {
			counts[name] = int(count)
		}
	}
	return counts, nil
}

// contradict counts contradictions that are found in one reading.
func (v *view) contradict(ctx context.Context, scope Scope, of together, counts map[string]int) error {
	found, columns, targets := make([]int, len(of.when)), make([]string, len(of.when)), make([]any, len(of.when))
	for i := range of.when {
		columns[i], targets[i] = "count(CASE WHEN "+of.when[i][1]+" THEN 1 END)", &found[i]
	}
	statement, values := scope.from("SELECT " + strings.Join(columns, ", ") + " " + of.from)
	return v.db.Each(ctx, statement, values, func(scan database.Scan) error {
		err := scan(targets...)
		for i, count := range found {
			if count > 0 {
				counts[of.when[i][0]] = count
			}
		}
		return err
	})
}

// together are counts over the same rows: when a row is counted, by the name of the count.
type together struct {
	from string
	when [][2]string
}

// contradictionsOfRecords are counts that are all 0 in a sound store, of the records with their outcomes.
var contradictionsOfRecords = []together{
	// Clients of whom something changed are judged in the next run, so their outcomes may lag behind.
	{"FROM records r LEFT JOIN {outcomes} o ON o.bsn = r.bsn AND o.record_id = r.id AND o.last_run = 0 LEFT JOIN clients c ON c.bsn = r.bsn", [][2]string{
		{"records.state", "o.bsn IS NOT NULL AND r.last_date = 0 AND coalesce(c.changed, 0) = 0 AND NOT CASE r.state WHEN 'superseded' THEN o.outcome IN ('accepted', 'rejected', 'replaced') " +
			"WHEN 'current' THEN o.outcome NOT IN ('replaced', 'withdrawn') ELSE r.state = o.outcome END"},
		{"records.ambiguous", "o.bsn IS NOT NULL AND r.last_date = 0 AND coalesce(c.changed, 0) = 0 AND r.state = 'current' AND o.codes NOT LIKE '%F0%' AND o.codes NOT LIKE '%F10%' " +
			"AND r.ambiguous <> CASE WHEN o.codes LIKE '%U01%' THEN 1 ELSE 0 END"},
		{"outcomes.record_id", "o.bsn IS NULL AND r.state <> 'taken_back' AND coalesce(c.changed, 0) = 0"},
		{"records.known_as", "r.known_as <> " + strings.ReplaceAll(knownAs, "reference", "r.reference")},
		{"records.declared_price of what was not declared", "r.declared = 0 AND r.declared_price <> 0"},
		{"records.settled_by", "(r.state = 'current' AND r.settled_by <> 0) OR (r.state IN ('replaced', 'withdrawn', 'superseded') AND NOT EXISTS (SELECT 1 FROM files f WHERE f.id = r.settled_by))"},
	}},
	{"FROM records r LEFT JOIN (SELECT o.bsn, o.record_id, min(c.period) AS period, max(c.id) AS run FROM outcomes o JOIN runs c ON c.closed_on > 0 AND c.id >= o.first_run " +
		"AND (o.last_run = 0 OR o.last_run >= c.id) WHERE o.outcome = 'accepted' GROUP BY o.bsn, o.record_id) d ON d.bsn = r.bsn AND d.record_id = r.id " +
		"LEFT JOIN {outcomes} o ON o.bsn = d.bsn AND o.record_id = d.record_id AND o.first_run <= d.run AND (o.last_run = 0 OR o.last_run >= d.run)", [][2]string{
		{"records.declared", "coalesce(d.period, 0) <> r.declared"},
		{"records.standing", "r.standing <> CASE WHEN d.run = (SELECT max(id) FROM runs WHERE closed_on > 0) THEN 1 ELSE 0 END"},
		{"records.declared_price", "o.price <> r.declared_price"},
	}},
}

// contradictions are other counts that are all 0 in a sound store.
var contradictions = map[string]string{
	"decisions.known_as": "SELECT count(*) FROM decisions WHERE known_as <> " + knownAs,
	"outcomes.last_run": "SELECT count(*) FROM (SELECT last_run, first_run, lead(first_run) OVER (PARTITION BY bsn, record_id ORDER BY first_run) AS next_run " +
		"FROM outcomes o WHERE NOT EXISTS (SELECT 1 FROM {records} r WHERE r.bsn = o.bsn AND r.id = o.record_id AND r.state = 'taken_back')) AS o WHERE (next_run IS NULL AND last_run <> 0) OR (next_run IS NOT NULL AND last_run <> next_run - 1)",
	"lines.last_run": "SELECT count(*) FROM lines WHERE last_run <> 0 AND (sequence > 0 OR last_run < first_run OR last_run >= (SELECT max(id) FROM runs))",
	"referrals.is_latest": "SELECT count(*) FROM referrals r LEFT JOIN (SELECT bsn, number, max(version) AS version FROM referrals WHERE taken_after = 0 GROUP BY bsn, number) m " +
		"ON m.bsn = r.bsn AND m.number = r.number WHERE r.is_latest <> CASE WHEN m.version IS NOT NULL AND r.version = m.version AND r.taken_after = 0 THEN 1 ELSE 0 END",
	"files.withdrawn": "SELECT count(*) FROM files f WHERE withdrawn < 0 OR withdrawn > 1 + (SELECT coalesce(max(id), 0) FROM runs) OR (withdrawn > 0 AND (EXISTS (SELECT 1 FROM records r WHERE r.file_id = f.id " +
		"AND r.state <> 'taken_back') OR EXISTS (SELECT 1 FROM referrals r WHERE r.file_id = f.id AND r.taken_after = 0))) " +
		"OR (withdrawn = 0 AND EXISTS (SELECT 1 FROM records r WHERE r.file_id = f.id AND r.state = 'taken_back' AND r.last_date = 0) AND NOT EXISTS (SELECT 1 FROM files w WHERE w.withdrawn > 0))",
	"files.reread": "SELECT count(*) FROM files WHERE reread <> 0 AND NOT EXISTS (SELECT 1 FROM files w WHERE w.withdrawn > 0)",
	"declared_on": "SELECT count(*) FROM (SELECT DISTINCT provider, product, municipality, care_month FROM lines WHERE sequence > 0) l WHERE NOT EXISTS " +
		"(SELECT 1 FROM declared_on d WHERE d.provider = l.provider AND d.product = l.product AND d.municipality = l.municipality AND d.care_month = l.care_month)",
	// What lies at rest was accepted and declared, or was not accepted.
	"clients.rest_to": "SELECT count(*) FROM clients c CROSS JOIN records r CROSS JOIN outcomes o WHERE c.rest_to <> 0 AND r.bsn = c.bsn AND r.care_date <> 0 AND r.care_date <= c.rest_to " +
		"AND r.declared = 0 AND o.bsn = r.bsn AND o.record_id = r.id AND o.last_run = 0 AND o.outcome IN ('accepted', 'pending')",
	"clients.bsn":      "SELECT count(*) FROM (SELECT DISTINCT bsn FROM records) AS r WHERE NOT EXISTS (SELECT 1 FROM clients c WHERE c.bsn = r.bsn)",
	"meta.next_record": "SELECT count(*) FROM meta WHERE CASE WHEN name = '" + nextRecord + "' THEN CAST(value AS BIGINT) <= (SELECT coalesce(max(id), 0) FROM records) ELSE 1 = 0 END",
	"meta.first_row": "SELECT count(*) FROM records r WHERE r.care_date > 0 AND r.care_date <= r.received AND NOT EXISTS (SELECT 1 FROM meta m WHERE m.name = '" + firstRow +
		"' || substr('000000', 1, 6 - length(CAST(r.care_date AS TEXT))) || CAST(r.care_date AS TEXT) AND CAST(m.value AS BIGINT) <= r.id)",
	"sums.epoch": "SELECT count(*) FROM sums WHERE epoch <> 0 AND epoch NOT IN (SELECT id FROM runs WHERE closed_on > 0)",
	"closed_totals": "SELECT count(*) FROM (" + strings.ReplaceAll(totalsOfLines, "?", "0") + ") l FULL JOIN closed_totals k ON k.period = l.period AND k.municipality = l.municipality " +
		"AND k.provider = l.provider AND k.product = l.product AND k.unit = l.unit AND k.care_month = l.care_month AND k.kind = l.kind " +
		"WHERE l.period IS NULL OR k.period IS NULL OR k.line_count <> l.line_count OR k.quantity <> l.quantity OR k.amount <> l.amount",
	"files.kept": strings.ReplaceAll(otherCounts, "?", "0"),
}

// knownAs is billing.KnownAs of the column reference.
const knownAs = "CASE WHEN reference = '' OR ltrim(reference, '0123456789') <> '' THEN reference WHEN ltrim(reference, '0') = '' THEN '0' ELSE ltrim(reference, '0') END"

// Scope is what a proof looks at: everything, or the clients of one period.
type Scope struct {
	with   string // common table expressions by which the tables are narrowed; "" for everything
	values []any  // their parameters
}

// Everything is the scope of whoever proves a whole store.
var Everything Scope

// PeriodScope returns the scope of the clients with a row, an outcome or a line since the close before a period, without
// what of them lies at rest: what a close of it makes final rests on that alone, however much history there is. Rows that
// came in since then are in it in any case. PostgreSQL keeps them in tables of the transaction: it knows nothing of what a
// statement makes, and joins that in the square of its rows.
func (t *Tx) PeriodScope(ctx context.Context, period billing.Period, before Run) (Scope, error) {
	return t.scopeOf(ctx, ownRows(period, before))
}

// provenInTurn is how many records a close proves, in turn, of all that was ever kept: a second of work.
const provenInTurn = 50_000

// provenTo is where the last client is kept whose turn it was.
const provenTo = "proven to"

// TurnScope returns the scope of the clients whose turn it is to be proven whole, with what of them lies at rest: all of
// them while there are few records, and else those that follow the last ones.
func (t *Tx) TurnScope(ctx context.Context) (Scope, error) {
	limit, offset, err := t.turn(ctx)
	if err != nil {
		return Scope{}, err
	}
	return t.scopeOf(ctx, rowsOf(made{"own", "SELECT bsn, 0 AS rest_to FROM clients ORDER BY bsn LIMIT ? OFFSET ?", []any{limit, offset}}, 0))
}

// turn returns how many clients have their turn and how many stand before them, and notes that they had it.
func (t *Tx) turn(ctx context.Context) (limit, offset int64, err error) {
	records, err := t.db.Number(ctx, "SELECT coalesce(sum(kept), 0) FROM files")
	if err != nil {
		return 0, 0, err
	}
	clients, err := t.db.Number(ctx, "SELECT count(*) FROM clients")
	if err != nil {
		return 0, 0, err
	}
	limit = clients
	if records > provenInTurn {
		limit = max(1, clients*provenInTurn/records)
	}
	last, err := t.Meta(ctx, provenTo)
	if err != nil {
		return 0, 0, err
	}
	if offset, err = t.db.Number(ctx, "SELECT count(*) FROM clients WHERE bsn <= ?", last); err != nil {
		return 0, 0, err
	}
	if offset >= clients || limit == clients {
		offset = 0
	}
	var bsn string
	if err := t.db.Get(ctx, &bsn, "SELECT coalesce(max(bsn), '') FROM (SELECT bsn FROM clients ORDER BY bsn LIMIT ? OFFSET ?) AS turn", limit, offset); err != nil {
		return 0, 0, err
	}
	return limit, offset, t.SetMeta(ctx, provenTo, bsn)
}

// scopeOf returns the scope of those rows.
func (t *Tx) scopeOf(ctx context.Context, rows []made) (Scope, error) {
	if !t.db.IsPostgres() {
		for _, statement := range []string{"DROP TABLE IF EXISTS temp.own", "CREATE TEMP TABLE own (bsn TEXT NOT NULL PRIMARY KEY, rest_to INTEGER NOT NULL) WITHOUT ROWID"} {
			if err := t.db.ExecOnce(ctx, statement); err != nil {
				return Scope{}, err
			}
		}
		if err := t.db.ExecOnce(ctx, "INSERT INTO temp.own (bsn, rest_to) "+rows[0].query, rows[0].values...); err != nil {
			return Scope{}, err
		}
		return scopeInStatement(rows[1:]), nil
	}
	for _, own := range rows {
		query := own.query
		for _, value := range own.values {
			query = strings.Replace(query, "?", fmt.Sprint(value), 1)
		}
		for _, statement := range []string{"DROP TABLE IF EXISTS pg_temp." + own.name, "CREATE TEMP TABLE " + own.name + " ON COMMIT DROP AS " + query, "ANALYZE " + own.name} {
			if err := t.db.ExecOnce(ctx, statement); err != nil {
				return Scope{}, err
			}
		}
	}
	return Scope{with: inTables}, nil
}

// scopeInStatement is a scope of which every statement makes its rows itself.
func scopeInStatement(rows []made) Scope {
	var parts []string
	var values []any
	for _, own := range rows {
		parts = append(parts, own.name+" AS MATERIALIZED ("+own.query+")")
		values = append(values, own.values...)
	}
	return Scope{"WITH " + strings.Join(parts, ", ") + " ", values}
}

// made are rows that a proof looks at, by the name under which it finds them.
type made struct {
	name, query string
	values      []any // whole numbers
}

// ownRows returns the clients of a period's scope, and their rows of each table.
func ownRows(period billing.Period, before Run) []made {
	return rowsOf(made{"own", "SELECT c.bsn, c.rest_to FROM clients c WHERE c.bsn IN (SELECT bsn FROM outcomes WHERE first_run > ? UNION ALL SELECT bsn FROM lines WHERE period = ? " +
		"UNION ALL SELECT bsn FROM records WHERE file_id > ? UNION ALL SELECT bsn FROM referrals WHERE file_id > ? UNION ALL SELECT bsn FROM decisions WHERE file_id > ?)",
		[]any{before.ID, int32(period), before.LastFile, before.LastFile, before.LastFile}}, before.LastFile)
}

// rowsOf returns clients with their rows of each table: those that do not lie at rest, and those that came in after a file.
func rowsOf(clients made, lastFile int64) []made {
	own := []made{clients}
	for _, table := range scoped {
		from, values := table+" t WHERE t.bsn = own.bsn", []any(nil)
		switch table {
		case "records":
			from += " AND (own.rest_to = 0 OR t.care_date > own.rest_to OR t.care_date = 0 OR t.file_id > ?)"
			values = []any{lastFile}
		case "outcomes":
			from = "records r CROSS JOIN outcomes t WHERE r.bsn = own.bsn AND (own.rest_to = 0 OR r.care_date > own.rest_to OR r.care_date = 0 OR r.file_id > ?) " +
				"AND t.bsn = r.bsn AND t.record_id = r.id"
			values = []any{lastFile}
		case "lines":
			from += " AND (own.rest_to = 0 OR t.first_date > own.rest_to)"
		}
		own = append(own, made{"own_" + table, "SELECT t.* FROM own CROSS JOIN " + from, values})
	}
	return own
}

// scoped are the tables that a scope narrows.
var scoped = []string{"records", "outcomes", "lines", "referrals", "decisions"}

// inTables is the beginning of a statement whose scope stands in tables.
const inTables = " "

// aside is a table that is looked up by the key of rows that are narrowed already.
var aside = regexp.MustCompile(`\{(\w+)\}`)

// narrows reports whether the rows of a table are those of the scope's clients.
func (s Scope) narrows(table string) bool { return s.with != "" && slices.Contains(scoped, table) }

// from returns a statement that reads only what is in scope, with its parameters.
func (s Scope) from(statement string, values ...any) (narrowed string, all []any) {
	byKey := "$1" // what is looked up with each row of a scope, SQLite finds by its key
	if s.with == inTables {
		byKey = "own_$1"
	}
	statement = aside.ReplaceAllString(statement, byKey)
	if s.with == "" {
		return statement, values
	}
	for _, table := range scoped {
		for _, word := range []string{"FROM ", "JOIN "} {
			statement = strings.ReplaceAll(statement, word+table+" ", word+"own_"+table+" ")
		}
	}
	with := s.with
	if !slices.ContainsFunc(scoped, func(table string) bool { return strings.Count(statement, " own_"+table+" ") > 1 }) { // what is read once is not worth making
		with = strings.ReplaceAll(with, " AS MATERIALIZED (SELECT t.*", " AS NOT MATERIALIZED (SELECT t.*")
	}
	return with + statement, append(slices.Clone(s.values), values...)
}
