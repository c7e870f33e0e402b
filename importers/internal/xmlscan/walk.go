package xmlscan

import (
	"bytes"
	"errors"
)

// Root reads the start tag of the root element and returns its name.
func (s *Scanner) Root() ([]byte, error) {
	token, err := s.Next()
	if err == nil && token != StartTag {
		err = s.Fail(CutOff)
	}
	return s.name, err
}

// Skip skips the element whose start tag was the last token.
func (s *Scanner) Skip() error { return s.Leave(s.Depth() - 1) }

// Leave reads until no more than depth elements are open.
func (s *Scanner) Leave(depth int) error {
	for s.Depth() > depth {
		if _, err := s.Next(); err != nil {
			return err
		}
	}
	return nil
}

// ErrNotPlain is the error of SkipPlain for an element that it cannot skip.
var ErrNotPlain = errors.New("the element holds more than tags and text")

// SkipPlain is a fast [Scanner.Skip] that only searches for the end tag and does
// not check what it skips. The error is [ErrNotPlain] if the element contains a
// comment, a CDATA section, an instruction or an element of the same name, which
// could contain that end tag; the scanner must then not be used any more.
func (s *Scanner) SkipPlain() error {
	if s.closing {
		return s.Skip()
	}
	full := string(s.FullName())
	last, inner := []byte(full+">"), []byte("<"+full+" ")
	for {
		ahead := s.Ahead()
		found := bytes.Index(ahead, last)
		skipped := ahead
		if found >= 0 {
			skipped = ahead[:found]
		}
		switch {
		case hasMarkup(skipped, '!'), hasMarkup(skipped, '?'), bytes.Contains(skipped, inner):
			return ErrNotPlain
		case found >= 2 && string(ahead[found-2:found]) == "</":
			s.Advance(found - 2)
			return s.endElement()
		case found >= 0:
			return ErrNotPlain
		}
		s.Advance(max(0, len(ahead)-len(inner)-len("</")))
		if err := s.need(); err != nil {
			return err
		}
	}
}

// hasMarkup reports whether b contains < followed by mark. It searches for the
// mark, which is much rarer.
func hasMarkup(b []byte, mark byte) bool {
	for {
		i := bytes.IndexByte(b, mark)
		if i < 0 {
			return false
		}
		if i > 0 && b[i-1] == '<' {
			return true
		}
		b = b[i+1:]
	}
}

// Child reads up to the next start tag inside the open element, and returns false
// at the end tag of that element. Only white space may come before it.
//
// Of mc:AlternateContent, in which a program writes alternatives for newer and
// older programs, it reads only the fallback for older ones.
func (s *Scanner) Child() (bool, error) {
	for {
		token, err := s.Next()
		if err != nil {
			return false, err
		}
		switch token {
		case StartTag:
			switch string(s.name) {
			case "AlternateContent", "Fallback":
				continue
			case "Choice":
				if err := s.Skip(); err != nil {
					return false, err
				}
				continue
			}
			return true, nil
		case EndTag:
			if name := string(s.name); name != "AlternateContent" && name != "Fallback" {
				return false, nil
			}
		case Text:
			if len(bytes.TrimSpace(s.text)) > 0 {
				return false, s.Fail(StrayText)
			}
		}
	}
}

// Children reads the open element to its end and calls each after the start tag
// of every child. It skips what each does not read of a child.
func (s *Scanner) Children(each func(name []byte) error) error {
	for {
		more, err := s.Child()
		if err != nil || !more {
			return err
		}
		outside := s.Depth() - 1
		if err := each(s.name); err != nil {
			return err
		}
		if err := s.Leave(outside); err != nil {
			return err
		}
	}
}

// AppendText appends the text of the open element, which must not contain
// elements, and reads past its end tag.
func (s *Scanner) AppendText(text []byte) ([]byte, error) {
	for {
		token, err := s.Next()
		switch {
		case err != nil:
			return nil, err
		case token == EndTag:
			return text, nil
		case token == StartTag:
			return nil, s.Fail(StrayElement)
		}
		text = append(text, s.text...)
	}
}

// End reads to the end of the document.
func (s *Scanner) End() error {
	for {
		token, err := s.Next()
		if err != nil || token == EndOfDocument {
			return err
		}
	}
}
