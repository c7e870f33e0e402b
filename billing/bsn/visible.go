package bsn

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible returns a text in which what a terminal would obey is shown: control characters as their picture (ESC is ␛),
// those of the upper range and marks that turn the direction of writing as <U+202E>, bytes that are no UTF-8 as �. Tabs
// and line ends stay.
func Visible(text string) string {
	if isVisible(text) {
		return text
	}
	var shown strings.Builder
	shown.Grow(len(text) + 8)
	for _, r := range text {
		switch {
		case r == '\n', r == '\t', !steers(r):
			shown.WriteRune(r) // also of a byte that is no UTF-8, as which U+FFFD is read
		case r < ' ':
			shown.WriteRune('\u2400' + r)
		case r == '\x7f':
			shown.WriteRune('\u2421')
		default:
			fmt.Fprintf(&shown, "<U+%04X>", r)
		}
	}
	return shown.String()
}

func isVisible(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' && c != '\n' && c != '\t' || c >= '\x7f' {
			return c >= utf8.RuneSelf && utf8.ValidString(text) && !strings.ContainsFunc(text, func(r rune) bool { return r != '\n' && r != '\t' && steers(r) })
		}
	}
	return true
}

// steers reports whether a character steers a terminal or the direction in which a text is shown.
func steers(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// FileName returns the name of a file as it is kept and shown: where it is no UTF-8 its bytes are written as \xE9, and
// what a terminal would obey is shown as in [Visible]. A citizen service number in it is masked as in [MaskLine]. Every database can keep it.
func FileName(name string) string {
	if !utf8.ValidString(name) {
		var kept strings.Builder
		for len(name) > 0 {
			r, width := utf8.DecodeRuneInString(name)
			if r == utf8.RuneError && width == 1 {
				fmt.Fprintf(&kept, `\x%02X`, name[0])
			} else {
				kept.WriteString(name[:width])
			}
			name = name[width:]
		}
		name = kept.String()
	}
	return onOneLine(MaskLine(name))
}

// onOneLine writes line ends and tabs as spaces.
func onOneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) && !unicode.Is(unicode.Zs, r) {
			return ' '
		}
		return r
	}, text)
}

// cutTo keeps so many characters of a text, and marks that there were more.
func cutTo(text string, most int) string {
	count := 0
	for at := range text {
		if count == most {
			return text[:at] + "…"
		}
		count++
	}
	return text
}
