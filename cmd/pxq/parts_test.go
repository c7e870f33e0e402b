package main

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// element is an XML element of a part of a workbook; its name has no prefix.
type element struct {
	name     string
	attrs    map[string]string // r:id as r:id, others without prefix
	children []*element
	text     string
}

// all returns all descendants with a name.
func (e *element) all(name string) (found []*element) {
	if e.name == name {
		found = append(found, e)
	}
	for _, child := range e.children {
		found = append(found, child.all(name)...)
	}
	return found
}

// first returns the first descendant with a name, or an empty element.
func (e *element) first(name string) *element {
	if found := e.all(name); len(found) > 0 {
		return found[0]
	}
	return &element{}
}

func (e *element) number(attr string) int {
	number, _ := strconv.Atoi(e.attrs[attr])
	return number
}

// partsOf parses every part of a workbook; invalid XML fails the test.
func partsOf(t *testing.T, path string) map[string]*element {
	t.Helper()
	archive, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	parts := make(map[string]*element)
	for _, entry := range archive.File {
		reader, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		root, err := parseElement(reader)
		if err != nil || parts[entry.Name] != nil {
			t.Fatalf("%s: %s: is no XML or there twice: %v", path, entry.Name, err)
		}
		root.place()
		parts[entry.Name] = root
	}
	return parts
}

// place gives a cell without an address the one after the previous cell.
func (e *element) place() {
	for _, row := range e.all("row") {
		column := 0
		for _, cell := range row.children {
			if cell.attrs["r"] == "" {
				cell.attrs["r"] = cellAt(column+1, row.number("r"))
			}
			column, _, _, _ = numbersOf(cell.attrs["r"])
		}
	}
}

func parseElement(reader io.Reader) (*element, error) {
	decoder, open := xml.NewDecoder(reader), []*element{{}}
	for {
		token, err := decoder.Token()
		if err == io.EOF && len(open) == 1 && len(open[0].children) == 1 {
			return open[0].children[0], nil
		}
		if err != nil {
			return nil, err
		}
		inner := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			child := &element{name: token.Name.Local, attrs: make(map[string]string)}
			for _, attr := range token.Attr {
				name := attr.Name.Local
				if attr.Name.Space == relationships {
					name = "r:" + name
				}
				child.attrs[name] = attr.Value
			}
			inner.children, open = append(inner.children, child), append(open, child)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			inner.text += string(token)
		}
	}
}

// orders are the allowed children of elements, in the required order (ECMA-376, part 1). Excel accepts no other order.
var orders = map[string]string{
	"worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter sortState " +
		"dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup " +
		"headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture " +
		"oleObjects controls webPublishItems tableParts extLst",
	"workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences definedNames calcPr",
	"table":    "autoFilter sortState tableColumns tableStyleInfo extLst",
	"c":        "f v is extLst",
	"cfRule":   "formula colorScale dataBar iconSet extLst",
	"ser":      "idx order tx spPr invertIfNegative pictureOptions dPt dLbls trendline errBars cat val shape extLst",
	"barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId extLst",
	"dLbls":    "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator showLeaderLines leaderLines extLst",
	"chart":    "title autoTitleDeleted pivotFmts view3D floor sideWall backWall plotArea legend plotVisOnly dispBlanksAs showDLblsOverMax extLst",
}

// testParts checks the parts of a workbook for everything that makes Excel repair or refuse it.
func testParts(t *testing.T, books []string) {
	for _, book := range books {
		p := &partsTest{T: t, book: nameOf(book), parts: partsOf(t, book), seen: make(map[string]bool)}
		for _, name := range slices.Sorted(maps.Keys(p.parts)) {
			p.inOrder(name, p.parts[name])
		}
		p.links()
		p.workbook()
	}
}

type partsTest struct {
	*testing.T
	book  string
	parts map[string]*element
	seen  map[string]bool // names that must be unique
}

func (p *partsTest) complain(part, format string, values ...any) {
	p.Helper()
	p.Errorf("%s: %s: %s", p.book, part, fmt.Sprintf(format, values...))
}

// once complains about a name that was used before.
func (p *partsTest) once(part, name string) {
	p.Helper()
	if name = strings.ToLower(name); p.seen[name] {
		p.complain(part, "%q is there twice", name)
	}
	p.seen[name] = true
}

func (p *partsTest) inOrder(part string, e *element) {
	last := -1
	for _, child := range e.children {
		p.inOrder(part, child)
		order, known := orders[e.name]
		if !known || part == "[Content_Types].xml" || len(e.children) == 0 {
			continue
		}
		at := slices.Index(strings.Fields(order), child.name)
		if at < last || at < 0 {
			p.complain(part, "%s may not stand there in %s", child.name, e.name)
		}
		last = at
	}
}

// links checks that every part that is referred to exists and has a content type, and that every part is referred to.
func (p *partsTest) links() {
	types := make(map[string]string)
	for _, kind := range p.parts["[Content_Types].xml"].children {
		types[kind.attrs["PartName"]+"."+kind.attrs["Extension"]] = kind.attrs["ContentType"]
		if name := strings.TrimPrefix(kind.attrs["PartName"], "/"); name != "" && p.parts[name] == nil {
			p.complain(name, "has a type, but is not there")
		}
	}
	for name, part := range p.parts {
		if name != "[Content_Types].xml" && types["/"+name+"."] == "" && types[path.Ext(name)] == "" {
			p.complain(name, "has no type")
		}
		targets := targetsOf(p.parts, name)
		for _, target := range targets {
			if p.parts[target] == nil {
				p.complain(name, "names %s, which is not there", target)
			}
		}
		used := 0
		for _, e := range withLinks(part) {
			if used++; targets[e.attrs["r:id"]] == "" {
				p.complain(name, "%s %s leads nowhere", e.name, e.attrs["r:id"])
			}
		}
	}
}

func withLinks(e *element) (found []*element) {
	if e.attrs["r:id"] != "" {
		found = append(found, e)
	}
	for _, child := range e.children {
		found = append(found, withLinks(child)...)
	}
	return found
}

// targetsOf returns the parts to which a part refers, by relationship id.
func targetsOf(parts map[string]*element, name string) map[string]string {
	found := make(map[string]string)
	links := parts[path.Join(path.Dir(name), "_rels", path.Base(name)+".rels")]
	if links == nil {
		return found
	}
	for _, link := range links.children {
		target := link.attrs["Target"]
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", path.Dir(name), target)
		}
		found[link.attrs["Id"]] = target[1:]
	}
	return found
}

// sheetsOf returns the sheets of a workbook by name.
func sheetsOf(parts map[string]*element) map[string]*element {
	const part = "xl/workbook.xml"
	sheets, targets := make(map[string]*element), targetsOf(parts, part)
	for _, sheet := range parts[part].all("sheet") {
		sheets[sheet.attrs["name"]] = parts[targets[sheet.attrs["r:id"]]]
	}
	return sheets
}

// cellsOf returns the cells of a sheet by their address.
func cellsOf(sheet *element) map[string]*element {
	cells := make(map[string]*element)
	for _, cell := range sheet.all("c") {
		cells[cell.attrs["r"]] = cell
	}
	return cells
}

// workbook checks the sheets and their names.
func (p *partsTest) workbook() {
	const part = "xl/workbook.xml"
	book := p.parts[part]
	targets := targetsOf(p.parts, part)
	for _, sheet := range book.all("sheet") {
		name := sheet.attrs["name"]
		p.once(part, "sheet "+name)
		if len([]rune(name)) > 31 || strings.ContainsAny(name, `[]:*?/\`) || strings.Trim(name, "' ") != name || strings.EqualFold(name, "History") {
			p.complain(part, "%q is no name for a sheet", name)
		}
		if p.parts[targets[sheet.attrs["r:id"]]] != nil {
			p.sheet(targets[sheet.attrs["r:id"]])
		}
	}
	for _, name := range book.all("definedName") {
		p.once(part, name.attrs["localSheetId"]+" "+name.attrs["name"])
		if !strings.Contains(name.text, "!") || strings.Contains(name.text, "#REF") {
			p.complain(part, "%s is %s", name.attrs["name"], name.text)
		}
	}
}

// numbersOf returns the numbers of A5:B7: 1, 5, 2, 7.
func numbersOf(area string) (column, row, lastColumn, lastRow int) {
	first, last, found := strings.Cut(area, ":")
	if !found {
		last = first
	}
	column, row, _ = excelize.CellNameToCoordinates(first)
	lastColumn, lastRow, _ = excelize.CellNameToCoordinates(last)
	return column, row, lastColumn, lastRow
}

func cellAt(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row)
	return name
}

func numberIn(text string) int {
	number, _ := strconv.Atoi(text)
	return number
}
