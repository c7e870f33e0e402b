package billing

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/pxq-nl/pxq/billing/bsn"
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

// ValidBSN reports whether the text is a citizen service number: 9 digits that pass the elfproef.
func ValidBSN(text string) bool { return bsn.Valid(text) }

// Mask makes free text from a file fit for a message: see [bsn.Mask].
func Mask(text string) string { return bsn.Mask(text) }

// MaskedMax is how many characters of a text from a file are shown in a message.
const MaskedMax = bsn.MaskedMax
