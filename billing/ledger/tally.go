package ledger

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"slices"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/sums"
)

// Tally counts the rows that are there, to be held against the sums that were kept.
type Tally struct {
	closed []Run
	found  map[sumKey]sums.Sum
}

// NewTally returns a tally without rows.
func (t *Tx) NewTally(ctx context.Context) (*Tally, error) {
	closed, err := t.closesInShort(ctx)
	return &Tally{closed, make(map[sumKey]sums.Sum)}, err
}

func (c *Tally) add(name string, part int64, values ...any) {
	rows := summed[name]
	key := sumKey{name, rows.partOf(c.closed, part)}
	sum := c.found[key]
	sum.Add(name, rows.item(values))
	c.found[key] = sum
}

// Count counts the rows of the sums for which Tampered does not: those without a digest of their own.
func (t *Tx) Count(ctx context.Context, c *Tally) error {
	for _, name := range slices.Sorted(maps.Keys(summed)) {
		if rows := summed[name]; rows.columns != nil {
			if err := t.countInto(ctx, c, name, rows.statement("")); err != nil {
				return err
			}
		}
	}
	return nil
}

// CountSince counts what was written since the last close, by the digests that rows carry, and the signals of a period.
func (t *Tx) CountSince(ctx context.Context, c *Tally, period billing.Period) error {
	var last Run
	if count := len(c.closed); count > 0 {
		last = c.closed[count-1]
	}
	for _, name := range slices.Sorted(maps.Keys(summed)) {
		rows, after, key := summed[name], []any{last.ID}, sumKey{name, last.ID}
		condition := rows.part + " > ?"
		switch rows.by {
		case byFile:
			after = []any{last.LastFile}
		case itself:
			if condition = rows.part + " = ?"; rows.part == "0" {
				continue // of all periods: for verify
			}
			after, key.part = []any{int32(period)}, int64(period)
		}
		c.found[key] = sums.Sum{} // also when nothing is there any more
		if err := t.countInto(ctx, c, name, rows.statement(condition), after...); err != nil {
			return err
		}
	}
	return nil
}

func (t *Tx) countInto(ctx context.Context, c *Tally, name, statement string, values ...any) error {
	row := newFieldsOf(summed[name])
	return t.each(ctx, statement, values, func(scan scanner) error {
		if err := scan(row.targets...); err != nil {
			return err
		}
		c.add(name, row.part, row.values...)
		return nil
	})
}

// Difference is a sum with which the rows that are there do not agree.
type Difference struct {
	Name   string
	Period billing.Period // in which the rows were written; that after the last close for what is open
	Rows   int64          // more than there were; below 0 when rows are missing
}

// Differences holds what was counted against the sums: all of them, or with counted only
// those that were counted.
func (t *Tx) Differences(ctx context.Context, c *Tally, counted bool) ([]Difference, error) {
	kept := make(map[sumKey]sums.Sum)
	err := t.each(ctx, "SELECT name, part, row_count, sum FROM sums", nil, func(scan scanner) error {
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

// periodOf returns the period in which the rows of a sum were written; none of those of all periods.
func (c *Tally) periodOf(key sumKey) billing.Period {
	rows := summed[key.name]
	switch {
	case rows.part == "0":
		return 0
	case rows.by == itself:
		return billing.Period(key.part)
	}
	for i := range c.closed {
		if c.closed[i].ID > key.part {
			return c.closed[i].Month()
		}
	}
	if len(c.closed) == 0 {
		return 0
	}
	return c.closed[len(c.closed)-1].Month().Add(1)
}

// ProveSeals recomputes the seals of the closed periods, the oldest first, and returns the periods of which the seal does
// not agree.
func (t *Tx) ProveSeals(ctx context.Context, closed []Run) ([]billing.Period, error) {
	var broken []billing.Period
	epoch := int64(0)
	for _, run := range closed {
		if run.Seal != "" {
			seal, err := t.sealOf(ctx, epoch)
			if err != nil {
				return nil, err
			}
			if seal != run.Seal {
				broken = append(broken, run.Month())
			}
		}
		epoch = run.ID
	}
	return broken, nil
}

// FakedReports returns the names of the kept workbooks, answers to messages and messages of which the bytes are not those
// of their hash.
func (v *view) FakedReports(ctx context.Context) ([]string, error) {
	var faked []string
	for _, statement := range []string{
		"SELECT name, sha256, content FROM reports WHERE content IS NOT NULL ORDER BY period, name",
		"SELECT f.name, f.sha256, m.content FROM messages m JOIN files f ON f.id = m.file_id ORDER BY f.id",
	} {
		var name, hash string
		var content []byte
		err := v.each(ctx, statement, nil, func(scan scanner) error {
			if err := scan(&name, &hash, &content); err != nil {
				return err
			}
			if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != hash {
				faked = append(faked, name)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return faked, nil
}
