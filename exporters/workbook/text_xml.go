package workbook

import (
	"strings"
	"unicode/utf8"
)

// The classes of bytes that need care in a text, one bit each.
const (
	ofMarkup = 1 << iota // has a meaning in XML or in the file format
	ofSpace              // white space that programs drop at the ends of a text and where it is doubled
	ofLines              // white space that must always be marked as kept
	ofOthers             // beyond ASCII, or not allowed in a text
)

// classes holds the class of each byte.
var classes = func() (classes [256]uint8) {
	for c := range classes {
		if c < ' ' || c >= 0x7f {
			classes[c] = ofOthers
		}
	}
	classes['&'], classes['<'], classes['>'], classes['_'] = ofMarkup, ofMarkup, ofMarkup, ofMarkup
	classes[' '], classes['\n'], classes['\t'] = ofSpace, ofLines, ofLines
	return classes
}()

// fitted returns a text as it fits in a cell, with the classes that occur in it.
func fitted(text string) (string, uint8) {
	class := classOf(text)
	if class&ofOthers != 0 || len(text) >= textMax {
		text = clean(text)
		class = classOf(text)
	}
	return text, class
}

func classOf(text string) (class uint8) {
	for i := range len(text) {
		class |= classes[text[i]]
	}
	return class
}

// keepsSpace reports whether a text, which is not empty, has spaces that programs drop unless they are told to keep them.
func keepsSpace(text string) bool {
	return text[0] == ' ' || text[len(text)-1] == ' ' || strings.Contains(text, "  ")
}

// appendEscaped appends a text, escaped for XML and so that the file format does not read it as escaped itself.
func appendEscaped(out []byte, text string) []byte {
	for i := range len(text) {
		switch c := text[i]; {
		case c == '&':
			out = append(out, "&amp;"...)
		case c == '<':
			out = append(out, "&lt;"...)
		case c == '>':
			out = append(out, "&gt;"...)
		case c == '_' && isEscape(text[i:]):
			out = append(out, "_x005F_"...) // the file format reads _x0041_ as A
		default:
			out = append(out, c)
		}
	}
	return out
}

// isEscape reports whether a text starts like an escaped character in the file format: _x0041_.
func isEscape(text string) bool {
	if len(text) < 7 || text[1] != 'x' || text[6] != '_' {
		return false
	}
	for _, c := range []byte(text[2:6]) {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F') {
			return false
		}
	}
	return true
}

// textMax is how many UTF-16 units a cell holds.
const textMax = 32_767

// clean makes a text fit for a cell: characters that XML cannot hold become spaces, and a text that is too long is cut, which
// an ellipsis shows.
func clean(text string) string {
	if isClean(text) {
		return text
	}
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r < ' ', r == 0x7f, r == 0xfffe, r == 0xffff:
			return ' '
		}
		return r
	}, strings.ReplaceAll(strings.ToValidUTF8(text, "\ufffd"), "\r\n", "\n"))
	units := 0
	for i, r := range text {
		width := 1
		if r > 0xffff {
			width = 2
		}
		if units += width; units >= textMax && i+utf8.RuneLen(r) < len(text) {
			return text[:i] + "…"
		}
	}
	return text
}

// isClean reports whether a text is short and has nothing that XML cannot hold, which is the common case.
func isClean(text string) bool {
	if len(text) >= textMax {
		return false
	}
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= utf8.RuneSelf {
			return isCleanBeyondASCII(text[i:])
		}
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7f {
			return false
		}
	}
	return true
}

func isCleanBeyondASCII(text string) bool {
	for i, r := range text {
		switch {
		case r < ' ' && r != '\n' && r != '\t', r == 0x7f, r == 0xfffe, r == 0xffff:
			return false
		case r == utf8.RuneError:
			if _, width := utf8.DecodeRuneInString(text[i:]); width == 1 {
				return false
			}
		}
	}
	return true
}

// OneLine makes a text fit for a heading: on one line, of at most the given number of characters.
func OneLine(text string, most int) string {
	return truncated(strings.Join(strings.Fields(clean(text)), " "), most)
}
