package xmlscan

import (
	"bytes"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

var (
	markUTF8    = []byte("\xEF\xBB\xBF")
	markUTF16LE = []byte("\xFF\xFE")
	markUTF16BE = []byte("\xFE\xFF")
)

// findEncoding converts the source to UTF-8 without a byte order mark. The first
// bytes reveal whether the document is in UTF-8 or UTF-16.
func (s *Scanner) findEncoding() error {
	for s.end < 4 {
		if more, err := s.fill(); err != nil {
			return err
		} else if !more {
			break
		}
	}
	head := s.buf[:s.end]
	order, marked := unicode.LittleEndian, unicode.IgnoreBOM
	switch {
	case bytes.HasPrefix(head, markUTF8):
		s.pos = len(markUTF8)
		s.begin = int64(s.pos)
		return nil
	case bytes.HasPrefix(head, markUTF16LE):
		marked = unicode.ExpectBOM
	case bytes.HasPrefix(head, markUTF16BE):
		order, marked = unicode.BigEndian, unicode.ExpectBOM
	case bytes.HasPrefix(head, []byte("<\x00?\x00")):
	case bytes.HasPrefix(head, []byte("\x00<\x00?")):
		order = unicode.BigEndian
	default:
		return nil
	}
	raw := io.MultiReader(bytes.NewReader(bytes.Clone(head)), s.source)
	s.source = transform.NewReader(raw, unicode.UTF16(order, marked).NewDecoder())
	s.end, s.ended, s.noRunes = 0, false, true
	return nil
}

// declarationIsRead reports whether an XML declaration names XML version 1.0 and a
// supported encoding. Either may be absent.
func declarationIsRead(declaration string) bool {
	version, stated := declared(declaration, "version")
	if stated && version != "1.0" {
		return false
	}
	encoding, stated := declared(declaration, "encoding")
	return !stated || LabelIsRead(encoding)
}

// declared returns the quoted value after a word, and whether the word is present.
func declared(declaration, word string) (string, bool) {
	_, rest, found := strings.Cut(declaration, word)
	if !found {
		return "", false
	}
	rest = strings.TrimLeft(rest, " \t\r\n=")
	if rest == "" {
		return "", true
	}
	value, _, _ := strings.Cut(rest[1:], rest[:1])
	return value, true
}

// LabelIsRead reports whether the encoding with this label is supported.
func LabelIsRead(label string) bool {
	switch strings.ToLower(label) {
	case "utf-8", "utf8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii":
		return true
	}
	return false
}
