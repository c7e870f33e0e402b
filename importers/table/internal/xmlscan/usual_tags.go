package xmlscan

import "bytes"

// A sheet has tens of millions of tags, nearly all written in the same plain
// way: <c r="A1" s="3">. They are read here, in one go. Whatever is written in
// another way, or is wrong, is left to the full reading of a tag, which knows
// all the rules; so this must take nothing that the full reading would not.

// usualTag reads a start tag of which the attributes have one space before
// them, double quotes and values without references. It returns the name,
// where in it the part after the prefix begins, and the length of the tag, 0 if
// the tag is not such a one.
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

// usualAttribute reads an attribute and returns its length, 0 if it is not
// written in the plain way.
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
