package workbook

import (
	"encoding/xml"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"github.com/shopspring/decimal"

	"github.com/pxq-nl/pxq/billing"
)

// TestNumbers writes values as numbers: an amount has the decimals of its cents, up to the 15 digits that a spreadsheet
// keeps.
func TestNumbers(t *testing.T) {
	for want, value := range map[string]Value{
		"0":                    Money(0),
		"-0.05":                Money(-5),
		"1234.5":               Money(123450),
		"9007199254740.99":     Money(900_719_925_474_099),
		"-1234.05":             Money(-123405),
		"0.1":                  Money(10),
		"92233720368547760":    Money(math.MaxInt64),
		"1.33":                 Hours(7980),
		"0.016666666666666666": Hours(100),
		"1.5":                  Dayparts(150),
		"1.25":                 Hours(7500),
		"-3":                   Count(-3),
		"46325":                Day(billing.NewDate(2026, 10, 30)),
		"46296":                Month(billing.PeriodOf(2026, 10)),
		"0.5":                  Clock(billing.NewClock(12, 0, 0)),
		"1234.5678":            Decimal(decimal.RequireFromString("1234.5678")),
	} {
		if text, isText := value.asText(); isText {
			t.Errorf("%s is the text %q", want, text)
		}
		if got := string(value.appendNumber(nil)); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

// TestHundredths: their decimals are the shortest form of the nearest float.
func TestHundredths(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 100_000 {
		number := random.Int64N(1 << (1 + i%60))
		if i%2 == 0 {
			number = -number
		}
		for _, value := range []Value{{kind: centsKind, number: number}, {kind: minutesKind, number: 60 * (number / 60)}} {
			want := strconv.FormatFloat(value.cell().(float64), 'f', -1, 64)
			if got := string(value.appendNumber(nil)); got != want && number != 0 {
				t.Fatalf("%d hundredths: %s, want %s", number, got, want)
			}
		}
	}
}

// TestDecimals: a number that is written as it is has the shortest form of the nearest float.
func TestDecimals(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	texts := []string{"0", "-0", "0.5", "-0.5", "00.5", ".5", "5.", "5.0", "1e3", "", "-", "0.000001", "123456789012345", "1234567890123456", "1.-5", "+1"}
	for i := range 100_000 {
		number := decimal.New(random.Int64N(1<<(1+i%50))-1<<(i%50), -int32(i%9))
		texts = append(texts, number.String(), number.StringFixed(2))
	}
	asIs := 0
	for _, text := range texts {
		if !isShortest(text) {
			continue
		}
		asIs++
		number, err := strconv.ParseFloat(text, 64)
		if want := strconv.FormatFloat(number, 'f', -1, 64); err != nil || want != text {
			t.Fatalf("%s is written as it stands, want %s (%v)", text, want, err)
		}
	}
	if asIs < len(texts)/3 {
		t.Errorf("only %d of %d are written as they stand", asIs, len(texts))
	}
}

// TestClean: a text that isClean accepts is not changed by clean.
func TestClean(t *testing.T) {
	for _, text := range []string{"", "a", "één – €", "a\nb\tc", "\u00a0", "日本😀"} {
		if !isClean(text) {
			t.Errorf("%q is not clean", text)
		}
	}
	for _, text := range []string{"a\rb", "\x7f", "é\x01", "\xff", "é\xc3", "\ufffe", "a\uffff", strings.Repeat("a", textMax)} {
		if isClean(text) {
			t.Errorf("%.20q is clean", text)
		}
	}
}

// TestKeepsSpace: exactly the white space that a program would drop is marked to be kept.
func TestKeepsSpace(t *testing.T) {
	for text, want := range map[string]bool{"a b": false, "één": false, " a": true, "a ": true, "a\nb": true, "a\tb": true, "a  b": true} {
		out := newPacking(nil)
		x, err := newRowXML(out, 1)
		if err != nil {
			t.Fatal(err)
		}
		x.cell(0, 0, Text(text), "")
		got := string(out.chunk)
		if strings.Contains(got, `<t xml:space="preserve">`) != want || !strings.HasSuffix(got, ">"+text+"</t></is></c>") {
			t.Errorf("%q: %s", text, got)
		}
	}
}

// TestTexts: what no spreadsheet can hold as a number is written as text.
func TestTexts(t *testing.T) {
	for want, value := range map[string]Value{
		"24:00":              Clock(billing.NewClock(24, 0, 0)),
		"28-02-1900":         Day(billing.NewDate(1900, 2, 28)),
		"1234567.8901234567": Decimal(decimal.RequireFromString("1234567.8901234567")),
		"=1+1":               Text("=1+1"),
	} {
		if got, isText := value.asText(); !isText || got != want {
			t.Errorf("got %q %v, want %s", got, isText, want)
		}
	}
	if !Text("").IsEmpty() || !Price(0).IsEmpty() || !Day(0).IsEmpty() || !Clock(0).IsEmpty() {
		t.Error("nothing is an empty cell")
	}
}

// TestEscapes: a text that looks like an escaped character is read back unchanged.
func TestEscapes(t *testing.T) {
	for text, want := range map[string]string{
		"a & b <c>": "a &amp; b &lt;c&gt;", "_x0041_": "_x005F_x0041_", "_x0041_x0042_": "_x005F_x0041_x005F_x0042_", "_x00g1_": "_x00g1_",
		"plain_text": "plain_text",
	} {
		if got := string(appendEscaped(nil, text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// TestRowsAreXML writes awkward texts and reads them with another parser.
func TestRowsAreXML(t *testing.T) {
	for _, text := range []string{"\x00\x1f\x7f", "a\xffb", "\ufffe", " space ", "regel\r\neen", "]]>", strings.Repeat("é", 40_000)} {
		out := newPacking(nil)
		x, err := newRowXML(out, 30)
		if err != nil {
			t.Fatal(err)
		}
		x.begin(7, 12.5)
		x.cell(27, 3, Text(text), "")
		if err := x.end(); err != nil {
			t.Fatal(err)
		}
		var row struct {
			R  int     `xml:"r,attr"`
			Ht float64 `xml:"ht,attr"`
			C  struct {
				R string `xml:"r,attr"`
				T string `xml:"is>t"`
			} `xml:"c"`
		}
		if err := xml.Unmarshal(out.chunk, &row); err != nil || row.R != 7 || row.Ht != 12.5 || row.C.R != "AB7" {
			t.Errorf("%.20q: %+v %v", text, row, err)
		}
		if row.C.T != clean(text) {
			t.Errorf("%.20q became %.20q", text, row.C.T)
		}
		if units := len([]rune(row.C.T)); units > textMax {
			t.Errorf("%d characters", units)
		}
	}
}

// TestRowsInLine: the cells of a row of a table follow each other, each in the style of its column, up to the last one with a
// content; only the row has a position.
func TestRowsInLine(t *testing.T) {
	table := &tableSheet{Table: &Table{Columns: make([]Column, 6)}}
	table.Columns[3].Input = true
	styles := make([][Total]int, 6)
	for i := range styles {
		styles[i] = [Total]int{Normal: 10 + i, Input: 20 + i, Holding: 30 + i}
	}
	for want, row := range map[string][]Value{
		`<row r="8"><c s="10"/><c s="11"/><c s="12"/><c s="23"/></row>`:                                  {},
		`<row r="8"><c s="10"><v>1</v></c><c s="11"/><c s="12"><v>2</v></c><c s="23"/></row>`:            {Count(1), None(), Count(2)},
		`<row r="8"><c s="10"/><c s="11"/><c s="12"/><c s="23"><v>3</v></c><c s="34"/></row>`:            {None(), None(), None(), Count(3), None().As(Holding), None()},
		`<row r="8"><c s="10"/><c s="11"/><c s="12"/><c s="23"/><c s="14"/><c s="15"><v>0</v></c></row>`: {5: Count(0)},
	} {
		out := newPacking(nil)
		x, err := newRowXML(out, 6)
		if err != nil {
			t.Fatal(err)
		}
		body := &bodyWriter{tableSheet: table, x: x, row: 7, cells: styles}
		if err := body.write(row); err != nil || string(out.chunk) != want {
			t.Errorf("got  %s\nwant %s: %v", out.chunk, want, err)
		}
	}
}

// FuzzDecimal: a number is stored as it was written, or as a text if that is not possible.
func FuzzDecimal(f *testing.F) {
	f.Add(int64(123456), int32(-4))
	for exponent := int32(-3); exponent <= 1; exponent++ {
		for _, number := range []int64{0, -1, 5, 100, -1050, 999_999_999_999, math.MaxInt64, math.MinInt64} {
			f.Add(number, exponent)
		}
	}
	f.Fuzz(func(t *testing.T, number int64, exponent int32) {
		if exponent < -12 || exponent > 3 {
			return
		}
		d := decimal.New(number, exponent)
		value := Decimal(d)
		if value.text != d.String() || exponent == -2 && Hundredths(number) != value {
			t.Errorf("%s is kept as %s", d, value.text)
		}
		if text, isText := value.asText(); isText {
			if text != d.String() {
				t.Errorf("%s became %s", d, text)
			}
			return
		}
		got, err := strconv.ParseFloat(string(value.appendNumber(nil)), 64)
		if want, _ := d.Float64(); err != nil || math.Abs(got-want) > 0 {
			t.Errorf("%s became %v", d, got)
		}
	})
}

// TestWidths: a column is wide enough for its largest number and its total, in bold letters of a wide font; a number too
// wide for its column is shown as #.
func TestWidths(t *testing.T) {
	rows := newTestSpool(t).Rows()
	rows.Add(Money(-123_456_789_00), Decimal(decimal.RequireFromString("1234567.89")), Hours(6_000_000), Count(5), Day(billing.NewDate(2026, 10, 30)))
	rows.Add(Money(99), Decimal(decimal.RequireFromString("1")), Hours(6_000_000), Count(7), None())
	table := &Table{Rows: rows, Columns: []Column{
		{Heading: "a", Width: 9, Format: Euro, Sum: true}, {Heading: "b", Width: 9, Format: Euro}, {Heading: "c", Width: 9, Format: Quantity, Sum: true},
		{Heading: "d", Width: 9, Format: Whole, Sum: true}, {Heading: "e", Width: 12, Format: DayOf},
	}}
	for i, least := range []int{len("€ -123.456.789,00") - 2, len("€ 1.234.567,89") - 2, len("2.000,00"), 9, 12} {
		if width := table.fit()[i].Width; width < float64(least) || width > float64(least)*1.1+8 {
			t.Errorf("column %d is %.1f wide for %d characters", i, width, least)
		}
	}
}
