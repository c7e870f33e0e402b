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

// ValidBSN reports whether the text is a citizen service number: 9 digits that pass the elfproef
// (9·d1 + 8·d2 + … + 2·d8 − 1·d9 divisible by 11, not all zero).
func ValidBSN(text string) bool {
	if len(text) != 9 {
		return false
	}
	sum, seen := 0, byte(0)
	for i := range 9 {
		digit := text[i] - '0'
		if digit > 9 {
			return false
		}
		seen |= digit
		if weight := 9 - i; weight > 1 {
			sum += weight * int(digit)
		} else {
			sum -= int(digit)
		}
	}
	return seen != 0 && sum%11 == 0
}

// MaskedMax is how many characters of a text from a file are shown in a message.
const MaskedMax = 40

// maskedBSN stands where a citizen service number stood.
const maskedBSN = "•••"

// Mask makes a text from a file fit to be shown: digits that would be a citizen service number, also with
// dots, spaces or dashes between, are replaced, and of the rest no more than MaskedMax characters are kept.
func Mask(text string) string {
	var shown strings.Builder
	count := 0
	put := func(piece string) bool {
		for _, r := range piece {
			if count == MaskedMax {
				shown.WriteRune('…')
				return false
			}
			if r < ' ' || r == 0x7f {
				r = ' '
			}
			shown.WriteRune(r)
			count++
		}
		return true
	}
	for at := 0; at < len(text); {
		piece := text[at:]
		if width := bsnWidth(piece); width > 0 && (at == 0 || !isDigit(text[at-1])) {
			at, piece = at+width, maskedBSN
		} else {
			piece = piece[:runeWidth(piece)]
			at += len(piece)
		}
		if !put(piece) {
			break
		}
	}
	return shown.String()
}

// bsnWidth returns how many bytes at the start of the text are a citizen service number: whole groups of
// digits, apart by dots, spaces or dashes, of 8 or 9 digits together; 0 if they are none.
// What looks like a date is none.
func bsnWidth(text string) int {
	digits := make([]byte, 1, 10)
	digits[0] = '0' // for a number of 8 digits
	for at := 0; at < len(text); {
		switch c := text[at]; {
		case isDigit(c):
			if len(digits) == 10 {
				return 0
			}
			digits = append(digits, c)
			at++
			whole := at == len(text) || !isDigit(text[at])
			if whole && (ValidBSN(string(digits)) || ValidBSN(string(digits[1:]))) && !looksLikeDate(text[:at]) {
				return at
			}
		case len(digits) == 1:
			return 0
		case separatorWidth(text[at:]) > 0:
			at += separatorWidth(text[at:])
		default:
			return 0
		}
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// looksLikeDate reports whether the text is written as a date is, day, month and year, or begins as the references of
// many administrations do, year and month with dashes, in a year of the centuries in which clients live.
func looksLikeDate(text string) bool {
	isYear := func(digits string) bool { return len(digits) == 4 && digits >= "1900" && digits <= "2199" }
	if parts := strings.Split(text, "-"); len(parts) == 3 && isYear(parts[0]) && len(parts[1]) == 2 && parts[1] >= "01" && parts[1] <= "12" {
		return true
	}
	for _, mark := range [...]string{"-", "."} {
		if parts := strings.Split(text, mark); len(parts) == 3 && len(parts[0]) <= 2 && len(parts[1]) <= 2 && isYear(parts[2]) {
			return true
		}
	}
	return false
}

// separatorWidth returns the width of a dot, a dash or a space, no-break ones too, at the start of the text.
func separatorWidth(text string) int {
	for _, separator := range [...]string{".", " ", "-", "\u00a0", "\u202f", "\u2007", "\u2010", "\u2011", "\u2012", "\u2013", "\u2212"} {
		if strings.HasPrefix(text, separator) {
			return len(separator)
		}
	}
	return 0
}

// runeWidth returns the width of the first character.
func runeWidth(text string) int {
	for i := range text {
		if i > 0 {
			return i
		}
	}
	return len(text)
}
