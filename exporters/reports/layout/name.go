package layout

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/pxq-nl/pxq/billing"
)

// nameMax is how many characters of a name go into the name of a file.
const nameMax = 80

// FileName returns the name of a workbook, safe on every system: what it is, a code, and a cleaned name.
func FileName(kind, code, name string) string {
	parts := []string{kind}
	for _, part := range []string{code, cleanName(name)} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "-") + ".xlsx"
}

// cleanName keeps letters without their accents, digits, spaces, dashes and dots. It never begins or ends with
// a dot or a space.
func cleanName(name string) string {
	var cleaned strings.Builder
	for _, r := range norm.NFKD.String(name) {
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

// WithoutBSN takes a citizen service number out of the name of a file, for where none may be shown.
func WithoutBSN(name string) string {
	const digits = 9
	out := []byte(name)
	for at := 0; at+digits <= len(out); at++ {
		before, after := at > 0 && unicode.IsDigit(rune(out[at-1])), at+digits < len(out) && unicode.IsDigit(rune(out[at+digits]))
		if !before && !after && billing.ValidBSN(string(out[at:at+digits])) {
			copy(out[at:], strings.Repeat("*", digits))
		}
	}
	return string(out)
}
