package table

import (
	"encoding/xml"
	"io"
	"strings"
)

// workbook is what the sheets of a workbook have in common.
type workbook struct {
	container *container
	formats   []valueFormat // of the cell styles, by index
	texts     sharedStrings
	is1904    bool // days are counted from 1904, as old Macs did

	textsPart string // not read before the first sheet is
	textsRead bool
}

// openWorkbook finds the parts of a workbook through their relationships: the
// names of parts are free.
func (f *File) openWorkbook(content io.ReaderAt, size int64) error {
	c, err := openContainer(content, size, f.meter)
	if err != nil {
		return err
	}
	main, err := mainPart(c)
	if err != nil {
		return err
	}
	if err := checkName(f.name, formatXLSX); err != nil {
		return err
	}
	f.book = &workbook{container: c}
	if f.kind, err = markedKind(c); err != nil {
		return err
	}
	return f.readWorkbook(main)
}

// mainPart gives the part that is the workbook, or says what else the zip is.
func mainPart(c *container) (string, error) {
	if !c.has("[Content_Types].xml") {
		return "", otherZip(c)
	}
	types, err := c.contentTypes()
	if err != nil {
		return "", err
	}
	root, err := c.relationships("")
	if err != nil {
		return "", err
	}
	for _, r := range root {
		if !r.is("officeDocument") {
			continue
		}
		kind := typeOf(types, r.Target)
		switch {
		case strings.Contains(kind, "ms-excel.sheet.binary"):
			return "", newProblem("xlsb")
		case strings.Contains(kind, "wordprocessingml"), strings.Contains(kind, "ms-word"):
			return "", newProblem("word")
		case strings.Contains(kind, "presentationml"), strings.Contains(kind, "ms-powerpoint"):
			return "", newProblem("presentation")
		case strings.Contains(kind, "spreadsheetml"), strings.Contains(kind, "ms-excel"):
			return r.Target, nil
		}
	}
	return "", newProblem("other-zip")
}

// otherZip says what a zip is that is no Office document.
func otherZip(c *container) error {
	if c.has("xl/workbook.xml") {
		return newProblem("damaged-part", "[Content_Types].xml", phrase{"ontbreekt", "is missing"})
	}
	if c.has("mimetype") {
		part, err := c.open("mimetype")
		if err != nil {
			return err
		}
		defer part.Close()
		kind, err := io.ReadAll(io.LimitReader(part, 200))
		if err != nil {
			return err
		}
		if strings.Contains(string(kind), "opendocument") {
			return newProblem("ods")
		}
	}
	return newProblem("other-zip")
}

// readWorkbook reads the list of sheets and what their cells refer to.
func (f *File) readWorkbook(main string) error {
	var document struct {
		Properties struct {
			Date1904 string `xml:"date1904,attr"`
		} `xml:"workbookPr"`
		Sheets []struct {
			Name       string     `xml:"name,attr"`
			State      string     `xml:"state,attr"`
			Attributes []xml.Attr `xml:",any,attr"`
		} `xml:"sheets>sheet"`
		Names []struct {
			Name string `xml:"name,attr"`
			Text string `xml:",chardata"`
		} `xml:"definedNames>definedName"`
	}
	if err := f.book.container.decode(main, &document); err != nil {
		return err
	}
	for _, defined := range document.Names {
		// A name that came along with a sheet that somebody copied refers to another than the first.
		kind, marked := strings.CutPrefix(defined.Name, kindName)
		if marked && f.kind == "" && len(document.Sheets) > 0 && strings.ReplaceAll(strings.TrimSpace(defined.Text), "'", "") == document.Sheets[0].Name+"!$A$1" {
			f.kind = kind
		}
	}
	f.book.is1904 = isTrue(document.Properties.Date1904)
	relationships, err := f.book.container.relationships(main)
	if err != nil {
		return err
	}
	byID := make(map[string]relationship, len(relationships))
	for _, r := range relationships {
		byID[r.ID] = r
		switch {
		case r.is("styles"):
			if f.book.formats, err = readFormats(f.book.container, r.Target); err != nil {
				return err
			}
		case r.is("sharedStrings"):
			f.book.textsPart = r.Target
		}
	}
	for _, sheet := range document.Sheets {
		r, known := byID[relationshipID(sheet.Attributes)]
		if !known {
			return newProblem("damaged-part", main, phrase{"noemt een blad dat er niet is", "names a sheet that is not there"})
		}
		if r.is("worksheet") {
			hidden := sheet.State == "hidden" || sheet.State == "veryHidden"
			f.sheets = append(f.sheets, Sheet{Name: sheet.Name, Hidden: hidden, part: r.Target})
		}
	}
	return nil
}

// relationshipID gives the r:id, whatever prefix or family of names it has.
func relationshipID(attributes []xml.Attr) string {
	for _, a := range attributes {
		if a.Name.Local == "id" && strings.HasSuffix(a.Name.Space, "/relationships") {
			return a.Value
		}
	}
	return ""
}

func isTrue(value string) bool { return value == "1" || value == "true" || value == "on" }
