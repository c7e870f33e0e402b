package table

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func odsText(text string) string {
	return `<table:table-cell office:value-type="string"><text:p>` + text + `</text:p></table:table-cell>`
}

func odsValue(kind, attribute, value, more string) string {
	return fmt.Sprintf(`<table:table-cell office:value-type="%s" office:%s="%s" %s><text:p>getoond</text:p></table:table-cell>`, kind, attribute, value, more)
}

// odsLines returns the rows of a document with one row of these cells.
func odsLines(t *testing.T, cells string) ([]string, error) {
	t.Helper()
	return read("a.ods", odsParts("<table:table-row>"+cells+"</table:table-row>").bytes(t))
}

func TestDocumentCells(t *testing.T) {
	number := func(value string) string { return odsValue("float", "value", value, "") }
	tests := []struct{ name, cells, want string }{
		{"text", odsText("a"), "1: A=Text:a"},
		{"paragraphs", `<table:table-cell office:value-type="string"><text:p>a</text:p><text:p/><text:p>b</text:p></table:table-cell>`, "1: A=Text:a\n\nb"},
		{"spaces and tabs", odsText(`a<text:s/><text:s text:c="3"/>b<text:tab/>c<text:line-break/>d`), "1: A=Text:a    b\tc\nd"},
		{"spans and links", odsText(`<text:span text:style-name="T2">a<text:span>b</text:span></text:span> <text:a>c</text:a><text:sheet-name>d</text:sheet-name>`), "1: A=Text:ab cd"},
		{"text written for people", odsText("\n  een\n  <text:span>twee</text:span>\n  drie\n"), "1: A=Text:een twee drie"},
		{"spaces as they are", odsText("a  b\tc "), "1: A=Text:a  b\tc"},
		{"references", odsText("&lt;&amp;&#233;"), "1: A=Text:<&é"},
		{"without width", odsText("9\u200b9"), "1: A=Text:99"},
		{"list", `<table:table-cell office:value-type="string"><text:list><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list></table:table-cell>`, "1: A=Text:a\nb"},
		{"heading", `<table:table-cell office:value-type="string"><text:h>a</text:h></table:table-cell>`, "1: A=Text:a"},
		{"value of a text", odsValue("string", "string-value", "echt", ""), "1: A=Text:echt"},
		{"number", number("2.5") + number("7.2999999999999998") + number("1e3") + number("-0") + number("12.50"), "1: A=Number:2.5 B=Number:7.3 C=Number:1000 D=Number:0 E=Number:12.5"},
		{"percentage and currency", odsValue("percentage", "value", "0.125", "") + odsValue("currency", "value", "97.2", `office:currency="EUR"`), "1: A=Number:0.125 B=Number:97.2"},
		{"no number", number("x") + number("") + number("NaN") + number("1,5"), "1: A=Error:x B=Error: C=Error:NaN D=Error:1,5"},
		{"number with the style of a date", odsValue("float", "value", "46023", `table:style-name="ce1"`) + odsValue("float", "value", "0.5", `table:style-name="ce2"`) + odsValue("float", "value", "1.5", `table:style-name="ce3"`), "1: A=Date:2026-01-01 B=Time:12:00:00 C=Time:36:00:00"},
		{"date", odsValue("date", "date-value", "2026-01-31", "") + odsValue("date", "date-value", "2026-01-31T13:45:10", "") + odsValue("date", "date-value", "2026-01-31T13:45:09.9999999", "") + odsValue("date", "date-value", "2026-01-31T00:00:00", ""),
			"1: A=Date:2026-01-31 B=Date:2026-01-31 13:45:10 C=Date:2026-01-31 13:45:10 D=Date:2026-01-31"},
		{"no date", odsValue("date", "date-value", "2026-02-30", "") + odsValue("date", "date-value", "31-01-2026", "") + odsValue("date", "date-value", "1899-12-29", ""), "1: A=Error:2026-02-30 B=Error:31-01-2026 C=Error:########"},
		{"beginning of the count", odsValue("date", "date-value", "1899-12-30T12:00:00", "") + odsValue("date", "date-value", "1900-01-19", "") + odsValue("date", "date-value", "1900-03-01", ""), "1: A=Date:1900-01-00 12:00:00 B=Date:1900-01-20 C=Date:1900-03-01"},
		{"time", odsValue("time", "time-value", "PT08H30M00S", "") + odsValue("time", "time-value", "PT26H30M00S", "") + odsValue("time", "time-value", "PT08H29M59.9999999S", "") + odsValue("time", "time-value", "PT1104570H00M00S", `table:style-name="ce2"`) + odsValue("time", "time-value", "PT1104570H00M00S", `table:style-name="ce3"`),
			"1: A=Time:08:30:00 B=Time:26:30:00 C=Time:08:30:00 D=Time:18:00:00 E=Time:1104570:00:00"},
		{"no time", odsValue("time", "time-value", "-PT12H00M00S", "") + odsValue("time", "time-value", "P1M", ""), "1: A=Error:######## B=Error:P1M"},
		{"boolean", odsValue("boolean", "boolean-value", "true", "") + odsValue("boolean", "boolean-value", "false", "") + odsValue("boolean", "boolean-value", "ja", ""), "1: A=Bool:TRUE B=Bool:FALSE C=Error:ja"},
		{"unknown type", odsValue("list", "value", "1", ""), "1: A=Error:getoond"},
		{"value missing", `<table:table-cell office:value-type="float"><text:p>2,5</text:p></table:table-cell>`, "1: A=Error:2,5"},
		{"text without type", `<table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p/></table:table-cell>`, "1: A=Text:a"},
		{"formula", odsValue("float", "value", "5", `table:formula="of:=[.B1]*2"`), "1: A=Number:5"},
		{"formula that is shown as something else", strings.NewReplacer("x1", "TRUE", "x2", "01/31/26", "x3", "8:30", "x4", "46053").Replace(
			`<table:table-cell table:formula="of:=1" office:value-type="float" office:value="1"><text:p>x1</text:p></table:table-cell><table:table-cell table:formula="of:=1" office:value-type="float" office:value="46053"><text:p>x2</text:p></table:table-cell>` +
				`<table:table-cell table:formula="of:=1" office:value-type="float" office:value="0.354166666666667"><text:p>x3</text:p></table:table-cell><table:table-cell table:formula="of:=1" office:value-type="float" office:value="46053"><text:p>x4</text:p></table:table-cell>`),
			"1: A=Bool:TRUE B=Date:2026-01-31 C=Time:08:30:00 D=Number:46053"},
		{"date in the style of a time", odsValue("date", "date-value", "2026-01-31T13:45:00", `table:style-name="ce2"`), "1: A=Time:13:45:00"},
		{"formula that gives an empty text", `<table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>` + odsText("x"), "1: B=Text:x"},
		{"formula without value", `<table:table-cell table:formula="of:=1"/><table:table-cell table:formula="of:=1" office:value-type="float"/>`, "1: A=NoValue: B=NoValue:"},
		{"error", `<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>`, "1: A=Error:#N/A"},
		{"error of an older program", `<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>Err:503</text:p></table:table-cell>`, "1: A=Error:Err:503"},
		{"error of an older Dutch program", `<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>Fout:503</text:p></table:table-cell>`, "1: A=Error:Fout:503"},
		{"error of another program", `<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="#DIV/0!"/>`, "1: A=Error:#DIV/0!"},
		{"text like an error", odsText("#N/A") + odsText("Erna"), "1: A=Text:#N/A B=Text:Erna"},
		{"text like an error, as its value", `<table:table-cell office:value-type="string" office:string-value="#N/A"><text:p>#N/A</text:p></table:table-cell>`, "1: A=Text:#N/A"},
		{"error in words of another language", `<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#ZAHL!</text:p></table:table-cell>`, "1: A=Error:#ZAHL!"},
		{"formula with a text like an error", `<table:table-cell table:formula="of:=A2" office:value-type="string"><text:p>Err:5020</text:p></table:table-cell>`, "1: A=Text:Err:5020"},
		{"comment and drawing", `<table:table-cell office:value-type="string"><office:annotation><dc:date>2026-01-01</dc:date><text:p>opmerking</text:p></office:annotation><draw:frame><draw:text-box><text:p>kader</text:p></draw:text-box></draw:frame><text:p>a<draw:a>b</draw:a><text:note><text:p>n</text:p></text:note></text:p></table:table-cell>`, "1: A=Text:a"},
		{"repeated", `<table:table-cell table:number-columns-repeated="2"/><table:table-cell table:number-columns-repeated="3" office:value-type="string"><text:p>a</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16379"/>`, "1: C=Text:a D=Text:a E=Text:a"},
		{"covered", odsText("a") + `<table:covered-table-cell table:number-columns-repeated="2"/>` + odsText("b") + `<table:covered-table-cell office:value-type="float" office:value="1"><text:p>1</text:p></table:covered-table-cell>`, "1: A=Text:a D=Text:b E=Number:1"},
		{"empty columns beyond the last", `<table:table-cell table:number-columns-repeated="999999999"/>`, ""},
		{"table in a cell", `<table:table-cell office:value-type="string"><table:table><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row></table:table><text:p>a</text:p></table:table-cell>`, "1: A=Text:a"},
		{"struck through", strings.ReplaceAll(odsText("a")+odsText("b"), "<table:table-cell", `<table:table-cell table:style-name="ce4"`), "1: struck A=Text:a B=Text:b"},
		{"struck through by a named style", strings.Replace(odsText("a"), "<table:table-cell", `<table:table-cell table:style-name="ce6"`, 1), "1: struck A=Text:a"},
		{"not struck through after all", strings.Replace(odsText("a"), "<table:table-cell", `<table:table-cell table:style-name="ce5"`, 1), "1: A=Text:a"},
		{"struck through in pieces", odsText(`<text:span text:style-name="T1">a</text:span> <text:span text:style-name="T1">b</text:span>`), "1: struck A=Text:a b"},
		{"struck through in part", odsText(`<text:span text:style-name="T1">a</text:span>b`), "1: A=Text:ab"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := odsLines(t, test.cells)
			if err != nil {
				t.Fatal(err)
			}
			var want []string
			if test.want != "" {
				want = []string{test.want}
			}
			if !slices.Equal(got, want) {
				t.Errorf("read %q, want %q", got, want)
			}
		})
	}
}

func TestDocumentRows(t *testing.T) {
	row := func(attributes, text string) string {
		return "<table:table-row " + attributes + ">" + odsText(text) + "</table:table-row>"
	}
	empty := func(n int) string {
		return fmt.Sprintf(`<table:table-row table:number-rows-repeated="%d"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`, n)
	}
	tests := []struct {
		name, rows string
		want       []string
	}{
		{"empty rows count", row("", "a") + empty(3) + row("", "b") + empty(1048571), []string{"1: A=Text:a", "5: A=Text:b"}},
		{"repeated", row(`table:number-rows-repeated="3"`, "a") + row("", "b"), []string{"1: A=Text:a", "2: A=Text:a", "3: A=Text:a", "4: A=Text:b"}},
		{"hidden", row(`table:visibility="collapse"`, "a") + row(`table:visibility="filter"`, "b") + row(`table:visibility="visible"`, "c"), []string{"1: hidden A=Text:a", "2: hidden A=Text:b", "3: A=Text:c"}},
		{"headings and groups", `<table:table-header-rows>` + row("", "a") + `</table:table-header-rows><table:table-row-group table:display="false"><table:table-row-group>` + row("", "b") + `</table:table-row-group></table:table-row-group><table:table-rows>` + row("", "c") + `</table:table-rows>`,
			[]string{"1: A=Text:a", "2: hidden A=Text:b", "3: A=Text:c"}},
		{"columns", `<table:table-columns><table:table-column table:number-columns-repeated="1" table:default-cell-style-name="ce4"/><table:table-column-group><table:table-column table:default-cell-style-name="Default"/></table:table-column-group></table:table-columns>` +
			row("", "a") + `<table:table-row>` + odsText("a") + odsText("b") + `</table:table-row><table:table-row table:default-cell-style-name="ce4">` + odsText("a") + odsText("b") + `</table:table-row>`,
			[]string{"1: struck A=Text:a", "2: A=Text:a B=Text:b", "3: struck A=Text:a B=Text:b"}},
		{"what is no row", `<table:title>t</table:title><office:forms/><table:shapes><draw:frame><text:p>x</text:p></draw:frame></table:shapes>` + row("", "a") + `<text:soft-page-break/><!-- c --><table:named-expressions/>`, []string{"1: A=Text:a"}},
		{"last row", empty(1048575) + row("", "a"), []string{"1048576: A=Text:a"}},
		{"empty rows beyond the last", row("", "a") + empty(999_999_999), []string{"1: A=Text:a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read("a.ods", odsParts(test.rows).bytes(t))
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("read %q (%v), want %q", got, err, test.want)
			}
		})
	}
}

func TestDocumentsThatAreRefused(t *testing.T) {
	row := func(attributes, cells string) parts {
		return odsParts("<table:table-row " + attributes + ">" + cells + "</table:table-row>")
	}
	encrypted := odsParts("")
	encrypted["META-INF/manifest.xml"] = strings.Replace(encrypted["META-INF/manifest.xml"], `media-type="text/xml"/>`, `media-type="text/xml"><manifest:encryption-data/></manifest:file-entry>`, 1)
	tests := []struct {
		name string
		p    parts
		code string
	}{
		{"encrypted", encrypted, "encrypted-ods"},
		{"encrypted as a whole", odsParts("").with("encrypted-package", "x"), "encrypted-ods"},
		{"repeated no times", row("", `<table:table-cell table:number-columns-repeated="0"/>`), "damaged-sheet"},
		{"repeated by a word", row("", `<table:table-cell table:number-columns-repeated="veel"/>`), "damaged-sheet"},
		{"row repeated no times", row(`table:number-rows-repeated="0"`, ""), "damaged-sheet"},
		{"row repeated beyond the last", row(`table:number-rows-repeated="1048577"`, odsText("a")), "damaged-sheet"},
		{"cells beyond the last column", row("", `<table:table-cell table:number-columns-repeated="16384"/>`+odsText("a")), "damaged-sheet"},
		{"cell repeated beyond the last column", row("", `<table:table-cell table:number-columns-repeated="16385" office:value-type="string"><text:p>a</text:p></table:table-cell>`), "damaged-sheet"},
		{"many spaces", row("", odsText(`<text:s text:c="999999999"/>`)), "text-too-long"},
		{"many lists of spaces", row("", odsText(strings.Repeat(`<text:s text:c="99999"/>`, 3))), "text-too-long"},
		{"much work in few bytes", row(`table:number-rows-repeated="1000000"`, odsText("a")+odsText("b")), "too-many-repeats"},
		{"much work in a row", row(`table:number-rows-repeated="1000"`, `<table:table-cell table:number-columns-repeated="1001" office:value-type="string"><text:p>a</text:p></table:table-cell>`), "too-many-repeats"},
		{"not well formed", row("", "<table:table-cell>"), "damaged-sheet"},
		{"bad reference", row("", odsText("&x;")), "damaged-sheet"},
		{"not well formed after the sheets", odsSheets("</x>"), "damaged-part"},
		{"document type", odsParts("").with("content.xml", `<!DOCTYPE a [<!ENTITY b "c">]>`+odsHead+odsTail), "damaged-part"},
		{"cut off", odsParts("").with("content.xml", odsHead), "damaged-part"},
		{"other root", odsParts("").with("content.xml", `<a/>`), "damaged-part"},
		{"no content", parts{"mimetype": documentTypes + "spreadsheet"}, "damaged-part"},
		{"prefix that changes", row(`xmlns:table="urn:oasis:names:tc:opendocument:xmlns:text:1.0"`, ""), "damaged-sheet"},
		{"other document", odsParts("").with("mimetype", documentTypes+"text"), "other-document"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := read("a.ods", test.p.bytes(t))
			wantCode(t, err, test.code)
		})
	}
	_, err := read("a.xlsx", odsParts("").bytes(t))
	wantCode(t, err, "ods-other-name")
	_, err = read("a.ods", minimal(good).bytes(t))
	wantCode(t, err, "workbook-not-csv")
}

// Sheets are listed without reading them, however they are written, and can be read
// in any order and repeatedly.
func TestDocumentSheets(t *testing.T) {
	sheet := func(name, style, text string) string {
		return `<table:table table:name="` + name + `" table:style-name="` + style + `"><table:table-row>` + odsText(text) + `</table:table-row><table:table-row>` + odsText(text+"2") + `</table:table-row></table:table>`
	}
	external := strings.Replace(sheet("'file:///x.ods'#Blad1", "ta_extref", "x"), "<table:table-row>", `<table:table-source/><table:table-row>`, 1)
	plain := `<table:tracked-changes><table:table-cell-change><table:table/></table:table-cell-change></table:tracked-changes>` + sheet("Uren", "ta1", "u") + external + `<table:table table:name="Leeg"/>` + sheet("Verborgen", "ta2", "v") + sheet("&amp;&lt;", "", "w")
	for name, content := range map[string]string{
		"plain": plain, "comment": strings.Replace(plain, "</table:table-row>", "<!-- </table:table> --></table:table-row>", 1), "section": strings.Replace(plain, "<text:p>u", "<text:p><![CDATA[</table:table>]]>", 1),
		"table in a cell": strings.Replace(plain, "<text:p>u", "<table:table ><table:table-row/></table:table><text:p>u", 1), "instruction": strings.Replace(plain, "<table:table-row>", "<?x </table:table>?><table:table-row>", 1),
	} {
		f, err := openBytes("a.ods", odsSheets(content).bytes(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var names []string
		for _, sheet := range f.Sheets() {
			names = append(names, fmt.Sprint(sheet.Name, sheet.Hidden))
		}
		if want := []string{"Urenfalse", "Leegfalse", "Verborgentrue", "&<false"}; !slices.Equal(names, want) {
			t.Errorf("%s: sheets %q", name, names)
			continue
		}
		for _, number := range []int{0, 3, 2, 2, 1, 0, 3} {
			lines := 0
			for _, err := range f.Rows(f.Sheets()[number]) {
				if err != nil {
					t.Fatalf("%s, sheet %d: %v", name, number, err)
				}
				lines++
				if number == 3 {
					break // so that the next reading starts in the middle of a sheet
				}
			}
			if want := map[int]int{0: 2, 1: 0, 2: 2, 3: 1}[number]; lines != want {
				t.Errorf("%s, sheet %d: %d rows", name, number, lines)
			}
		}
	}
}

// A document may use other prefixes for its namespaces, or none for one of them.
func TestDocumentPrefixes(t *testing.T) {
	p := odsParts(`<table:table-row table:visibility="collapse"><table:table-cell office:value-type="float" office:value="2.5" table:number-columns-repeated="2"><text:p>2,5</text:p></table:table-cell>` + odsText("a<text:tab/>b") + `</table:table-row>`)
	other := strings.NewReplacer("table:", "t:", "text:", "x:", "office:", "o:", "style:", "s:", "xmlns:table", "xmlns:t", "xmlns:text", "xmlns:x", "xmlns:office", "xmlns:o", "xmlns:style", "xmlns:s", "tc:opendocument:xmlns:table:", "tc:opendocument:xmlns:table:",
		"tc:opendocument:xmlns:text:", "tc:opendocument:xmlns:text:", "tc:opendocument:xmlns:office:", "tc:opendocument:xmlns:office:", "tc:opendocument:xmlns:style:", "tc:opendocument:xmlns:style:").Replace(p["content.xml"])
	without := strings.NewReplacer("<text:", "<", "</text:", "</", "xmlns:text=", "xmlns=").Replace(p["content.xml"])
	within := strings.Replace(strings.Replace(p["content.xml"], ` xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"`, "", 1), "<text:p>", `<text:p xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">`, -1)
	for name, content := range map[string]string{"usual": p["content.xml"], "other": other, "without": without, "within": within} {
		got, err := read("a.ods", odsParts("").with("content.xml", content).bytes(t))
		if err != nil || !slices.Equal(got, []string{"1: hidden A=Number:2.5 B=Number:2.5 C=Text:a\tb"}) {
			t.Errorf("%s: read %q, %v", name, got, err)
		}
	}
}

func TestDocumentKind(t *testing.T) {
	meta := func(properties string) string {
		return `<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta>` + properties + `</office:meta></office:document-meta>`
	}
	property := func(name, value string) string {
		return `<meta:user-defined meta:name="` + name + `">` + value + `</meta:user-defined>`
	}
	named := func(address string) parts {
		return odsSheets(`<table:table table:name="Mijn 'uren'"/><table:named-expressions><table:named-range table:name="x"/><table:named-range table:name="pxq_kind_retour" table:cell-range-address="` + address + `"/></table:named-expressions>`)
	}
	for name, test := range map[string]struct {
		p    parts
		want string
	}{
		"none":              {odsParts(""), ""},
		"property":          {odsParts("").with("meta.xml", meta(property("AppVersion", "3")+property("pxq-kind", " uitval "))), "uitval"},
		"category":          {odsParts("").with("meta.xml", meta(property("OOXMLCorePropertyCategory", "pxq:retour"))), "retour"},
		"property first":    {odsParts("").with("meta.xml", meta(property("OOXMLCorePropertyCategory", "pxq:regio")+property("pxq-kind", "uitval"))), "uitval"},
		"other category":    {odsParts("").with("meta.xml", meta(property("Category", "retour"))), ""},
		"name":              {named("$'Mijn ''uren'''.$A$1"), "retour"},
		"name of another":   {named("$Overzicht.$A$1"), ""},
		"name of elsewhere": {named("$'Mijn ''uren'''.$B$1"), ""},
	} {
		f, err := openBytes("a.ods", test.p.bytes(t))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if f.Kind() != test.want {
			t.Errorf("%s: kind %q, want %q", name, f.Kind(), test.want)
		}
	}
	f, err := openBytes("a.ods", odsParts("").with("Basic/Standard/Module1.xml", "<x/>").bytes(t))
	if err != nil || f.Format() != "ods" {
		t.Error(err, f)
	}
}

// A document may use another first day: values stored as dates do not depend on it, but a number in the style of a date is
// counted from that day.
func TestDocumentsThatCountFromAnotherDay(t *testing.T) {
	for from, number := range map[string]string{"1899-12-30": "46296", "1904-01-01": "44834", "1900-01-01T00:00:00": "46294", "gisteren": "46296"} {
		cells := odsValue("date", "date-value", "2026-10-01", "") + odsValue("float", "value", number, `table:style-name="ce1"`) + odsValue("float", "value", number, "") +
			`<table:table-cell table:formula="of:=1" office:value-type="float" office:value="` + number + `"><text:p>01-10-26</text:p></table:table-cell>`
		settings := `<table:calculation-settings><table:iteration/><table:null-date table:value-type="date" table:date-value="` + from + `"/></table:calculation-settings>`
		data := odsSheets(settings + `<table:table table:name="Uren"><table:table-row>` + cells + `</table:table-row></table:table>`).bytes(t)
		got, err := read("a.ods", data)
		if wanted := "1: A=Date:2026-10-01 B=Date:2026-10-01 C=Number:" + number + " D=Date:2026-10-01"; err != nil || strings.Join(got, " ") != wanted {
			t.Errorf("from %s: got %v, %v, want %s", from, got, err, wanted)
		}
	}
}
