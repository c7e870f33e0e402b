package xmlscan

import "bytes"

// A sheet has tens of millions of tags, nearly all written in the same plain
// form: <c r="A1" s="3">. This file is the fast path for them. It leaves
// everything else, and everything wrong, to the general path of Scanner.start,
// which knows all the rules, and must not read any tag differently from it.

// usualTag reads a start tag whose attributes have one space before them, double
// quotes and values without references. It returns the name, the offset in it of
// the part after the prefix, and the length of the tag; the length is 0 if the tag
// does not have this form.
func (s *Scanner) usualTag() (name []byte, local, length int) {
	b := s.buf[s.pos:s.end]
	i, local := nameLength(b[1:])
	if i == 0 {
		return nil, 0, 0
	}
	i++
	name = b[1:i]
	for i+1 < len(b) {
		switch {
		case b[i] == '>':
			return name, local, i + 1
		case b[i] == '/' && b[i+1] == '>':
			s.closing = true
			return name, local, i + 2
		case b[i] != ' ':
			return nil, 0, 0
		}
		taken := s.usualAttribute(b[i+1:])
		if taken == 0 {
			return nil, 0, 0
		}
		i += 1 + taken
	}
	return nil, 0, 0
}

// usualAttribute reads an attribute and returns its length, 0 if it does not have
// the plain form.
func (s *Scanner) usualAttribute(b []byte) int {
	n, _ := nameLength(b)
	if n == 0 || n+2 > len(b) || b[n] != '=' || b[n+1] != '"' || len(s.attributes) == attributesMax {
		return 0
	}
	end := n + 2
	for end < len(b) && isPlainValue[b[end]] {
		end++
	}
	if end == len(b) || b[end] != '"' {
		return 0
	}
	for i := range s.attributes {
		if bytes.Equal(s.attributes[i].Name, b[:n]) {
			return 0
		}
	}
	if b[0] == 'x' && bytes.HasPrefix(b, xmlnsPrefix) {
		s.declares = true
	}
	s.attributes = append(s.attributes, Attribute{b[:n], b[n+2 : end]})
	return end + 1
}
