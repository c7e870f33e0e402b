package table

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
	"pgregory.net/rapid"
)

// A sheet with small random errors is refused, or read as the decoder of the
// standard library reads it.
func TestChangedSheetsAgree(t *testing.T) {
	base := minimal(`<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="1"><f>A1</f><v>2.5</v></c></row><!-- c --><row r="2" hidden="1"><c><v>3</v></c><c r="D2"><v><![CDATA[4]]>&#53;</v></c></row>`)["xl/worksheets/sheet1.xml"]
	pieces := []string{"<", ">", "/", "\"", "'", "&", ";", "=", " ", "é", "\xE9", "\x00", "\x1F", "\r", "]]>", "<![CDATA[", "<!--", "--", "-->", "<?", "?>", "<?xml ", "<!DOCTYPE a>",
		"&amp;", "&#1;", "&#x41;", "&lt;", "xmlns:x=\"y\"", "x:", ":", "r", "row", "</row>", "<row>", "<c>", "</c>", "<v>", "</v>", "<v/>", "1", "0", "A", "<sheetData>", "</sheetData>", "</worksheet>", "\uFFFE", "\uFFFD"}
	accepted := 0
	rapid.Check(t, func(rt *rapid.T) {
		sheet := base
		for range rapid.IntRange(1, 3).Draw(rt, "changes") {
			from := rapid.IntRange(0, len(sheet)).Draw(rt, "from")
			to := min(len(sheet), from+rapid.IntRange(0, 6).Draw(rt, "taken"))
			sheet = sheet[:from] + rapid.SampledFrom(pieces).Draw(rt, "put") + sheet[to:]
		}
		if compareWithDecoder(rtTB{t, rt}, sheet, minimal("").with("xl/worksheets/sheet1.xml", sheet).bytes(t)) {
			accepted++
		}
	})
	if accepted == 0 {
		t.Error("no changed sheet was read at all")
	}
}

// compareWithDecoder checks that a sheet that is read to its end is also well formed
// for the decoder of the standard library, and has the same values.
func compareWithDecoder(t testing.TB, sheet string, content []byte) bool {
	t.Helper()
	f, err := openBytes("a.xlsx", content)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for row, err := range f.Rows(f.Sheets()[0]) {
		if err != nil {
			return false
		}
		for _, cell := range row.Cells {
			if cell.Kind != Empty && cell.Kind != NoValue {
				got = append(got, cell.Raw)
			}
		}
	}
	decoder := newDecoder(sheet)
	want, ordinary := decodedValues(t, decoder)
	if ordinary && !slices.Equal(got, want) {
		t.Fatalf("read %q, the decoder %q", got, want)
	}
	return true
}

// asUTF8 converts a document to UTF-8, which the decoder of the standard library requires.
func asUTF8(document string) io.Reader {
	order := map[string]unicode.Endianness{"\xFF\xFE": unicode.LittleEndian, "<\x00": unicode.LittleEndian, "\xFE\xFF": unicode.BigEndian, "\x00<": unicode.BigEndian}
	r := strings.NewReader(strings.TrimPrefix(document, "\xEF\xBB\xBF"))
	for mark, endianness := range order {
		if strings.HasPrefix(document, mark) {
			return transform.NewReader(r, unicode.UTF16(endianness, unicode.UseBOM).NewDecoder())
		}
	}
	return r
}

// decodedValues returns the stored numbers of a sheet; it reports a sheet with other
// types of cells as not ordinary.
func decodedValues(t testing.TB, decoder *xml.Decoder) (values []string, ordinary bool) {
	ordinary = true
	var path []string
	text := ""
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return values, ordinary
		}
		if err != nil {
			t.Fatalf("not well formed: %v", err)
		}
		switch element := token.(type) {
		case xml.StartElement:
			path = append(path, element.Name.Local)
			text = ""
			// Only one of the alternatives is read.
			ordinary = ordinary && element.Name.Local != "AlternateContent" && element.Name.Local != "Fallback" && element.Name.Local != "Choice"
			for _, a := range element.Attr {
				ordinary = ordinary && !(len(path) == 4 && a.Name.Local == "t" && a.Value != "n")
			}
		case xml.CharData:
			text += string(element)
		case xml.EndElement:
			if strings.Join(path, "/") == "worksheet/sheetData/row/c/v" && strings.Trim(text, " \t\r\n") != "" {
				values = append(values, text)
			}
			path = path[:len(path)-1]
		}
	}
}
