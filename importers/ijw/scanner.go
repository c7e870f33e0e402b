package ijw

import (
	"bytes"
	"errors"
	"io"

	"github.com/pxq-nl/pxq/billing/ijw"
)

// windowBytes is how much of a message is held at once, and so the longest that a tag can be.
const windowBytes = 64 << 10

// token is one piece of an XML document.
type token uint8

const (
	startTag token = iota + 1
	endTag
	endOfDocument
)

// scanner cuts an XML document into start and end tags, and checks on the way that it is well formed, namespaces included.
// The text between tags it collects or, where none belongs, refuses.
type scanner struct {
	source io.Reader
	buf    []byte // a window of the document
	pos    int    // next byte to look at
	end    int    // bytes in buf
	read   int64  // bytes read in all
	ended  bool   // source has no more
	line   int    // of pos, from 1

	name    *name  // of the last start tag
	attrs   []attr // of the last start tag, namespace declarations apart
	tagLine int    // where the last start tag began
	closing bool   // a self-closed tag still has to give its end

	collect bool   // text belongs here: it goes to text
	text    []byte // what was collected

	open   []byte // full names of the open elements, one after the other
	starts []int  // where in open each of them begins
	begun  bool   // the root was seen

	spaces namespaces
}

// newScanner begins to read a document; what it begins with is looked at here.
func newScanner(source io.Reader) (*scanner, error) {
	s := &scanner{source: source, buf: make([]byte, windowBytes), line: 1, spaces: newNamespaces()}
	return s, s.begin()
}

// fill reads more of the document behind what is in the window, and reports whether there was more.
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
				"the file is larger than 25 MB (%d bytes). Split it into more messages."), ijw.MaxBytes)
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

// need brings at least n bytes behind pos into the window; it reports whether the document has so many.
func (s *scanner) need(n int) (bool, error) {
	for s.end-s.pos < n {
		if more, err := s.fill(); !more || err != nil {
			return false, err
		}
	}
	return true, nil
}

// at reports whether the text comes next.
func (s *scanner) at(text string) (bool, error) {
	ok, err := s.need(len(text))
	return ok && string(s.buf[s.pos:s.pos+len(text)]) == text, err
}

// depth is how many elements are open.
func (s *scanner) depth() int { return len(s.starts) }

// next gives the next tag. Of a start tag name, attrs and tagLine are set; at an end tag text is what was collected.
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

// push notes that the element of that full name is open.
func (s *scanner) push(full []byte) {
	s.starts = append(s.starts, len(s.open))
	s.open = append(s.open, full...)
}

// pop notes that the innermost element is closed.
func (s *scanner) pop() {
	last := len(s.starts) - 1
	s.open, s.starts = s.open[:s.starts[last]], s.starts[:last]
	s.spaces.leave(last)
}

// endTag reads an end tag; it must be that of the innermost element.
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

// blanks goes past white space in a tag, if there is any; something must follow it.
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
