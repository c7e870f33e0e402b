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

// reading is the reading of a part.
type reading struct {
	ctx       context.Context
	view      *database.View
	tally     *database.Tally
	condition string
	values    []any
	found     *Found
	used      []func() // give back what rows were read into
}

// end ends the reading: nobody needs its rows any more.
func (of *reading) end() {
	for _, use := range of.used {
		use()
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

// tableOf reads a table by what its rows say.
type tableOf[T any] struct {
	Table
	layout *layout
	fact   func(fields []string) T
	part   int        // where the column of the part stands
	room   *sync.Pool // of slices that a part which was proven does not need any more
}

func newTable[T any](view *database.View, table Table, reader func(*layout) func([]string) T) tableOf[T] {
	l := newLayout(&table, view.DigestParts(table.Name, table.Columns))
	return tableOf[T]{table, l, reader(l), l.at[table.Part], &sync.Pool{}}
}

// rows returns a place for rows.
func (t *tableOf[T]) rows(of *reading) *rowsOf[T] {
	rows := &rowsOf[T]{of: t, counter: of.tally.Counter(t.Name)}
	if used, ok := t.room.Get().(*[]T); ok {
		rows.facts = (*used)[:0]
	}
	return rows
}

// use gives back the room of rows that nobody needs any more.
func (t *tableOf[T]) use(facts []T) {
	clear(facts)
	t.room.Put(&facts)
}

// read returns what the rows of a part say, counts them, and notes those that are not what their digest says.
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
	of.used = append(of.used, func() { t.use(row.facts) })
	return row.facts, nil
}

// rowsOf are the rows of a table as they are read.
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

// readTexts reads each row as one text; whole is false when a column holds what stands between them.
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

// readColumns reads each column by itself.
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
