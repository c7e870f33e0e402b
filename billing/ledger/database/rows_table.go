package database

import (
	"context"
	"database/sql/driver"
	"fmt"
	"strings"
	"sync"

	"github.com/jmoiron/sqlx"
	"modernc.org/sqlite/vtab"
)

// SQLite inserts many rows from a virtual table: it reads one value after another and stores it. Binding them to a
// statement costs more than all the rest of the insert, because each binding is guarded, cleared and released separately.

// rowsModule is the name of the virtual table module. Each table is created with the number of its rows in offered.
const rowsModule = "pxq_rows"

// offered holds the rows that transactions of this process offer to SQLite, by the number in the name of their table.
var offered = struct {
	sync.Mutex
	register sync.Once
	last     int64
	rows     map[string]*offeredRows
}{rows: make(map[string]*offeredRows)}

// registerRows registers the module with the driver. It must be called before the first connection is made.
func registerRows(pool *sqlx.DB) (err error) {
	offered.register.Do(func() { err = vtab.RegisterModule(pool.DB, rowsModule, rowsTables{}) })
	return err
}

// offeredRows are rows to be inserted into a table of the database.
type offeredRows struct {
	number  string
	columns string // names, comma-separated
	width   int    // number of columns
	values  []any
	usual   []usualText // of each column
	made    bool        // the virtual table exists
}

// name returns the name of the virtual table.
func (o *offeredRows) name() string { return "temp." + rowsModule + "_" + o.number }

// offer returns the offered rows for these columns, and creates their virtual table if needed.
func (t *Tx) offer(ctx context.Context, columns string, width int) (*offeredRows, error) {
	rows := t.offered[columns]
	if rows == nil {
		offered.Lock()
		offered.last++
		rows = &offeredRows{number: fmt.Sprint(offered.last), columns: columns, width: width}
		offered.rows[rows.number] = rows
		offered.Unlock()
		if t.offered == nil {
			t.offered = make(map[string]*offeredRows)
		}
		t.offered[columns] = rows
	}
	if rows.made {
		return rows, nil
	}
	rows.made = true
	return rows, t.ExecOnce(ctx, "CREATE VIRTUAL TABLE "+rows.name()+" USING "+rowsModule+"("+rows.number+")")
}

// withdrawOffers drops the virtual tables of the transaction before its commit; a rollback drops them by itself.
func (t *Tx) withdrawOffers(ctx context.Context) error {
	for _, rows := range t.offered {
		if rows.made {
			if err := t.ExecOnce(ctx, "DROP TABLE "+rows.name()); err != nil {
				return err
			}
		}
	}
	return nil
}

// forgetOffers releases the rows of a transaction that has ended.
func (t *Tx) forgetOffers() {
	offered.Lock()
	defer offered.Unlock()
	for _, rows := range t.offered {
		delete(offered.rows, rows.number)
	}
	t.offered = nil
}

// unmakeOffers drops the virtual tables that a rollback to the savepoint left, so that the next offer creates them again.
func (t *Tx) unmakeOffers(ctx context.Context) error {
	for _, rows := range t.offered {
		if err := t.ExecOnce(ctx, "DROP TABLE IF EXISTS "+rows.name()); err != nil {
			return err
		}
		rows.made = false
	}
	return nil
}

// rowsTables is the virtual table module.
type rowsTables struct{}

// Create returns the table for the rows whose number is the last word.
func (rowsTables) Create(declares vtab.Context, words []string) (vtab.Table, error) {
	offered.Lock()
	rows := offered.rows[strings.TrimSpace(words[len(words)-1])]
	offered.Unlock()
	if rows == nil {
		return nil, fmt.Errorf("there are no rows %q", words)
	}
	return rows, declares.Declare("CREATE TABLE rows (" + rows.columns + ")")
}

// Connect is the same as Create: the tables are temporary and hold no state.
func (m rowsTables) Connect(declares vtab.Context, words []string) (vtab.Table, error) {
	return m.Create(declares, words)
}

// BestIndex plans nothing: the rows are always read from first to last.
func (*offeredRows) BestIndex(*vtab.IndexInfo) error { return nil }

// Open returns a cursor at the first row.
func (o *offeredRows) Open() (vtab.Cursor, error) { return &offeredRow{of: o}, nil }

// Disconnect does nothing.
func (*offeredRows) Disconnect() error { return nil }

// Destroy does nothing.
func (*offeredRows) Destroy() error { return nil }

// offeredRow is a cursor over the rows.
type offeredRow struct {
	of    *offeredRows
	place int // index of the row's first value
}

// Filter moves to the first row.
func (r *offeredRow) Filter(int, string, []vtab.Value) error {
	r.place = 0
	return nil
}

// Next moves to the next row.
func (r *offeredRow) Next() error {
	r.place += r.of.width
	return nil
}

// Eof reports whether there are no more rows.
func (r *offeredRow) Eof() bool { return r.place >= len(r.of.values) }

// Column returns a value of the row as a driver value; nil for the usual text of the column.
func (r *offeredRow) Column(column int) (vtab.Value, error) {
	given := r.of.values[r.place+column]
	switch value := given.(type) {
	case string:
		if usual := &r.of.usual[column]; usual.is && value == usual.text {
			return nil, nil
		}
		return given, nil
	case int:
		return int64(value), nil
	case int32:
		return int64(value), nil
	case int64, []byte:
		return given, nil
	case nil:
		if r.of.usual[column].is {
			return nil, fmt.Errorf("a row has nothing in column %d, which would become its usual text", column)
		}
		return nil, nil
	default:
		return driver.DefaultParameterConverter.ConvertValue(value)
	}
}

// Rowid returns the number of the row.
func (r *offeredRow) Rowid() (int64, error) { return int64(r.place / r.of.width), nil }

// Close does nothing.
func (*offeredRow) Close() error { return nil }
