package database

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql/driver"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing/ledger/sums"
)

// fields returns the columns that are read to sum a row: the column of its part first.
func (r Summed) fields() string {
	if r.Columns == nil {
		return r.Part + ", digest"
	}
	return r.Part + ", " + strings.Join(r.Columns, ", ")
}

// item returns the text that represents a row, from its fields after the part.
func (r Summed) item(values []any) string {
	if r.Columns == nil {
		return AsText(values[0])
	}
	parts, plain := make([]DigestPart, len(values)), make([]any, len(values))
	for i, value := range values {
		parts[i] = InDigest
		if plain[i] = value; value != nil {
			if as, err := driver.DefaultParameterConverter.ConvertValue(value); err == nil {
				plain[i] = as // as the database returns it
			}
		}
	}
	return Digest(parts, plain)
}

// sumKey identifies a sum.
type sumKey struct {
	name string
	part int64
}

// summing collects what a transaction adds to the sums.
type summing struct {
	closed []Close
	added  map[sumKey]sums.Sum
}

// startSumming makes the transaction keep the sums up to date.
func (t *Tx) startSumming(ctx context.Context) error {
	closed, err := t.Closes(ctx)
	t.sums = &summing{closed, make(map[sumKey]sums.Sum)}
	return err
}

// add adds more to the sum that is collected under key.
func (s *summing) add(key sumKey, more sums.Sum) {
	sum := s.added[key]
	sum.Merge(more)
	s.added[key] = sum
}

// Closes returns the closes, oldest first.
func (v *View) Closes(ctx context.Context) ([]Close, error) {
	var closed []Close
	err := v.List(ctx, &closed, v.schema.Closes)
	return closed, err
}

// epochOf returns the number of the last close; 0 before the first.
func epochOf(closed []Close) int64 {
	if len(closed) == 0 {
		return 0
	}
	return closed[len(closed)-1].ID
}

// partOf returns the part of a row that has the value in its part column.
func (r Summed) partOf(closed []Close, value int64) int64 {
	if r.By == Itself {
		return value
	}
	for _, before := range slices.Backward(closed) {
		if r.By == ByFile && before.LastFile < value || r.By == ByRun && before.ID < value {
			return before.ID
		}
	}
	return 0
}

// Sum adds a row that was written to its sum: part is the value of its part column, values are its digest or else its
// summed columns.
func (t *Tx) Sum(name string, part int64, values ...any) { t.count(name, 1, part, values) }

func (t *Tx) count(name string, times int, part int64, values []any) {
	if t.sums == nil {
		return
	}
	rows := t.schema.Summed[name]
	key := sumKey{name, rows.partOf(t.sums.closed, part)}
	sum := t.sums.added[key]
	if times > 0 {
		sum.Add(name, rows.item(values))
	} else {
		sum.Remove(name, rows.item(values))
	}
	t.sums.added[key] = sum
}

// countRows adds the rows that the statement returns, by their fields, to a sum, or subtracts them if times is negative.
func (t *Tx) countRows(ctx context.Context, name string, times int, statement string, values ...any) error {
	if err := t.beginPart(ctx); err != nil {
		return err
	}
	if err := t.later.settle(); err != nil {
		return err
	}
	prepared, err := t.prepared(ctx, statement)
	if err != nil {
		return err
	}
	found, err := prepared.QueryContext(ctx, values...)
	if err != nil {
		return err
	}
	defer found.Close()
	row := newFieldsOf(t.schema.Summed[name])
	for found.Next() {
		if err := found.Scan(row.targets...); err != nil {
			return err
		}
		t.count(name, times, row.part, row.values)
	}
	return found.Err()
}

// fieldsOf holds the fields of a row, with the targets to scan them into.
type fieldsOf struct {
	part    int64
	values  []any
	targets []any
}

func newFieldsOf(rows Summed) *fieldsOf {
	row := &fieldsOf{values: make([]any, max(1, len(rows.Columns)))}
	row.targets = []any{&row.part}
	for i := range row.values {
		row.targets = append(row.targets, &row.values[i])
	}
	return row
}

// Remove deletes rows and subtracts them from their sum.
func (t *Tx) Remove(ctx context.Context, name, where string, values ...any) error {
	rows := t.schema.Summed[name]
	return t.countRows(ctx, name, -1, "DELETE FROM "+rows.Table+" WHERE "+where+" RETURNING "+rows.fields(), values...)
}

// Update updates rows and their sum; set may change summed columns.
func (t *Tx) Update(ctx context.Context, name, set string, values []any, where string, chosen ...any) error {
	rows := t.schema.Summed[name]
	if err := t.countRows(ctx, name, -1, "SELECT "+rows.fields()+" FROM "+rows.Table+" WHERE "+where, chosen...); err != nil {
		return err
	}
	return t.countRows(ctx, name, 1, "UPDATE "+rows.Table+" SET "+set+" WHERE "+where+" RETURNING "+rows.fields(), append(slices.Clone(values), chosen...)...)
}

// Insert runs a statement that inserts rows, and adds the rows that it really inserted to their sum.
func (t *Tx) Insert(ctx context.Context, name, statement string, values ...any) error {
	return t.countRows(ctx, name, 1, statement+" RETURNING "+t.schema.Summed[name].fields(), values...)
}

// TakeOff subtracts the rows that match the condition from their sum, because they are about to be rewritten.
func (t *Tx) TakeOff(ctx context.Context, name, condition string, values ...any) error {
	return t.countRows(ctx, name, -1, t.schema.Summed[name].statement(condition), values...)
}

// keepSums stores what the transaction added to the sums.
func (t *Tx) keepSums(ctx context.Context) error {
	if t.sums == nil {
		return nil
	}
	epoch := epochOf(t.sums.closed)
	for _, key := range slices.SortedFunc(maps.Keys(t.sums.added), compareSumKeys) {
		added := t.sums.added[key]
		if added.IsZero() {
			continue
		}
		var kept struct {
			Count int64  `db:"row_count"`
			Sum   string `db:"sum"`
		}
		found, err := Found(t.Get(ctx, &kept, "SELECT row_count, sum FROM sums WHERE name = ? AND part = ? AND epoch = ?", key.name, key.part, epoch))
		if err != nil {
			return err
		}
		if found {
			before, err := sums.Read(kept.Count, kept.Sum)
			if err != nil {
				return err
			}
			added.Merge(before)
		}
		if err := t.Exec(ctx, "INSERT INTO sums (name, part, epoch, row_count, sum) VALUES (?,?,?,?,?) ON CONFLICT (name, part, epoch) "+
			"DO UPDATE SET row_count = excluded.row_count, sum = excluded.sum", key.name, key.part, epoch, added.Count, added.Hex()); err != nil {
			return err
		}
	}
	clear(t.sums.added)
	return nil
}

func compareSumKeys(a, b sumKey) int {
	return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.part, b.part))
}

// Seal ends an epoch with a close: it stores the sums, and returns a hash of everything added since the previous close.
// What the transaction writes from here on belongs to the epoch of the new close.
func (t *Tx) Seal(ctx context.Context, ends Close) (string, error) {
	if t.sums == nil {
		return "", fmt.Errorf("a close without sums")
	}
	if err := t.keepSums(ctx); err != nil {
		return "", err
	}
	epoch := epochOf(t.sums.closed)
	t.sums.closed = append(t.sums.closed, ends)
	return t.SealOf(ctx, epoch)
}

// SealOf returns the hash of what an epoch added to the sums: SHA-256 over one line per sum, its name, part, count and sum
// joined by vertical bars.
func (v *View) SealOf(ctx context.Context, epoch int64) (string, error) {
	text := sha256.New()
	err := v.Each(ctx, "SELECT name, part, row_count, sum FROM sums WHERE epoch = ? ORDER BY name, part", []any{epoch}, func(scan Scan) error {
		var name, sum string
		var part, count int64
		err := scan(&name, &part, &count, &sum)
		fmt.Fprintf(text, "%s|%d|%d|%s\n", name, part, count, sum)
		return err
	})
	return hex.EncodeToString(text.Sum(nil)), err
}

// sumEverything stores the sums of the rows that existed before sums were kept.
func (t *Tx) sumEverything(ctx context.Context) error {
	if err := t.startSumming(ctx); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(t.schema.Summed)) {
		if t.schema.Summed[name].Later {
			continue
		}
		if err := t.countRows(ctx, name, 1, t.schema.Summed[name].statement("")); err != nil {
			return err
		}
	}
	return t.keepSums(ctx)
}

// statement returns a SELECT of the fields of the rows that match the condition; "" matches all.
func (r Summed) statement(condition string) string {
	conditions := slices.DeleteFunc([]string{r.Where, condition}, func(text string) bool { return text == "" })
	text := "SELECT " + r.fields() + " FROM " + r.Table
	if len(conditions) > 0 {
		text += " WHERE " + strings.Join(conditions, " AND ")
	}
	return text
}
