package table

import (
	"net/url"
	"path"
	"strings"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
)

// relationship is a reference from one part to another.
type relationship struct {
	id     string
	kind   string // the last segment of its type, such as "worksheet"
	target string // the name of a part
}

// relationshipKinds are the kinds that are followed. The two families of types
// (transitional and strict) spell some of them differently.
var relationshipKinds = map[string]string{
	"officeDocument": "officeDocument", "worksheet": "worksheet", "styles": "styles", "sharedStrings": "sharedStrings", "vbaProject": "vbaProject",
	"custom-properties": "custom-properties", "customProperties": "custom-properties", "core-properties": "core-properties", "coreProperties": "core-properties",
}

// relationships returns the relationships of a part ("" for the container
// itself). Those of kinds that are not followed have only an id.
func (c *container) relationships(of string) ([]relationship, error) {
	folder, file := path.Split(of)
	name := path.Join(folder, "_rels", file+".rels")
	if !c.has(name) {
		return nil, nil
	}
	var found []relationship
	err := c.walk(name, "", func(s *xmlscan.Scanner) error {
		return s.Children(func(element []byte) error {
			if string(element) != "Relationship" {
				return nil
			}
			if len(found) == 2*entriesMax { // links to other files are relationships too
				return newProblem("too-many-parts", grouped(entriesMax))
			}
			r, err := c.relationship(s, folder)
			found = append(found, r)
			return err
		})
	})
	return found, err
}

// relationship reads the relationship whose start tag was just read.
func (c *container) relationship(s *xmlscan.Scanner, folder string) (r relationship, err error) {
	value, _ := s.Attribute("Id")
	if r.id, err = c.meter.keep(value); err != nil {
		return r, err
	}
	kind, _ := s.Attribute("Type")
	mode, _ := s.Attribute("TargetMode")
	if string(mode) == "External" {
		return r, nil
	}
	r.kind = relationshipKinds[string(kind[strings.LastIndexByte(string(kind), '/')+1:])]
	if r.kind == "" {
		return r, nil
	}
	value, _ = s.Attribute("Target")
	target, err := c.meter.keep(value)
	if err != nil {
		return r, err
	}
	if target = strings.ReplaceAll(target, `\`, "/"); !strings.HasPrefix(target, "/") {
		target = path.Join("/", folder, target)
	}
	r.target = strings.TrimPrefix(path.Clean(target), "/")
	if plain, err := url.PathUnescape(r.target); err == nil && !c.has(r.target) && c.has(plain) {
		r.target = plain // a target is a URI, in which a space may be written as %20
	}
	return r, nil
}

// singleTarget returns the one part to which the relationships of a kind refer, "" for
// none. Two parts are a problem, since the content of the second would be ignored.
func singleTarget(relationships []relationship, kind string) (string, error) {
	target := ""
	for _, r := range relationships {
		switch {
		case r.kind != kind, partKey(r.target) == partKey(target):
		case target != "":
			return "", newProblem("two-parts", target, r.target)
		default:
			target = r.target
		}
	}
	return target, nil
}

// contentTypes are the types of the parts of a container.
type contentTypes struct{ byPart, byExtension map[string]string }

// contentTypes reads the list of content types.
func (c *container) contentTypes() (contentTypes, error) {
	types := contentTypes{map[string]string{}, map[string]string{}}
	return types, c.walk("[Content_Types].xml", "Types", func(s *xmlscan.Scanner) error {
		return s.Children(func(element []byte) error {
			into, named := types.byPart, "PartName"
			switch string(element) {
			case "Default":
				into, named = types.byExtension, "Extension"
			case "Override":
			default:
				return nil
			}
			name, _ := s.Attribute(named)
			kind, _ := s.Attribute("ContentType")
			if len(into) == entriesMax {
				return newProblem("too-many-parts", grouped(entriesMax))
			}
			key, err := c.meter.keep(name)
			if err != nil {
				return err
			}
			into[partKey(key)], err = c.meter.keep(kind)
			return err
		})
	})
}

// of returns the content type of a part.
func (t contentTypes) of(part string) string {
	if kind, ok := t.byPart[partKey(part)]; ok {
		return kind
	}
	return t.byExtension[strings.TrimPrefix(strings.ToLower(path.Ext(part)), ".")]
}
