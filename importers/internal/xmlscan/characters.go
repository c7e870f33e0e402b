package xmlscan

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// surroundings is the context of characters, which determines the rules for them.
type surroundings uint8

const (
	inContent surroundings = iota
	inAttribute
	inSection // CDATA: & and < are plain characters
	inMarkup  // comments and instructions: the same
)

// isPlain holds the bytes that need no decoding in any context. Most of a sheet
// consists only of these.
var isPlain = func() (plain [256]bool) {
	for c := 0x20; c < 0x7F; c++ {
		plain[c] = c != '&' && c != '<' && c != ']'
	}
	plain['\t'], plain['\n'] = true, true
	return plain
}()

// isPlainValue is isPlain for text between double quotes.
var isPlainValue = func() [256]bool {
	plain := isPlain
	plain['"'] = false
	return plain
}()

// isNameByte holds the bytes allowed in names and prefixes. XML allows letters of
// all alphabets, but workbooks and messages use only ASCII names.
var isNameByte = func() (name [256]bool) {
	for c := range name {
		name[c] = c == '_' || c == '-' || c == '.' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}
	return name
}()

// nameLength returns the length of the name that b begins with, 0 for none, and
// the offset in it of the part after the prefix.
func nameLength(b []byte) (length, local int) {
	n := 0
	for n < len(b) && isNameByte[b[n]] {
		n++
	}
	if n == 0 || !startsName(b[0]) {
		return 0, 0
	}
	if n == len(b) || b[n] != ':' {
		return n, 0
	}
	local = n + 1
	for n++; n < len(b) && isNameByte[b[n]]; n++ {
	}
	if n == local || !startsName(b[local]) || n < len(b) && b[n] == ':' {
		return 0, 0
	}
	return n, local
}

func startsName(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_'
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

func trimSpace(b []byte) []byte {
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	return b
}

func isBlank(b []byte) bool { return len(trimSpace(b)) == 0 }

// characterData reads text up to the next tag.
func (s *Scanner) characterData() (Token, error) {
	i := 0
	for {
		b := s.buf[s.pos:s.end]
		for i < len(b) && isPlain[b[i]] {
			i++
		}
		if i < len(b) || len(s.elements) == 0 { // white space outside the root is passed over as it comes
			break
		}
		if more, err := s.fill(); err != nil {
			return 0, err
		} else if !more {
			break
		}
	}
	plain := s.pos+i == s.end || s.buf[s.pos+i] == '<'
	if !plain {
		var err error
		if i, err = s.textEnd(i); err != nil {
			return 0, err
		}
	}
	raw := s.buf[s.pos : s.pos+i]
	if len(s.elements) == 0 {
		// findEncoding has removed any byte order mark, so only white space is
		// allowed outside the root.
		if !isBlank(raw) {
			return 0, s.Fail(OutsideRoot)
		}
		s.pos += i
		return 0, nil
	}
	s.text = raw
	if !plain {
		var err error
		s.scratch = s.scratch[:0]
		if s.text, err = s.decode(raw, inContent); err != nil {
			return 0, err
		}
	}
	s.token = s.pos
	s.pos += i
	return Text, nil
}

// textEnd returns the offset from pos of the next '<', or of the end.
func (s *Scanner) textEnd(from int) (int, error) {
	for {
		if n := bytes.IndexByte(s.buf[s.pos+from:s.end], '<'); n >= 0 {
			return from + n, nil
		}
		from = s.end - s.pos
		if more, err := s.fill(); err != nil {
			return 0, err
		} else if !more {
			return from, nil
		}
	}
}

// decode checks raw characters and returns them decoded: line ends become a line
// feed and references are resolved. The result may be raw itself.
func (s *Scanner) decode(raw []byte, where surroundings) ([]byte, error) {
	i := 0
	for i < len(raw) && isPlain[raw[i]] {
		i++
	}
	if i == len(raw) {
		return raw, nil
	}
	begin := len(s.scratch)
	s.scratch = append(s.scratch, raw[:i]...)
	for i < len(raw) {
		n, err := s.decodeOne(raw[i:], where)
		if err != nil {
			return nil, err
		}
		i += n
	}
	return s.scratch[begin:], nil
}

// decodeOne appends the first character of b, decoded, to the scratch space and
// returns the number of bytes it consumed.
func (s *Scanner) decodeOne(b []byte, where surroundings) (int, error) {
	c := b[0]
	switch {
	case c == '\r':
		if len(b) > 1 && b[1] == '\n' {
			return 1, nil // the line feed follows
		}
		s.scratch = append(s.scratch, '\n')
		return 1, nil
	case c == '&' && where <= inAttribute:
		return s.reference(b)
	case c == '<' && where == inAttribute:
		return 0, s.Fail(LessThan)
	case c == ']' && where == inContent && bytes.HasPrefix(b, cdataClose):
		return 0, s.Fail(SectionEnd)
	case c < 0x20 && c != '\t' && c != '\n':
		return 0, s.Fail(ControlCharacter)
	case c < utf8.RuneSelf:
		s.scratch = append(s.scratch, c)
		return 1, nil
	}
	r, n := utf8.DecodeRune(b)
	switch {
	case r == utf8.RuneError && n == 1, r == utf8.RuneError && s.noRunes:
		return 0, s.Fail(NotUTF8)
	case !isXMLCharacter(r):
		return 0, s.Fail(ControlCharacter)
	}
	s.scratch = append(s.scratch, b[:n]...)
	return n, nil
}

// reference resolves an entity or a character reference.
func (s *Scanner) reference(b []byte) (int, error) {
	end := bytes.IndexByte(b[:min(len(b), 32)], ';')
	if end < 0 {
		return 0, s.Fail(BadReference)
	}
	name := b[1:end]
	switch string(name) {
	case "lt":
		s.scratch = append(s.scratch, '<')
	case "gt":
		s.scratch = append(s.scratch, '>')
	case "amp":
		s.scratch = append(s.scratch, '&')
	case "quot":
		s.scratch = append(s.scratch, '"')
	case "apos":
		s.scratch = append(s.scratch, '\'')
	default:
		r, ok := characterReference(name)
		if !ok {
			return 0, &Damage{Offset: s.offset(), Reason: BadReference, Entity: entityIn(name)}
		}
		if !isXMLCharacter(r) {
			return 0, s.Fail(ControlCharacter)
		}
		s.scratch = utf8.AppendRune(s.scratch, r)
	}
	return end + 1, nil
}

// entityIn returns the name of an entity as a string, "" if it cannot be one.
func entityIn(name []byte) string {
	if n, _ := nameLength(name); n == 0 || n < len(name) {
		return ""
	}
	return string(name)
}

// characterReference resolves the part of a character reference between & and ;,
// such as #233 or #xE9.
func characterReference(name []byte) (rune, bool) {
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(string(digits), base, 31)
	return rune(n), err == nil
}

func isXMLCharacter(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF ||
		r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}
