package table

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
)

// good is the row with which every damaged sheet begins.
const good = `<row r="1"><c r="A1"><v>1</v></c></row>`

// damagedSheets are sheets that are not well formed, or not a sheet.
var damagedSheets = []struct {
	name, rows string
	reason     xmlscan.Reason
}{
	{"control character", good + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>a\x01</t></is></c></row>", xmlscan.ControlCharacter},
	{"reference to a control character", good + `<row r="2"><c r="A2" t="inlineStr"><is><t>&#x1;</t></is></c></row>`, xmlscan.ControlCharacter},
	{"reference to a surrogate", good + `<row r="2"><c r="A2" t="inlineStr"><is><t>&#xD800;</t></is></c></row>`, xmlscan.ControlCharacter},
	{"bare ampersand", good + `<row r="2"><c r="A2" t="inlineStr"><is><t>a & b</t></is></c></row>`, xmlscan.BadReference},
	{"unknown entity", good + `<row r="2"><c r="A2" t="inlineStr"><is><t>&eacute;</t></is></c></row>`, xmlscan.BadReference},
	{"ampersand in an attribute", good + `<row r="2" x="&"/>`, xmlscan.BadReference},
	{"not UTF-8", good + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>\xE9</t></is></c></row>", xmlscan.NotUTF8},
	{"not UTF-8 in a comment", good + "<!-- \xE9 -->", xmlscan.NotUTF8},
	{"not UTF-8 in CDATA", good + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t><![CDATA[\xE9]]></t></is></c></row>", xmlscan.NotUTF8},
	{"U+FFFE", good + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>\uFFFE</t></is></c></row>", xmlscan.ControlCharacter},
	{"end of section in text", good + `<row r="2"><c r="A2" t="inlineStr"><is><t>]]></t></is></c></row>`, xmlscan.SectionEnd},
	{"wrong end tag", good + `<row r="2"><c r="A2"><v>1</c></v></row>`, xmlscan.Mismatch},
	{"wrong prefix of end tag", good + `<row r="2"></x:row>`, xmlscan.Mismatch},
	{"attribute without quotes", good + `<row r=2></row>`, xmlscan.Unquoted},
	{"attribute without value", good + `<row r></row>`, xmlscan.BadTag},
	{"attributes without space", good + `<row r="2"s="1"></row>`, xmlscan.BadTag},
	{"attribute twice", good + `<row r="2" r="3"></row>`, xmlscan.DuplicateAttribute},
	{"less-than in an attribute", good + `<row r="2" x="<"></row>`, xmlscan.LessThan},
	{"quote that is never closed", good + `<row r="2></row>`, xmlscan.CutOff},
	{"space before a name", good + `< row r="2"></row>`, xmlscan.BadName},
	{"two colons", good + `<a:b:c/>`, xmlscan.BadName},
	{"document type", good + `<!DOCTYPE a [<!ENTITY b "c">]>`, xmlscan.DocumentType},
	{"declaration inside", good + `<?xml version="1.0"?>`, xmlscan.BadDeclaration},
	{"comment with --", good + `<!-- a -- b -->`, xmlscan.BadComment},
	{"deep", good + `<row><extLst>` + strings.Repeat("<a>", 100), xmlscan.TooDeep},
	{"many attributes", good + `<row` + manyAttributes(101) + `>`, xmlscan.TooManyAttributes},
	{"row number repeated", good + good, badRowOrder},
	{"row number descends", `<row r="3"/><row r="2"/>`, badRowOrder},
	{"row number 0", `<row r="0"/>`, badRowNumber},
	{"row number negative", `<row r="-1"/>`, badRowNumber},
	{"row number empty", `<row r=""/>`, badRowNumber},
	{"row number no number", `<row r="1x"/>`, badRowNumber},
	{"row number too high", `<row r="1048577"/>`, badRowNumber},
	{"row after the last", `<row r="1048576"/><row/>`, badRowNumber},
	{"cells out of order", `<row r="1"><c r="B1"/><c r="A1"/></row>`, badCellOrder},
	{"cell twice", `<row r="1"><c r="A1"/><c r="A1"/></row>`, badCellOrder},
	{"cell of another row", `<row r="1"><c r="A2"/></row>`, badCellRow},
	{"cell beyond XFD", `<row r="1"><c r="XFE1"/></row>`, badCellAddress},
	{"cell after XFD", `<row r="1"><c r="XFD1"/><c/></row>`, badCellAddress},
	{"cell without column", `<row r="1"><c r="1"/></row>`, badCellAddress},
	{"cell without row", `<row r="1"><c r="A"/></row>`, badCellAddress},
	{"cell with leading zero", `<row r="1"><c r="A01"/></row>`, badCellAddress},
	{"cell with endless letters", `<row r="1"><c r="` + strings.Repeat("A", 1000) + `1"/></row>`, badCellAddress},
	{"unknown type", `<row r="1"><c r="A1" t="x"/></row>`, badCellType},
	{"unknown style", `<row r="1"><c r="A1" s="6"/></row>`, badCellStyle},
	{"unknown shared text", `<row r="1"><c r="A1" t="s"><v>3</v></c></row>`, badTextNumber},
	{"no shared text", `<row r="1"><c r="A1" t="s"><v>x</v></c></row>`, badTextNumber},
	{"two values", `<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>`, secondValue},
	{"element in a value", `<row r="1"><c r="A1"><v>1<b/></v></c></row>`, xmlscan.StrayElement},
	{"text between cells", `<row r="1">7</row>`, xmlscan.StrayText},
	{"text between rows", good + `7`, xmlscan.StrayText},
	{"unknown element between rows", good + `<rij/>`, xmlscan.StrayElement},
	{"unknown element between cells", `<row r="1"><cel/></row>`, xmlscan.StrayElement},
	{"rows twice", good + `</sheetData><sheetData>`, secondSheetData},
	{"end of sheet too early", good + `</sheetData></worksheet><a><b>`, xmlscan.AfterEnd},
	{"text after the end", good + `</sheetData></worksheet>rest<a><b>`, xmlscan.OutsideRoot},
	{"section after the end", good + `</sheetData></worksheet><![CDATA[]]><a><b>`, xmlscan.OutsideRoot},
}

func TestDamagedSheetIsRefused(t *testing.T) {
	for _, test := range damagedSheets {
		t.Run(test.name, func(t *testing.T) {
			_, err := read("a.xlsx", minimal(test.rows).bytes(t))
			wantDamage(t, err, test.reason)
		})
	}
}

func manyAttributes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, " a%d=''", i)
	}
	return b.String()
}

// wantDamage checks that an error is the problem of a damaged sheet with this
// reason, in both languages and with its place.
func wantDamage(t *testing.T, err error, wanted xmlscan.Reason) {
	t.Helper()
	reason := damageReasons[wanted]
	var p *Problem
	if !errors.As(err, &p) {
		t.Fatalf("got %v, want a problem", err)
	}
	if p.Code != "damaged-sheet" || !strings.Contains(p.English, reason.english) || !strings.Contains(p.Dutch, reason.dutch) {
		t.Errorf("got %s: %s, want %q", p.Code, p.English, reason.english)
	}
	if p.File != "a.xlsx" || p.Sheet != "Uren" || !strings.Contains(p.In("nl"), "blad Uren") || !strings.Contains(p.Error(), "byte ") {
		t.Errorf("the place is missing: %s", p.In("nl"))
	}
}

// A sheet that is truncated anywhere must be refused.
func TestCutOffSheetIsRefused(t *testing.T) {
	whole := minimal(good + `<row r="2"><c r="A2" t="inlineStr"><is><t>é &amp;<![CDATA[x]]></t></is></c></row><!-- c -->`)["xl/worksheets/sheet1.xml"]
	for n := range len(whole) {
		if _, err := read("a.xlsx", minimal("").with("xl/worksheets/sheet1.xml", whole[:n]).bytes(t)); err == nil {
			t.Errorf("a sheet cut off after %d bytes was read: %s", n, whole[:n])
		}
	}
}

func TestOtherRoots(t *testing.T) {
	for root, reason := range map[string]xmlscan.Reason{
		"":                                      xmlscan.CutOff,
		"<!-- -->":                              xmlscan.CutOff,
		"<chartsheet/>":                         notWorksheet,
		"<worksheet/>":                          noSheetData,
		" <?xml version='1.0'?><worksheet/>":    xmlscan.BadDeclaration,
		"<?XML version='1.0'?><worksheet/>":     xmlscan.BadDeclaration,
		`<?xml encoding="latin1"?><worksheet/>`: xmlscan.BadEncoding,
		`<?xml version="1.1"?><worksheet/>`:     xmlscan.BadEncoding,
		"x<worksheet/>":                         xmlscan.OutsideRoot,
	} {
		_, err := read("a.xlsx", minimal("").with("xl/worksheets/sheet1.xml", root).bytes(t))
		wantDamage(t, err, reason)
	}
}

// The result does not depend on the sizes of reads.
func TestSheetForms(t *testing.T) {
	rows := `<row r="2"><c r="A2" t="inlineStr"><is><t>één</t></is></c></row>`
	plain := minimal(rows)["xl/worksheets/sheet1.xml"]
	units := utf16.Encode([]rune(strings.Replace(plain, "UTF-8", "UTF-16", 1)))
	little, big := []byte{}, []byte{}
	for _, u := range units {
		little = append(little, byte(u), byte(u>>8))
		big = append(big, byte(u>>8), byte(u))
	}
	prefixed := strings.NewReplacer("<worksheet xmlns", "<x:worksheet xmlns:x", "<sheetData", "<x:sheetData", "<row", "<x:row", "<c ", "<x:c ", "<is", "<x:is", "<t>", "<x:t>",
		"</", "</x:").Replace(plain)
	forms := map[string]string{
		"plain": plain, "prefix": prefixed, "byte order mark": "\xEF\xBB\xBF" + plain, "UTF-16LE": "\xFF\xFE" + string(little), "UTF-16BE": "\xFE\xFF" + string(big),
		"UTF-16LE without mark": string(little), "UTF-16BE without mark": string(big),
		"strict": strings.ReplaceAll(plain, mainNamespace, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
		"spaced": "\xEF\xBB\xBF" + strings.ReplaceAll(plain, "><", ">\r\n\t<"),
		"padded": strings.ReplaceAll(plain, "<sheetData>", "<!--"+strings.Repeat("x", 3*xmlscan.BufferBytes)+"--><sheetData>"),
		"rest":   strings.ReplaceAll(plain, "</sheetData>", `</sheetData><extLst><ext xmlns:m="m"><m:row r="1"><m:c/></m:row></ext></extLst>`) + "<!-- end -->\n",
	}
	for name, form := range forms {
		got, err := read("a.xlsx", minimal("").with("xl/worksheets/sheet1.xml", form).bytes(t))
		if err != nil || len(got) != 1 || got[0] != "2: A=Text:één" {
			t.Errorf("%s: read %q, %v", name, got, err)
		}
	}
	broken := "\xFF\xFE" + string(little) + "\x00\xD8"
	if _, err := read("a.xlsx", minimal("").with("xl/worksheets/sheet1.xml", broken).bytes(t)); err == nil {
		t.Error("half a character of UTF-16 was read")
	}
}

// Tags and texts must be read correctly wherever the buffer ends.
func TestBufferEnds(t *testing.T) {
	rows := `<row r="1"><c r="A1" t="inlineStr"><is><t>é&amp;` + "\r\n" + `<![CDATA[]]]]><!-- - --></t></is></c></row>`
	want := "1: A=Text:é&\n]]"
	for n := range 400 {
		content := strings.Replace(minimal(rows)["xl/worksheets/sheet1.xml"], "<sheetData>", strings.Repeat(" ", xmlscan.BufferBytes-n)+"<sheetData>", 1)
		got, err := read("a.xlsx", minimal("").with("xl/worksheets/sheet1.xml", content).bytes(t))
		if err != nil || len(got) != 1 || got[0] != want {
			t.Fatalf("%d bytes before the end: read %q, %v", n, got, err)
		}
	}
}

func TestTextTooLong(t *testing.T) {
	long := strings.Repeat("x", textBytesMax+1)
	for _, rows := range []string{
		`<row r="1"><c r="A1" t="inlineStr"><is><t>` + long + `</t></is></c></row>`,
		`<row r="1"><c r="A1" t="str"><v>` + long + `</v></c></row>`,
	} {
		_, err := read("a.xlsx", minimal(rows).bytes(t))
		wantCode(t, err, "text-too-long")
	}
	cell := `<c t="str"><v>` + long[:textBytesMax] + `</v></c>`
	_, err := read("a.xlsx", minimal(`<row r="1">`+strings.Repeat(cell, 40)+`</row>`).bytes(t))
	wantCode(t, err, "row-too-long")
}

// wantCode checks that an error is a problem with this code and texts in Dutch and
// English.
func wantCode(t *testing.T, err error, code string) {
	t.Helper()
	var p *Problem
	if !errors.As(err, &p) {
		t.Fatalf("got %v, want problem %s", err, code)
	}
	if p.Code != code {
		t.Errorf("got problem %s (%s), want %s", p.Code, p.English, code)
	}
	if p.Dutch == "" || p.English == "" || p.Dutch == p.English || strings.Contains(p.Dutch+p.English, "%!") {
		t.Errorf("texts of %s are not right: %q, %q", code, p.Dutch, p.English)
	}
}

func TestNoContentInProblems(t *testing.T) {
	rows := `<row r="1"><c r="A1" t="inlineStr"><is><t>123456782&</t></is></c></row>`
	_, err := read("a.xlsx", minimal(rows).bytes(t))
	if err == nil || bytes.Contains([]byte(err.Error()), []byte("123456782")) {
		t.Errorf("got %v", err)
	}
}
