package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Workbooks of the tests are written as text, so that they can be reviewed: `== Name` starts a sheet, every other line is a row
// with | between its cells. A cell is
//
//	2026-10-31   a date          9:05    a time          1.5   a number        "01"   text
//	#N/A         an error        =A1+1   a formula that has no stored value    else   text

const (
	spreadsheet   = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packaged      = "http://schemas.openxmlformats.org/package/2006/"
)

// workbookOf returns the workbook that a text describes.
func workbookOf(t testing.TB, text string) string {
	t.Helper()
	return zipOf(t, workbookParts(text))
}

// workbookParts returns the parts of a workbook by name.
func workbookParts(text string) map[string]string {
	var sheets, links, kinds strings.Builder
	parts := make(map[string]string)
	for number, sheet := range strings.Split("\n"+text, "\n== ")[1:] {
		name, rows, _ := strings.Cut(sheet, "\n")
		id := number + 1
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%[2]d"/>`, escaped(name), id)
		fmt.Fprintf(&links, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, id, relationships)
		fmt.Fprintf(&kinds, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`, id)
		parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", id)] = `<worksheet xmlns="` + spreadsheet + `"><sheetData>` + rowsOf(rows) + `</sheetData></worksheet>`
	}
	parts["[Content_Types].xml"] = `<Types xmlns="` + packaged + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` + kinds.String() + `</Types>`
	parts["_rels/.rels"] = `<Relationships xmlns="` + packaged + `relationships"><Relationship Id="rId1" Type="` + relationships + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/workbook.xml"] = `<workbook xmlns="` + spreadsheet + `" xmlns:r="` + relationships + `"><sheets>` + sheets.String() + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships xmlns="` + packaged + `relationships">` + links.String() +
		`<Relationship Id="rStyles" Type="` + relationships + `/styles" Target="styles.xml"/></Relationships>`
	parts["xl/styles.xml"] = `<styleSheet xmlns="` + spreadsheet + `"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/></cellXfs></styleSheet>`
	return parts
}

// zipOf returns a zip file with parts by name.
func zipOf(t testing.TB, parts map[string]string) string {
	t.Helper()
	var packed bytes.Buffer
	writer := zip.NewWriter(&packed)
	for name, content := range parts {
		part, err := writer.Create(name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return packed.String()
}

func rowsOf(text string) string {
	var rows strings.Builder
	for i, line := range strings.Split(strings.TrimRight(text, "\n"), "\n") {
		if line == "" {
			continue
		}
		fmt.Fprintf(&rows, `<row r="%d">`, i+1)
		for column, cell := range strings.Split(line, "|") {
			rows.WriteString(cellXML(fmt.Sprintf("%c%d", 'A'+column, i+1), strings.TrimSpace(cell)))
		}
		rows.WriteString("</row>")
	}
	return rows.String()
}

var (
	isNumber = regexp.MustCompile(`^-?\d+(\.\d+)?$`)
	isTime   = regexp.MustCompile(`^\d{1,2}:\d\d$`)
	dayZero  = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
)

// cellXML returns the XML of a cell at an address such as B12.
func cellXML(place, text string) string {
	if day, err := time.Parse(time.DateOnly, text); err == nil {
		return fmt.Sprintf(`<c r="%s" s="1"><v>%d</v></c>`, place, int(day.Sub(dayZero).Hours())/24)
	}
	switch {
	case text == "":
		return ""
	case isNumber.MatchString(text):
		return fmt.Sprintf(`<c r="%s"><v>%s</v></c>`, place, text)
	case isTime.MatchString(text):
		var hours, minutes int
		fmt.Sscanf(text, "%d:%d", &hours, &minutes)
		return fmt.Sprintf(`<c r="%s" s="2"><v>%.15g</v></c>`, place, float64(hours*60+minutes)/1440)
	case text[0] == '#':
		return fmt.Sprintf(`<c r="%s" t="e"><v>%s</v></c>`, place, text)
	case text[0] == '=':
		return fmt.Sprintf(`<c r="%s"><f>%s</f></c>`, place, escaped(text[1:]))
	}
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, place, escaped(strings.Trim(text, `"`)))
}

func escaped(text string) string {
	var safe bytes.Buffer
	if err := xml.EscapeText(&safe, []byte(text)); err != nil {
		panic(err)
	}
	return safe.String()
}
