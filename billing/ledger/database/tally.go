package database

import (
	"context"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing/ledger/sums"
)

// Tally counts the rows that are there, to be held against the sums that were kept.
type Tally struct {
	schema *Schema
	closed []Close
	found  map[sumKey]sums.Sum
}

// NewTally returns a tally without rows.
func (t *Tx) NewTally(ctx context.Context) (*Tally, error) {
	closed, err := t.Closes(ctx)
	return &Tally{t.schema, closed, make(map[sumKey]sums.Sum)}, err
}

// Add counts a row: the value of its part, and what stands for it or its columns.
func (c *Tally) Add(name string, part int64, values ...any) {
	rows := c.schema.Summed[name]
	key := sumKey{name, rows.partOf(c.closed, part)}
	sum := c.found[key]
	sum.Add(name, rows.item(values))
	c.found[key] = sum
}

// Count counts the rows of the sums without a digest of their own.
func (t *Tx) Count(ctx context.Context, c *Tally) error {
	for _, name := range slices.Sorted(maps.Keys(c.schema.Summed)) {
		if rows := c.schema.Summed[name]; rows.Columns != nil {
			if err := t.countInto(ctx, c, name, rows.statement("")); err != nil {
				return err
			}
		}
	}
	return nil
}

// CountSince counts the rows written since the last close. Of sums by period (Itself) only the given part is counted; sums
// over all of history (NoPart) are left to whoever counts everything.
func (t *Tx) CountSince(ctx context.Context, c *Tally, part int64) error {
	var last Close
	if count := len(c.closed); count > 0 {
		last = c.closed[count-1]
	}
	for _, name := range slices.Sorted(maps.Keys(c.schema.Summed)) {
		rows, after, key := c.schema.Summed[name], []any{last.ID}, sumKey{name, last.ID}
		condition := rows.Part + " > ?"
		switch rows.By {
		case ByFile:
			after = []any{last.LastFile}
		case Itself:
			if condition = rows.Part + " = ?"; rows.Part == NoPart {
				continue // of all periods: for verify
			}
			after, key.part = []any{part}, part
		}
		c.found[key] = sums.Sum{} // also when nothing is there any more
		if err := t.countInto(ctx, c, name, rows.statement(condition), after...); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) countInto(ctx context.Context, c *Tally, name, statement string, values ...any) error {
	row := newFieldsOf(c.schema.Summed[name])
	return t.Each(ctx, statement, values, func(scan Scan) error {
		if err := scan(row.targets...); err != nil {
			return err
		}
		c.Add(name, row.part, row.values...)
		return nil
	})
}

// Difference is a sum with which the rows that are there do not agree.
type Difference struct {
	Name   string
	Period int32 // in which the rows were written; that after the last close for what is open; 0 for all of history
	Rows   int64 // more than there were; below 0 when rows are missing
}

// Differences holds what was counted against the sums: all of them, or with counted only
// those that were counted.
func (t *Tx) Differences(ctx context.Context, c *Tally, counted bool) ([]Difference, error) {
	kept := make(map[sumKey]sums.Sum)
	err := t.Each(ctx, "SELECT name, part, row_count, sum FROM sums", nil, func(scan Scan) error {
		var key sumKey
		var count int64
		var text string
		if err := scan(&key.name, &key.part, &count, &text); err != nil {
			return err
		}
		added, err := sums.Read(count, text)
		if err != nil {
			added = sums.Sum{Count: -1} // which no sum of rows is
		}
		sum := kept[key]
		sum.Merge(added)
		kept[key] = sum
		return nil
	})
	if err != nil {
		return nil, err
	}
	for key := range c.found {
		if _, ok := kept[key]; !ok {
			kept[key] = sums.Sum{} // what was counted and is in no sum
		}
	}
	var differences []Difference
	for _, key := range slices.SortedFunc(maps.Keys(kept), compareSumKeys) {
		found, sum := c.found[key], kept[key]
		if _, asked := c.found[key]; counted && !asked {
			continue
		}
		if found != sum {
			differences = append(differences, Difference{key.name, c.periodOf(key), found.Count - sum.Count})
		}
	}
	return differences, nil
}

// RowsDiffer holds how many rows there are against how many the sums have, of all of history: it reads no row.
func (t *Tx) RowsDiffer(ctx context.Context) ([]Difference, error) {
	var differences []Difference
	for _, name := range slices.Sorted(maps.Keys(t.schema.Summed)) {
		rows := t.schema.Summed[name]
		statement := "SELECT count(*) FROM " + rows.Table
		if rows.Where != "" {
			statement += " WHERE " + rows.Where
		}
		there, err := t.Number(ctx, statement)
		if err != nil {
			return nil, err
		}
		kept, err := t.Number(ctx, "SELECT coalesce(sum(row_count), 0) FROM sums WHERE name = ?", name)
		if err != nil {
			return nil, err
		}
		if there != kept {
			differences = append(differences, Difference{name, 0, there - kept})
		}
	}
	return differences, nil
}

// periodOf returns the period in which the rows of a sum were written; none of those of all periods.
func (c *Tally) periodOf(key sumKey) int32 {
	rows := c.schema.Summed[key.name]
	switch {
	case rows.Part == NoPart:
		return 0
	case rows.By == Itself:
		return int32(key.part)
	}
	for i := range c.closed {
		if c.closed[i].ID > key.part {
			return c.closed[i].Period
		}
	}
	if len(c.closed) == 0 {
		return 0
	}
	return c.closed[len(c.closed)-1].Period + 1
}
