package table

import (
	"bytes"
	"strings"
)

// sharedStrings are the texts that cells of a workbook refer to by number.
// They are kept as pieces of a few large strings: a workbook may have millions.
type sharedStrings struct {
	texts []string

	chunk   strings.Builder
	pending []int // where in chunk each text ends that is not in texts yet
}

const chunkBytes = 1 << 20

// add takes the next text.
func (s *sharedStrings) add(text []byte) {
	if s.chunk.Len()+len(text) > chunkBytes && s.chunk.Len() > 0 {
		s.flush()
	}
	if s.chunk.Len() == 0 {
		s.chunk.Grow(max(len(text), min(chunkBytes, 4096*(1+len(s.texts)))))
	}
	s.chunk.Write(text)
	s.pending = append(s.pending, s.chunk.Len())
}

// flush turns what was added into texts.
func (s *sharedStrings) flush() {
	chunk, begin := s.chunk.String(), 0
	for _, end := range s.pending {
		s.texts = append(s.texts, chunk[begin:end])
		begin = end
	}
	s.chunk = strings.Builder{}
	s.pending = s.pending[:0]
}

// readTexts reads the shared texts when a sheet is first read.
func (b *workbook) readTexts() error {
	if b.textsRead || b.textsPart == "" {
		return nil
	}
	part, err := b.container.open(b.textsPart)
	if err != nil {
		return err
	}
	defer part.Close()
	scan, err := newScanner(part)
	if err == nil {
		err = b.scanTexts(scan)
	}
	if err != nil {
		b.texts = sharedStrings{}
		return damageProblem("damaged-texts", err, b.textsPart)
	}
	b.texts.flush()
	b.textsRead = true
	return nil
}

func (b *workbook) scanTexts(scan *scanner) error {
	if err := scan.root("sst", reasonNotSharedStrings); err != nil {
		return err
	}
	var text []byte
	count := 0
	for {
		kind, err := scan.next()
		switch {
		case err != nil:
			return err
		case kind == endOfDocument:
			return nil
		case kind != startTag:
			continue
		case string(scan.name) != "si":
			if err := scan.skip(); err != nil {
				return err
			}
			continue
		}
		if text, err = scan.stringItem(text[:0]); err != nil {
			return err
		}
		if count++; count > sharedStringsMax {
			return newProblem("too-many-texts", sharedStringsMax)
		}
		b.texts.add(text)
	}
}

// root reads the root element's start tag.
func (s *scanner) root(name string, otherwise phrase) error {
	kind, err := s.next()
	if err == nil && (kind != startTag || string(s.name) != name) {
		err = s.fail(otherwise)
	}
	return err
}

// stringItem appends the text of the element that was begun, a shared or
// inline text: a text (t), or runs (r) of text with a format each. How the
// text is pronounced (rPh) is left out.
func (s *scanner) stringItem(text []byte) ([]byte, error) {
	outside, begin := s.depth()-1, len(text)
	for {
		kind, err := s.next()
		if err != nil {
			return nil, err
		}
		switch kind {
		case startTag:
			switch string(s.name) {
			case "t":
				text, err = s.content(text)
			case "r":
			default:
				err = s.skip()
			}
			if err != nil {
				return nil, err
			}
			if len(text)-begin > textBytesMax {
				return nil, newProblem("text-too-long", textBytesMax)
			}
		case endTag:
			if s.depth() == outside {
				return text[:begin+len(unescape(text[begin:]))], nil
			}
		}
	}
}

// content appends the characters of the element that was begun, which holds
// nothing else.
func (s *scanner) content(text []byte) ([]byte, error) {
	for {
		kind, err := s.next()
		switch {
		case err != nil:
			return nil, err
		case kind == endTag:
			return text, nil
		case kind == startTag:
			return nil, s.fail(reasonStrayElement)
		}
		text = append(text, s.text...)
		if len(text) > rowBytesMax {
			return nil, newProblem("row-too-long", rowBytesMax)
		}
	}
}

// between reads on to the next start tag inside the element that was begun
// before, or to its end (false). No text may stand there.
func (s *scanner) between() (bool, error) {
	for {
		kind, err := s.next()
		switch {
		case err != nil:
			return false, err
		case kind == startTag:
			return true, nil
		case kind == endTag:
			return false, nil
		case kind == characters && len(bytes.TrimSpace(s.text)) > 0:
			return false, s.fail(reasonStrayText)
		}
	}
}
