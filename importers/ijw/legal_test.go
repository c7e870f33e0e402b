package ijw_test

import (
	"reflect"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ijw"
	importer "github.com/pxq-nl/pxq/importers/ijw"
)

// read323 reads a valid message, at once and byte by byte.
func read323(t *testing.T, message string) *ijw.Message323 {
	t.Helper()
	whole, err := importer.Read323(strings.NewReader(message))
	if err != nil {
		t.Fatal(err)
	}
	slowly, err := importer.Read323(iotest.OneByteReader(strings.NewReader(message)))
	if err != nil || !reflect.DeepEqual(slowly, whole) {
		t.Fatalf("read byte by byte: %v, %+v", err, slowly)
	}
	return whole
}

// bare clears the line numbers of a message, which differ between spellings of it.
func bare(m *ijw.Message323) *ijw.Message323 {
	m.Declaration.Line = 0
	for c := range m.Clients {
		m.Clients[c].Line = 0
		for p := range m.Clients[c].Prestaties {
			m.Clients[c].Prestaties[p].Line = 0
		}
	}
	return m
}

// Different XML spellings of a message are read alike.
func TestWaysOfWriting(t *testing.T) {
	message := sample(t, "jw323")
	want := bare(read323(t, message))
	between := regexp.MustCompile(`>\s+<`)
	for name, written := range map[string]string{
		"other prefixes":            strings.NewReplacer("jw323:", "a:", ":jw323=", ":a=", "ijw:", "_b-1:", ":ijw=", ":_b-1=").Replace(message),
		"a default namespace":       strings.NewReplacer("jw323:", "", ":jw323=", "=").Replace(message),
		"a default for the shared":  strings.NewReplacer("<ijw:", `<`, "</ijw:", "</", "<jw323:IngediendBedrag>", `<jw323:IngediendBedrag xmlns="http://www.istandaarden.nl/ijw/3_2/basisschema/schema">`).Replace(strings.ReplaceAll(message, "xmlns:ijw", "xmlns")),
		"a prefix bound again":      strings.ReplaceAll(message, "<jw323:Client>", `<jw323:Client xmlns:jw323="http://www.istandaarden.nl/ijw/3_2/jw323/schema" xmlns:x='y'>`),
		"no white space":            between.ReplaceAllString(message, "><"),
		"no declaration":            message[strings.Index(message, "\n")+1:],
		"a byte order mark":         "\ufeff" + message,
		"Windows line ends":         strings.ReplaceAll(message, "\n", "\r\n"),
		"old line ends":             strings.ReplaceAll(message, "\n", "\r"),
		"comments and instructions": strings.ReplaceAll(strings.ReplaceAll(message, ">\n", "><!-- a - <b> & ]]> \n -->\n"), "</jw323:Client>", "</jw323:Client><?a-b c?>") + "<!-- end --><?x?>\n",
		"comments inside values":    strings.NewReplacer(">999900006<", ">9999<!-- - -->00006<", ">2026-11-05<", "><?x y?>2026-11-05<!----><").Replace(message),
		"sections of text":          strings.NewReplacer(">999900006<", "><![CDATA[9999]]>00006<", ">R1<", "><![CDATA[R1]]><", ">15121<", ">1<![CDATA[]]>5121<", "<jw323:Header>", "<jw323:Header><![CDATA[ \n]]>&#32;").Replace(message),
		"references":                strings.NewReplacer(">R1<", ">&#82;&#x31;<", ">999900006<", ">&#x39;99900006<").Replace(message),
		"xsi attributes": strings.NewReplacer("<jw323:Bericht ", `<jw323:Bericht xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.istandaarden.nl/ijw/3_2/jw323/schema JW323.xsd" xsi:type="jw323:Root" `,
			"<jw323:Eenheid>", `<jw323:Eenheid xsi:type=" ijw:LDT_Eenheid&#10;">`, "<ijw:Begindatum>", "<ijw:Begindatum\n  xsi:type = 'ijw:LDT_Datum'\t>", "<jw323:Prestatie>", `<jw323:Prestatie xsi:type="jw323:Prestatie">`).Replace(message),
		"blanks in tags": strings.NewReplacer("</ijw:Begindatum>", "</ijw:Begindatum \n>", "<jw323:Client>", "<jw323:Client\t\r\n>").Replace(message),
		"single quotes, another order, standalone": strings.Replace(message, `<?xml version="1.0" encoding="UTF-8"?>`, "<?xml version = '1.0'\n encoding='utf-8' standalone='yes' ?>", 1),
	} {
		if got := bare(read323(t, written)); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

// Every field keeps its text as written.
func TestAsWritten(t *testing.T) {
	m := read323(t, strings.NewReplacer(
		">R1<", ">  =R1\t&amp;&#13;&lt;é😀 <", ">R0<", ">    <", ">300201<", "> +000300201 <", ">95<", ">\n095<", ">159<", ">+159<", ">15121<", ">015121<", ">9800<", ">-0<",
		">2026-10-01<", "> 2026-10-01\t<", ">B2026-10<", "> B 1 <", ">15371<", "> 0000015371\n<").Replace(sample(t, "jw323")))
	p := m.Clients[0].Prestaties[0]
	for name, pair := range map[string][2]string{
		"reference": {p.Reference, "  =R1\t&\r<é😀 "}, "previous": {m.Clients[0].Prestaties[1].Previous, "    "}, "referral": {p.Referral.Text, " +000300201 "},
		"volume": {p.Volume.Text, "\n095"}, "tariff": {p.Tariff.Text, "+159"}, "amount": {p.Amount.Cents.Text, "015121"}, "zero": {m.Clients[1].Prestaties[0].Volume.Text, "-0"},
		"begin": {p.Period.First.Text, " 2026-10-01\t"}, "identification": {m.Header.Identification.ID, " B 1 "}, "total": {m.Declaration.Total.Cents.Text, " 0000015371\n"},
		"schema": {m.Header.Schema.Message, "1.0.1"}, "shared schema": {m.Header.Schema.Shared, "1.0.0"}, "category": {p.Category, "45"}, "unit": {string(p.Unit), "01"}, "side": {string(p.Amount.Side), "D"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: got %q, want %q", name, pair[0], pair[1])
		}
	}
	if p.Referral.Value != 300201 || p.Volume.Value != 95 || p.Tariff.Value != 159 || p.Amount.Cents.Value != 15121 || m.Clients[1].Prestaties[0].Volume.Value != 0 ||
		p.Period.First.Date != billing.NewDate(2026, 10, 1) || m.Clients[1].Prestaties[0].Tariff.Given() {
		t.Errorf("the values are %+v", p)
	}
}

func TestRead323(t *testing.T) {
	m := read323(t, sample(t, "jw323"))
	if m.Header.Sender != "42420001" || m.Header.Receiver != "0855" || m.Header.Identification.Dated.Date != billing.NewDate(2026, 11, 5) {
		t.Errorf("header: %+v", m.Header)
	}
	d := m.Declaration
	if d.Number != "D202610" || !d.Period.WholeMonth() || d.Dated.Date != billing.NewDate(2026, 11, 4) || d.Total.Signed() != 15371 || d.Line != 18 {
		t.Errorf("declaration: %+v", d)
	}
	if len(m.Clients) != 2 || len(m.Clients[0].Prestaties) != 2 || m.Clients[0].Line != 30 || m.Clients[1].Prestaties[0].Line != 77 {
		t.Errorf("clients: %+v", m.Clients)
	}
	if credit := m.Clients[0].Prestaties[1]; !credit.IsCredit() || credit.Previous != "R0" || credit.Amount.Signed() != -9550 {
		t.Errorf("credit: %+v", credit)
	}
	if breaches := m.Breaches(); len(breaches) != 0 {
		t.Errorf("level 2: %+v", breaches)
	}
}

func TestRead301(t *testing.T) {
	m, err := importer.Read301(strings.NewReader(sample(t, "jw301")))
	if err != nil {
		t.Fatal(err)
	}
	a := m.Assigned
	if m.Header.Sender != "0855" || m.Header.Receiver != "42420001" || a.BSN != "999900006" || a.BornUse != "1" || a.BirthDate() != billing.NewDate(2012, 5, 1) || len(a.Products) != 2 {
		t.Errorf("%+v", m)
	}
	want := ijw.Assignment{
		Number: ijw.NumberOf(300201), ProviderID: "40A12341234", Category: "45", Product: "45A48",
		Decided: ijw.Moment{Day: ijw.DayOf(billing.NewDate(2026, 1, 5)), Time: "12:34:56"},
		Start:   ijw.DayOf(billing.NewDate(2026, 1, 1)), End: ijw.DayOf(billing.NewDate(2026, 12, 31)), Reason: "04",
		Volume: ijw.NumberOf(3), Unit: ijw.Hour, Frequency: billing.PerWeek, Budget: ijw.NumberOf(100000), Line: 101,
	}
	if a.Products[0] != want {
		t.Errorf("got %+v, want %+v", a.Products[0], want)
	}
	if bare := a.Products[1]; bare.HasProduct() || bare.End.Given() || bare.Volume.Given() || bare.Budget.Given() || bare.Reason != "" || bare.Frequency != 0 {
		t.Errorf("what is absent: %+v", bare)
	}
}

// Trailing zeros of a fraction of a second are dropped, so that times can be compared as texts.
func TestClockText(t *testing.T) {
	for written, want := range map[string]ijw.ClockText{
		"12:34:56.500": "12:34:56.5", " 12:34:56.000 ": "12:34:56", "24:00:00.0": "24:00:00", "00:00:00.000000001": "00:00:00.000000001",
	} {
		m, err := importer.Read301(strings.NewReader(strings.Replace(sample(t, "jw301"), ">12:34:56<", ">"+written+"<", 1)))
		if err != nil || m.Assigned.Products[0].Decided.Time != want {
			t.Errorf("%q: %v, %+v", written, err, m)
		}
	}
}
