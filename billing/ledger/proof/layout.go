package proof

import (
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

// layout is how a row of a table is read: the columns of the table in one text, the packed one last, behind which stands what
// that holds, column by column.
type layout struct {
	table   string
	columns []string       // of the table
	at      map[string]int // where a column stands, packed ones too
	names   []string       // of the columns that are in the digest in any case
	fixed   []int          // where those stand
	late    []int          // where the numbers stand that are in it unless 0
	digest  int            // where it stands; -1 of a table whose rows carry none
	packed  *Packed        // nil for none
}

// Packed are columns that are kept as one text in another.
type Packed struct {
	Column  string
	Columns []string
	Split   func(text string, into []string) (fields []string, whole bool) // appends a field for each, whatever the text
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

// text is the expression of a row as one text.
func (l *layout) text() string {
	return "concat_ws('" + separator + "', " + strings.Join(l.columns, ", ") + ")"
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
	if len(fields) != len(l.columns) {
		return fields, false
	}
	return l.unpack(fields), true
}

// unpack adds what the packed column holds. Where that is not what was ever packed, nothing is found in it, and the row is not
// what its digest says.
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

// hashed returns the digest of a row, in hexadecimal, in the place given for it.
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
	return Where(l.names, func(column int) string { return fields[l.fixed[column]] })
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
