package xmlscan

import "bytes"

var (
	commentOpen  = []byte("!--")
	commentClose = []byte("--")
	cdataOpen    = []byte("![CDATA[")
	cdataClose   = []byte("]]>")
	docTypeOpen  = []byte("!DOCTYPE")
	piClose      = []byte("?>")
	xmlTarget    = []byte("xml")
	xmlnsPrefix  = []byte("xmlns")
)

// markup reads markup, which begins with '<'. It returns token 0 for comments and
// processing instructions.
func (s *Scanner) markup() (Token, error) {
	if err := s.lookAhead(2); err != nil {
		return 0, err
	}
	switch s.buf[s.pos+1] {
	case '/':
		return EndTag, s.endElement()
	case '?':
		return 0, s.instruction()
	case '!':
		return s.declaration()
	}
	return StartTag, s.start()
}

// tagEnd returns the offset from pos of the '>' that ends the tag, ignoring any
// inside quotes.
func (s *Scanner) tagEnd() (int, error) {
	var quote byte
	i := 1
	for {
		b := s.buf[s.pos:s.end]
		for ; i < len(b); i++ {
			switch c := b[i]; {
			case quote != 0:
				if c == quote {
					quote = 0
				}
			case c == '>':
				return i, nil
			case c == '"' || c == '\'':
				quote = c
			}
		}
		if err := s.need(); err != nil {
			return 0, err
		}
	}
}

// endElement reads an end tag and checks that it matches the open element.
func (s *Scanner) endElement() error {
	if n := len(s.elements); n > 0 { // fast path for an end tag without spaces
		full := s.open[s.elements[n-1].begin:]
		at := s.pos + 2 + len(full)
		if at < s.end && s.buf[at] == '>' && string(s.buf[s.pos+2:at]) == string(full) {
			s.pop()
			s.pos = at + 1
			return nil
		}
	}
	gt, err := s.find([]byte{'>'}, 2)
	if err != nil {
		return err
	}
	full := s.buf[s.pos+2 : s.pos+gt]
	for len(full) > 0 && isSpace(full[len(full)-1]) {
		full = full[:len(full)-1]
	}
	if len(s.elements) == 0 || !bytes.Equal(full, s.open[s.elements[len(s.elements)-1].begin:]) {
		return s.Fail(Mismatch)
	}
	s.pop()
	s.pos += gt + 1
	return nil
}

// pop closes the innermost element and sets name to its name.
func (s *Scanner) pop() {
	last := len(s.elements) - 1
	e := s.elements[last]
	s.name = s.open[e.local:]
	s.open = s.open[:e.begin]
	s.elements = s.elements[:last]
}

// start reads a start tag.
func (s *Scanner) start() error {
	s.attributes, s.declares = s.attributes[:0], false
	s.scratch = s.scratch[:0]
	if name, local, length := s.usualTag(); length > 0 {
		err := s.push(name, local)
		s.token = s.pos
		s.pos += length
		return err
	}
	s.attributes, s.declares = s.attributes[:0], false
	gt, err := s.tagEnd()
	if err != nil {
		return err
	}
	tag := s.buf[s.pos+1 : s.pos+gt]
	isClosed := len(tag) > 0 && tag[len(tag)-1] == '/'
	if isClosed {
		tag = tag[:len(tag)-1]
	}
	n, local := nameLength(tag)
	if n == 0 {
		return s.Fail(BadName)
	}
	if err := s.push(tag[:n], local); err != nil {
		return err
	}
	if err := s.readAttributes(tag[n:]); err != nil {
		return err
	}
	s.closing = isClosed
	s.token = s.pos
	s.pos += gt + 1
	return nil
}

// push opens an element.
func (s *Scanner) push(full []byte, local int) error {
	switch {
	case len(s.elements) == 0 && s.begun:
		return s.Fail(AfterEnd)
	case len(s.elements) >= depthMax:
		return s.Fail(TooDeep)
	case len(full) > nameBytesMax:
		return s.Fail(BadName)
	}
	s.begun = true
	begin := len(s.open)
	s.elements = append(s.elements, element{begin, begin + local})
	s.open = append(s.open, full...)
	s.name = s.open[begin+local:]
	return nil
}

// readAttributes reads the part of a start tag after its name.
func (s *Scanner) readAttributes(rest []byte) error {
	for {
		trimmed := trimSpace(rest)
		if len(trimmed) == 0 {
			return nil
		}
		if len(trimmed) == len(rest) {
			return s.Fail(BadTag)
		}
		n, _ := nameLength(trimmed)
		if n == 0 {
			return s.Fail(BadName)
		}
		name := trimmed[:n]
		rest = trimSpace(trimmed[n:])
		if len(rest) == 0 || rest[0] != '=' {
			return s.Fail(BadTag)
		}
		rest = trimSpace(rest[1:])
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return s.Fail(Unquoted)
		}
		n = bytes.IndexByte(rest[1:], rest[0])
		if n < 0 {
			return s.Fail(Unquoted)
		}
		value, err := s.decode(rest[1:1+n], inAttribute)
		if err != nil {
			return err
		}
		if err := s.addAttribute(name, value); err != nil {
			return err
		}
		rest = rest[n+2:]
	}
}

func (s *Scanner) addAttribute(name, value []byte) error {
	for i := range s.attributes {
		if bytes.Equal(s.attributes[i].Name, name) {
			return s.Fail(DuplicateAttribute)
		}
	}
	if len(s.attributes) == attributesMax {
		return s.Fail(TooManyAttributes)
	}
	s.declares = s.declares || bytes.HasPrefix(name, xmlnsPrefix)
	s.attributes = append(s.attributes, Attribute{name, value})
	return nil
}

// instruction skips a processing instruction. It also checks the XML declaration,
// which looks like one: it must be at the very beginning, and findEncoding has
// already converted from the encoding that it names.
func (s *Scanner) instruction() error {
	at, err := s.find(piClose, 2)
	if err != nil {
		return err
	}
	content := s.buf[s.pos+2 : s.pos+at]
	n, _ := nameLength(content)
	switch {
	case n == 0 || n < len(content) && !isSpace(content[n]):
		return s.Fail(BadName)
	case bytes.Equal(content[:n], xmlTarget):
		if s.offset() != 0 {
			return s.Fail(BadDeclaration)
		}
		if !declarationIsRead(string(content)) {
			return s.Fail(BadEncoding)
		}
	case bytes.EqualFold(content[:n], xmlTarget):
		return s.Fail(BadDeclaration)
	}
	if _, err := s.decode(content, inMarkup); err != nil {
		return err
	}
	s.pos += at + 2
	return nil
}

// declaration reads markup that begins with "<!": a comment or a CDATA section.
func (s *Scanner) declaration() (Token, error) {
	if err := s.lookAhead(4); err != nil {
		return 0, err
	}
	if bytes.HasPrefix(s.buf[s.pos+1:s.end], commentOpen) {
		return 0, s.comment()
	}
	if err := s.lookAhead(1 + len(cdataOpen)); err != nil {
		return 0, err
	}
	if !bytes.HasPrefix(s.buf[s.pos+1:s.end], cdataOpen) {
		if bytes.HasPrefix(s.buf[s.pos+1:s.end], docTypeOpen) {
			return 0, s.Fail(DocumentType)
		}
		return 0, s.Fail(BadTag)
	}
	if len(s.elements) == 0 {
		return 0, s.Fail(OutsideRoot)
	}
	at, err := s.find(cdataClose, 9)
	if err != nil {
		return 0, err
	}
	s.scratch = s.scratch[:0]
	if s.text, err = s.decode(s.buf[s.pos+9:s.pos+at], inSection); err != nil {
		return 0, err
	}
	s.token = s.pos
	s.pos += at + 3
	return Text, nil
}

func (s *Scanner) comment() error {
	at, err := s.find(commentClose, 4)
	if err != nil {
		return err
	}
	if err := s.lookAhead(at + 3); err != nil {
		return err
	}
	if s.buf[s.pos+at+2] != '>' {
		return s.Fail(BadComment)
	}
	if _, err := s.decode(s.buf[s.pos+4:s.pos+at], inMarkup); err != nil {
		return err
	}
	s.pos += at + 3
	return nil
}
