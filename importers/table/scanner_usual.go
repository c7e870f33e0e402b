package table

import "bytes"

// A sheet has tens of millions of tags, nearly all written in the same plain
// way: <c r="A1" s="3">. They are read here, in one go. Whatever is written in
// another way, or is wrong, is left to the full reading of a tag, which knows
// all the rules; so this must take nothing that the full reading would not.

// usualTag reads a start tag without prefix, of which the attributes have one
// space before them, double quotes and values without references. It gives
// the name and the length of the tag, 0 if the tag is not such a one.
func (s *scanner) usualTag() (name []byte, length int) {
	b := s.buf[s.pos:s.end]
	i := 1 + plainNameLength(b[1:])
	name = b[1:i]
	if len(name) == 0 {
		return nil, 0
	}
	for i+1 < len(b) {
		switch {
		case b[i] == '>':
			return name, i + 1
		case b[i] == '/' && b[i+1] == '>':
			s.closing = true
			return name, i + 2
		case b[i] != ' ':
			return nil, 0
		}
		taken := s.usualAttribute(b[i+1:])
		if taken == 0 {
			return nil, 0
		}
		i += 1 + taken
	}
	return nil, 0
}

// usualAttribute reads an attribute and gives its length, 0 if it is not
// written in the plain way.
func (s *scanner) usualAttribute(b []byte) int {
	n := plainNameLength(b)
	if n == 0 || n+2 > len(b) || b[n] != '=' || b[n+1] != '"' || len(s.attributes) == attributesMax {
		return 0
	}
	end := n + 2
	for end < len(b) && isPlain[b[end]] && b[end] != '"' {
		end++
	}
	if end == len(b) || b[end] != '"' {
		return 0
	}
	for i := range s.attributes {
		if bytes.Equal(s.attributes[i].name, b[:n]) {
			return 0
		}
	}
	s.attributes = append(s.attributes, attribute{b[:n], b[n+2 : end]})
	return end + 1
}

// plainNameLength gives the length of the letters that b begins with.
func plainNameLength(b []byte) int {
	n := 0
	for n < len(b) && (b[n] >= 'a' && b[n] <= 'z' || b[n] >= 'A' && b[n] <= 'Z') {
		n++
	}
	return n
}
