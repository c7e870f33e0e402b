package table

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

func TestSheets(t *testing.T) {
	f := excelize.NewFile()
	defer f.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetSheetName("Sheet1", "Uren"))
	for _, name := range []string{"Verborgen", "Laatste & één"} {
		_, err := f.NewSheet(name)
		must(err)
	}
	must(f.SetSheetVisible("Verborgen", false))
	must(f.MoveSheet("Laatste & één", "Uren"))
	must(f.AddChartSheet("Grafiek", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "Uren!$A$1:$A$2"}}}))
	must(f.SetCellValue("Uren", "A1", "samen"))
	must(f.MergeCell("Uren", "A1", "C2"))
	must(f.SetRowVisible("Uren", 1, false))
	must(f.SetDocProps(&excelize.DocProperties{Category: "pxq:retour"}))
	var b bytes.Buffer
	must(f.Write(&b))
	opened, err := openBytes("a.xlsx", b.Bytes())
	must(err)
	var names []string
	for _, sheet := range opened.Sheets() {
		names = append(names, fmt.Sprint(sheet.Name, sheet.Hidden))
	}
	if want := []string{"Laatste & éénfalse", "Urenfalse", "Verborgentrue"}; !slices.Equal(names, want) {
		t.Errorf("sheets %q, want %q", names, want)
	}
	if opened.Kind() != "retour" {
		t.Errorf("kind %q", opened.Kind())
	}
	lines, err := readAll(opened)
	if err != nil || !slices.Equal(lines, []string{"1: hidden A=Text:samen"}) {
		t.Error(lines, err)
	}
}

func TestKind(t *testing.T) {
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	rels := func(more string) string {
		return `<Relationships xmlns="` + packageRels + `"><Relationship Id="r1" Type="` + office + `officeDocument" Target="/xl/workbook.xml"/>` + more + `</Relationships>`
	}
	core := `<Relationship Id="r2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`
	custom := `<Relationship Id="r3" Type="` + office + `custom-properties" Target="docProps/custom.xml"/>`
	category := func(text string) string {
		return `<cp:coreProperties xmlns:cp="c"><cp:category>` + text + `</cp:category></cp:coreProperties>`
	}
	property := `<Properties><property name="x"><vt:lpwstr xmlns:vt="v">a</vt:lpwstr></property><property name="pxq-kind"><vt:lpwstr xmlns:vt="v">uitval</vt:lpwstr></property></Properties>`
	named := strings.Replace(minimal("")["xl/workbook.xml"], "</sheets>", `</sheets><definedNames><definedName name="other">1</definedName><definedName name="pxq_kind_uitval">'Uren'!$A$1</definedName></definedNames>`, 1)
	elsewhere := strings.Replace(named, "'Uren'!$A$1", "'Overzicht'!$A$1", 1)
	for name, test := range map[string]struct {
		p    parts
		want string
	}{
		"name without quotes":   {minimal("").with("xl/workbook.xml", strings.Replace(named, "'Uren'", "Uren", 1)), "uitval"},
		"name of another sheet": {minimal("").with("xl/workbook.xml", elsewhere), ""},
		"none":                  {minimal(""), ""},
		"category":              {minimal("").with("_rels/.rels", rels(core)).with("docProps/core.xml", category("pxq:regio")), "regio"},
		"other category":        {minimal("").with("_rels/.rels", rels(core)).with("docProps/core.xml", category("retour")), ""},
		"both":                  {minimal("").with("_rels/.rels", rels(core+custom)).with("docProps/core.xml", category("pxq:regio")).with("docProps/custom.xml", property), "uitval"},
		"name":                  {minimal("").with("xl/workbook.xml", named), "uitval"},
		"name and category":     {minimal("").with("xl/workbook.xml", named).with("_rels/.rels", rels(core)).with("docProps/core.xml", category("pxq:regio")), "regio"},
		"no relation":           {minimal("").with("docProps/core.xml", category("pxq:regio")), ""},
	} {
		f, err := openBytes("a.xlsx", test.p.bytes(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if f.Kind() != test.want {
			t.Errorf("%s: kind %q, want %q", name, f.Kind(), test.want)
		}
	}
}

// The names of parts may vary, and both families of relationship types are read.
func TestPartsThroughRelationships(t *testing.T) {
	p := minimal(good)
	for from, to := range map[string]string{"xl/worksheets/sheet1.xml": "xl/a/bladen/blad een.xml", "xl/sharedStrings.xml": "teksten.xml"} {
		p[to] = p[from]
		delete(p, from)
	}
	p["xl/_rels/workbook.xml.rels"] = strings.NewReplacer("worksheets/sheet1.xml", "a/./bladen/../BLADEN/blad%20een.xml", `"sharedStrings.xml`, `"../teksten.xml`,
		relNamespace, "http://purl.oclc.org/ooxml/officeDocument/relationships").Replace(p["xl/_rels/workbook.xml.rels"])
	p["xl/workbook.xml"] = strings.ReplaceAll(p["xl/workbook.xml"], relNamespace, "http://purl.oclc.org/ooxml/officeDocument/relationships")
	if lines, err := read("a.xlsx", p.bytes(t)); err != nil || len(lines) != 1 {
		t.Error(lines, err)
	}
}

func TestDatesFrom1904(t *testing.T) {
	p := minimal(`<row r="1"><c r="A1" s="1"><v>44561</v></c></row>`)
	p["xl/workbook.xml"] = strings.Replace(p["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="true"/><sheets>`, 1)
	if lines, err := read("a.xlsx", p.bytes(t)); err != nil || lines[0] != "1: A=Date:2026-01-01" {
		t.Error(lines, err)
	}
}

func TestWithoutStylesAndTexts(t *testing.T) {
	p := minimal(`<row r="1"><c r="A1" s="3"><v>44561</v></c></row>`)
	p["xl/_rels/workbook.xml.rels"] = strings.NewReplacer("/styles", "/x", "/sharedStrings\"", "/y\"").Replace(p["xl/_rels/workbook.xml.rels"])
	if lines, err := read("a.xlsx", p.bytes(t)); err != nil || lines[0] != "1: A=Number:44561" {
		t.Error(lines, err)
	}
}

// Stored empty rows are skipped, but count in the numbers of later rows.
func TestEmptyRows(t *testing.T) {
	rows := strings.Repeat(`<row><c s="1"/></row>`, 300_000) + `<row r="1000000"><c><v>1</v></c></row>`
	if lines, err := read("a.xlsx", minimal(rows).bytes(t)); err != nil || !slices.Equal(lines, []string{"1000000: A=Number:1"}) {
		t.Error(lines, err)
	}
}

// The caller may stop the iteration, and a panic in its loop body passes through.
func TestCaller(t *testing.T) {
	f, err := openBytes("a.xlsx", minimal(good+`<row><c><v>2</v></c></row>`).bytes(t))
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	for range f.Rows(f.Sheets()[0]) {
		count++
		break
	}
	if count != 1 {
		t.Error(count)
	}
	defer func() {
		if recover() != "mine" {
			t.Error("the panic of the caller was swallowed")
		}
	}()
	for range f.Rows(f.Sheets()[0]) {
		panic("mine")
	}
}

// Shared texts keep their content and their numbers, wherever chunks end.
func TestManySharedTexts(t *testing.T) {
	var texts sharedTexts
	var want []string
	for i := range 40_000 {
		text := strings.Repeat("x", i%3000)
		if i%1000 > 990 {
			text = strings.Repeat("y", chunkBytes/9)
		}
		want = append(want, text)
		if err := texts.add([]byte(text), i%2 == 0); err != nil {
			t.Fatal(err)
		}
	}
	texts.endChunk()
	for i, text := range want {
		if cell, struck := texts.cell(i); cell.Text != text || cell.Raw != text || struck != (i%2 == 0 && text != "") {
			t.Fatalf("text %d differs: %d bytes, want %d", i, len(cell.Text), len(text))
		}
	}
}
