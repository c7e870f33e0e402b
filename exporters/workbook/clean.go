package workbook

import (
	"strings"
	"unicode/utf8"
)

// textMax is how many UTF-16 units a cell holds.
const textMax = 32_767

// clean makes a text fit for a cell: what XML cannot hold becomes a space, and what is too long is cut with a
// mark, instead of silently.
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

// isClean spares the common case, a short text with nothing in it that XML cannot hold.
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

// OneLine makes a text fit for a heading: on one line, of no more than so many letters.
func OneLine(text string, most int) string {
	return onlyFirst(strings.Join(strings.Fields(clean(text)), " "), most)
}
