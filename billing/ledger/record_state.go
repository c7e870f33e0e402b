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
	"github.com/pxq-nl/pxq/billing/ledger/words"
	"github.com/pxq-nl/pxq/billing/versions"
)

// Key is what a record is known by. Make it with KeyOf.
type Key struct{ Provider, KnownAs string }

// KeyOf returns what a record of that reference is known by: of one of digits alone the leading zeros mean nothing.
func KeyOf(provider, reference string) Key { return Key{provider, billing.KnownAs(reference)} }

// CompareKeys puts keys in the order of provider and reference.
func CompareKeys(a, b Key) int {
	return cmp.Or(strings.Compare(a.Provider, b.Provider), strings.Compare(a.KnownAs, b.KnownAs))
}

// State says how a row stands among the versions of its reference.
type State = versions.State

// The states of a row.
const (
	Current    = versions.Current
	Replaced   = versions.Replaced
	Withdrawn  = versions.Withdrawn
	TakenBack  = versions.TakenBack
	Superseded = versions.Superseded
)

// everyProvider finds the providers from one to the next along the index: there are few of them and many records.
const everyProvider = "WITH RECURSIVE found (provider) AS (SELECT min(provider) FROM records UNION ALL " +
	"SELECT (SELECT min(r.provider) FROM records r WHERE r.provider > found.provider) FROM found WHERE found.provider IS NOT NULL) " +
	"SELECT provider FROM found WHERE provider IS NOT NULL"

// Providers gives the providers of which any row was ever kept.
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

// SetState changes the state of a row; by is the group of files that does.
func (t *Tx) SetState(ctx context.Context, bsn string, id int64, state State, by int64) error {
	return t.db.Exec(ctx, "UPDATE records SET state = ?, settled_by = ? WHERE bsn = ? AND id = ?", words.WriteState(state), by, bsn, id)
}

// SetAmbiguous marks a row as one of several contents under one reference (U01).
func (t *Tx) SetAmbiguous(ctx context.Context, bsn string, id int64) error {
	return t.db.Exec(ctx, "UPDATE records SET ambiguous = 1 WHERE bsn = ? AND id = ?", bsn, id)
}

// nextRecord is the name under which the number of the next record is kept: to look for the highest would mean
// to read every record there is.
const nextRecord = "next_record"

// NextRecordID returns the number that the next record gets.
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

// SetNextRecordID keeps the number that the next record gets.
func (t *Tx) SetNextRecordID(ctx context.Context, id int64) error {
	return t.SetMeta(ctx, nextRecord, strconv.FormatInt(id, 10))
}

// LastCareDate returns the last care date on or before a day of the rows that were kept; none when there is none.
func (v *view) LastCareDate(ctx context.Context, until billing.Date) (billing.Date, error) {
	day, err := v.db.Number(ctx, "SELECT coalesce(max(care_date), 0) FROM records WHERE care_date <= ? AND state <> 'taken_back'", int32(until))
	return billing.Date(day), err
}

// ProvidersOf returns the providers that have a row known by the reference, in order.
func (v *view) ProvidersOf(ctx context.Context, reference string) ([]string, error) {
	var providers []string
	err := v.db.List(ctx, &providers, everyProvider+" AND EXISTS (SELECT 1 FROM records r WHERE r.provider = found.provider AND r.known_as = ? AND r.state <> 'taken_back') "+
		"ORDER BY provider", billing.KnownAs(reference))
	return providers, err
}

// What of a client lies at rest is not read when the client is judged: the dated records up to the day clients.rest_to.

// judgedWhole makes a client be judged again with all that lies at rest.
const judgedWhole = "changed = 1, rest_to = 0, passed = 0"

// MarkRows notes that rows of these clients came in, the first of the day that is given: what lies at rest stays so up to
// the month of the day before it.
func (t *Tx) MarkRows(ctx context.Context, clients map[string]billing.Date) error {
	return database.EachPart(slices.Sorted(maps.Keys(clients)), func(part []string) error {
		if err := t.addClients(ctx, part); err != nil {
			return err
		}
		var values []any
		for _, bsn := range part {
			values = append(values, bsn, int32((clients[bsn]-1).Period().First()-1))
		}
		// A client who is new has nothing at rest.
		return t.db.Exec(ctx, "UPDATE clients SET changed = 1, "+
			"rest_to = CASE WHEN rest_to <= day THEN rest_to WHEN passed <> 0 OR day < 0 THEN 0 ELSE day END, passed = CASE WHEN rest_to <= day THEN passed ELSE 0 END "+
			"FROM (SELECT column1 AS one, column2 AS day FROM (VALUES "+database.Typed(len(part), "TEXT", "BIGINT")+") AS given) AS came WHERE clients.bsn = came.one", values...)
	})
}

// addClients adds those clients who are not known yet, as changed.
func (t *Tx) addClients(ctx context.Context, clients []string) error {
	_, values := listOfTexts(clients)
	return t.db.Exec(ctx, "INSERT INTO clients (bsn, changed, undeclared) SELECT column1, 1, 1 FROM (VALUES "+database.Typed(len(clients), "TEXT")+") AS given WHERE 1 = 1 "+
		"ON CONFLICT (bsn) DO NOTHING", values...)
}

// AddStray notes that a record of a client names a referral that is not the client's own.
func (t *Tx) AddStray(ctx context.Context, number, bsn string) error {
	return t.db.Exec(ctx, "INSERT INTO strays (number, bsn) VALUES (?, ?) ON CONFLICT (number, bsn) DO NOTHING", number, bsn)
}

// markStrays marks the clients of whom a record names one of the referrals, whoever they are of.
func (t *Tx) markStrays(ctx context.Context, numbers []string) error {
	return database.EachPart(numbers, func(part []string) error {
		list, values := listOfTexts(part)
		return t.db.Exec(ctx, "UPDATE clients SET "+judgedWhole+" WHERE bsn IN (SELECT bsn FROM strays WHERE number IN ("+list+"))", values...)
	})
}

// onClient makes a condition on clients one on those under the name c.
func onClient(condition string) string { return strings.ReplaceAll(condition, "bsn ", "c.bsn ") }

// unrested returns the conditions on records, under the name r and with their client as c, that do not lie at rest, which
// are read one after the other: those that came in behind what lies at rest, and the undated ones before them.
func (r *ClientReader) unrested() []string {
	if r.whole {
		return []string{""}
	}
	const moving = " AND (c.rest_to = 0 OR r.care_date > c.rest_to OR r.care_date = 0)"
	return []string{" AND r.id >= " + r.from + moving, " AND " + undated + " AND r.id < " + r.from + moving}
}
