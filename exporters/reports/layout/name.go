package layout

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// nameMax is the most characters of a name in the name of a file.
const nameMax = 80

// FileName returns the name of a workbook, safe on every system, made of its kind, a code and a name; both may be "".
func FileName(kind, code, name string) string {
	parts := []string{kind}
	for _, part := range []string{code, cleanName(name)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "-") + ".xlsx"
}

// plainLetters replaces European letters that do not decompose into a plain letter and an accent.
var plainLetters = strings.NewReplacer("Æ", "AE", "æ", "ae", "Œ", "OE", "œ", "oe", "Ø", "O", "ø", "o", "Ð", "D", "ð", "d", "Đ", "D", "đ", "d",
	"Ħ", "H", "ħ", "h", "ı", "i", "Ł", "L", "ł", "l", "ẞ", "SS", "ß", "ss", "Þ", "TH", "þ", "th")

// cleanName keeps letters, without their accents, digits, spaces, dashes and dots. The result never begins or ends with
// a dot, a dash or a space.
func cleanName(name string) string {
	var cleaned strings.Builder
	for _, r := range norm.NFKD.String(plainLetters.Replace(name)) {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)), r == '-', r == '.':
			cleaned.WriteRune(r)
		case unicode.IsSpace(r), r == '/', r == '\\', r == '_':
			cleaned.WriteByte(' ')
		case r == '–', r == '—':
			cleaned.WriteByte('-')
		}
	}
	short := strings.Join(strings.Fields(cleaned.String()), " ")
	if len(short) > nameMax {
		short = short[:nameMax]
	}
	return strings.Trim(short, ". -")
}
