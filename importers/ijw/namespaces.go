package ijw

import "strings"

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

// resolve resolves a full name, which has at most one colon. defaults applies the default namespace to a name without a
// prefix.
func (n *namespaces) resolve(full string, defaults bool) (*name, error) {
	prefix, local, found := strings.Cut(full, ":")
	if !found {
		prefix, local = "", full
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

// isDeclaration reports whether an attribute, by its full name, declares a namespace.
func isDeclaration(full string) bool { return full == "xmlns" || strings.HasPrefix(full, "xmlns:") }

// declare binds a prefix if the attribute is a namespace declaration.
func (n *namespaces) declare(depth int, full, value string) error {
	if !isDeclaration(full) {
		return nil
	}
	_, prefix, found := strings.Cut(full, ":")
	switch {
	case prefix == "xml" && value == xmlSpace:
		return nil
	case found && (prefix == "xml" || prefix == "xmlns" || value == ""), value == xmlSpace, value == xmlnsSpace:
		return malformed(brokenPrefix)
	}
	n.bound = append(n.bound, binding{depth, prefix, value})
	clear(n.known)
	return nil
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
