// Package words writes values in their stored form, words that explain themselves, and reads them back. A stored word never
// changes meaning, whatever happens to the program's types. An unknown word is an error: what cannot be read must not pass
// for empty.
package words

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

// Unit reads a unit: "hour", "daypart", or "" for none.
func Unit(word string) (billing.Unit, error) {
	for _, unit := range [...]billing.Unit{billing.NoUnit, billing.Time, billing.Daypart} {
		if unit.String() == word {
			return unit, nil
		}
	}
	return billing.NoUnit, unknown("eenheid", "unit", word)
}

// Outcome reads an outcome, by its name in the exports.
func Outcome(word string) (billing.Outcome, error) {
	outcome := billing.ParseOutcome(word)
	if outcome == billing.NoOutcome && word != "" {
		return outcome, unknown("uitkomst", "outcome", word)
	}
	return outcome, nil
}

// LineKind reads the kind of a line, by its name in the exports.
func LineKind(word string) (billing.LineKind, error) {
	switch kind := billing.LineKind(word); kind {
	case billing.Regular, billing.Late, billing.Credit, billing.Correction:
		return kind, nil
	}
	return "", unknown("soort regel", "kind of line", word)
}

// Code reads the code of a rule.
func Code(word string) (billing.Code, error) {
	code := billing.ParseCode(word)
	if code == billing.NoCode {
		return code, unknown("code", "code", word)
	}
	return code, nil
}

// WriteCodes returns codes joined by a space.
func WriteCodes(codes []billing.Code) string {
	if len(codes) == 0 {
		return ""
	}
	texts := make([]string, len(codes))
	for i, code := range codes {
		texts[i] = code.String()
	}
	return strings.Join(texts, " ")
}

// Codes reads codes joined by a space.
func Codes(text string) ([]billing.Code, error) {
	if text == "" {
		return nil, nil
	}
	var codes []billing.Code
	for word := range strings.FieldsSeq(text) {
		code, err := Code(word)
		if err != nil {
			return nil, err
		}
		codes = append(codes, code)
	}
	return codes, nil
}

// WriteDecimal returns a number exactly; "" for nil.
func WriteDecimal(number *decimal.Decimal) string {
	if number == nil {
		return ""
	}
	if text, ok := writeShort(number); ok {
		return text
	}
	return number.String()
}

// writeShort formats numbers of at most 18 digits with a point in or before them, as nearly all are: the library formats by
// way of a big integer.
func writeShort(number *decimal.Decimal) (string, bool) {
	behind := -int(number.Exponent())
	if behind < 0 || behind > 8 || number.NumDigits() > 18 {
		return "", false
	}
	value := number.CoefficientInt64()
	digits := strconv.AppendInt(make([]byte, 0, 24), max(value, -value), 10)
	for len(digits) <= behind {
		digits = append([]byte{'0'}, digits...)
	}
	point := len(digits) - behind
	fraction := bytes.TrimRight(digits[point:], "0")
	text := make([]byte, 0, 24)
	if value < 0 {
		text = append(text, '-')
	}
	text = append(text, digits[:point]...)
	if len(fraction) > 0 {
		text = append(append(text, '.'), fraction...)
	}
	return string(text), true
}

// Decimal reads a number; nil for "".
func Decimal(text string) (*decimal.Decimal, error) {
	if text == "" {
		return nil, nil
	}
	number, err := decimal.NewFromString(text)
	if err != nil {
		return nil, unknown("getal", "number", text)
	}
	return &number, nil
}

// Unknown is the error for a stored word that this version of pxq does not know.
type Unknown struct {
	What billing.Text // what the word should be
	Word string       // masked
}

func (u *Unknown) Error() string {
	return fmt.Sprintf("the database holds the %s %q, which this version of pxq does not know", u.What.English, u.Word)
}

// Unknown returns what the word should be, in both languages, and the masked word.
func (u *Unknown) Unknown() (dutch, english, word string) {
	return u.What.Dutch, u.What.English, u.Word
}

func unknown(dutch, english, word string) error {
	return &Unknown{billing.Text{Dutch: dutch, English: english}, billing.Mask(word)}
}
