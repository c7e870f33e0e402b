package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// separator stands between the columns of a row that is read as one text, as it does in what a digest is made of: asking a
// driver for a column costs more than the column.
const separator = database.DigestSeparator

// layout is how a row of a table is read: first the columns that are in its digest in any case, so that the text begins
// with what is hashed; then the digest, what may change, and what a later schema added, where any of that is there.
type layout struct {
	table   string
	columns []string
	at      map[string]int // where a column stands
	fixed   int            // how many of the first are always in the digest
	late    int            // how many of the last are in it unless 0
	digest  int            // where it stands; -1 of a table whose rows carry none
}

func newLayout(table string, columns []string, parts []database.DigestPart, carries bool) *layout {
	l := &layout{table: table, at: make(map[string]int), digest: -1}
	of := func(part database.DigestPart) (found []string) {
		for i, column := range columns {
			if parts[i] == part {
				found = append(found, column)
			}
		}
		return found
	}
	late := of(database.InDigestUnlessZero)
	l.columns = of(database.InDigest)
	l.fixed, l.late = len(l.columns), len(late)
	if carries {
		l.digest = len(l.columns)
		l.columns = append(l.columns, "digest")
	}
	l.columns = slices.Concat(l.columns, of(database.NotInDigest), late)
	for i, column := range l.columns {
		l.at[column] = i
	}
	return l
}

// What stands last of a row with columns of a later schema: whether they stand before it or are all 0.
const (
	lateAreZero = "0"
	lateAreHere = "1"
)

// text is the expression of a row as one text. Columns of a later schema are numbers.
func (l *layout) text() string {
	first := len(l.columns) - l.late
	all := strings.Join(l.columns[:first], ", ")
	if late := l.columns[first:]; len(late) > 0 {
		all += ", CASE WHEN " + strings.Join(late, " = 0 AND ") + " = 0 THEN '" + lateAreZero + "' ELSE concat_ws('" + separator + "', " + strings.Join(late, ", ") + ", '" + lateAreHere + "') END"
	}
	return "concat_ws('" + separator + "', " + all + ")"
}

// split finds the columns of a text; ok is false when a column holds the separator, so that nobody can say where it ends.
func (l *layout) split(text string, fields []string) (found []string, ok bool) {
	fields = fields[:0]
	for {
		end := strings.IndexByte(text, separator[0])
		if end < 0 {
			break
		}
		fields = append(fields, text[:end])
		text = text[end+1:]
	}
	fields = append(fields, text)
	if l.late == 0 {
		return fields, len(fields) == len(l.columns)
	}
	last := len(fields) - 1
	if fields[last] == lateAreHere {
		return fields[:last], last == len(l.columns)
	}
	whole := last == len(l.columns)-l.late
	fields = fields[:last]
	for range l.late {
		fields = append(fields, "0")
	}
	return fields, whole
}

// hashed returns the digest of a row, in hexadecimal, in the place given for it. Text is all of the row.
func (l *layout) hashed(text string, fields []string, into *[2 * database.DigestBytes]byte, room *bytes.Buffer) []byte {
	length := 0
	for _, field := range fields[:l.fixed] {
		length += len(field) + len(separator)
	}
	room.Reset()
	room.WriteString(text[:min(length, len(text))])
	if length > len(text) { // nothing stands behind what is in the digest
		room.WriteString(separator)
	}
	for _, field := range fields[len(fields)-l.late:] {
		if field != "0" {
			room.WriteString(field)
			room.WriteString(separator)
		}
	}
	sum := sha256.Sum256(room.Bytes())
	hex.Encode(into[:], sum[:database.DigestBytes])
	return into[:]
}

// number reads a column that holds a whole number.
func number(field string) int64 {
	if len(field) == 1 { // most are
		return int64(field[0] - '0')
	}
	value, _ := strconv.ParseInt(field, 10, 64) // the type of the column sees to it
	return value
}

// where names a row by what people know it by, without a BSN.
func (l *layout) where(fields []string) string {
	return Where(l.columns[:l.fixed], func(column int) string { return fields[column] })
}

// Where names a row by what people know it by, without a BSN: some of its columns, by the text of each.
func Where(columns []string, text func(column int) string) string {
	var parts []string
	for i, column := range columns {
		switch column {
		case "id", "record_id", "provider", "reference", "number", "version", "period", "sequence", "row_number", "care_month", "first_run":
			parts = append(parts, column+" "+text(i))
		}
	}
	return strings.Join(parts, ", ")
}
