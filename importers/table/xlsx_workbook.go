package table

import (
	"bytes"
	"strings"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
)

// workbook holds what the sheets of an xlsx workbook share.
type workbook struct {
	container *container
	styles    []cellStyle // of the cells, by index; nil if the workbook has none
	texts     sharedTexts
	is1904    bool // days are counted from 1904, as on old Macs

	textsPart string // read before the first sheet is; "" for none
	textsRead bool

	everyCell bool // for tests: disables the fast path for cells
}

// openWorkbook finds the parts of a workbook through their relationships, because
// their names may vary.
func (f *File) openWorkbook(c *container) error {
	root, err := c.relationships("")
	if err != nil {
		return err
	}
	main, err := mainPart(c, root)
	if err != nil {
		return err
	}
	if err := checkName(f.name, formatXLSX); err != nil {
		return err
	}
	f.xlsx = &workbook{container: c}
	if f.kind, err = markedKind(c, root); err != nil {
		return err
	}
	return f.readWorkbook(main)
}

// mainPart returns the name of the workbook part, or a problem that says what else the zip is.
func mainPart(c *container, root []relationship) (string, error) {
	types, err := c.contentTypes()
	if err != nil {
		return "", err
	}
	for _, r := range root {
		if r.kind != "officeDocument" {
			continue
		}
		kind := types.of(r.target)
		switch {
		case strings.Contains(kind, "ms-excel.sheet.binary"):
			return "", newProblem("xlsb")
		case strings.Contains(kind, "wordprocessingml"), strings.Contains(kind, "ms-word"):
			return "", newProblem("word")
		case strings.Contains(kind, "presentationml"), strings.Contains(kind, "ms-powerpoint"):
			return "", newProblem("presentation")
		case strings.Contains(kind, "spreadsheetml"), strings.Contains(kind, "ms-excel"):
			return r.target, nil
		}
	}
	return "", newProblem("other-zip")
}

// listedSheet is a sheet as the workbook lists it.
type listedSheet struct {
	name, id string
	hidden   bool
}

// readWorkbook reads the list of sheets and the styles, and finds the shared texts.
func (f *File) readWorkbook(main string) error {
	b := f.xlsx
	listed, err := f.listSheets(main)
	if err != nil {
		return err
	}
	relationships, err := b.container.relationships(main)
	if err != nil {
		return err
	}
	if b.textsPart, err = singleTarget(relationships, "sharedStrings"); err != nil {
		return err
	}
	styles, err := singleTarget(relationships, "styles")
	if err != nil {
		return err
	}
	if styles != "" {
		if b.styles, err = readStyles(b.container, styles); err != nil {
			return err
		}
	}
	byID := make(map[string]relationship, len(relationships))
	for _, r := range relationships {
		byID[r.id] = r
	}
	isListed := make(map[string]bool, len(listed))
	for _, sheet := range listed {
		r, known := byID[sheet.id]
		switch {
		case !known:
			return partProblem(main, partNoSheet)
		case r.kind != "worksheet":
			continue
		case isListed[partKey(r.target)]:
			return partProblem(r.target, partTwoNames)
		}
		isListed[partKey(r.target)] = true
		f.sheets = append(f.sheets, Sheet{Name: sheet.name, Hidden: sheet.hidden, number: len(f.sheets), part: r.target})
	}
	return nil
}

// listSheets reads the workbook part: the sheets, the date system and the marked kind.
func (f *File) listSheets(main string) ([]listedSheet, error) {
	var sheets []listedSheet
	marked, refersTo := "", ""
	m := f.xlsx.container.meter
	err := f.xlsx.container.walk(main, "workbook", func(s *xmlscan.Scanner) error {
		return s.Children(func(element []byte) error {
			switch string(element) {
			case "workbookPr":
				value, _ := s.Attribute("date1904")
				f.xlsx.is1904 = isTrue(value)
			case "sheets":
				return s.Children(func([]byte) error { return listSheet(s, m, &sheets) })
			case "definedNames":
				return s.Children(func([]byte) error {
					name, _ := s.Attribute("name")
					kind, isMark := strings.CutPrefix(string(name), kindName)
					if !isMark || marked != "" {
						return nil
					}
					text, err := s.AppendText(nil)
					marked, refersTo = kind, strings.ReplaceAll(strings.TrimSpace(string(text)), "'", "")
					return err
				})
			}
			return nil
		})
	})
	if err != nil {
		return nil, err
	}
	// The name must refer to the first sheet: a sheet copied from another workbook brings its name along.
	if f.kind == "" && len(sheets) > 0 && refersTo == strings.ReplaceAll(sheets[0].name, "'", "")+"!$A$1" {
		f.kind = marked
	}
	return sheets, nil
}

// listSheet reads an element of the list of sheets. It skips one with an empty
// part reference, which is a macro module that Excel 95 stored as a sheet.
func listSheet(s *xmlscan.Scanner, m *meter, sheets *[]listedSheet) error {
	var sheet listedSheet
	hasID := false
	for _, a := range s.Attributes() {
		var err error
		switch {
		case string(a.Name) == "name":
			sheet.name, err = m.keep(a.Value)
		case string(a.Name) == "state":
			sheet.hidden = string(a.Value) == "hidden" || string(a.Value) == "veryHidden"
		case bytes.HasSuffix(a.Name, []byte(":id")):
			hasID = true
			sheet.id, err = m.keep(a.Value)
		}
		if err != nil {
			return err
		}
	}
	if hasID && sheet.id == "" {
		return nil
	}
	if len(*sheets) == sheetsMax {
		return newProblem("too-many-sheets", grouped(sheetsMax))
	}
	*sheets = append(*sheets, sheet)
	return nil
}

// isTrue reports whether the value of a boolean attribute is true.
func isTrue(value []byte) bool {
	return string(value) == "1" || string(value) == "true" || string(value) == "on"
}

// The marks by which pxq recognises the workbooks that it wrote, see File.Kind.
const (
	kindProperty = "pxq-kind"
	kindPrefix   = "pxq:"
	kindName     = "pxq_kind_"
)

// markedKind returns the kind in the document properties, "" for none. The custom
// property takes precedence over the category. In case a program has dropped
// both, listSheets reads a defined name. A missing properties part is ignored.
func markedKind(c *container, root []relationship) (string, error) {
	kind := ""
	custom, err := singleTarget(root, "custom-properties")
	if err != nil {
		return "", err
	}
	if c.has(custom) {
		if kind, err = customKind(c, custom); err != nil || kind != "" {
			return kind, err
		}
	}
	core, err := singleTarget(root, "core-properties")
	if err != nil || !c.has(core) {
		return "", err
	}
	err = c.walk(core, "", func(s *xmlscan.Scanner) error {
		return s.Children(func(element []byte) error {
			if string(element) != "category" {
				return nil
			}
			text, err := s.AppendText(nil)
			if category, marked := strings.CutPrefix(strings.TrimSpace(string(text)), kindPrefix); marked {
				kind = strings.TrimSpace(category)
			}
			return err
		})
	})
	return kind, err
}

// customKind returns the kind in the custom properties.
func customKind(c *container, part string) (kind string, err error) {
	err = c.walk(part, "", func(s *xmlscan.Scanner) error {
		return s.Children(func([]byte) error {
			if name, _ := s.Attribute("name"); string(name) != kindProperty || kind != "" {
				return nil
			}
			return s.Children(func([]byte) error {
				text, err := s.AppendText(nil)
				kind = strings.TrimSpace(string(text))
				return err
			})
		})
	})
	return kind, err
}
