package table

import (
	"bytes"
	"errors"
	"io"
)

// token is one piece of an XML document.
type token uint8

const (
	startTag token = iota + 1
	endTag
	characters
	endOfDocument
)

// attribute is one attribute of a start tag. Both slices are valid until the
// next token.
type attribute struct{ name, value []byte }

// scanner cuts an XML document into tokens and checks on the way that it is
// well formed: a sheet of which a part is silently skipped is a loss of rows.
// It knows what a workbook may hold of XML; a document type is refused.
//
// The whole of a tag or of a stretch of text is brought into buf before it is
// looked at, so that everything handed out is a plain slice.
type scanner struct {
	source  io.Reader
	buf     []byte
	pos     int // next byte to look at
	end     int // bytes in buf
	base    int64
	ended   bool // source has no more
	noRunes bool // refuse U+FFFD: it stands for what could not be converted

	name       []byte // of the tag, without prefix
	attributes []attribute
	text       []byte // of the characters
	scratch    []byte
	closing    bool // a self-closed tag still has to give its end

	open   []byte // full names of the open elements, one after the other
	starts []int  // where in open each of them begins
	begun  bool   // the root was seen
}

// damage is a breach of the rules of XML, or of those of a sheet.
type damage struct {
	offset int64
	reason phrase
}

func (d *damage) Error() string { return d.reason.english }

const bufferBytes = 256 << 10

func newScanner(r io.Reader) (*scanner, error) {
	s := &scanner{buf: make([]byte, bufferBytes)}
	source, converted, err := utf8Source(r)
	if err != nil {
		return nil, err
	}
	s.source, s.noRunes = source, converted
	return s, nil
}

// depth is the number of elements that are open.
func (s *scanner) depth() int { return len(s.starts) }

// offset is the place in the document of the next byte to look at.
func (s *scanner) offset() int64 { return s.base + int64(s.pos) }

func (s *scanner) fail(reason phrase) error {
	return &damage{offset: s.offset(), reason: reason}
}

// next gives the next token.
func (s *scanner) next() (token, error) {
	if s.closing {
		s.closing = false
		s.pop()
		return endTag, nil
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
		var kind token
		var err error
		if s.buf[s.pos] == '<' {
			kind, err = s.markup()
		} else {
			kind, err = s.characterData()
		}
		if kind != 0 || err != nil {
			return kind, err
		}
	}
}

// finish judges the end of the document.
func (s *scanner) finish() (token, error) {
	if len(s.starts) > 0 || !s.begun {
		return 0, s.fail(reasonCutOff)
	}
	return endOfDocument, nil
}

// fill brings more of the source into the buffer, keeping what is there from
// pos on. It says whether there was more.
func (s *scanner) fill() (bool, error) {
	if s.ended {
		return false, nil
	}
	if s.pos > 0 {
		copy(s.buf, s.buf[s.pos:s.end])
		s.base += int64(s.pos)
		s.end -= s.pos
		s.pos = 0
	}
	if s.end == len(s.buf) {
		if len(s.buf) >= tokenBytesMax {
			return false, s.fail(reasonTokenTooLong)
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

// find gives the offset from pos of the first occurrence of mark at or after
// from, reading on as needed.
func (s *scanner) find(mark []byte, from int) (int, error) {
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

// need reads on where the document may not end.
func (s *scanner) need() error {
	more, err := s.fill()
	if err == nil && !more {
		err = s.fail(reasonCutOff)
	}
	return err
}

// lookAhead makes sure that there are n bytes from pos on.
func (s *scanner) lookAhead(n int) error {
	for s.end-s.pos < n {
		if err := s.need(); err != nil {
			return err
		}
	}
	return nil
}

// skip reads past the element whose start tag was the last token.
func (s *scanner) skip() error {
	outside := s.depth() - 1
	for {
		if _, err := s.next(); err != nil {
			return err
		}
		if s.depth() == outside {
			return nil
		}
	}
}
