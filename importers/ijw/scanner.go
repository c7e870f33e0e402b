package ijw

import (
	"bytes"
	"errors"
	"io"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
)

// token is one piece of a message.
type token uint8

const (
	startTag token = iota + 1
	endTag
	endOfDocument
)

// attr is an attribute of a start tag, other than a namespace declaration.
type attr struct {
	name  *name
	value string
}

// scanner splits a message into start and end tags with the namespaces of their names. It collects the text between tags, or
// refuses it where no text is allowed.
type scanner struct {
	*xmlscan.Scanner
	spaces  namespaces
	name    *name  // of the last start tag
	attrs   []attr // of the last start tag, without namespace declarations
	collect bool   // text is allowed and collected
	text    []byte // the collected text
}

// windowBytes is the size of the window on a message: most messages are smaller.
const windowBytes = 64 << 10

// newScanner returns a scanner of a document, whose beginning it checks (see checkBeginning).
func newScanner(source io.Reader) (*scanner, error) {
	limited := &limitedReader{source: source}
	source, err := checkBeginning(limited)
	if err != nil {
		return nil, err
	}
	made, err := xmlscan.New(source, windowBytes)
	if err != nil {
		return nil, err
	}
	made.CountLines()
	return &scanner{Scanner: made, spaces: newNamespaces()}, nil
}

// next reads the next tag. After a start tag, name and attrs are set; at an end tag, text is the collected text.
func (s *scanner) next() (token, error) {
	for {
		read, err := s.Next()
		if err != nil {
			return 0, refusalOf(err)
		}
		switch read {
		case xmlscan.StartTag:
			return startTag, s.resolve()
		case xmlscan.EndTag:
			s.spaces.leave(s.Depth())
			return endTag, nil
		case xmlscan.EndOfDocument:
			return endOfDocument, nil
		}
		if err := s.characters(); err != nil {
			return 0, err
		}
	}
}

// characters collects text, which must be white space in an element that holds only elements.
func (s *scanner) characters() error {
	if s.collect {
		s.text = append(s.text, s.Text()...)
		return nil
	}
	stray := bytes.TrimLeft(s.Text(), blanks)
	if len(stray) == 0 {
		return nil
	}
	refusal := refuse(WrongContent, text("hier staat tekst, maar dit element bevat alleen andere elementen. Verwijder de tekst.",
		"there is text here, but this element may contain only other elements. Remove the text."))
	refusal.Line = s.TokenLine() + bytes.Count(s.Text()[:len(s.Text())-len(stray)], []byte("\n"))
	return refusal
}

// resolve sets name and attrs to those of the last start tag, once all its namespace declarations are known.
func (s *scanner) resolve() (err error) {
	s.attrs = s.attrs[:0]
	if s.Declares() {
		for _, a := range s.Attributes() {
			if err := s.spaces.declare(s.Depth()-1, string(a.Name), string(a.Value)); err != nil {
				return err
			}
		}
	}
	if s.name, err = s.spaces.element(s.FullName()); err != nil {
		return err
	}
	for _, a := range s.Attributes() {
		if isDeclaration(string(a.Name)) {
			continue
		}
		name, err := s.spaces.attribute(string(a.Name))
		if err != nil {
			return err
		}
		for _, other := range s.attrs {
			if *other.name == *name {
				return malformed(brokenTwice)
			}
		}
		s.attrs = append(s.attrs, attr{name, string(a.Value)})
	}
	return nil
}

// refusalOf returns the refusal of broken XML, or err if it is something else.
func refusalOf(err error) error {
	damage, ok := errors.AsType[*xmlscan.Damage](err)
	switch {
	case !ok:
		return err
	case damage.Reason == xmlscan.DocumentType:
		return refuse(HasDoctype, text("het bericht heeft een documenttype (DOCTYPE), en dat mag niet. Verwijder het.",
			"the message has a document type (DOCTYPE), which is not allowed. Remove it."))
	case damage.Entity != "":
		return refuse(HasEntity, text("het bericht gebruikt de entiteit &%s;, en alleen &lt; &gt; &amp; &apos; en &quot; mogen. Schrijf het teken zelf.",
			"the message uses the entity &%s;, but only &lt; &gt; &amp; &apos; and &quot; are allowed. Write the character itself."), billing.Mask(damage.Entity))
	}
	return malformed(broken[damage.Reason])
}

// limitedReader reads a message up to its maximum size. Its errors are refusals.
type limitedReader struct {
	source io.Reader
	read   int64
}

// Read reads the next bytes.
func (l *limitedReader) Read(p []byte) (int, error) {
	n, err := l.source.Read(p)
	l.read += int64(n)
	switch {
	case l.read > ijw.MaxBytes:
		return 0, refuse(TooLarge, text("het bestand is groter dan 25 MB (%d bytes). Splits het in meer berichten.",
			"the file is larger than 25 MB (%d bytes). Split it into several messages."), ijw.MaxBytes)
	case err != nil && !errors.Is(err, io.EOF):
		refusal := refuse(Unreadable, text("het bestand kan niet gelezen worden. Controleer de schijf of het netwerk.",
			"the file cannot be read. Check the disk or the network."))
		refusal.cause = err
		return 0, refusal
	}
	return n, err
}
