package ijw

import (
	"bytes"
	"unicode/utf8"
)

// attr is an attribute of a start tag, other than a namespace declaration.
type attr struct {
	name  *name
	value string
}

// attributesMax is the maximum number of attributes of a tag.
const attributesMax = 64

// nameEnds holds the bytes that end the name in a start tag.
var nameEnds = [256]bool{'>': true, '/': true, ' ': true, '\t': true, '\n': true, '\r': true}

// startTag reads a start tag.
func (s *scanner) startTag() error {
	if s.depth() == 0 && s.begun {
		return malformed(brokenAfter)
	}
	s.tagLine, s.attrs = s.line, s.attrs[:0]
	width := 1
	for { // the name
		for s.pos+width < s.end && !nameEnds[s.buf[s.pos+width]] {
			width++
		}
		if s.pos+width < s.end {
			break
		}
		if more, err := s.need(width + 1); err != nil || !more {
			return orBroken(err, brokenCutOff)
		}
	}
	full := s.buf[s.pos+1 : s.pos+width]
	s.push(full)
	s.pos += width
	s.begun = true
	if s.buf[s.pos] == '>' { // the usual case
		s.pos++
		return s.resolve()
	}
	raw, err := s.attributes()
	if err != nil {
		return err
	}
	if err := s.resolve(); err != nil {
		return err
	}
	return s.named(raw)
}

// resolve sets name to the resolved name of the innermost element.
func (s *scanner) resolve() (err error) {
	s.name, err = s.spaces.element(s.open[s.starts[len(s.starts)-1]:])
	return err
}

// rawAttr is an attribute with its name as written.
type rawAttr struct{ full, value string }

// attributes reads the rest of a start tag. It applies namespace declarations and returns the other attributes.
func (s *scanner) attributes() (raw []rawAttr, err error) {
	seen := make(map[string]bool)
	for {
		apart, err := s.blanks()
		if err != nil {
			return nil, err
		}
		switch s.buf[s.pos] {
		case '>':
			s.pos++
			return raw, nil
		case '/':
			if over, err := s.at("/>"); err != nil || !over {
				return nil, orBroken(err, brokenTag)
			}
			s.pos += len("/>")
			s.closing = true
			return raw, nil
		}
		full, value, err := s.attribute()
		switch {
		case err != nil:
			return nil, err
		case !apart || len(seen) == attributesMax:
			return nil, malformed(brokenAttribute)
		case seen[full]:
			return nil, malformed(brokenTwice)
		}
		seen[full] = true
		declares, err := s.spaces.declare(s.depth()-1, full, value)
		if err != nil {
			return nil, err
		}
		if !declares {
			raw = append(raw, rawAttr{full, value})
		}
	}
}

// attribute reads one attribute: its name as written, and its value.
func (s *scanner) attribute() (full, value string, err error) {
	width := 0
	for {
		if more, err := s.need(width + 1); err != nil || !more {
			return "", "", orBroken(err, brokenCutOff)
		}
		if c := s.buf[s.pos+width]; c == '=' || isBlank(c) || c == '>' || c == '/' || c == '<' || c == '"' || c == '\'' {
			break
		}
		width++
	}
	full = string(s.buf[s.pos : s.pos+width])
	s.pos += width
	if _, err := s.blanks(); err != nil {
		return "", "", err
	}
	if s.buf[s.pos] != '=' {
		return "", "", malformed(brokenAttribute)
	}
	s.pos++
	if _, err := s.blanks(); err != nil {
		return "", "", err
	}
	quote := s.buf[s.pos]
	if quote != '"' && quote != '\'' {
		return "", "", malformed(brokenAttribute)
	}
	s.pos++
	value, err = s.quoted(quote)
	return full, value, err
}

// quoted reads the value of an attribute up to its closing quote. It replaces white space by spaces, as XML prescribes.
func (s *scanner) quoted(quote byte) (string, error) {
	width := 0
	for {
		if more, err := s.need(width + 1); err != nil || !more {
			return "", orBroken(err, brokenCutOff)
		}
		if s.buf[s.pos+width] == quote {
			break
		}
		width++
	}
	piece := s.buf[s.pos : s.pos+width]
	s.pos += width + 1
	s.line += bytes.Count(piece, []byte("\n"))
	var value []byte
	for at := 0; at < len(piece); {
		r, size := utf8.DecodeRune(piece[at:])
		switch {
		case r == utf8.RuneError && size <= 1:
			return "", malformed(brokenUTF8)
		case !isChar(r):
			return "", malformed(brokenCharacter)
		case r == '<':
			return "", malformed(brokenAttribute)
		case r == '&':
			var err error
			if r, size, err = dereference(piece[at:]); err != nil {
				return "", err
			}
		case r == '\r' && at+1 < len(piece) && piece[at+1] == '\n':
			at++
			continue
		case r == '\t' || r == '\n' || r == '\r':
			r = ' '
		}
		value = utf8.AppendRune(value, r)
		at += size
	}
	return string(value), nil
}

// named resolves the names of the attributes, once all namespace declarations of the tag are known.
func (s *scanner) named(raw []rawAttr) error {
	for _, a := range raw {
		name, err := s.spaces.attribute(a.full)
		if err != nil {
			return err
		}
		for _, other := range s.attrs {
			if *other.name == *name {
				return malformed(brokenTwice)
			}
		}
		s.attrs = append(s.attrs, attr{name, a.value})
	}
	return nil
}
