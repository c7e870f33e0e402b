package table

import (
	"bytes"
	"unicode/utf8"
)

// unescape resolves the way in which workbooks write characters that XML does
// not allow, such as _x000D_ for a carriage return; _x005F_ is the underscore
// itself. What stands for no character stays as written, and so does the NUL
// character, which databases refuse. It works in place.
func unescape(text []byte) []byte {
	from := bytes.Index(text, []byte("_x"))
	if from < 0 {
		return text
	}
	out := text[:from]
	for i := from; i < len(text); {
		r, ok := escaped(text[i:])
		if !ok {
			out = append(out, text[i])
			i++
			continue
		}
		out = utf8.AppendRune(out, r) // at most three bytes for seven
		i += escapeBytes
	}
	return out
}

const escapeBytes = len("_x000D_")

// escaped gives the character for an escape that text begins with.
func escaped(text []byte) (rune, bool) {
	if len(text) < escapeBytes || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	var r rune
	for _, c := range text[2:6] {
		switch {
		case c >= '0' && c <= '9':
			r = r<<4 | rune(c-'0')
		case c >= 'a' && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case c >= 'A' && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, r != 0 && utf8.ValidRune(r)
}
