package billing

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/pxq-nl/pxq/billing/bsn"
)

// Text is a text for users, in Dutch first and in English.
type Text struct{ Dutch, English string }

// Texts returns a text whose languages are both formatted with the values, as fmt.Sprintf does. A value with a method In, such as a
// Text, is written in the language of the text.
func Texts(dutch, english string, values ...any) Text {
	return Text{Dutch: fmt.Sprintf(dutch, valuesIn("nl", values)...), English: fmt.Sprintf(english, valuesIn("en", values)...)}
}

// valuesIn returns the values with those that have a language written in it.
func valuesIn(language string, values []any) []any {
	written := make([]any, len(values))
	for i, value := range values {
		written[i] = value
		if text, is := value.(interface{ In(language string) string }); is {
			written[i] = text.In(language)
		}
	}
	return written
}

// In returns the text in that language, nl or en.
func (t Text) In(language string) string {
	if language == "en" {
		return t.English
	}
	return t.Dutch
}

// Fold returns a name in the form in which names are compared: in lower case, without spaces, dots, dashes and
// accents. "Gilze-Rijen", "gilze rijen" and "GILZE RIJEN" are one name.
func Fold(name string) string {
	if isFolded(name) {
		return name
	}
	var folded strings.Builder
	folded.Grow(len(name))
	for _, r := range norm.NFKD.String(name) {
		switch {
		case unicode.Is(unicode.Mn, r), unicode.IsSpace(r), unicode.Is(unicode.Pd, r), r == '.', r == '\u2212':
			continue
		}
		folded.WriteRune(unicode.ToLower(r))
	}
	return folded.String()
}

// isFolded reports whether a name consists of ASCII lower-case letters and digits. It saves this common case an allocation.
func isFolded(name string) bool {
	for i := range len(name) {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
			return false
		}
	}
	return true
}

// FoldProduct returns a product code in the form in which codes are compared: in upper case.
func FoldProduct(code string) string { return strings.ToUpper(code) }

// WholeNumber returns a text of digits without its leading zeros, "0" if it is all zeros. Any other text is returned unchanged.
func WholeNumber(text string) string {
	if len(text) < 2 || text[0] != '0' || !isDigits(text) {
		return text
	}
	if number := strings.TrimLeft(text, "0"); number != "" {
		return number
	}
	return "0"
}

// WithoutPointZero removes the .0 that programs put after the digits of a reference or a code. Any other text is returned
// unchanged.
func WithoutPointZero(text string) string {
	if digits, ok := strings.CutSuffix(text, ".0"); ok && isDigits(digits) {
		return digits
	}
	return text
}

// AsInTable returns a reference as it is read from a cell of a table: without surrounding white space, zero-width characters,
// and .0 after nothing but digits.
func AsInTable(reference string) string {
	return WithoutPointZero(strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, reference)))
}

// PaddedNumbers returns the ways in which a whole number may be written in up to 12 digits: as it is, and with leading zeros.
func PaddedNumbers(number string) []string {
	const longest = 12
	written := []string{number}
	for len(number) < longest {
		number = "0" + number
		written = append(written, number)
	}
	return written
}

// isDigits reports whether the text is one or more ASCII digits.
func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return len(text) > 0
}

// ValidBSN reports whether the text is a citizen service number: 9 digits that pass the elfproef.
func ValidBSN(text string) bool { return bsn.Valid(text) }

// BSNOf returns the citizen service number that somebody typed, with or without dots, spaces or dashes and with or without its
// leading zero; ok is false when it is not valid.
func BSNOf(text string) (number string, ok bool) {
	number = strings.NewReplacer(" ", "", ".", "", "-", "", "\u00a0", "").Replace(strings.TrimSpace(text))
	if len(number) == 8 {
		number = "0" + number
	}
	return number, ValidBSN(number)
}

// AGBOf returns the AGB code that somebody typed, with or without its leading zero. It does not check the code.
func AGBOf(text string) string {
	if len(text) == 7 && isDigits(text) {
		return "0" + text
	}
	return text
}

// Mask makes free text from a file safe for a message: see [bsn.Mask].
func Mask(text string) string { return bsn.Mask(text) }

// MonthNames are the Dutch names of the months.
var MonthNames = [12]string{
	"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december",
}

// ReadDate parses a date as people write it: 2026-10-03, 3-10-2026, 3/10/2026, 3.10.2026, 20261003, 3 oktober 2026 or
// 3 okt. 2026, with or without midnight after it. A year has four digits; ok is false when there is no such day.
func ReadDate(text string) (date Date, ok bool) {
	text = withoutMidnight(text)
	if len(text) == len("20060102") && isDigits(text) {
		return dayOf(text[:4], text[4:6], text[6:])
	}
	if len(text) == len(time.DateOnly) && text[4] == '-' && text[7] == '-' {
		return dayOf(text[:4], text[5:7], text[8:])
	}
	if words := strings.Fields(text); len(words) == 3 {
		if month := MonthNamed(words[1]); month > 0 && len(words[0]) <= 2 {
			return dayOf(words[2], strconv.Itoa(month), words[0])
		}
	}
	for _, mark := range [...]string{"-", "/", "."} {
		if parts := strings.Split(text, mark); len(parts) == 3 && len(parts[0]) <= 2 && len(parts[1]) <= 2 {
			return dayOf(parts[2], parts[1], parts[0])
		}
	}
	return 0, false
}

// withoutMidnight removes a midnight that follows a date after a space or a T.
func withoutMidnight(text string) string {
	for _, midnight := range [...]string{"00:00:00", "00:00", "0:00"} {
		if date, found := strings.CutSuffix(text, midnight); found {
			for _, between := range [...]string{" ", "T"} {
				if bare, found := strings.CutSuffix(date, between); found {
					return strings.TrimSpace(bare)
				}
			}
		}
	}
	return text
}

// MonthNamed returns the number of a month, 1–12, by its Dutch name, its first three letters, mrt or sept, with or without
// a dot; 0 for any other word.
func MonthNamed(word string) int {
	word = strings.TrimSuffix(strings.ToLower(word), ".")
	switch word {
	case "mrt":
		return 3
	case "sept":
		return 9
	}
	for i, name := range MonthNames {
		if word == name || word == name[:3] {
			return i + 1
		}
	}
	return 0
}

// dayOf returns the date that the digits of year, month and day name; ok is false when there is no such day.
func dayOf(year, month, day string) (Date, bool) {
	if len(year) != 4 || !isDigits(year) || !isDigits(month) || !isDigits(day) {
		return 0, false
	}
	y, _ := strconv.Atoi(year) // few digits, so no error
	m, _ := strconv.Atoi(month)
	d, _ := strconv.Atoi(day)
	date := NewDate(y, m, d)
	return date, !date.IsZero()
}
