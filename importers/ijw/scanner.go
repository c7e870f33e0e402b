package ijw

import (
	"bytes"
	"errors"
	"io"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// windowBytes is the size of the window on a message, and therefore the maximum length of a tag.
const windowBytes = 64 << 10

// token is one piece of an XML document.
type token uint8

const (
	startTag token = iota + 1
	endTag
	endOfDocument
)

// scanner splits an XML document into start and end tags, and checks that it is well formed, namespaces included. It collects
// the text between tags, or refuses it where no text is allowed.
type scanner struct {
	source io.Reader
	buf    []byte // a window on the document
	pos    int    // next byte to look at
	end    int    // bytes in buf
	read   int64  // total bytes read
	ended  bool   // source is at its end
	line   int    // of pos, from 1

	name    *name  // of the last start tag
	attrs   []attr // of the last start tag, without namespace declarations
	tagLine int    // line of the last start tag
	closing bool   // the next token is the end tag of a self-closing tag

	collect bool   // text is allowed and collected
	text    []byte // the collected text

	open   []byte // full names of the open elements, one after the other
	starts []int  // offset in open of each of them
	begun  bool   // the start tag of the root has been read

	spaces namespaces
}

// newScanner returns a scanner of a document, of which it reads the beginning (see begin).
func newScanner(source io.Reader) (*scanner, error) {
	s := &scanner{source: source, buf: make([]byte, windowBytes), line: 1, spaces: newNamespaces()}
	return s, s.begin()
}

// fill reads more of the document into the window, and reports whether there was more.
func (s *scanner) fill() (bool, error) {
	if s.ended {
		return false, nil
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.pos, s.end = 0, s.end-s.pos
	}
	if s.end == len(s.buf) {
		return false, malformed(brokenTag)
	}
	for range 100 {
		n, err := s.source.Read(s.buf[s.end:])
		s.end += n
		s.read += int64(n)
		switch {
		case s.read > ijw.MaxBytes:
			return false, refuse(TooLarge, text("het bestand is groter dan 25 MB (%d bytes). Splits het in meer berichten.",
				"the file is larger than 25 MB (%d bytes). Split it into several messages."), ijw.MaxBytes)
		case errors.Is(err, io.EOF):
			s.ended = true
			return n > 0, nil
		case err != nil:
			refusal := refuse(Unreadable, text("het bestand kan niet gelezen worden. Controleer de schijf of het netwerk.",
				"the file cannot be read. Check the disk or the network."))
			refusal.cause = err
			return false, refusal
		case n > 0:
			return true, nil
		}
	}
	return false, io.ErrNoProgress
}

// need reads until the window holds at least n bytes from pos on, and reports whether the document has that many.
func (s *scanner) need(n int) (bool, error) {
	for s.end-s.pos < n {
		if more, err := s.fill(); !more || err != nil {
			return false, err
		}
	}
	return true, nil
}

// at reports whether the document continues with the text.
func (s *scanner) at(text string) (bool, error) {
	ok, err := s.need(len(text))
	return ok && string(s.buf[s.pos:s.pos+len(text)]) == text, err
}

// depth returns the number of open elements.
func (s *scanner) depth() int { return len(s.starts) }

// next reads the next tag. After a start tag, name, attrs and tagLine are set; at an end tag, text is the collected text.
func (s *scanner) next() (token, error) {
	if s.closing {
		s.closing = false
		s.pop()
		return endTag, nil
	}
	for {
		if err := s.characters(); err != nil {
			return 0, err
		}
		more, err := s.need(2)
		if err != nil {
			return 0, err
		}
		if !more {
			if s.pos < s.end || s.depth() > 0 || !s.begun {
				return 0, malformed(brokenCutOff)
			}
			return endOfDocument, nil
		}
		switch s.buf[s.pos+1] {
		case '/':
			return endTag, s.endTag()
		case '!':
			err = s.declaration()
		case '?':
			err = s.instruction()
		default:
			return startTag, s.startTag()
		}
		if err != nil {
			return 0, err
		}
	}
}

// push adds an open element with its full name.
func (s *scanner) push(full []byte) {
	s.starts = append(s.starts, len(s.open))
	s.open = append(s.open, full...)
}

// pop removes the innermost open element and its namespace bindings.
func (s *scanner) pop() {
	last := len(s.starts) - 1
	s.open, s.starts = s.open[:s.starts[last]], s.starts[:last]
	s.spaces.leave(last)
}

// endTag reads an end tag, which must match the innermost open element.
func (s *scanner) endTag() error {
	if s.depth() == 0 {
		return malformed(brokenMismatch)
	}
	open := s.open[s.starts[len(s.starts)-1]:]
	if more, err := s.need(len(open) + 3); err != nil || !more {
		return orBroken(err, brokenCutOff)
	}
	if !bytes.Equal(s.buf[s.pos+2:s.pos+2+len(open)], open) {
		return malformed(brokenMismatch)
	}
	s.pos += 2 + len(open)
	if _, err := s.blanks(); err != nil {
		return err
	}
	if s.buf[s.pos] != '>' {
		return malformed(brokenMismatch)
	}
	s.pos++
	s.pop()
	return nil
}

// blanks skips white space in a tag and reports whether there was any; the document must not end there.
func (s *scanner) blanks() (any bool, err error) {
	for {
		if s.pos == s.end {
			if more, err := s.fill(); err != nil || !more {
				return any, orBroken(err, brokenCutOff)
			}
		}
		switch s.buf[s.pos] {
		case '\n':
			s.line++
		case ' ', '\t', '\r':
		default:
			return any, nil
		}
		any = true
		s.pos++
	}
}
