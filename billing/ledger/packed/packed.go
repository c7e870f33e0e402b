// Package packed reads several columns of a row as one text. Scanning a column costs more than the column itself, so rows
// that are read by the million return their numbers and words, which hold no separator, in one text.
//
// Columns, Rare and Row write the SQL expressions, Unpacker reads their result; Record and the details are the packed form
// of a record.
package packed

import (
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// separator separates the columns of a packed text.
const separator = "|"

// Columns returns an SQL expression that joins the columns into one text.
func Columns(columns ...string) string {
	return "concat_ws('" + separator + "', " + strings.Join(columns, ", ") + ")"
}

// Rare returns an SQL expression for columns that nearly always satisfy the condition usual: then it is empty, and
// otherwise it joins them, a number first.
func Rare(usual string, columns ...string) string {
	return "CASE WHEN " + usual + " THEN '' ELSE " + Columns(columns...) + " END"
}

// Row returns an SQL expression that joins the columns of a row into one text: words, which hold no separator, followed by
// texts, which may hold anything. The length of each text but the last precedes them.
func Row(words, texts []string) string {
	columns := slices.Clone(words)
	for _, text := range texts[:len(texts)-1] {
		columns = append(columns, "octet_length("+text+")")
	}
	return Columns(append(columns, texts...)...)
}

// Unpacker takes the columns out of a packed text, one after another. Err is the first error.
type Unpacker struct {
	text, separator string
	Err             error
}

// Unpack returns an Unpacker of a text made by Columns.
func Unpack(text string) Unpacker { return UnpackBy(text, separator) }

// UnpackBy returns an Unpacker of a text whose columns have another separator.
func UnpackBy(text, separator string) Unpacker { return Unpacker{text: text, separator: separator} }

// Word returns the next column.
func (u *Unpacker) Word() string {
	word, rest, _ := strings.Cut(u.text, u.separator)
	u.text = rest
	return word
}

// Rare reports whether the columns of a Rare follow; otherwise they have their usual values.
func (u *Unpacker) Rare() bool {
	if u.text != "" && !strings.HasPrefix(u.text, u.separator) {
		return true
	}
	u.Word()
	return false
}

// Texts reads the texts of a Row, which must be the last of its columns.
func (u *Unpacker) Texts(texts ...*string) {
	var lengths [16]int
	last := len(texts) - 1
	for i := range last {
		lengths[i] = int(u.Number())
	}
	for i, text := range texts[:last] {
		if lengths[i] < 0 || lengths[i] > len(u.text) || !strings.HasPrefix(u.text[lengths[i]:], u.separator) {
			u.fail("lengte van een tekst", "length of a text", strconv.Itoa(lengths[i]))
			return
		}
		*text, u.text = u.text[:lengths[i]], u.text[lengths[i]+len(u.separator):]
	}
	*texts[last], u.text = u.text, ""
}

// fail records that a word is not valid, unless there was an error before.
func (u *Unpacker) fail(dutch, english, word string) {
	if u.Err == nil {
		u.Err = &words.Unknown{What: billing.Text{Dutch: dutch, English: english}, Word: billing.Mask(word)}
	}
}

// digitsAtOnce is a number of digits that cannot overflow an int64.
const digitsAtOnce = 18

// Number returns the next column as a number.
func (u *Unpacker) Number() int64 {
	number := int64(0)
	for i := 0; i < len(u.text) && i < digitsAtOnce; i++ { // most are short and have no sign
		digit := u.text[i]
		if i > 0 && digit == separator[0] && u.separator == separator {
			u.text = u.text[i+1:]
			return number
		}
		if digit < '0' || digit > '9' {
			break
		}
		number = 10*number + int64(digit-'0')
	}
	return u.anyNumber()
}

// anyNumber returns the next column as a number, however it is written.
func (u *Unpacker) anyNumber() int64 {
	word := u.Word()
	number, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		u.fail("getal", "number", word)
	}
	return number
}

// Flag returns the next column as a boolean.
func (u *Unpacker) Flag() bool { return u.Number() != 0 }

// Value returns the next column as a value, read by the function for its stored word.
func Value[T any](u *Unpacker, read func(string) (T, error)) T {
	value, err := read(u.Word())
	if err != nil && u.Err == nil {
		u.Err = err
	}
	return value
}

// Unit returns the next column as a unit.
func (u *Unpacker) Unit() billing.Unit { return Value(u, words.Unit) }
