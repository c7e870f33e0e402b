package table

import (
	"slices"
	"testing"
)

func TestCells(t *testing.T) {
	tests := []struct{ name, rows, want string }{
		{"shared text", `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, "1: A=Text:gedeeld"},
		{"rich text without sounds", `<row r="1"><c r="A1" t="s"><v>1</v></c></row>`, "1: A=Text:rijk"},
		{"empty shared text", `<row r="1"><c r="A1" t="s"><v>2</v></c><c r="B1"><v>1</v></c></row>`, "1: B=Number:1"},
		{"inline text", `<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c></row>`, "1: A=Text:a"},
		{"inline rich text", `<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>`, "1: A=Text:ab"},
		{"inline text cut by a comment", `<row r="1"><c r="A1" t="inlineStr"><is><t>a<!-- - --><![CDATA[<b>&]]>c</t></is></c></row>`, "1: A=Text:a<b>&c"},
		{"escapes", `<row r="1"><c r="A1" t="inlineStr"><is><t>a_x000A_b_x005F_x000D_c_xZZZZ_</t></is></c></row>`, "1: A=Text:a\nb_x000D_c_xZZZZ_"},
		{"references", `<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;&#233;&#xE9;&amp;&quot;&apos;&gt;</t></is></c></row>`, "1: A=Text:<éé&\"'>"},
		{"line ends", "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>a\r\nb\rc&#13;</t></is></c></row>", "1: A=Text:a\nb\nc"},
		{"formula text", `<row r="1"><c r="A1" t="str"><f>B1</f><v>x</v></c></row>`, "1: A=Text:x"},
		{"formula that gives an empty text", `<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><v>1</v></c></row>`, "1: B=Number:1"},
		{"formula without value", `<row r="1"><c r="A1"><f>B1</f></c><c r="B1"><f>1</f><v/></c></row>`, "1: A=NoValue: B=NoValue:"},
		{"formula with number", `<row r="1"><c r="A1"><f>B1</f><v>2.5</v></c></row>`, "1: A=Number:2.5"},
		{"booleans", `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="b"><v>0</v></c></row>`, "1: A=Bool:TRUE B=Bool:FALSE"},
		{"error", `<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>`, "1: A=Error:#N/A"},
		{"no number", `<row r="1"><c r="A1"><v>NaN</v></c><c r="B1"><v>1_0</v></c><c r="C1"><v>1e999</v></c></row>`, "1: A=Error:NaN B=Error:1_0 C=Error:1e999"},
		{"noise in numbers", `<row r="1"><c r="A1"><v>7.2999999999999998</v></c><c r="B1"><v>0.57499999999999996</v></c><c r="C1"><v>1.0000000000000001E-2</v></c></row>`, "1: A=Number:7.3 B=Number:0.575 C=Number:0.01"},
		{"number in a plain format", `<row r="1"><c r="A1" s="5"><v>12.50</v></c></row>`, "1: A=Number:12.5"},
		{"dates and times", `<row r="1"><c r="A1" s="1"><v>46023</v></c><c r="B1" s="2"><v>0.5</v></c><c r="C1" s="3"><v>46023.75</v></c><c r="D1" s="4"><v>1.1041666666666667</v></c></row>`,
			"1: A=Date:2026-01-01 B=Time:12:00:00 C=Date:2026-01-01 18:00:00 D=Time:26:30:00"},
		{"text of a date", `<row r="1"><c r="A1" t="d"><v>2026-01-31</v></c><c r="B1" t="d"><v>2026-01-31T13:45:00Z</v></c></row>`, "1: A=Date:2026-01-31 B=Date:2026-01-31 13:45:00"},
		{"no booleans or errors", `<row r="1"><c r="A1" t="b"><v>2</v></c><c r="B1" t="b"/><c r="C1" t="e"/><c r="D1" t="d"/><c r="E1" t="s"/><c r="F1" t="e"><f>A1</f></c><c r="G1" t="inlineStr"><f>A1</f></c></row>`, "1: A=Error:2 F=NoValue: G=NoValue:"},
		{"errors among dates", `<row r="1"><c r="A1" s="1"><v>x</v></c><c r="B1" t="d"><v>31-01-2026</v></c><c r="C1" s="1" t="e"><v>#REF!</v></c></row>`, "1: A=Error:x B=Error:31-01-2026 C=Error:#REF!"},
		{"date outside the calendar", `<row r="1"><c r="A1" s="1"><v>-1</v></c><c r="B1" s="1"><v>2958466</v></c></row>`, "1: A=Error:######## B=Error:########"},
		{"cells without reference", `<row r="3"><c><v>1</v></c><c r="D3"><v>2</v></c><c><v>3</v></c></row>`, "3: A=Number:1 D=Number:2 E=Number:3"},
		{"row without number", `<row><c><v>1</v></c></row>`, "1: A=Number:1"},
		{"hidden row", `<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>`, "2: hidden A=Number:1"},
		{"spaces everywhere", "<row\n r = '1' >\n <c r=\"A1\"\t>\n<v >1</v >\n</c >\n</row>\n", "1: A=Number:1"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := read("a.xlsx", minimal(test.rows).bytes(t))
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got, []string{test.want}) {
				t.Errorf("read %q, want %q", got, test.want)
			}
		})
	}
}
