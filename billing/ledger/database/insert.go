package database

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing/ledger/sums"
)

// Bulk inserts many rows: by COPY on PostgreSQL, from a virtual table on SQLite. It collects rows of one table and writes
// them in chunks; Flush writes the rest.
type Bulk struct {
	tx      *Tx
	table   string
	columns []string
	parts   []DigestPart // of the columns; nil for a table without digests
	values  []any
	rows    int
	same    []int                // columns that have held the same value in all rows so far
	order   []int                // of the columns in the table, for SQLite; nil until it is needed
	spare   chan []any           // slices whose values have been written, for reuse
	inserts map[string]*sql.Stmt // prepared for deferred work, which must not touch the transaction's statements
}

// Bulk returns an inserter for rows of the table. Flush it before the transaction ends or the rows are read.
func (t *Tx) Bulk(table string, columns ...string) *Bulk {
	rows := &Bulk{tx: t, table: table, columns: columns, spare: make(chan []any, stepsAhead)}
	if _, ok := t.schema.Changing[table]; ok {
		rows.parts = t.DigestParts(table, columns)
		rows.columns = append(slices.Clone(columns), "digest")
	}
	return rows
}

// rowsPerInsert is the number of rows written at a time.
const rowsPerInsert = 2000

// Add adds one row, with its values in the order of the columns. For a table with digests the digest may be given last; if
// it is not, it is computed.
func (b *Bulk) Add(ctx context.Context, values ...any) error {
	undigested := b.parts != nil && len(values) == len(b.columns)-1
	if !undigested && len(values) != len(b.columns) {
		return fmt.Errorf("%s has %d columns, not %d", b.table, len(b.columns), len(values))
	}
	b.values = append(b.values, values...)
	if undigested {
		b.values = append(b.values, Digest(b.parts, values))
	}
	b.compare(b.values[len(b.values)-len(b.columns):])
	b.rows++
	if b.rows >= rowsPerInsert {
		return b.Flush(ctx)
	}
	return nil
}

// compare removes from same the columns in which the row differs from the first one.
func (b *Bulk) compare(row []any) {
	if b.rows > 0 {
		b.same = slices.DeleteFunc(b.same, func(column int) bool { return row[column] != b.values[column] })
		return
	}
	b.same = b.same[:0]
	for column, value := range row {
		switch value.(type) {
		case string, int64, int32, int:
			b.same = append(b.same, column)
		}
	}
}

// Flush writes the rows that are still collected.
func (b *Bulk) Flush(ctx context.Context) error {
	if b.rows == 0 {
		return nil
	}
	rows := b.rows
	values := b.values
	b.sum(rows, values)
	b.rows, b.values = 0, b.nextValues(rows)
	if b.tx.dialect.postgres {
		return b.tx.deferStep(ctx, func() error {
			defer b.recycle(values)
			return b.copyIn(ctx, rows, values)
		})
	}
	offered, err := b.tx.offer(ctx, strings.Join(b.columns, ", "), len(b.columns))
	if err != nil {
		return err
	}
	if b.order == nil {
		if err := b.findOrder(ctx); err != nil {
			return err
		}
	}
	statement, once, usual := b.insertFrom(offered, values)
	return b.tx.deferStep(ctx, func() error {
		defer b.recycle(values)
		offered.values, offered.usual = values, usual
		return b.insertOffered(ctx, statement, once)
	})
}

// findOrder finds the order of the columns in the table: in any other order SQLite copies each value once more.
func (b *Bulk) findOrder(ctx context.Context) error {
	var names []string
	if err := b.tx.List(ctx, &names, "SELECT name FROM pragma_table_info(?) ORDER BY cid", b.table); err != nil {
		return err
	}
	for _, name := range names {
		if column := slices.Index(b.columns, name); column >= 0 {
			b.order = append(b.order, column)
		}
	}
	if len(b.order) != len(b.columns) {
		return fmt.Errorf("%s has not all of the columns %s", b.table, strings.Join(b.columns, ", "))
	}
	return nil
}

// insertFrom returns the statement with which SQLite inserts the rows, the values bound to it once (those that a column
// holds in all rows, and usual texts), and the usual text of each column.
func (b *Bulk) insertFrom(offered *offeredRows, values []any) (statement string, once []any, usual []usualText) {
	usual = make([]usualText, len(b.columns))
	give := func(value any) string {
		switch value {
		case 0, int32(0), int64(0):
			return "0"
		case "":
			return "''"
		}
		once = append(once, value)
		return "?"
	}
	var names, taken []string
	for _, column := range b.order {
		name := b.columns[column]
		names = append(names, name)
		if slices.Contains(b.same, column) {
			name = give(values[column])
		} else if usual[column] = findUsual(values, column, len(b.columns)); usual[column].is {
			name = "coalesce(" + name + ", " + give(usual[column].text) + ")"
		}
		taken = append(taken, name)
	}
	// OR ROLLBACK: a refused row fails the whole transaction anyway, and without it SQLite would journal the changed pages
	// of each statement separately.
	return "INSERT OR ROLLBACK INTO " + b.table + " (" + strings.Join(names, ", ") + ") SELECT " + strings.Join(taken, ", ") + " FROM " + offered.name(), once, usual
}

// usualText is the text that a column holds in most rows, if there is one. NULL is passed in its place, because passing a
// text costs more than everything else that is done with it.
type usualText struct {
	text string
	is   bool
}

// findUsual returns the usual text of a column, judging by a sample of the rows.
func findUsual(values []any, column, width int) (usual usualText) {
	const looks = 16
	step := len(values) / width / looks * width
	if step == 0 {
		return usualText{}
	}
	votes, found := 0, 0
	for i := range looks { // majority vote: what remains after cancelling pairs of different texts
		value, isText := values[i*step+column].(string)
		switch {
		case !isText:
			return usualText{}
		case votes == 0:
			usual.text, votes = value, 1
		case value == usual.text:
			votes++
		default:
			votes--
		}
	}
	for i := range looks {
		if values[i*step+column] == usual.text {
			found++
		}
	}
	usual.is = found > looks/2
	return usual
}

// insertOffered executes the statement, which inserts the offered rows.
func (b *Bulk) insertOffered(ctx context.Context, statement string, once []any) error {
	insert := b.inserts[statement]
	if insert == nil {
		var err error
		if insert, err = b.tx.tx.PrepareContext(ctx, statement); err != nil {
			return err
		}
		if b.inserts == nil {
			b.inserts = make(map[string]*sql.Stmt)
		}
		b.inserts[statement] = insert
	}
	_, err := insert.ExecContext(ctx, once...)
	return err
}

// nextValues returns a slice for the values of the next rows while earlier ones are being written: a recycled one, or one with
// room for that many rows.
func (b *Bulk) nextValues(rows int) []any {
	select {
	case used := <-b.spare:
		return used
	default:
		return make([]any, 0, rows*len(b.columns))
	}
}

// recycle makes the slice of written values available to nextValues.
func (b *Bulk) recycle(values []any) {
	clear(values)
	select {
	case b.spare <- values[:0]:
	default:
	}
}

// sum adds the rows to their sum.
func (b *Bulk) sum(rows int, values []any) {
	wanted, is := b.tx.schema.Summed[b.table]
	if !is || b.tx.sums == nil {
		return
	}
	width, column := len(b.columns), slices.Index(b.columns, wanted.Part)
	var sum sums.Sum
	part := wanted.partOf(b.tx.sums.closed, AsNumber(values[column]))
	for row := range rows {
		of := values[row*width : (row+1)*width]
		if its := wanted.partOf(b.tx.sums.closed, AsNumber(of[column])); its != part {
			b.tx.sums.add(sumKey{b.table, part}, sum)
			part, sum = its, sums.Sum{}
		}
		if wanted.Columns == nil {
			of = of[width-1:]
		}
		sum.Add(b.table, wanted.item(of))
	}
	b.tx.sums.add(sumKey{b.table, part}, sum)
}

// AsNumber returns the value of an integer column; 0 for another type.
func AsNumber(value any) int64 {
	switch number := value.(type) {
	case int64:
		return number
	case int:
		return int64(number)
	case int32:
		return int64(number)
	}
	return 0
}

// copyIn writes the rows to PostgreSQL by COPY.
func (b *Bulk) copyIn(ctx context.Context, rows int, values []any) error {
	statement, err := b.tx.tx.PrepareContext(ctx, "COPY "+b.table+" ("+strings.Join(b.columns, ", ")+") FROM STDIN")
	if err != nil {
		return err
	}
	width := len(b.columns)
	for row := range rows {
		if _, err := statement.ExecContext(ctx, values[row*width:(row+1)*width]...); err != nil {
			statement.Close()
			return err
		}
	}
	if _, err := statement.ExecContext(ctx); err != nil { // the empty call sends what is buffered
		statement.Close()
		return err
	}
	return statement.Close()
}
