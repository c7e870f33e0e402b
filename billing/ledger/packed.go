package ledger

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger/words"
)

// Asking a driver for a column costs more than the column: rows that are read by the million bring their numbers and
// words, which hold no separator, in one text.

// separator stands between the columns of a packed text.
const separator = "|"

// packed is a column of several columns in one text.
func packed(columns ...string) string {
	return "concat_ws('" + separator + "', " + strings.Join(columns, ", ") + ")"
}

// unpacker takes the columns out of a packed text, one after the other. It keeps the first thing that is wrong.
type unpacker struct {
	text, separator string
	err             error
}

func unpack(text string) unpacker { return unpacker{text: text, separator: separator} }

// word takes the next column.
func (u *unpacker) word() string {
	word, rest, _ := strings.Cut(u.text, u.separator)
	u.text = rest
	return word
}

// number takes the next column as a number.
func (u *unpacker) number() int64 {
	word := u.word()
	number, err := strconv.ParseInt(word, 10, 64)
	if err != nil && u.err == nil {
		u.err = fmt.Errorf("the database holds %q in the place of a number", billing.Mask(word))
	}
	return number
}

func (u *unpacker) flag() bool { return u.number() != 0 }

// unpackWord takes the next column as a word that is kept of a value.
func unpackWord[T any](u *unpacker, read func(string) (T, error)) T {
	value, err := read(u.word())
	if err != nil && u.err == nil {
		u.err = err
	}
	return value
}

func (u *unpacker) unit() billing.Unit { return unpackWord(u, words.Unit) }
