// Package packed reads several columns of a row as one text. Asking a driver for a column costs more than the column: rows
// that are read by the million bring their numbers and words, which hold no separator, in one text.
package packed

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// separator stands between the columns of a packed text.
const separator = "|"

// Columns is a column of several columns in one text.
func Columns(columns ...string) string {
	return "concat_ws('" + separator + "', " + strings.Join(columns, ", ") + ")"
}

// Unpacker takes the columns out of a packed text, one after the other. It keeps the first thing that is wrong.
type Unpacker struct {
	text, separator string
	Err             error
}

// Unpack begins with a text of Columns.
func Unpack(text string) Unpacker { return UnpackBy(text, separator) }

// UnpackBy begins with a text of columns that have another separator between them.
func UnpackBy(text, separator string) Unpacker { return Unpacker{text: text, separator: separator} }

// Word takes the next column.
func (u *Unpacker) Word() string {
	word, rest, _ := strings.Cut(u.text, u.separator)
	u.text = rest
	return word
}

// Number takes the next column as a number.
func (u *Unpacker) Number() int64 {
	word := u.Word()
	number, err := strconv.ParseInt(word, 10, 64)
	if err != nil && u.Err == nil {
		u.Err = fmt.Errorf("the database holds %q in the place of a number", billing.Mask(word))
	}
	return number
}

// Flag takes the next column as a truth.
func (u *Unpacker) Flag() bool { return u.Number() != 0 }

// Value takes the next column as a word that is kept of a value.
func Value[T any](u *Unpacker, read func(string) (T, error)) T {
	value, err := read(u.Word())
	if err != nil && u.Err == nil {
		u.Err = err
	}
	return value
}

// Unit takes the next column as a unit.
func (u *Unpacker) Unit() billing.Unit { return Value(u, words.Unit) }
