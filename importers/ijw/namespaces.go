package ijw

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// name is a name with its namespace; a space of "" means none.
type name struct{ space, local string }

const (
	xmlSpace      = "http://www.w3.org/XML/1998/namespace"
	xmlnsSpace    = "http://www.w3.org/2000/xmlns/"
	instanceSpace = "http://www.w3.org/2001/XMLSchema-instance"
)

// binding binds a prefix to a namespace, in an element and its descendants.
type binding struct {
	depth         int // of the element, 0 for the root
	prefix, space string
}

// namespaces holds the bound prefixes and a cache of resolved names.
type namespaces struct {
	bound []binding
	known map[string]*name // names of elements by full name, since the last change of bound
}

// knownMax is the maximum number of cached names.
const knownMax = 1 << 10

func newNamespaces() namespaces {
	return namespaces{bound: []binding{{-1, "xml", xmlSpace}}, known: make(map[string]*name)}
}

// element resolves the full name of an element; without a prefix it is in the default namespace.
func (n *namespaces) element(full []byte) (*name, error) {
	if found := n.known[string(full)]; found != nil {
		return found, nil
	}
	if !isName(full) {
		return nil, malformed(brokenName)
	}
	resolved, err := n.resolve(string(full), true)
	if err != nil {
		return nil, err
	}
	if len(n.known) < knownMax {
		n.known[string(full)] = resolved
	}
	return resolved, nil
}

// attribute resolves the full name of an attribute; without a prefix it is in no namespace.
func (n *namespaces) attribute(full string) (*name, error) { return n.resolve(full, false) }

// resolve resolves a full name, which may have at most one colon. defaults applies the default namespace to a name without a
// prefix.
func (n *namespaces) resolve(full string, defaults bool) (*name, error) {
	prefix, local, found := strings.Cut(full, ":")
	if !found {
		prefix, local = "", full
	}
	if !isName([]byte(local)) || strings.Contains(local, ":") || found && !isName([]byte(prefix)) {
		return nil, malformed(brokenName)
	}
	if !found && !defaults {
		return &name{"", local}, nil
	}
	space, bound := n.lookup(prefix)
	if found && !bound {
		return nil, malformed(brokenPrefix)
	}
	return &name{space, local}, nil
}

// lookup returns the namespace that a prefix is bound to; the prefix "" stands for the default namespace.
func (n *namespaces) lookup(prefix string) (space string, bound bool) {
	for i := len(n.bound) - 1; i >= 0; i-- {
		if n.bound[i].prefix == prefix {
			return n.bound[i].space, n.bound[i].space != ""
		}
	}
	return "", false
}

// declare binds a prefix if the attribute is a namespace declaration, and reports whether it is one.
func (n *namespaces) declare(depth int, full, value string) (bool, error) {
	prefix, local, found := strings.Cut(full, ":")
	switch {
	case prefix != "xmlns":
		return false, nil
	case !found:
		local = ""
	case local == "xml" && value == xmlSpace:
		return true, nil
	case !isName([]byte(local)), local == "xml", local == "xmlns", value == "":
		return false, malformed(brokenPrefix)
	}
	if value == xmlSpace || value == xmlnsSpace {
		return false, malformed(brokenPrefix)
	}
	n.bound = append(n.bound, binding{depth, local, value})
	clear(n.known)
	return true, nil
}

// leave removes the bindings of the element at this depth.
func (n *namespaces) leave(depth int) {
	last := len(n.bound)
	for last > 0 && n.bound[last-1].depth >= depth {
		last--
	}
	if last < len(n.bound) {
		n.bound = n.bound[:last]
		clear(n.known)
	}
}

// isName reports whether the text is a valid XML name that does not begin with a colon.
func isName(text []byte) bool {
	for i := 0; i < len(text); {
		r, width := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && width <= 1 || !nameStart(r) && (i == 0 || !nameRest(r)) {
			return false
		}
		i += width
	}
	return len(text) > 0 && !bytes.HasPrefix(text, []byte(":"))
}

// nameStart and nameRest report whether a name may begin with a character and, in addition to those, contain it, according to
// XML 1.0, fifth edition.
func nameStart(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '_' || r == ':'
	case r <= 0x2FF:
		return r >= 0xC0 && r != 0xD7 && r != 0xF7
	case r <= 0x1FFF:
		return r >= 0x370 && r != 0x37E
	}
	return r == 0x200C || r == 0x200D || r >= 0x2070 && r <= 0x218F || r >= 0x2C00 && r <= 0x2FEF || r >= 0x3001 && r <= 0xD7FF ||
		r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFFD || r >= 0x10000 && r <= 0xEFFFF
}

func nameRest(r rune) bool {
	return r >= '0' && r <= '9' || r == '-' || r == '.' || r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}
