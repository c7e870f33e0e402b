package xmlscan

import "bytes"

// Named reads a document in which the prefixes of namespaces are free, and
// returns names with the prefixes that are usual for them.
type Named struct {
	*Scanner
	namespaces map[string]string // the usual prefix by namespace
	prefixes   map[string]string // the usual prefix by the one of the document, "" for another namespace
	isOther    bool              // a prefix is not the usual one
	scratch    []byte
}

// NewNamed returns a reader with s, in which these namespaces matter; each has
// its usual prefix.
func NewNamed(s *Scanner, namespaces map[string]string) *Named {
	return &Named{Scanner: s, namespaces: namespaces, prefixes: map[string]string{}}
}

// Root reads the start tag of the root element and returns its name.
func (s *Named) Root() ([]byte, error) {
	if _, err := s.Scanner.Root(); err != nil {
		return nil, err
	}
	if err := s.Declare(); err != nil {
		return nil, err
	}
	return s.Element(), nil
}

// Declare notes the prefixes that the start tag just read binds. A prefix that
// changes its meaning halfway is refused: no program writes so.
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
			continue // whatever it stands for, no name in the code begins with it
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

// Element returns the name of the element that is open, with the usual prefix.
func (s *Named) Element() []byte { return s.Usual(s.FullName(), true) }

// Usual returns a name with the usual prefix, valid until the next call. Only
// names of elements without prefix are in a namespace.
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

// Child is [Scanner.Child] with what the start tag binds noted.
func (s *Named) Child() (more bool, err error) {
	if more, err = s.Scanner.Child(); err == nil && more {
		err = s.Declare()
	}
	return more, err
}

// Children reads the element that is open to its end and calls each at the
// start of every child, with its name. What each leaves of a child is skipped.
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

// Value returns the value of an attribute of the start tag just read, nil if
// it has none.
func (s *Named) Value(name string) []byte {
	for _, a := range s.Attributes() {
		if string(s.Usual(a.Name, false)) == name {
			return a.Value
		}
	}
	return nil
}
