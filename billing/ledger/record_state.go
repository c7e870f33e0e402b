package ledger

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/packed"
	"github.com/pxq-nl/pxq/billing/ledger/words"
	"github.com/pxq-nl/pxq/billing/versions"
)

// State is the state of a row among the versions of its reference.
type State = versions.State

// The states of a row.
const (
	Current    = versions.Current
	Replaced   = versions.Replaced
	Withdrawn  = versions.Withdrawn
	TakenBack  = versions.TakenBack
	Superseded = versions.Superseded
)

// everyProvider steps along the index from one provider to the next: there are few providers and many records.
const everyProvider = "WITH RECURSIVE found (provider) AS (SELECT min(provider) FROM records UNION ALL " +
	"SELECT (SELECT min(r.provider) FROM records r WHERE r.provider > found.provider) FROM found WHERE found.provider IS NOT NULL) " +
	"SELECT provider FROM found WHERE provider IS NOT NULL"

// Providers returns the providers of all rows that were ever kept.
func (t *Tx) Providers(ctx context.Context) (map[string]bool, error) {
	var list []string
	if err := t.db.List(ctx, &list, everyProvider); err != nil {
		return nil, err
	}
	providers := make(map[string]bool, len(list))
	for _, provider := range list {
		providers[provider] = true
	}
	return providers, nil
}

// SetState changes the state of a row; by is the group of files that causes the change.
func (t *Tx) SetState(ctx context.Context, bsn string, id int64, state State, by int64) error {
	return t.db.Exec(ctx, "UPDATE records SET state = ?, settled_by = ? WHERE bsn = ? AND id = ?", words.WriteState(state), by, bsn, id)
}

// SetAmbiguous marks a row as one of several contents under one reference (U01).
func (t *Tx) SetAmbiguous(ctx context.Context, bsn string, id int64) error {
	return t.db.Exec(ctx, "UPDATE records SET ambiguous = 1 WHERE bsn = ? AND id = ?", bsn, id)
}

// nextRecord is the meta name of the number of the next record: finding the highest number would mean reading every record.
const nextRecord = "next_record"

// NextRecordID returns the number for the next record.
func (t *Tx) NextRecordID(ctx context.Context) (int64, error) {
	kept, err := t.Meta(ctx, nextRecord)
	if err != nil {
		return 0, err
	}
	if kept == "" {
		return 1, nil
	}
	return strconv.ParseInt(kept, 10, 64)
}

// SetNextRecordID stores the number for the next record.
func (t *Tx) SetNextRecordID(ctx context.Context, id int64) error {
	return t.SetMeta(ctx, nextRecord, strconv.FormatInt(id, 10))
}

// LastCareDate returns the last care date up to and including until among the rows; 0 if there is none.
func (v *view) LastCareDate(ctx context.Context, until billing.Date) (billing.Date, error) {
	day, err := v.db.Number(ctx, "SELECT coalesce(max(care_date), 0) FROM records WHERE care_date <= ? AND state <> 'taken_back'", int32(until))
	return billing.Date(day), err
}

// ProvidersOf returns the providers that have a row with the reference, in order.
func (v *view) ProvidersOf(ctx context.Context, reference string) ([]string, error) {
	var providers []string
	err := v.db.List(ctx, &providers, everyProvider+" AND EXISTS (SELECT 1 FROM records r WHERE r.provider = found.provider AND r.known_as = ? AND r.state <> 'taken_back') "+
		"ORDER BY provider", billing.KnownAs(reference))
	return providers, err
}

// LostInTables returns the references of a provider that read differently when they come from a table, by what they are
// then known as: messages keep blanks, zero-width characters and a final .0, table cells lose them.
func (v *view) LostInTables(ctx context.Context, provider string) (map[string][]string, error) {
	var references []string
	err := v.db.List(ctx, &references, "SELECT DISTINCT reference FROM records WHERE provider = ? AND (known_as <> trim(known_as) OR known_as LIKE '%.0' OR "+
		"octet_length(known_as) <> length(known_as)) AND state <> 'taken_back' ORDER BY reference", provider)
	found := make(map[string][]string)
	for _, reference := range references {
		if read := billing.AsInTable(reference); read != reference {
			known := billing.KnownAs(read)
			found[known] = append(found[known], reference)
		}
	}
	return found, err
}

// The dated records of a client up to the day clients.rest_to are at rest: they are not read when the client is judged.

// judgedWhole makes a client be judged again with all its records at rest.
const judgedWhole = "changed = 1, rest_to = 0, passed = 0"

// AffectedCare tells from which day on a client's care may be judged differently, and whether a declared row was altered:
// replaced or withdrawn.
type AffectedCare struct {
	Day     billing.Date
	Altered bool
}

// MarkRows marks clients for whom rows came in. Their records stay at rest up to the end of the month before the one that
// contains the day before AffectedCare.Day. If a record at rest passed a limit (passed), nothing stays at rest once that day
// moves or a declared row was altered: another record may then pass the limit.
func (t *Tx) MarkRows(ctx context.Context, clients map[string]AffectedCare) error {
	return database.EachPart(slices.Sorted(maps.Keys(clients)), func(part []string) error {
		if err := t.addClients(ctx, part); err != nil {
			return err
		}
		var values []any
		for _, bsn := range part {
			came := clients[bsn]
			values = append(values, bsn, int32((came.Day-1).Period().First()-1), database.Flag(came.Altered))
		}
		// A new client has nothing at rest.
		const stays = "rest_to <= day AND (altered = 0 OR passed = 0)"
		return t.db.Exec(ctx, "UPDATE clients SET changed = 1, "+
			"rest_to = CASE WHEN "+stays+" THEN rest_to WHEN passed <> 0 OR day < 0 THEN 0 ELSE day END, passed = CASE WHEN "+stays+" THEN passed ELSE 0 END "+
			"FROM (SELECT column1 AS one, column2 AS day, column3 AS altered FROM (VALUES "+database.Typed(len(part), "TEXT", "BIGINT", "BIGINT")+") AS given) AS came WHERE clients.bsn = came.one", values...)
	})
}

// CareDatesOf visits the care dates of records, with their client and whether they were declared.
func (t *Tx) CareDatesOf(ctx context.Context, records []RowRef, visit func(bsn string, day billing.Date, declared bool)) error {
	return database.EachPart(records, func(part []RowRef) error {
		var values []any
		for _, record := range part {
			values = append(values, record.BSN, record.Record)
		}
		return t.db.Each(ctx, "SELECT r.bsn, r.care_date, r.declared FROM (VALUES "+database.Typed(len(part), "TEXT", "BIGINT")+") AS wanted CROSS JOIN records r "+
			"WHERE r.bsn = column1 AND r.id = column2", values, func(scan database.Scan) error {
			var bsn string
			var day billing.Date
			var declared int64
			err := scan(&bsn, &day, &declared)
			visit(bsn, day, declared != 0)
			return err
		})
	})
}

// LackRoom returns those of the clients that have a record with a finding of the last run about the room of its referral
// (V).
func (t *Tx) LackRoom(ctx context.Context, clients []string) ([]string, error) {
	var lack []string
	err := database.EachPart(clients, func(part []string) error {
		list, values := database.ListOf(part)
		var found []string
		err := t.db.List(ctx, &found, "SELECT DISTINCT bsn FROM outcomes WHERE bsn IN ("+list+") AND last_run = 0 AND codes <> '' AND ' ' || codes LIKE '% V%'", values...)
		lack = append(lack, found...)
		return err
	})
	return lack, err
}

// addClients adds the clients that are not known yet, as changed.
func (t *Tx) addClients(ctx context.Context, clients []string) error {
	_, values := database.ListOf(clients)
	return t.db.Exec(ctx, "INSERT INTO clients (bsn, changed, undeclared) SELECT column1, 1, 1 FROM (VALUES "+database.Typed(len(clients), "TEXT")+") AS given WHERE 1 = 1 "+
		"ON CONFLICT (bsn) DO NOTHING", values...)
}

// MarkClients marks clients as changed: all of their records are judged again.
func (t *Tx) MarkClients(ctx context.Context, clients map[string]bool) error {
	return database.EachPart(slices.Sorted(maps.Keys(clients)), func(part []string) error {
		if err := t.addClients(ctx, part); err != nil {
			return err
		}
		in, values := database.Within("bsn", part)
		return t.db.Exec(ctx, "UPDATE clients SET "+judgedWhole+" WHERE "+in, values...)
	})
}

// ChangedClients counts the clients that changed since they were last judged.
func (v *view) ChangedClients(ctx context.Context) (int, error) {
	count, err := v.db.Number(ctx, "SELECT count(*) FROM clients WHERE changed = 1")
	return int(count), err
}

// JudgedClient tells of a client that was judged whether a later run may reach another result without new input, and what
// is at rest.
type JudgedClient struct {
	BSN              string
	MayChange        bool // the column undeclared
	Rest, OnceClosed billing.Rest
}

// Judged stores that clients were judged.
func (t *Tx) Judged(ctx context.Context, clients []JudgedClient) error {
	return database.EachPart(clients, func(part []JudgedClient) error {
		var values []any
		for _, c := range part {
			values = append(values, c.BSN, database.Flag(c.MayChange), int32(c.Rest.To), int64(c.Rest.Help), int32(c.OnceClosed.To), int64(c.OnceClosed.Help))
		}
		return t.db.Exec(ctx, "UPDATE clients SET changed = 0, undeclared = column2, rest_to = column3, passed = column4, closed_rest_to = column5, closed_passed = column6 FROM (VALUES "+
			database.Typed(len(part), "TEXT", "INTEGER", "INTEGER", "INTEGER", "INTEGER", "INTEGER")+") AS judged WHERE clients.bsn = column1", values...)
	})
}

// AddStray stores that a record of the client names a referral that is not one of the client's.
func (t *Tx) AddStray(ctx context.Context, number, bsn string) error {
	return t.db.Exec(ctx, "INSERT INTO strays (number, bsn) VALUES (?, ?) ON CONFLICT (number, bsn) DO NOTHING", number, bsn)
}

// markStrays marks as changed the clients that have a record naming one of the referrals, whoever owns the referral.
func (t *Tx) markStrays(ctx context.Context, numbers []string) error {
	return database.EachPart(numbers, func(part []string) error {
		list, values := database.ListOf(part)
		return t.db.Exec(ctx, "UPDATE clients SET "+judgedWhole+" WHERE bsn IN (SELECT bsn FROM strays WHERE number IN ("+list+"))", values...)
	})
}

// onClient turns a condition on clients into one on clients under the alias c.
func onClient(condition string) string { return strings.ReplaceAll(condition, "bsn ", "c.bsn ") }

// unrested returns the conditions on records r with their client c that are not at rest. They are read one after the other:
// records that came in after those at rest, and undated ones before them.
func (r *ClientReader) unrested() []string {
	if r.whole {
		return []string{""}
	}
	const moving = " AND (c.rest_to = 0 OR r.care_date > c.rest_to OR r.care_date = 0)"
	return []string{" AND r.id >= " + r.rests.row + moving, " AND " + undated + " AND r.id < " + r.rests.row + moving}
}

// History returns every row of each of the keys, in the order in which their groups of files came in; row numbers differ
// from that when a row was stored long after its file came in.
func (t *Tx) History(ctx context.Context, keys []billing.RecordKey) (map[billing.RecordKey][]StoredRecord, error) {
	names, err := t.fileNames(ctx)
	if err != nil {
		return nil, err
	}
	history := make(map[billing.RecordKey][]StoredRecord)
	err = database.EachPart(keys, func(part []billing.RecordKey) error {
		statement, values := historyStatement(part)
		return t.eachRecord(ctx, names, func(stored StoredRecord) error {
			key := billing.RecordKeyOf(stored.Provider, stored.Reference)
			history[key] = append(history[key], stored)
			return nil
		}, statement, values...)
	})
	for _, rows := range history {
		slices.SortStableFunc(rows, func(a, b StoredRecord) int { return cmp.Compare(a.Group, b.Group) })
	}
	return history, err
}

// historyStatement returns the statement for the rows of some keys. CROSS JOIN makes SQLite start with the wanted keys;
// otherwise it may go through all records of a provider for each of them.
func historyStatement(keys []billing.RecordKey) (statement string, values []any) {
	for _, key := range keys {
		values = append(values, key.Provider, key.KnownAs)
	}
	return "WITH wanted (provider, known_as) AS (VALUES " + database.Typed(len(keys), "TEXT", "TEXT") + ") SELECT " + packed.Under("r").Record() +
		" FROM wanted w CROSS JOIN records r WHERE r.provider = w.provider AND r.known_as = w.known_as AND r.state <> 'taken_back' ORDER BY r.id", values
}
