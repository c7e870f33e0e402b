package database

import (
	"context"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing/ledger/sums"
)

// Tally counts the rows that are present, to check them against the stored sums.
type Tally struct {
	schema *Schema
	closed []Close
	found  map[sumKey]sums.Sum
}

// NewTally returns an empty tally.
func (t *Tx) NewTally(ctx context.Context) (*Tally, error) {
	closed, err := t.Closes(ctx)
	return &Tally{t.schema, closed, make(map[sumKey]sums.Sum)}, err
}

// Add counts a row: part is the value of its part column, values are its digest or else its summed columns.
func (c *Tally) Add(name string, part int64, values ...any) {
	rows := c.schema.Summed[name]
	key := sumKey{name, rows.partOf(c.closed, part)}
	sum := c.found[key]
	sum.Add(name, rows.item(values))
	c.found[key] = sum
}

// Counter counts rows of one table by their digests, concurrently with other counters; Tally.Take adds its result.
type Counter struct {
	name   string
	rows   Summed
	closed []Close
	found  map[int64]*sums.Sum
	part   int64 // of the last row; meaningless while sum is nil
	sum    *sums.Sum
	item   []byte
}

// Counter returns an empty counter for the named sum.
func (c *Tally) Counter(name string) *Counter {
	return &Counter{name: name, rows: c.schema.Summed[name], closed: c.closed, found: make(map[int64]*sums.Sum)}
}

// Add counts a row: value is that of its part column.
func (c *Counter) Add(value int64, digest []byte) {
	part := c.rows.partOf(c.closed, value)
	if c.sum == nil || part != c.part {
		if c.found[part] == nil {
			c.found[part] = &sums.Sum{}
		}
		c.part, c.sum = part, c.found[part]
	}
	c.item = c.sum.AddBytes(c.name, digest, c.item)
}

// Take adds the result of a counter.
func (c *Tally) Take(counter *Counter) {
	for part, sum := range counter.found {
		key := sumKey{counter.name, part}
		all := c.found[key]
		all.Merge(*sum)
		c.found[key] = all
	}
}

// Count counts the rows of all sums except those named in counted.
func (t *Tx) Count(ctx context.Context, c *Tally, counted []string) error {
	for _, name := range slices.Sorted(maps.Keys(c.schema.Summed)) {
		if rows := c.schema.Summed[name]; !slices.Contains(counted, name) {
			if err := t.countInto(ctx, c, name, rows.statement("")); err != nil {
				return err
			}
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

// Difference is a sum that the rows which are present do not match.
type Difference struct {
	Name   string
	Period int32 // in which the rows were written; the one after the last close if still open; 0 for all of history
	Rows   int64 // surplus rows; negative if rows are missing
}

// Differences compares what was counted with the stored sums.
func (t *Tx) Differences(ctx context.Context, c *Tally) ([]Difference, error) {
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
			added = sums.Sum{Count: -1} // matches no sum of rows
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
			kept[key] = sums.Sum{} // counted, but in no stored sum
		}
	}
	var differences []Difference
	for _, key := range slices.SortedFunc(maps.Keys(kept), compareSumKeys) {
		found, sum := c.found[key], kept[key]
		if found != sum {
			differences = append(differences, Difference{key.name, c.periodOf(key), found.Count - sum.Count})
		}
	}
	return differences, nil
}

// periodOf returns the period in which the rows of a sum were written; 0 for rows of all periods.
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
