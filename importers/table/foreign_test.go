package table

import (
	"slices"
	"strings"
	"testing"
)

// Unusual but acceptable workbooks of other programs are read.
func TestForeignWorkbooks(t *testing.T) {
	one := []string{"1: A=Number:1"}
	without := func(p parts, names ...string) parts {
		for _, name := range names {
			delete(p, name)
		}
		return p
	}
	replaced := func(name, from, to string) parts {
		p := minimal(good)
		if !strings.Contains(p[name], from) {
			t.Fatalf("%s does not hold %s", name, from)
		}
		return p.with(name, strings.Replace(p[name], from, to, 1))
	}
	missing := func(kind string) parts {
		return replaced("_rels/.rels", "</Relationships>", `<Relationship Id="r9" Type="`+relNamespace+`/`+kind+`" Target="docProps/none.xml"/></Relationships>`)
	}
	tests := []struct {
		name string
		p    parts
		want []string
	}{
		{"a module of Excel 95", replaced("xl/workbook.xml", "<sheets>", `<sheets><sheet name="Module1" sheetId="2" r:id=""/>`), one},
		{"a macro sheet", replaced("xl/_rels/workbook.xml.rels", "</Relationships>", `<Relationship Id="rId9" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="m.xml"/></Relationships>`).
			with("xl/workbook.xml", strings.Replace(minimal("")["xl/workbook.xml"], "</sheets>", `<sheet name="Macro1" sheetId="2" r:id="rId9"/></sheets>`, 1)), one},
		{"properties that are not there", missing("extended-properties"), one},
		{"custom properties that are not there", missing("custom-properties"), one},
		{"core properties that are not there", missing("metadata/core-properties"), one},
		{"texts that are not there and not used", without(minimal(good), "xl/sharedStrings.xml"), one},
		{"an empty style", minimal(`<row r="1"><c r="A1" s=""><v>1</v></c></row>`), one},
		{"an override for a type of names", replaced("[Content_Types].xml", "<Override", `<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/.xml" ContentType="application/xml"/><Override`).
			with("[Content_Types].xml", strings.NewReplacer(`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`,
				`<Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/.xml" ContentType="application/xml"/>`).Replace(minimal("")["[Content_Types].xml"])), one},
		{"a path with what newer programs know", replaced("xl/workbook.xml", "<sheets>", `<mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="x" url="C:\"/></mc:Choice></mc:AlternateContent><sheets>`), one},
		{"styles written twice", minimal(`<row r="1"><c r="A1" s="1"><v>46023</v></c></row>`).with("xl/styles.xml", `<styleSheet xmlns="`+mainNamespace+`"><mc:AlternateContent xmlns:mc="m"><mc:Choice Requires="x"><cellXfs><xf numFmtId="1"/></cellXfs></mc:Choice>`+
			`<mc:Fallback><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></mc:Fallback></mc:AlternateContent></styleSheet>`), []string{"1: A=Date:2026-01-01"}},
		{"durations as text", minimal(`<row r="1"><c r="A1" s="4" t="d"><v>PT1H30M0.000S</v></c><c r="B1" s="4" t="d"><v>PT26H30M0.000S</v></c><c r="C1" t="d"><v>PT90M</v></c><c r="D1" s="2" t="d"><v>1899-12-31T08:30:00.000</v></c><c r="E1" s="4" t="d"><v>P1DT2H</v></c></row>`),
			[]string{"1: A=Time:01:30:00 B=Time:26:30:00 C=Time:01:30:00 D=Time:08:30:00 E=Time:26:00:00"}},
		{"a declaration of a type", minimal(good).with("xl/vbaProject.bin", "x"), one},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read("a.xlsx", test.p.bytes(t))
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("read %q, %v; want %q", got, err, test.want)
			}
		})
	}
	_, err := read("a.xlsx", replaced("xl/workbook.xml", `r:id="rId1"`, `r:id="rId7"`).bytes(t))
	wantCode(t, err, "damaged-part")
	_, err = read("a.xlsx", without(minimal(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`), "xl/sharedStrings.xml").bytes(t))
	wantCode(t, err, "damaged-part")
}

// Macros are ignored: a workbook with macros is read like any other.
func TestMacros(t *testing.T) {
	p := minimal(good)
	p["xl/_rels/workbook.xml.rels"] = strings.Replace(p["xl/_rels/workbook.xml.rels"], "</Relationships>", `<Relationship Id="rId8" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`, 1)
	p["xl/vbaProject.bin"] = "not looked at"
	for _, content := range [][]byte{p.bytes(t), minimal(good).bytes(t)} {
		if _, err := openBytes("a.xlsm", content); err != nil {
			t.Error(err)
		}
	}
}

// Rows are marked as struck if most cells are struck through, by the font of the
// cells or of their texts.
func TestStruckRows(t *testing.T) {
	p := minimal(`<row r="1"><c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1"><v>5</v></c><c r="C1" s="1"/></row>` +
		`<row r="2"><c r="A2" s="1"><v>1</v></c><c r="B2"><v>5</v></c></row>` +
		`<row r="3"><c r="A3" s="1"><v>1</v></c><c r="B3" s="1"><f>A1</f></c><c r="C3" t="inlineStr"><is><t>vervallen</t></is></c></row>` +
		`<row r="4"><c r="A4" s="2"><v>1</v></c></row>` +
		`<row r="5"><c r="A5" t="s"><v>1</v></c></row>` +
		`<row r="6"><c r="A6" t="s"><v>2</v></c></row>` +
		`<row r="7"><c r="A7" t="inlineStr"><is><r><rPr><strike/></rPr><t>a</t></r><r><rPr><strike val="1"/></rPr><t> b</t></r></is></c></row>` +
		`<row r="8"><c r="A8" s="1" t="s"><v>0</v></c><c r="B8" s="3"><v>46023</v></c></row>`)
	p["xl/styles.xml"] = `<styleSheet xmlns="` + mainNamespace + `"><fonts><font><b/></font><font><strike/><sz val="11"/></font><font><strike val="0"/></font></fonts>` +
		`<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1"/><xf numFmtId="0" fontId="2"/><xf numFmtId="14" fontId="1"/></cellXfs></styleSheet>`
	p["xl/sharedStrings.xml"] = `<sst xmlns="` + mainNamespace + `"><si><t>gedeeld</t></si><si><r><rPr><strike/></rPr><t>door</t></r></si><si><r><rPr><strike/></rPr><t>deels</t></r><r><t> niet</t></r></si></sst>`
	want := []string{"1: struck A=Text:gedeeld B=Number:5", "2: A=Number:1 B=Number:5", "3: struck A=Number:1 B=NoValue: C=Text:vervallen", "4: A=Number:1", "5: struck A=Text:door", "6: A=Text:deels niet", "7: struck A=Text:a b",
		"8: struck A=Text:gedeeld B=Date:2026-01-01"}
	got, err := read("a.xlsx", p.bytes(t))
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("read %q, %v", got, err)
	}
}

// The fast path and the general path read cells alike.
func TestUsualCellsAgree(t *testing.T) {
	for _, rows := range []string{
		good, `<row r="1"><c r="A1" s="1"><v>46023</v></c><c r="C1" t="s"><v>1</v></c><c r="D1" t="n"><v>1.50</v></c><c r="E1" s="2" t="n"><v>0.5</v></c><c r="F1" s="1"/></row>`,
		`<row r="1"><c r="A1" t="inlineStr"><is><t> a </t></is></c><c r="B1" t="inlineStr"><is><t xml:space="preserve">b]]</t></is></c><c r="C1" t="inlineStr"><is><t>_x0041_</t></is></c></row>`,
		`<row r="1"><c r="A1"><v>x</v></c><c r="B1"><v/></c><c r="C1"><v></v></c><c r="D1" t="s"><v>2</v></c><c r="XFD1"><v>1</v></c></row>`,
		`<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>`, `<row r="1"><c r="A2"><v>1</v></c></row>`, `<row r="1"><c r="XFE1"><v>1</v></c></row>`, `<row r="1"><c r="A1" s="9"><v>1</v></c></row>`,
		`<row r="1"><c r="A1" t="s"><v>9</v></c></row>`, `<row r="1"><c r="A01"><v>1</v></c></row>`, `<row r="1"><c r="AAAA1"><v>1</v></c></row>`, `<row r="1"><c r="A1" s="0000000001"><v>1</v></c></row>`,
		`<row r="1"><c r="A1" t="s"><v> 1</v></c><c r="B1"><v>-0</v></c><c r="C1"><v>1e5</v></c><c r="D1" s="1"><v>60</v></c><c r="E1" s="1"><v>0046023</v></c><c r="F1" s="1"><v>46023.5</v></c></row>`,
	} {
		sameWithoutShortcuts(t, minimal(rows).bytes(t))
	}
}

// sameWithoutShortcuts checks that a workbook is read alike with and without the fast path.
func sameWithoutShortcuts(t *testing.T, content []byte) {
	t.Helper()
	all := func(everyCell bool) ([]string, string) {
		f, err := openBytes("a.xlsx", content)
		if err != nil {
			return nil, err.Error()
		}
		if f.xlsx != nil {
			f.xlsx.everyCell = everyCell
		}
		lines, err := readAll(f)
		if err != nil {
			return lines, err.Error()
		}
		return lines, ""
	}
	short, shortErr := all(false)
	full, fullErr := all(true)
	if !slices.Equal(short, full) || shortErr != fullErr {
		t.Fatalf("in one go %q (%s)\nin full %q (%s)", short, shortErr, full, fullErr)
	}
}
