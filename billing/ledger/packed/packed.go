// Package packed reads several columns of a row as one text. Asking a driver for a column costs more than the column: rows
// that are read by the million bring their numbers and words, which hold no separator, in one text.
package packed

import (
	"slices"
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

// Rare is a column of columns that nearly always hold what the condition says; else they are in the text, a number first.
func Rare(usual string, columns ...string) string {
	return "CASE WHEN " + usual + " THEN '' ELSE " + Columns(columns...) + " END"
}

// Row is a column of the columns of a row in one text: words, which hold no separator, and behind them texts, which may hold
// anything. Each text is given its length, but for the last.
func Row(words, texts []string) string {
	columns := slices.Clone(words)
	for _, text := range texts[:len(texts)-1] {
		columns = append(columns, "octet_length("+text+")")
	}
	return Columns(append(columns, texts...)...)
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

// Rare reports whether the columns of a Rare follow; else they hold what is usual.
func (u *Unpacker) Rare() bool {
	if u.text != "" && !strings.HasPrefix(u.text, u.separator) {
		return true
	}
	u.Word()
	return false
}

// Texts takes the texts of a Row, which are its last.
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

// fail notes a word that cannot be what it should.
func (u *Unpacker) fail(dutch, english, word string) {
	if u.Err == nil {
		u.Err = &words.Unknown{What: billing.Text{Dutch: dutch, English: english}, Word: billing.Mask(word)}
	}
}

// digitsAtOnce is how many digits no number overflows with.
const digitsAtOnce = 18

// Number takes the next column as a number.
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

// anyNumber takes the next column as a number, however it is written.
func (u *Unpacker) anyNumber() int64 {
	word := u.Word()
	number, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		u.fail("getal", "number", word)
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
