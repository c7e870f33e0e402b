package ledger

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// bulk inserts many rows: by COPY on PostgreSQL, by statements of many rows on SQLite. Rows of one table are
// gathered and written in chunks; Flush writes the rest.
type bulk struct {
	tx      *Tx
	table   string
	columns []string
	parts   []digestPart // of the columns; nil for a table without digests
	values  []any
	rows    int
	most    int
}

func (t *Tx) bulk(table string, columns ...string) *bulk {
	most := 5000
	if !t.dialect.postgres {
		most = max(1, sqliteParameters/len(columns))
	}
	rows := &bulk{tx: t, table: table, columns: columns, most: most}
	if _, ok := digested[table]; ok {
		rows.parts = digestParts(table, columns)
		rows.columns = append(slices.Clone(columns), "digest")
	}
	return rows
}

// sqliteParameters is about how many values one statement gives to SQLite. Long statements do not pay: the
// driver looks for each value among all of them.
const sqliteParameters = 150

// add takes one row, in the order of the columns.
func (b *bulk) add(ctx context.Context, values ...any) error {
	if b.parts != nil && len(values) == len(b.columns)-1 {
		values = append(values, digest(b.parts, values))
	}
	if len(values) != len(b.columns) {
		return fmt.Errorf("%s has %d columns, not %d", b.table, len(b.columns), len(values))
	}
	b.values = append(b.values, values...)
	b.rows++
	if b.rows >= b.most {
		return b.flush(ctx)
	}
	return nil
}

func (b *bulk) flush(ctx context.Context) error {
	if b.rows == 0 {
		return nil
	}
	rows := b.rows
	values := b.values
	b.sum(rows, values)
	b.rows, b.values = 0, b.values[:0]
	if b.tx.dialect.postgres {
		return b.copyIn(ctx, rows, values)
	}
	// OR ROLLBACK: a row that is refused fails the whole transaction anyway, and else SQLite would keep the pages
	// of every statement apart until it is sure.
	one := "(" + strings.TrimSuffix(strings.Repeat("?,", len(b.columns)), ",") + ")"
	statement := "INSERT OR ROLLBACK INTO " + b.table + " (" + strings.Join(b.columns, ",") + ") VALUES " +
		strings.TrimSuffix(strings.Repeat(one+",", rows), ",")
	prepared, err := b.tx.prepared(ctx, statement)
	if err != nil {
		return err
	}
	_, err = prepared.ExecContext(ctx, values...)
	return err
}

// sum adds the rows that are written to their sum.
func (b *bulk) sum(rows int, values []any) {
	wanted, is := summed[b.table]
	if !is || b.tx.sums == nil {
		return
	}
	width, part := len(b.columns), slices.Index(b.columns, wanted.part)
	for row := range rows {
		of := values[row*width : (row+1)*width]
		if wanted.columns == nil {
			b.tx.sum(b.table, asNumber(of[part]), of[width-1])
		} else {
			b.tx.sum(b.table, asNumber(of[part]), of...)
		}
	}
}

// asNumber returns a value of an integer column.
func asNumber(value any) int64 {
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

func (b *bulk) copyIn(ctx context.Context, rows int, values []any) error {
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
	if _, err := statement.ExecContext(ctx); err != nil { // the empty call sends what is left
		statement.Close()
		return err
	}
	return statement.Close()
}
