package table

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/importers/table/internal/source"
)

// parts are the parts of a workbook by name, which tests can change.
type parts map[string]string

const (
	mainNamespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relNamespace  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageRels   = "http://schemas.openxmlformats.org/package/2006/relationships"
)

// minimal returns a workbook of one sheet "Uren" with these rows.
func minimal(rows string) parts {
	return parts{
		"[Content_Types].xml": `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
		"_rels/.rels":         `<Relationships xmlns="` + packageRels + `"><Relationship Id="rId1" Type="` + relNamespace + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":     `<workbook xmlns="` + mainNamespace + `" xmlns:r="` + relNamespace + `"><sheets><sheet name="Uren" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships xmlns="` + packageRels + `"><Relationship Id="rId1" Type="` + relNamespace + `/worksheet" Target="worksheets/sheet1.xml"/>` +
			`<Relationship Id="rId2" Type="` + relNamespace + `/styles" Target="styles.xml"/><Relationship Id="rId3" Type="` + relNamespace + `/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet xmlns="` + mainNamespace + `"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd\-mm\-yyyy\ hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>` +
			`<cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="2"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":     `<sst xmlns="` + mainNamespace + `"><si><t>gedeeld</t></si><si><r><rPr><b/></rPr><t>ri</t></r><r><t>jk</t></r><rPh sb="0" eb="1"><t>klank</t></rPh></si><si><t/></si></sst>`,
		"xl/worksheets/sheet1.xml": `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\r\n" + `<worksheet xmlns="` + mainNamespace + `"><sheetData>` + rows + `</sheetData></worksheet>`,
	}
}

// with returns the parts with one of them changed.
func (p parts) with(name, content string) parts {
	p[name] = content
	return p
}

// bytes packs the parts, always in the same way and without compression, which
// makes fuzzing faster.
func (p parts) bytes(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(p)) {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = part.Write([]byte(p[name]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// openBytes opens content as a file of this name.
func openBytes(name string, content []byte) (*File, error) {
	return openLimited(name, content, DefaultLimits())
}

// openLimited is like openBytes with limits.
func openLimited(name string, content []byte, limits Limits) (*File, error) {
	return openContent(name, source.NewContent(bytes.NewReader(content), int64(len(content))), limits)
}

// readAll returns all rows of all sheets as lines of text, and the error.
func readAll(f *File) (lines []string, err error) {
	for _, sheet := range f.Sheets() {
		for row, err := range f.Rows(sheet) {
			if err != nil {
				return lines, err
			}
			lines = append(lines, line(row))
		}
	}
	return lines, nil
}

// line formats a row as "3: A=Text:abc C=Number:7.3".
func line(row Row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d:", row.Number)
	if row.Hidden {
		b.WriteString(" hidden")
	}
	if row.Struck {
		b.WriteString(" struck")
	}
	names := []string{"Empty", "Text", "Number", "Date", "Time", "Bool", "Error", "NoValue"}
	for i, cell := range row.Cells {
		if cell.Kind != Empty {
			fmt.Fprintf(&b, " %s=%s:%s", ColumnName(i), names[cell.Kind], cell.Text)
		}
	}
	return b.String()
}

// read opens and reads content, and returns the first error.
func read(name string, content []byte) ([]string, error) {
	f, err := openBytes(name, content)
	if err != nil {
		return nil, err
	}
	return readAll(f)
}
