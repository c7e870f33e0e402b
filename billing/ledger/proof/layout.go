package proof

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing/ledger/database"
)

// separator separates the columns of a row that is read as one text, as it does in the text of a digest. Scanning a column
// costs more than the column itself.
const separator = database.DigestSeparator

// layout describes how a row of a table is read: its columns joined into one text, the packed column last, followed by the
// columns that the packed one holds.
type layout struct {
	table   string
	columns []string       // of the table
	at      map[string]int // index of each column, packed ones included
	names   []string       // of the columns that are always in the digest
	fixed   []int          // their indexes
	late    []int          // indexes of the numbers that are in it unless 0
	digest  int            // index of the digest column; -1 for a table without one
	packed  *Packed        // nil for none
}

// Packed describes columns that are stored as one text in another column.
type Packed struct {
	Column  string
	Columns []string
	Split   func(text string, into []string) (fields []string, whole bool) // appends a field for each of Columns, whatever the text
}

func newLayout(of *Table, parts []database.DigestPart) *layout {
	l := &layout{table: of.Name, at: make(map[string]int), digest: -1, packed: of.Packed}
	packed := &Packed{}
	if of.Packed != nil {
		packed = of.Packed
	}
	for _, column := range of.Columns {
		if !slices.Contains(packed.Columns, column) {
			l.columns = append(l.columns, column)
		}
	}
	if of.Digests {
		l.digest = len(l.columns)
		l.columns = append(l.columns, "digest")
	}
	if of.Packed != nil {
		l.columns = append(l.columns, packed.Column)
	}
	for i, column := range slices.Concat(l.columns, packed.Columns) {
		l.at[column] = i
	}
	for i, column := range of.Columns {
		switch parts[i] {
		case database.InDigest:
			l.names, l.fixed = append(l.names, column), append(l.fixed, l.at[column])
		case database.InDigestUnlessZero:
			l.late = append(l.late, l.at[column])
		}
	}
	return l
}

// text returns the SQL expression of a row as one text.
func (l *layout) text() string {
	return "concat_ws('" + separator + "', " + strings.Join(l.columns, ", ") + ")"
}

// split returns the columns of a text; ok is false if a column contains the separator, which makes the text ambiguous.
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
	if len(fields) != len(l.columns) {
		return fields, false
	}
	return l.unpack(fields), true
}

// unpack appends the columns in the packed column. If that does not hold a valid packed text they are empty, so that the
// row does not match its digest.
func (l *layout) unpack(fields []string) []string {
	if l.packed == nil {
		return fields
	}
	before := len(fields)
	fields, whole := l.packed.Split(fields[before-1], fields)
	if !whole {
		clear(fields[before:])
	}
	return fields
}

// hashed returns the digest of a row in hexadecimal, written to into; room is a buffer for its text.
func (l *layout) hashed(fields []string, into *[2 * database.DigestBytes]byte, room *[]byte) []byte {
	text := database.RowText((*room)[:0])
	for _, at := range l.fixed {
		text = text.Text(fields[at])
	}
	for _, at := range l.late {
		if fields[at] != "0" {
			text = text.Text(fields[at])
		}
	}
	*room = text
	sum := sha256.Sum256(text)
	hex.Encode(into[:], sum[:database.DigestBytes])
	return into[:]
}

// number returns the value of a column that holds a whole number.
func number(field string) int64 {
	if len(field) == 1 { // most have one digit
		return int64(field[0] - '0')
	}
	value, _ := strconv.ParseInt(field, 10, 64) // the type of the column guarantees a number
	return value
}

// where identifies a row for people, without a BSN.
func (l *layout) where(fields []string) string {
	return Where(l.names, func(column int) string { return fields[l.fixed[column]] })
}

// Where identifies a row for people, without a BSN: by those of the columns that do so, with the text of each.
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
