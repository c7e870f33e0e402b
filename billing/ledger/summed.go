package ledger

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

// summedRows are rows that are summed: what of them, and to which part they belong.
type summedRows struct {
	table   string
	where   string   // which rows of the table; "" for all
	columns []string // that are summed; nil where the digest of a row stands for it
	by      partBy
	part    string // the column by which the part is known
	later   bool   // the table came after the sums, so that it had no rows before them
}

// partBy says what the column of a part holds.
type partBy uint8

const (
	byFile partBy = iota // the number of a file: the part is the close before it
	byRun                // the number of a run: the same
	itself               // the part
)

// summed are the rows that are summed, by the name of their sum. Columns that may change later and follow from others are
// not in it: Contradictions holds them against those.
var summed = map[string]summedRows{
	"files":     {table: "files", by: byFile, part: "id"},
	"records":   {table: "records", by: byFile, part: "file_id"},
	"referrals": {table: "referrals", by: byFile, part: "file_id"},
	"decisions": {table: "decisions", by: byFile, part: "file_id"},
	"outcomes":  {table: "outcomes", by: byRun, part: "first_run"},
	"lines":     {table: "lines", by: byRun, part: "first_run"},
	"again":     {table: "again", by: byFile, part: "file_id", columns: againColumns},
	"left_out":  {table: "left_out", by: byFile, part: "file_id", columns: leftOutColumns},
	"messages":  {table: "messages", by: byFile, part: "file_id", columns: messageTable},
	"answers":   {table: "messages", where: "answered_by > 0", by: byFile, part: "file_id", columns: []string{"file_id", "answer"}},
	"prestaties": {table: "prestaties", by: byFile, part: "file_id",
		columns: append([]string{"bsn", "record_id", "file_id"}, prestatieColumns...)},
	"runs":        {table: "runs", by: byRun, part: "id", columns: strings.Fields("id period as_of inputs book program last_file")},
	"signals":     {table: "signals", by: itself, part: "period", columns: signalColumns},
	"reports":     {table: "reports", by: itself, part: "period", columns: []string{"period", "name", "sha256", "CASE WHEN content IS NULL THEN 0 ELSE 1 END"}},
	"summaries":   {table: "summaries", by: byRun, part: "run", columns: []string{"run", "body"}, later: true},
	"declared_on": {table: "declared_on", by: itself, part: "0", columns: declaredOnColumns},
	"books":       {table: "meta", where: "name LIKE 'book/%'", by: itself, part: "0", columns: []string{"name", "value"}},
}

// fields are the columns by which a row is summed: that of its part first.
func (r summedRows) fields() string {
	if r.columns == nil {
		return r.part + ", digest"
	}
	return r.part + ", " + strings.Join(r.columns, ", ")
}

// item returns the text that stands for a row, of its fields behind the part.
func (r summedRows) item(values []any) string {
	if r.columns == nil {
		return asText(values[0])
	}
	parts, plain := make([]digestPart, len(values)), make([]any, len(values))
	for i, value := range values {
		parts[i] = inDigest
		if plain[i] = value; value != nil {
			if as, err := driver.DefaultParameterConverter.ConvertValue(value); err == nil {
				plain[i] = as // as the database gives it back
			}
		}
	}
	return digest(parts, plain)
}

// sumKey names a sum.
type sumKey struct {
	name string
	part int64
}

// summing is what a transaction added to the sums.
type summing struct {
	closed []Run
	added  map[sumKey]sums.Sum
}

// startSumming makes the transaction keep the sums.
func (t *Tx) startSumming(ctx context.Context) error {
	closed, err := t.closesInShort(ctx)
	t.sums = &summing{closed, make(map[sumKey]sums.Sum)}
	return err
}

// closesInShort returns number, period and last file of the closed runs, the oldest first.
func (v *view) closesInShort(ctx context.Context) ([]Run, error) {
	var closed []Run
	err := v.list(ctx, &closed, "SELECT id, period, last_file FROM runs WHERE closed_on > 0 ORDER BY id")
	return closed, err
}

// epochOf returns the number of the last close; 0 before the first.
func epochOf(closed []Run) int64 {
	if len(closed) == 0 {
		return 0
	}
	return closed[len(closed)-1].ID
}

// partOf returns the part of a row with that value in the column of its part.
func (r summedRows) partOf(closed []Run, value int64) int64 {
	if r.by == itself {
		return value
	}
	for _, run := range slices.Backward(closed) {
		if r.by == byFile && run.LastFile < value || r.by == byRun && run.ID < value {
			return run.ID
		}
	}
	return 0
}

// sum adds a row that was written to its sum: the value of its part, and what stands for it or its columns.
func (t *Tx) sum(name string, part int64, values ...any) { t.count(name, 1, part, values) }

func (t *Tx) count(name string, times int, part int64, values []any) {
	if t.sums == nil {
		return
	}
	rows := summed[name]
	key := sumKey{name, rows.partOf(t.sums.closed, part)}
	sum := t.sums.added[key]
	if times > 0 {
		sum.Add(name, rows.item(values))
	} else {
		sum.Remove(name, rows.item(values))
	}
	t.sums.added[key] = sum
}

// countRows adds to a sum, or takes off it, the rows that a statement gives by their fields.
func (t *Tx) countRows(ctx context.Context, name string, times int, statement string, values ...any) error {
	prepared, err := t.prepared(ctx, statement)
	if err != nil {
		return err
	}
	found, err := prepared.QueryContext(ctx, values...)
	if err != nil {
		return err
	}
	defer found.Close()
	row := newFieldsOf(summed[name])
	for found.Next() {
		if err := found.Scan(row.targets...); err != nil {
			return err
		}
		t.count(name, times, row.part, row.values)
	}
	return found.Err()
}

// fieldsOf is a place for the fields of a row.
type fieldsOf struct {
	part    int64
	values  []any
	targets []any
}

func newFieldsOf(rows summedRows) *fieldsOf {
	row := &fieldsOf{values: make([]any, max(1, len(rows.columns)))}
	row.targets = []any{&row.part}
	for i := range row.values {
		row.targets = append(row.targets, &row.values[i])
	}
	return row
}

// remove deletes rows and takes them off their sum.
func (t *Tx) remove(ctx context.Context, name, where string, values ...any) error {
	return t.countRows(ctx, name, -1, "DELETE FROM "+summed[name].table+" WHERE "+where+" RETURNING "+summed[name].fields(), values...)
}

// update changes rows of which a summed column changes.
func (t *Tx) update(ctx context.Context, name, set string, values []any, where string, chosen ...any) error {
	rows := summed[name]
	if err := t.countRows(ctx, name, -1, "SELECT "+rows.fields()+" FROM "+rows.table+" WHERE "+where, chosen...); err != nil {
		return err
	}
	return t.countRows(ctx, name, 1, "UPDATE "+rows.table+" SET "+set+" WHERE "+where+" RETURNING "+rows.fields(), append(slices.Clone(values), chosen...)...)
}

// keepSums writes what the transaction added to the sums.
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
		found, err := none(t.get(ctx, &kept, "SELECT row_count, sum FROM sums WHERE name = ? AND part = ? AND epoch = ?", key.name, key.part, epoch))
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
		if err := t.exec(ctx, "INSERT INTO sums (name, part, epoch, row_count, sum) VALUES (?,?,?,?,?) ON CONFLICT (name, part, epoch) "+
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

// seal ends an epoch: it keeps the sums, and returns a hash of all that
// was added since the close before. What the transaction writes from here on belongs to the epoch of the run.
func (t *Tx) seal(ctx context.Context, run Run) (string, error) {
	if t.sums == nil {
		return "", fmt.Errorf("a close without sums")
	}
	if err := t.keepSums(ctx); err != nil {
		return "", err
	}
	epoch := epochOf(t.sums.closed)
	t.sums.closed = append(t.sums.closed, run)
	return t.sealOf(ctx, epoch)
}

// sealOf returns the hash of what an epoch added to the sums: SHA-256 over a line for each, name, part, count and sum
// joined by a vertical bar.
func (v *view) sealOf(ctx context.Context, epoch int64) (string, error) {
	text := sha256.New()
	err := v.each(ctx, "SELECT name, part, row_count, sum FROM sums WHERE epoch = ? ORDER BY name, part", []any{epoch}, func(scan scanner) error {
		var name, sum string
		var part, count int64
		err := scan(&name, &part, &count, &sum)
		fmt.Fprintf(text, "%s|%d|%d|%s\n", name, part, count, sum)
		return err
	})
	return hex.EncodeToString(text.Sum(nil)), err
}

// sumEverything keeps what the rows come to that were there before sums were kept.
func sumEverything(ctx context.Context, tx *Tx) error {
	if err := tx.startSumming(ctx); err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(summed)) {
		if summed[name].later {
			continue
		}
		if err := tx.countRows(ctx, name, 1, summed[name].statement("")); err != nil {
			return err
		}
	}
	return tx.keepSums(ctx)
}

// statement reads the fields of the rows that a condition chooses; "" for all.
func (r summedRows) statement(condition string) string {
	conditions := slices.DeleteFunc([]string{r.where, condition}, func(text string) bool { return text == "" })
	text := "SELECT " + r.fields() + " FROM " + r.table
	if len(conditions) > 0 {
		text += " WHERE " + strings.Join(conditions, " AND ")
	}
	return text
}
