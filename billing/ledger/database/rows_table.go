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

// SQLite takes many rows from a virtual table: it asks for one value after the other and keeps it. To bind them to a
// statement costs more than all the rest of the insert, because each binding is guarded, cleared and released by itself.

// rowsModule is the name of the virtual tables that SQLite reads rows from. Each is made with the number of its rows.
const rowsModule = "pxq_rows"

// offered are the rows that transactions of this process offer to SQLite, by the number in the name of the table.
var offered = struct {
	sync.Mutex
	register sync.Once
	last     int64
	rows     map[string]*offeredRows
}{rows: make(map[string]*offeredRows)}

// registerRows makes the module known to the driver. It must come before the first connection.
func registerRows(pool *sqlx.DB) (err error) {
	offered.register.Do(func() { err = vtab.RegisterModule(pool.DB, rowsModule, rowsTables{}) })
	return err
}

// offeredRows are rows for a table of the database, one behind the other.
type offeredRows struct {
	number  string
	columns string // their names
	width   int    // how many columns
	values  []any
	usual   []usualText // of each column
	made    bool        // the virtual table is there
}

// name is that of the virtual table.
func (o *offeredRows) name() string { return "temp." + rowsModule + "_" + o.number }

// offer returns what SQLite reads rows of these columns from, with the virtual table made.
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

// withdrawOffers removes the virtual tables of the transaction before it is kept; when it is not, they go with it.
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

// forgetOffers lets go of the rows of a transaction that ended.
func (t *Tx) forgetOffers() {
	offered.Lock()
	defer offered.Unlock()
	for _, rows := range t.offered {
		delete(offered.rows, rows.number)
	}
	t.offered = nil
}

// unmakeOffers notes that virtual tables may have gone with a part of the transaction that was undone.
func (t *Tx) unmakeOffers(ctx context.Context) error {
	for _, rows := range t.offered {
		if err := t.ExecOnce(ctx, "DROP TABLE IF EXISTS "+rows.name()); err != nil {
			return err
		}
		rows.made = false
	}
	return nil
}

// rowsTables are the virtual tables.
type rowsTables struct{}

// Create makes a table of the rows with the number that stands last.
func (rowsTables) Create(declares vtab.Context, words []string) (vtab.Table, error) {
	offered.Lock()
	rows := offered.rows[strings.TrimSpace(words[len(words)-1])]
	offered.Unlock()
	if rows == nil {
		return nil, fmt.Errorf("there are no rows %q", words)
	}
	return rows, declares.Declare("CREATE TABLE rows (" + rows.columns + ")")
}

// Connect is Create: such a table is made anew by whoever needs it.
func (m rowsTables) Connect(declares vtab.Context, words []string) (vtab.Table, error) {
	return m.Create(declares, words)
}

// BestIndex plans nothing: the rows are read from the first to the last.
func (*offeredRows) BestIndex(*vtab.IndexInfo) error { return nil }

// Open begins to read the rows.
func (o *offeredRows) Open() (vtab.Cursor, error) { return &offeredRow{of: o}, nil }

// Disconnect does nothing.
func (*offeredRows) Disconnect() error { return nil }

// Destroy does nothing.
func (*offeredRows) Destroy() error { return nil }

// offeredRow is the place of a reader in the rows.
type offeredRow struct {
	of    *offeredRows
	place int // of the first value of the row
}

// Filter goes back to the first row.
func (r *offeredRow) Filter(int, string, []vtab.Value) error {
	r.place = 0
	return nil
}

// Next goes to the next row.
func (r *offeredRow) Next() error {
	r.place += r.of.width
	return nil
}

// Eof reports whether there are no more rows.
func (r *offeredRow) Eof() bool { return r.place >= len(r.of.values) }

// Column returns a value of the row, as a driver is given it; nothing for the usual text of the column.
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
