package value

import (
	"bytes"
	"encoding/binary"
	"unicode"
	"unicode/utf8"
)

// IsASCII reports whether every byte of a text is an ASCII character.
func IsASCII(text []byte) bool {
	for len(text) >= 8 {
		if binary.LittleEndian.Uint64(text)&0x8080808080808080 != 0 {
			return false
		}
		text = text[8:]
	}
	var bits byte
	for _, c := range text {
		bits |= c
	}
	return bits < utf8.RuneSelf
}

// IsClean reports whether [AppendClean] would leave a text unchanged. It may
// return false for an unchanged text that is not ASCII.
func IsClean(text []byte) bool {
	n := len(text)
	return n == 0 || text[0] > ' ' && text[n-1] > ' ' && IsASCII(text)
}

// AppendClean appends a text without anything invisible: surrounding spaces,
// no-break ones included, and zero-width characters anywhere (Unicode category
// Cf), which come along when text is copied from a page or a message.
func AppendClean(out, text []byte) []byte {
	begin := len(out)
	for len(text) > 0 {
		if c := text[0]; c < utf8.RuneSelf {
			out = append(out, c)
			text = text[1:]
			continue
		}
		r, n := utf8.DecodeRune(text)
		if !unicode.Is(unicode.Cf, r) {
			out = append(out, text[:n]...)
		}
		text = text[n:]
	}
	trimmed := bytes.TrimSpace(out[begin:])
	return append(out[:begin], trimmed...)
}

// Unescape resolves the escapes of workbooks for characters that XML does not
// allow, such as _x000D_ for a carriage return; _x005F_ is the underscore itself.
// It leaves invalid escapes as written, and also that of NUL, which databases
// refuse. It works in place.
func Unescape(text []byte) []byte {
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

// escaped returns the character of the escape that text begins with.
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
