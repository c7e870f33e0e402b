package table

import (
	"errors"
	"io"
	"strings"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// document holds what the sheets of an OpenDocument workbook share. All sheets are
// in one part, one after the other.
type document struct {
	container *container
	styles    *documentStyles
	reading   *documentReader // the position after the sheet read last; nil if none
	dayOffset int             // see File.DayOffset
}

const (
	contentPart   = "content.xml"
	documentTypes = "application/vnd.oasis.opendocument."
	manifestPart  = "META-INF/manifest.xml"
)

// namespaces maps the relevant namespaces of OpenDocument to the prefixes that
// nearly all programs use. The names in the code have these prefixes.
var namespaces = map[string]string{
	"urn:oasis:names:tc:opendocument:xmlns:office:1.0":                     "office",
	"urn:oasis:names:tc:opendocument:xmlns:table:1.0":                      "table",
	"urn:oasis:names:tc:opendocument:xmlns:text:1.0":                       "text",
	"urn:oasis:names:tc:opendocument:xmlns:style:1.0":                      "style",
	"urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0":                  "number",
	"urn:oasis:names:tc:opendocument:xmlns:meta:1.0":                       "meta",
	"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0":                   "manifest",
	"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}

// walkNamed is like walk for a part whose namespace prefixes may vary.
func (c *container) walkNamed(name, root string, read func(s *xmlscan.Named) error) error {
	return c.walk(name, "", func(scan *xmlscan.Scanner) error {
		return readNamed(scan, root, read)
	})
}

// readNamed reads a document whose root start tag has been read and must be root.
func readNamed(scan *xmlscan.Scanner, root string, read func(s *xmlscan.Named) error) error {
	s := xmlscan.NewNamed(scan, namespaces)
	if err := s.Declare(); err != nil {
		return err
	}
	if string(s.Element()) != root {
		return s.Fail(otherRoot)
	}
	return read(s)
}

// documentType returns the media type of a document, "" if the zip does not
// declare one. It is in a separate part, or else in the manifest.
func documentType(c *container) (string, error) {
	if c.has("mimetype") {
		part, _, err := c.open("mimetype")
		if err != nil {
			return "", err
		}
		defer part.Close()
		kind, err := io.ReadAll(io.LimitReader(part, 200))
		return strings.TrimSpace(string(kind)), err
	}
	if !c.has(manifestPart) || !c.has(contentPart) {
		return "", nil
	}
	kind := ""
	err := c.walkNamed(manifestPart, "manifest:manifest", func(s *xmlscan.Named) error {
		return s.Children(func(string) error {
			if string(s.Value("manifest:full-path")) == "/" {
				kind = string(s.Value("manifest:media-type"))
			}
			return nil
		})
	})
	return kind, err
}

// openDocument opens an OpenDocument workbook and lists its sheets.
func (f *File) openDocument(c *container) error {
	if err := refuseEncrypted(c); err != nil {
		return err
	}
	if !c.has(contentPart) {
		return partProblem(contentPart, partMissing)
	}
	f.ods = &document{container: c, styles: newDocumentStyles(c.meter)}
	var err error
	if f.kind, err = documentKind(c); err != nil {
		return err
	}
	if err := f.readNamedStyles(); err != nil {
		return err
	}
	return f.listTables()
}

// readNamedStyles reads the styles that users see by name, as opposed to the automatic ones.
func (f *File) readNamedStyles() error {
	if !f.ods.container.has("styles.xml") {
		return nil
	}
	return f.ods.container.walkNamed("styles.xml", "office:document-styles", func(s *xmlscan.Named) error {
		return s.Children(func(name string) error {
			if name != "office:styles" {
				return nil // page styles
			}
			return f.ods.styles.read(s)
		})
	})
}

// refuseEncrypted refuses a document with encrypted parts.
func refuseEncrypted(c *container) error {
	if c.has("encrypted-package") {
		return newProblem("encrypted-ods")
	}
	if !c.has(manifestPart) {
		return nil
	}
	return c.walkNamed(manifestPart, "manifest:manifest", func(s *xmlscan.Named) error {
		return s.Children(func(string) error {
			return s.Children(func(name string) error {
				if name == "manifest:encryption-data" {
					return newProblem("encrypted-ods")
				}
				return nil
			})
		})
	})
}

// documentKind returns the kind in the properties of a document, "" for none (see
// File.Kind). The category of a converted xlsx workbook is a user-defined property.
func documentKind(c *container) (string, error) {
	if !c.has("meta.xml") {
		return "", nil
	}
	property, category := "", ""
	err := c.walkNamed("meta.xml", "office:document-meta", func(s *xmlscan.Named) error {
		return s.Children(func(string) error {
			return s.Children(func(name string) error {
				if name != "meta:user-defined" {
					return nil
				}
				named := string(s.Value("meta:name"))
				if named != kindProperty && !strings.HasSuffix(named, "Category") {
					return nil
				}
				text, err := s.AppendText(nil)
				value := strings.TrimSpace(string(text))
				if named == kindProperty && property == "" {
					property = value
				} else if rest, marked := strings.CutPrefix(value, kindPrefix); marked {
					category = strings.TrimSpace(rest)
				}
				return err
			})
		})
	})
	if property == "" {
		property = category
	}
	return property, err
}

// listTables reads the content once to list its sheets and styles. It skips the
// rows, with the fast SkipPlain if possible.
func (f *File) listTables() error {
	err := f.listTablesBy((*xmlscan.Scanner).SkipPlain)
	if errors.Is(err, xmlscan.ErrNotPlain) {
		f.sheets, f.ods.styles = nil, newDocumentStyles(f.meter)
		if err = f.readNamedStyles(); err == nil {
			err = f.listTablesBy((*xmlscan.Scanner).Skip)
		}
	}
	return err
}

func (f *File) listTablesBy(skip func(*xmlscan.Scanner) error) error {
	part, size, err := f.ods.container.open(contentPart)
	if err != nil {
		return err
	}
	defer part.Close()
	return f.listTablesIn(part, size, skip)
}

func (f *File) listTablesIn(part io.Reader, size int64, skip func(*xmlscan.Scanner) error) error {
	inside := "" // the sheet being skipped
	err := walkDocument(part, size, "", func(scan *xmlscan.Scanner) error {
		return readNamed(scan, "office:document-content", func(s *xmlscan.Named) error {
			return s.Children(func(name string) error {
				switch name {
				case "office:automatic-styles":
					return f.ods.styles.read(s)
				case "office:body":
					return f.listBody(s, &inside, skip)
				}
				return nil
			})
		})
	})
	if err != nil && inside != "" && !errors.Is(err, xmlscan.ErrNotPlain) {
		return asProblem(damageProblem("damaged-sheet", err, contentPart), f.name, inside)
	}
	return xmlProblem(contentPart, err)
}

// listBody reads the body, of which only the spreadsheet element matters.
func (f *File) listBody(s *xmlscan.Named, inside *string, skip func(*xmlscan.Scanner) error) error {
	return s.Children(func(name string) error {
		if name != "office:spreadsheet" {
			return nil
		}
		err := s.Children(func(name string) error {
			*inside = ""
			if err := f.listTable(s, name, inside); err != nil || name != "table:table" {
				return err
			}
			return skip(s.Scanner)
		})
		if err == nil {
			*inside = ""
		}
		return err
	})
}

// listTable reads a child of the spreadsheet element, such as a sheet.
func (f *File) listTable(s *xmlscan.Named, element string, inside *string) error {
	switch element {
	case "table:table":
		if !isSheetTable(s) {
			return nil
		}
		if len(f.sheets) == sheetsMax {
			return newProblem("too-many-sheets", grouped(sheetsMax))
		}
		name, err := f.meter.keep(s.Value("table:name"))
		if err != nil {
			return err
		}
		hidden := f.ods.styles.isHidden(s.Value("table:style-name"))
		f.sheets = append(f.sheets, Sheet{Name: name, Hidden: hidden, number: len(f.sheets)})
		*inside = name
	case "table:calculation-settings":
		return s.Children(func(name string) error {
			if day, ok := value.DayOf(s.Value("table:date-value")); ok && name == "table:null-date" {
				f.ods.dayOffset = day
			}
			return nil
		})
	case "table:named-expressions":
		return s.Children(func(string) error {
			kind, isMark := strings.CutPrefix(string(s.Value("table:name")), kindName)
			if isMark && f.kind == "" && len(f.sheets) > 0 && plainAddress(string(s.Value("table:cell-range-address"))) == plainAddress(f.sheets[0].Name+".A1") {
				f.kind = kind
			}
			return nil
		})
	}
	return nil
}

// plainAddress returns a cell address without $ and quotes, for comparison.
func plainAddress(address string) string {
	return strings.NewReplacer("$", "", "'", "").Replace(address)
}

// isSheetTable reports whether the current table is a sheet. The cached cells of
// other workbooks, to which formulas refer, are stored as tables too, named after
// the address of that workbook ('file:///x.ods'#Sheet1).
func isSheetTable(s *xmlscan.Named) bool {
	name := string(s.Value("table:name"))
	return !(strings.HasPrefix(name, "'") && strings.Contains(name, "'#"))
}
