package billing

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings a name to the form in which names are compared: without case, spaces, dots, dashes and
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

// isFolded spares the common case, an ASCII name already folded, its allocation.
func isFolded(name string) bool {
	for i := range len(name) {
		c := name[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
			return false
		}
	}
	return true
}

// FoldProduct brings a product code to the form in which codes are compared: without case.
func FoldProduct(code string) string { return strings.ToUpper(code) }
