package proof

import (
	"context"
	"strings"
	"sync"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// client is a row of the table clients.
type client struct {
	bsn     string
	changed bool
	restTo  billing.Date
}

// reading holds what is needed to read a part.
type reading struct {
	ctx       context.Context
	view      *database.View
	tally     *database.Tally
	condition string
	values    []any
	found     *Found
	releases  []func() // return the slices that rows were read into
}

// end returns the slices for reuse; the rows must not be used any more.
func (of *reading) end() {
	for _, release := range of.releases {
		release()
	}
}

func (of *reading) clients() (clients []client, err error) {
	err = of.view.Each(of.ctx, "SELECT bsn, changed, rest_to FROM clients "+of.condition+" ORDER BY bsn", of.values, func(scan database.Scan) error {
		var c client
		var changed int64
		err := scan(&c.bsn, &changed, &c.restTo)
		c.changed = changed != 0
		clients = append(clients, c)
		return err
	})
	return clients, err
}

// tableOf reads the rows of a table as values of type T.
type tableOf[T any] struct {
	Table
	layout *layout
	fact   func(fields []string) T
	part   int        // index of the column that determines the part
	spare  *sync.Pool // slices for reuse
}

func newTable[T any](view *database.View, table Table, reader func(*layout) func([]string) T) tableOf[T] {
	l := newLayout(&table, view.DigestParts(table.Name, table.Columns))
	return tableOf[T]{table, l, reader(l), l.at[table.Part], &sync.Pool{}}
}

// rows returns an empty rowsOf, with a reused slice if there is one.
func (t *tableOf[T]) rows(of *reading) *rowsOf[T] {
	rows := &rowsOf[T]{of: t, counter: of.tally.Counter(t.Name)}
	if used, ok := t.spare.Get().(*[]T); ok {
		rows.facts = (*used)[:0]
	}
	return rows
}

// recycle makes a slice of rows that are no longer needed available for reuse.
func (t *tableOf[T]) recycle(facts []T) {
	clear(facts)
	t.spare.Put(&facts)
}

// read returns the rows of a part, counts them, and notes those that do not match their digest.
func (t *tableOf[T]) read(of *reading) ([]T, error) {
	row, whole, err := t.readTexts(of)
	if err == nil && !whole {
		row, err = t.readColumns(of)
	}
	if err != nil {
		return nil, err
	}
	of.found.counters = append(of.found.counters, row.counter)
	of.found.Changed[t.Name] = row.changed
	of.releases = append(of.releases, func() { t.recycle(row.facts) })
	return row.facts, nil
}

// rowsOf collects the rows of a table as they are read.
type rowsOf[T any] struct {
	of      *tableOf[T]
	facts   []T
	counter *database.Counter
	changed Changed
	hex     [2 * database.DigestBytes]byte
	room    []byte
}

func (r *rowsOf[T]) add(fields []string) {
	layout := r.of.layout
	digest := layout.hashed(fields, &r.hex, &r.room)
	r.counter.Add(number(fields[r.of.part]), digest)
	if at := layout.digest; at >= 0 && string(digest) != fields[at] {
		if r.changed.Rows++; r.changed.Rows <= changedNamed {
			r.changed.Where = append(r.changed.Where, layout.where(fields))
		}
	}
	r.facts = append(r.facts, r.of.fact(fields))
}

// readTexts reads each row as one text; whole is false if a column contains the separator.
func (t *tableOf[T]) readTexts(of *reading) (rows *rowsOf[T], whole bool, err error) {
	rows, whole = t.rows(of), true
	room := make([]string, 0, len(t.layout.at))
	var text string
	err = of.view.Each(of.ctx, "SELECT "+t.layout.text()+" FROM "+t.Name+" "+of.condition+" ORDER BY "+t.Key, of.values, func(scan database.Scan) error {
		if err := scan(&text); err != nil || !whole {
			return err
		}
		var fields []string
		if fields, whole = t.layout.split(text, room); whole {
			rows.add(fields)
		}
		return nil
	})
	return rows, whole, err
}

// readColumns reads each column separately.
func (t *tableOf[T]) readColumns(of *reading) (*rowsOf[T], error) {
	rows := t.rows(of)
	values, targets := make([]any, len(t.layout.columns)), make([]any, len(t.layout.columns))
	for i := range values {
		targets[i] = &values[i]
	}
	err := of.view.Each(of.ctx, "SELECT "+strings.Join(t.layout.columns, ", ")+" FROM "+t.Name+" "+of.condition+" ORDER BY "+t.Key, of.values, func(scan database.Scan) error {
		if err := scan(targets...); err != nil {
			return err
		}
		fields := make([]string, len(values))
		for i, value := range values {
			fields[i] = database.AsText(value)
		}
		rows.add(t.layout.unpack(fields))
		return nil
	})
	return rows, err
}
