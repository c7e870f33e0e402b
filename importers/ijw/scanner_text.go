package ijw

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
)

// plain holds the bytes of text that need no special treatment.
var plain = func() (table [256]bool) {
	for c := ' '; c <= '~'; c++ {
		table[c] = c != '<' && c != '&' && c != ']'
	}
	table['\t'] = true
	return table
}()

// characters reads text up to the next markup, or to the end of the document. Outside the root, and in an element that holds
// only elements, the text must be white space.
func (s *scanner) characters() error {
	for {
		i := s.pos
		if s.collect {
			for i < s.end && plain[s.buf[i]] {
				i++
			}
			s.text = append(s.text, s.buf[s.pos:i]...)
		} else {
			for i < s.end && (s.buf[i] == ' ' || s.buf[i] == '\t') {
				i++
			}
		}
		s.pos = i
		if i == s.end {
			if more, err := s.fill(); err != nil || !more {
				return err
			}
			continue
		}
		if s.buf[i] == '<' {
			return nil
		}
		if err := s.character(); err != nil {
			return err
		}
	}
}

// character reads one character of text that is not plain, or that may not be allowed: a line end, a reference, a closing
// bracket, a character beyond ASCII.
func (s *scanner) character() error {
	switch c := s.buf[s.pos]; {
	case c == '\n' || c == '\r':
		return s.lineEnd()
	case c == '&':
		if s.depth() == 0 {
			return malformed(brokenAfter)
		}
		return s.reference()
	case !s.collect && plain[c]:
		return s.stray()
	case c == ']':
		if section, err := s.at("]]>"); section || err != nil {
			return orBroken(err, brokenSection)
		}
		if !s.collect {
			return s.stray()
		}
		s.text = append(s.text, c)
		s.pos++
		return nil
	}
	return s.rune()
}

// lineEnd reads a line end. It replaces \r\n and \r by \n, as XML prescribes.
func (s *scanner) lineEnd() error {
	if s.buf[s.pos] == '\r' {
		pair, err := s.at("\r\n")
		if err != nil {
			return err
		}
		if pair {
			s.pos++
		}
	}
	s.pos++
	s.line++
	if s.collect {
		s.text = append(s.text, '\n')
	}
	return nil
}

// rune reads a character that is not plain.
func (s *scanner) rune() error {
	if !utf8.FullRune(s.buf[s.pos:s.end]) {
		if _, err := s.need(utf8.UTFMax); err != nil {
			return err
		}
	}
	r, width := utf8.DecodeRune(s.buf[s.pos:s.end])
	if r == utf8.RuneError && width <= 1 {
		return malformed(brokenUTF8)
	}
	if !isChar(r) {
		return malformed(brokenCharacter)
	}
	if !s.collect {
		return s.stray()
	}
	s.text = append(s.text, s.buf[s.pos:s.pos+width]...)
	s.pos += width
	return nil
}

// stray refuses text where none is allowed.
func (s *scanner) stray() error {
	if s.depth() > 0 {
		return refuse(WrongContent, text("hier staat tekst, maar dit element bevat alleen andere elementen. Verwijder de tekst.",
			"there is text here, but this element may contain only other elements. Remove the text."))
	}
	return malformed(brokenAfter)
}

// isChar reports whether XML allows the character.
func isChar(r rune) bool {
	return r >= ' ' && r <= 0xD7FF || r == '\t' || r == '\n' || r == '\r' || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// referenceMax is the maximum length of a reference, from & to ;.
const referenceMax = 16

// predefined are the predefined entities of XML.
var predefined = map[string]byte{"lt": '<', "gt": '>', "amp": '&', "apos": '\'', "quot": '"'}

// reference reads a reference in text and treats the character like any other.
func (s *scanner) reference() error {
	if _, err := s.need(referenceMax); err != nil {
		return err
	}
	r, width, err := dereference(s.buf[s.pos:min(s.end, s.pos+referenceMax)])
	if err != nil {
		return err
	}
	if !s.collect && r != ' ' && r != '\t' && r != '\n' && r != '\r' {
		return s.stray()
	}
	if s.collect {
		s.text = utf8.AppendRune(s.text, r)
	}
	s.pos += width
	return nil
}

// dereference returns the character to which the reference at the start of piece refers, and the length of the reference.
func dereference(piece []byte) (r rune, width int, err error) {
	end := bytes.IndexByte(piece, ';')
	if end < 2 {
		return 0, 0, malformed(brokenReference)
	}
	body := string(piece[1:end])
	if c, ok := predefined[body]; ok {
		return rune(c), end + 1, nil
	}
	if body[0] != '#' {
		if !isName([]byte(body)) {
			return 0, 0, malformed(brokenReference)
		}
		return 0, 0, refuse(HasEntity, text("het bericht gebruikt de entiteit &%s;, en alleen &lt; &gt; &amp; &apos; en &quot; mogen. Schrijf het teken zelf.",
			"the message uses the entity &%s;, but only &lt; &gt; &amp; &apos; and &quot; are allowed. Write the character itself."), billing.Mask(body))
	}
	digits, base := body[1:], 10
	if digits != "" && digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	number, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !isChar(rune(number)) {
		return 0, 0, malformed(brokenReference)
	}
	return rune(number), end + 1, nil
}

// section reads <![CDATA[ … ]]>, whose characters are literal text.
func (s *scanner) section() error {
	if s.depth() == 0 {
		return malformed(brokenAfter)
	}
	s.pos += len("<![CDATA[")
	for {
		if more, err := s.need(1); err != nil || !more {
			return orBroken(err, brokenCutOff)
		}
		over, err := s.at("]]>")
		if over {
			s.pos += len("]]>")
			return nil
		}
		if err == nil {
			err = s.sectionCharacter()
		}
		if err != nil {
			return err
		}
	}
}

// sectionCharacter reads one character of a CDATA section.
func (s *scanner) sectionCharacter() error {
	switch c := s.buf[s.pos]; {
	case c == '\n' || c == '\r':
		return s.lineEnd()
	case !s.collect && isBlank(c):
		s.pos++
		return nil
	}
	return s.rune()
}
