package bsn

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible returns a text in which characters that a terminal would act on are visible: ASCII control characters become
// their symbol (ESC is ␛), other control characters and those that change the direction of writing are written like
// <U+202E>, and bytes that are not UTF-8 become �. Tabs and line ends stay.
func Visible(text string) string {
	if isVisible(text) {
		return text
	}
	var shown strings.Builder
	shown.Grow(len(text) + 8)
	for _, r := range text {
		switch {
		case r == '\n', r == '\t', !steers(r):
			shown.WriteRune(r) // U+FFFD for a byte that is not UTF-8
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

// steers reports whether a character controls a terminal or the direction of writing.
func steers(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }

// FileName returns the name of a file as it is stored and shown: bytes that are not UTF-8 are written like \xE9, control
// characters as in [Visible], and citizen service numbers are masked as in [MaskLine]. Every database can store the result.
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

// onOneLine replaces line ends and tabs by spaces.
func onOneLine(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) && !unicode.Is(unicode.Zs, r) {
			return ' '
		}
		return r
	}, text)
}

// cutTo returns the first most characters of a text, followed by … if there are more.
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
