package ledger

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
	"github.com/pxq-nl/pxq/billing/ledger/proof"
)

// The rows of a client are stored in the order in which they came in, so all history precedes what is new. For each care
// date the number of its first row is stored, and no row of the date has a lower one; so records at rest need not even be
// skipped. That holds for rows that came in on their care date or later; the others are called undated.

// undated is the condition on records that count in no first row, written like its index.
const undated = "(r.care_date = 0 OR r.care_date > r.received)"

// firstRow is the prefix of the meta names under which first rows are stored, by care date; they sort by date.
const firstRow = "first_row/"

func firstRowOf(day billing.Date) string { return fmt.Sprintf(firstRow+"%06d", day) }

// firstRows collects the lowest numbers of rows that were written, by care date.
type firstRows struct {
	lowest proof.FirstRows
	found  map[billing.Date]int64 // those of lowest that are still to be stored
}

func newFirstRows() *firstRows {
	return &firstRows{make(proof.FirstRows), make(map[billing.Date]int64)}
}

// note adds a row.
func (f *firstRows) note(r *billing.Record) {
	if r.First > 0 && r.First <= r.Received && f.lowest.Note(r.First, r.ID) {
		f.found[r.First] = r.ID
	}
}

// keep stores what was added since the previous call.
func (f *firstRows) keep(ctx context.Context, tx *Tx) error {
	err := tx.keepFirstRows(ctx, f.found)
	clear(f.found)
	return err
}

// keepFirstRows stores the first rows that are lower than the stored ones.
func (t *Tx) keepFirstRows(ctx context.Context, found map[billing.Date]int64) error {
	return database.EachPart(slices.Sorted(maps.Keys(found)), func(part []billing.Date) error {
		var values []any
		for _, day := range part {
			values = append(values, firstRowOf(day), fmt.Sprint(found[day]))
		}
		return t.db.Exec(ctx, "INSERT INTO meta (name, value) SELECT column1, column2 FROM (VALUES "+database.Typed(len(part), "TEXT", "TEXT")+") AS given WHERE 1 = 1 "+
			"ON CONFLICT (name) DO UPDATE SET value = CASE WHEN CAST(meta.value AS BIGINT) <= CAST(excluded.value AS BIGINT) THEN meta.value ELSE excluded.value END", values...)
	})
}

// noteAllFirstRows stores the first rows of all records, in a store that did not have them yet.
func (t *Tx) noteAllFirstRows(ctx context.Context) error {
	found := make(map[billing.Date]int64)
	err := t.db.Each(ctx, "SELECT care_date, min(id) FROM records WHERE care_date > 0 AND care_date <= received GROUP BY care_date", nil, func(scan database.Scan) error {
		var day billing.Date
		var id int64
		err := scan(&day, &id)
		found[day] = id
		return err
	})
	if err != nil {
		return err
	}
	return t.keepFirstRows(ctx, found)
}

// eachFirstRow visits the stored first rows.
func (v *view) eachFirstRow(ctx context.Context, visit func(day billing.Date, id int64)) error {
	return v.db.Each(ctx, "SELECT CAST(substr(name, ?) AS BIGINT), CAST(value AS BIGINT) FROM meta WHERE name >= ? AND name < ?",
		[]any{len(firstRow) + 1, firstRow, strings.TrimSuffix(firstRow, "/") + "0"}, func(scan database.Scan) error {
			var day billing.Date
			var id int64
			err := scan(&day, &id)
			visit(day, id)
			return err
		})
}

// firstRowsBehind counts the dates whose stored first row is missing or is higher than lowest, the real one.
func (v *view) firstRowsBehind(ctx context.Context, lowest map[billing.Date]int64) (int, error) {
	kept := make(map[billing.Date]int64)
	err := v.eachFirstRow(ctx, func(day billing.Date, id int64) { kept[day] = id })
	behind := 0
	for day, id := range lowest {
		if first, known := kept[day]; !known || first > id {
			behind++
		}
	}
	return behind, err
}

// restBounds are SQL expressions on a column that holds the day up to which a client is at rest.
type restBounds struct {
	row   string // the number from which rows of later dates can occur, except undated ones; 0 for a client with nothing at rest
	month string // the month of that day; 0 if it is unknown
}

func (t *Tx) restBounds(ctx context.Context, column string) (restBounds, error) {
	lowest := make(map[billing.Period]int64) // by care month
	err := t.eachFirstRow(ctx, func(day billing.Date, id int64) {
		if first, known := lowest[day.Period()]; !known || id < first {
			lowest[day.Period()] = id
		}
	})
	if err != nil || len(lowest) == 0 {
		return restBounds{"0", "0"}, err
	}
	months := slices.Sorted(maps.Keys(lowest))
	var rows, names strings.Builder
	from := int64(math.MaxInt64)
	for month := months[len(months)-1]; month >= months[0]-1; month-- { // a client is at rest up to the last day of a month
		fmt.Fprintf(&rows, " WHEN %d THEN %d", month.Last(), from)
		fmt.Fprintf(&names, " WHEN %d THEN %d", month.Last(), month)
		if first, known := lowest[month]; known {
			from = min(from, first)
		}
	}
	of := func(cases string) string { return "CASE " + column + cases + " ELSE 0 END" }
	return restBounds{of(rows.String()), of(names.String())}, nil
}
