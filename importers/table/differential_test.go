package table

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	cellvalue "github.com/pxq-nl/pxq/importers/table/internal/value"
)

// rawRows returns the stored values as excelize reads them, by row number and
// column, without invisible ones.
func rawRows(tb testing.TB, content []byte, sheet string) map[string]string {
	tb.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(content), excelize.Options{RawCellValue: true})
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	rows, err := f.Rows(sheet)
	if err != nil {
		tb.Fatal(err)
	}
	values := map[string]string{}
	for number := 1; rows.Next(); number++ {
		cells, err := rows.Columns()
		if err != nil {
			tb.Fatal(err)
		}
		for i, value := range cells {
			if len(value) > 0 && len(cellvalue.AppendClean(nil, []byte(value))) > 0 {
				values[fmt.Sprint(ColumnName(i), number)] = value
			}
		}
	}
	if err := rows.Close(); err != nil {
		tb.Fatal(err)
	}
	return values
}

// ourRows is like rawRows for this package.
func ourRows(tb testing.TB, content []byte, sheet string) map[string]string {
	tb.Helper()
	f, err := openBytes("a.xlsx", content)
	if err != nil {
		tb.Fatal(err)
	}
	values := map[string]string{}
	for _, s := range f.Sheets() {
		if s.Name != sheet {
			continue
		}
		for row, err := range f.Rows(s) {
			if err != nil {
				tb.Fatal(err)
			}
			for i, cell := range row.Cells {
				if cell.Raw != "" {
					values[fmt.Sprint(ColumnName(i), row.Number)] = cell.Raw
				}
			}
		}
	}
	return values
}

func compareReaders(tb testing.TB, content []byte, sheet string) {
	tb.Helper()
	theirs, ours := rawRows(tb, content, sheet), ourRows(tb, content, sheet)
	for cell, want := range theirs {
		if ours[cell] != want {
			tb.Errorf("%s: read %q, excelize %q", cell, ours[cell], want)
		}
	}
	for cell, got := range ours {
		if _, ok := theirs[cell]; !ok {
			tb.Errorf("%s: read %q, excelize nothing", cell, got)
		}
	}
}

// someValue draws a value of any type that a cell can hold.
func someValue() *rapid.Generator[any] {
	text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", " ", " a ", "é€𝄞", "<b>&\"'", "a\nb", "a\r\nb", "_x000D_", "_x005F_x0041_", "_x", "]]>", "\t", "123", "#N/A", "TRUE"}))
	return rapid.OneOf(
		rapid.Map(text, func(s string) any { return strings.ReplaceAll(s, "\x00", "") }),
		rapid.Map(rapid.Float64Range(-1e9, 1e9), func(v float64) any { return v }),
		rapid.Map(rapid.Float64(), func(v float64) any { return v }),
		rapid.Map(rapid.IntRange(-1e9, 1e9), func(v int) any { return v }),
		rapid.Map(rapid.Bool(), func(v bool) any { return v }),
		rapid.Map(rapid.Int64Range(0, 3e9), func(v int64) any { return time.Unix(v, 0).UTC() }),
		rapid.Map(rapid.Int64Range(0, 86400), func(v int64) any { return time.Duration(v) * time.Second }),
		rapid.Just[any](nil),
	)
}

// Workbooks written cell by cell have shared texts, those written as a stream inline
// ones. Every stored value of both must be read unchanged.
func TestReadersAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		f := excelize.NewFile()
		defer f.Close()
		must := func(err error) {
			if err != nil {
				rt.Fatal(err)
			}
		}
		stream, err := f.NewStreamWriter("Sheet1")
		must(err)
		_, err = f.NewSheet("Twee")
		must(err)
		number := 0
		for range rapid.IntRange(0, 12).Draw(rt, "rows") {
			number += rapid.IntRange(1, 3).Draw(rt, "step")
			values := rapid.SliceOfN(someValue(), 0, 8).Draw(rt, "values")
			must(stream.SetRow(fmt.Sprint("B", number), values))
			for i, value := range values {
				cell := fmt.Sprint(ColumnName(2*i), number)
				must(f.SetCellValue("Twee", cell, value))
				if rapid.IntRange(0, 9).Draw(rt, "formula") == 0 {
					must(f.SetCellFormula("Twee", cell, "1+1"))
				}
			}
		}
		must(stream.Flush())
		var b bytes.Buffer
		must(f.Write(&b))
		compareReaders(rtTB{t, rt}, b.Bytes(), "Sheet1")
		compareReaders(rtTB{t, rt}, b.Bytes(), "Twee")
	})
}

// rtTB is a testing.TB that reports failures to the property check.
type rtTB struct {
	testing.TB
	rt *rapid.T
}

func (r rtTB) Helper()                        {}
func (r rtTB) Errorf(format string, a ...any) { r.rt.Errorf(format, a...) }
func (r rtTB) Fatalf(format string, a ...any) { r.rt.Fatalf(format, a...) }
func (r rtTB) Fatal(a ...any)                 { r.rt.Fatal(a...) }

// Forms of XML that excelize does not write itself.
func TestReadersAgreeOnForms(t *testing.T) {
	for name, rows := range map[string]string{
		"references":     `<row r="1"><c r="A1" t="inlineStr"><is><t>&lt;&#233;&#xE9;&amp;</t></is></c><c r="B1"><v>&#49;</v></c></row>`,
		"sections":       `<row r="1"><c r="A1" t="str"><v>a<![CDATA[<&>]]>b</v></c></row>`,
		"comments":       `<!-- a --><row r="1"><!-- b --><c r="A1"><v>1<!-- c -->2</v></c></row>`,
		"line ends":      "<row r=\"1\">\r\n<c r=\"A1\" t=\"str\"><v>a\r\nb\rc&#13;d</v></c></row>",
		"spaces":         `<row r="1"><c r="A1" t="str"><v xml:space="preserve">  a  </v></c><c r="B1"><v>1.50</v></c></row>`,
		"no references":  `<row><c><v>1</v></c><c r="D1"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>`,
		"small letters":  `<row r="1"><c r="b1"><v>1</v></c></row>`,
		"rich text":      `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><r><t>a </t></r><r><rPr><b/></rPr><t>b</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c></row>`,
		"types":          `<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#N/A</v></c><c r="C1" t="n"><v>7.2999999999999998</v></c><c r="D1" t="d"><v>2026-01-31</v></c></row>`,
		"formulas":       `<row r="1"><c r="A1"><f>1&gt;2</f><v>3</v></c><c r="B1" t="str"><f t="shared" ref="B1:B2" si="0">x</f><v>y</v></c><c r="C1"><f/></c></row>`,
		"inline in v":    `<row r="1"><c r="A1" t="inlineStr"><v>a_x0041_</v></c></row>`,
		"escapes":        `<row r="1"><c r="A1" t="inlineStr"><is><t>_x0041_x0042_ _x005F_x000A_ _x000a_ _x00E9__x20AC_</t></is></c><c r="B1" t="str"><v>_x0041_</v></c></row>`,
		"empty rows":     `<row r="2"/><row r="4"><c r="A4" s="1"/></row><row r="9"><c r="C9"><v>1</v></c></row>`,
		"spaced numbers": `<row r="1"><c r="A1" s="1"><v> 46023 </v></c><c r="B1" t="s"><v> 0 </v></c></row>`,
	} {
		t.Run(name, func(t *testing.T) { compareReaders(t, minimal(rows).bytes(t), "Uren") })
	}
}
