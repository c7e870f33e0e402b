package xmlscan

import "bytes"

// Named reads a document that may use any namespace prefixes, and returns names
// with the usual ones.
type Named struct {
	*Scanner
	namespaces map[string]string // the usual prefix of each namespace
	prefixes   map[string]string // the usual prefix for each prefix of the document, "" for other namespaces
	isOther    bool              // the document uses an unusual prefix
	scratch    []byte
}

// NewNamed returns a Named that reads from s. namespaces maps the relevant
// namespaces to their usual prefixes.
func NewNamed(s *Scanner, namespaces map[string]string) *Named {
	return &Named{Scanner: s, namespaces: namespaces, prefixes: map[string]string{}}
}

// Root reads the start tag of the root element and returns its name with the usual
// prefix.
func (s *Named) Root() ([]byte, error) {
	if _, err := s.Scanner.Root(); err != nil {
		return nil, err
	}
	if err := s.Declare(); err != nil {
		return nil, err
	}
	return s.Element(), nil
}

// Declare records the prefixes that the last start tag binds. It refuses a prefix
// that changes its meaning within the document, which no program writes.
func (s *Named) Declare() error {
	if !s.Declares() {
		return nil
	}
	for _, a := range s.Attributes() {
		prefix, isPrefix := bytes.CutPrefix(a.Name, []byte("xmlns"))
		if !isPrefix || len(prefix) > 0 && prefix[0] != ':' {
			continue
		}
		prefix = bytes.TrimPrefix(prefix, []byte{':'})
		usual, isKnown := s.namespaces[string(a.Value)]
		if !isKnown && !s.isUsualPrefix(prefix) {
			continue // irrelevant, as no name in the code has this prefix
		}
		if before, bound := s.prefixes[string(prefix)]; bound && before != usual {
			return s.Fail(BadNamespace)
		}
		s.prefixes[string(prefix)] = usual
		s.isOther = s.isOther || usual != string(prefix)
	}
	return nil
}

func (s *Named) isUsualPrefix(prefix []byte) bool {
	for _, usual := range s.namespaces {
		if usual == string(prefix) {
			return true
		}
	}
	return false
}

// Element returns the name of the innermost open element with the usual prefix.
func (s *Named) Element() []byte { return s.Usual(s.FullName(), true) }

// Usual returns a name with the usual prefix, valid until the next call. Without
// a prefix, the name of an element is in the default namespace, that of an
// attribute in none.
func (s *Named) Usual(name []byte, isElement bool) []byte {
	if !s.isOther {
		return name
	}
	prefix, local, found := bytes.Cut(name, []byte{':'})
	if !found {
		if prefix, local = nil, name; !isElement {
			return name
		}
	}
	usual, bound := s.prefixes[string(prefix)]
	if !bound {
		return name
	}
	s.scratch = append(append(append(s.scratch[:0], usual...), ':'), local...)
	return s.scratch
}

// Child is like [Scanner.Child], and calls Declare for the start tag.
func (s *Named) Child() (more bool, err error) {
	if more, err = s.Scanner.Child(); err == nil && more {
		err = s.Declare()
	}
	return more, err
}

// Children is like [Scanner.Children], with names as Element returns them.
func (s *Named) Children(each func(name string) error) error {
	for {
		more, err := s.Child()
		if err != nil || !more {
			return err
		}
		outside := s.Depth() - 1
		if err := each(string(s.Element())); err != nil {
			return err
		}
		if err := s.Leave(outside); err != nil {
			return err
		}
	}
}

// Value returns the value of an attribute of the last start tag, by its name with
// the usual prefix; nil if the tag does not have it.
func (s *Named) Value(name string) []byte {
	for _, a := range s.Attributes() {
		if string(s.Usual(a.Name, false)) == name {
			return a.Value
		}
	}
	return nil
}
