package xmlscan

import (
	"bytes"
	"errors"
	"io"
)

// Token is one piece of an XML document.
type Token uint8

// The kinds of token. Text can come in several pieces, split by a comment or the
// boundary of a CDATA section.
const (
	StartTag Token = iota + 1
	EndTag
	Text
	EndOfDocument
)

// Attribute is an attribute of a start tag; Name includes the prefix. Both slices
// are valid until the next token.
type Attribute struct{ Name, Value []byte }

// The limits of a document.
const (
	depthMax      = 64       // nested elements
	attributesMax = 100      // attributes of one element; checking more for duplicates would be slow
	nameBytesMax  = 1 << 10  // bytes of one name
	tokenBytesMax = 16 << 20 // bytes of one tag, comment or text
)

// BufferBytes is the size of the buffer for a large document.
const BufferBytes = 256 << 10

// Scanner reads a document token by token. It reads a tag or text entirely into
// its buffer before scanning it, so that it can return slices of the buffer.
type Scanner struct {
	source  io.Reader
	buf     []byte
	pos     int   // next byte to look at
	end     int   // bytes in buf
	base    int64 // offset of buf in the source
	begin   int64 // offset of the document in the source, after its byte order mark
	ended   bool  // source is at its end
	noRunes bool  // refuse U+FFFD, which replaces invalid UTF-16

	countsLines bool
	lines       int // line feeds in the document before counted
	counted     int // offset in buf
	token       int // offset in buf of the last token

	name       []byte // of the tag, without prefix
	attributes []Attribute
	declares   bool   // an attribute of the tag binds a prefix to a namespace
	text       []byte // of the last Text token
	scratch    []byte
	closing    bool // the next token is the end tag of a self-closing tag

	open     []byte // full names of the open elements, one after the other
	elements []element
	begun    bool // the start tag of the root has been read
}

// element is an open element: the offsets in Scanner.open of its full name and of
// the part after the prefix.
type element struct{ begin, local int }

// New returns a scanner of the document in r. size is its approximate number of
// bytes, negative if unknown. The error is that of r.
func New(r io.Reader, size int64) (*Scanner, error) {
	if size < 0 || size >= BufferBytes {
		size = BufferBytes - 1
	}
	s := &Scanner{buf: make([]byte, max(size+1, 512)), source: r}
	return s, s.findEncoding()
}

// Name returns the name of the last tag without its prefix, valid until the
// next token.
func (s *Scanner) Name() []byte { return s.name }

// FullName returns the name of the innermost open element with its prefix, valid
// until the next token.
func (s *Scanner) FullName() []byte { return s.open[s.elements[len(s.elements)-1].begin:] }

// Text returns the characters of the last Text token, valid until the next.
func (s *Scanner) Text() []byte { return s.text }

// Attributes returns the attributes of the last start tag, valid until the next token.
func (s *Scanner) Attributes() []Attribute { return s.attributes }

// Declares reports whether the last start tag binds a prefix to a namespace.
func (s *Scanner) Declares() bool { return s.declares }

// Attribute returns the value of an attribute of the last start tag, by its
// name with prefix, and whether the tag has it.
func (s *Scanner) Attribute(name string) ([]byte, bool) {
	for i := range s.attributes {
		if string(s.attributes[i].Name) == name {
			return s.attributes[i].Value, true
		}
	}
	return nil, false
}

// Depth returns the number of elements that are open.
func (s *Scanner) Depth() int { return len(s.elements) }

// Ahead returns the unread bytes in the buffer. They have not been checked.
func (s *Scanner) Ahead() []byte { return s.buf[s.pos:s.end] }

// Advance skips n of the bytes of Ahead. They must be whole tokens that leave the
// open elements unchanged, and the caller must have checked them.
func (s *Scanner) Advance(n int) { s.pos += n }

// CountLines makes the scanner count lines; call it before the first token.
func (s *Scanner) CountLines() { s.countsLines = true }

// Line returns the line, from 1, of the next token or of the one that Next could not read.
func (s *Scanner) Line() int { return s.lineOf(s.pos) }

// TokenLine returns the line, from 1, on which the last token begins. Call it before Line.
func (s *Scanner) TokenLine() int { return s.lineOf(s.token) }

// lineOf returns the line of an offset in buf, which must not be before that of an earlier call.
func (s *Scanner) lineOf(offset int) int {
	s.lines += bytes.Count(s.buf[s.counted:offset], []byte{'\n'})
	s.counted = offset
	return s.lines + 1
}

// Fail returns the error that the document breaks a rule at the current offset.
func (s *Scanner) Fail(reason Reason) error {
	return &Damage{Offset: s.offset(), Reason: reason}
}

// offset returns the offset in the document of the next byte.
func (s *Scanner) offset() int64 { return s.base + int64(s.pos) - s.begin }

// Next returns the next token. The error is a *Damage, or that of the reader of
// the document.
func (s *Scanner) Next() (Token, error) {
	if s.closing {
		s.closing = false
		s.pop()
		return EndTag, nil
	}
	for {
		if s.pos == s.end {
			more, err := s.fill()
			if err != nil {
				return 0, err
			}
			if !more {
				return s.finish()
			}
		}
		var token Token
		var err error
		if s.buf[s.pos] == '<' {
			token, err = s.markup()
		} else {
			token, err = s.characterData()
		}
		if token != 0 || err != nil {
			return token, err
		}
	}
}

// finish checks that the document may end here.
func (s *Scanner) finish() (Token, error) {
	if len(s.elements) > 0 || !s.begun {
		return 0, s.Fail(CutOff)
	}
	return EndOfDocument, nil
}

// fill reads more of the source into the buffer, keeping the bytes from pos on. It
// reports whether there was more.
func (s *Scanner) fill() (bool, error) {
	if s.ended {
		return false, nil
	}
	if s.pos > 0 {
		if s.countsLines {
			s.lineOf(s.pos)
			s.counted = 0
		}
		copy(s.buf, s.buf[s.pos:s.end])
		s.base += int64(s.pos)
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= tokenBytesMax {
			return false, s.Fail(TokenTooLong)
		}
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for range 100 {
		n, err := s.source.Read(s.buf[s.end:])
		s.end += n
		if errors.Is(err, io.EOF) {
			s.ended = true
			return n > 0, nil
		}
		if err != nil {
			return false, err
		}
		if n > 0 {
			return true, nil
		}
	}
	return false, io.ErrNoProgress
}

// find returns the offset from pos of the first occurrence of mark at or after
// from, reading on as needed.
func (s *Scanner) find(mark []byte, from int) (int, error) {
	for {
		if from < s.end-s.pos {
			if i := bytes.Index(s.buf[s.pos+from:s.end], mark); i >= 0 {
				return from + i, nil
			}
		}
		from = max(from, s.end-s.pos-len(mark)+1)
		if err := s.need(); err != nil {
			return 0, err
		}
	}
}

// need reads more into the buffer; the end of the document is an error.
func (s *Scanner) need() error {
	more, err := s.fill()
	if err == nil && !more {
		err = s.Fail(CutOff)
	}
	return err
}

// lookAhead ensures that the buffer holds n bytes from pos on.
func (s *Scanner) lookAhead(n int) error {
	for s.end-s.pos < n {
		if err := s.need(); err != nil {
			return err
		}
	}
	return nil
}
