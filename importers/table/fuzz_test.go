package table

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
	"github.com/pxq-nl/pxq/importers/table/internal/csvtext"
	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// The seeds in testdata/seeds are small files that LibreOffice and openpyxl
// wrote; those in the code are written by hand. Each target reads only one kind of
// part, without a zip around it, so that it tries thousands per second.

// seeds returns the files of testdata/seeds whose names have this ending.
func seeds(f *testing.F, end string) (contents [][]byte) {
	f.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "seeds", "*"+end))
	if err != nil || len(paths) == 0 {
		f.Fatalf("no seeds %s: %v", end, err)
	}
	for _, path := range paths {
		content, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		contents = append(contents, content)
	}
	return contents
}

// seedParts returns the parts of the seeds whose names contain a word.
func seedParts(f *testing.F, end, word string) (contents [][]byte) {
	f.Helper()
	for _, content := range seeds(f, end) {
		c, err := openContainer(bytes.NewReader(content), int64(len(content)), newMeter(DefaultLimits()))
		if err != nil {
			f.Fatal(err)
		}
		for name := range c.parts {
			if !strings.Contains(name, word) {
				continue
			}
			part, _, err := c.open(name)
			if err != nil {
				f.Fatal(err)
			}
			content, err := io.ReadAll(part)
			if err != nil {
				f.Fatal(err)
			}
			contents = append(contents, content)
		}
	}
	return contents
}

// fuzzLimits bound the work for an input.
var fuzzLimits = Limits{Unpacked: 4 << 20, Rows: 20_000}

// checker checks the invariants of rows: they ascend and end with a filled cell.
type checker struct {
	last  int
	lines []string
	bad   string
}

func (c *checker) row(row Row) bool {
	if row.Number <= c.last || len(row.Cells) == 0 || row.Cells[len(row.Cells)-1].Kind == Empty {
		c.bad = line(row)
	}
	for _, cell := range row.Cells {
		if cell.Kind == Text && string(value.AppendClean(nil, []byte(cell.Text))) != cell.Text {
			c.bad = cell.Text
		}
	}
	c.last = row.Number
	c.lines = append(c.lines, line(row))
	return len(c.lines) < 2000
}

// check fails the test unless the rows were valid and the error is a problem or damage.
func (c *checker) check(t *testing.T, err error) {
	t.Helper()
	var d *xmlscan.Damage
	var p *Problem
	if c.bad != "" || err != nil && !errors.As(err, &d) && !errors.As(err, &p) && !errors.Is(err, errStopped) {
		t.Fatalf("after row %d: %q, %v", c.last, c.bad, err)
	}
	if d != nil && damageReasons[d.Reason].dutch == "" {
		t.Fatalf("no sentence for %s", d.Reason)
	}
	if p != nil && (p.Code == "internal" || p.Dutch == "") {
		t.Fatalf("no proper problem: %v", p)
	}
}

// isProblem checks that an error is a problem of the file.
func isProblem(t *testing.T, err error) {
	t.Helper()
	var p *Problem
	if !errors.As(err, &p) || p.Code == "internal" || p.File == "" || p.Dutch == "" {
		t.Fatalf("no proper problem: %v", err)
	}
}

// fuzzBook is what the cells of a fuzzed sheet refer to.
func fuzzBook(everyCell bool) *workbook {
	b := &workbook{everyCell: everyCell, styles: []cellStyle{{}, {format: value.Date}, {format: value.Time}, {format: value.Duration, struck: true}}}
	for _, text := range []string{"gedeeld", "", " ruim ", "nul\u200bbreedte"} {
		if b.texts.add([]byte(text), text == "") != nil {
			return nil
		}
	}
	b.texts.endChunk()
	return b
}

// FuzzSheet reads worksheets. The fast path and the general path must agree, and
// accept only what the decoder of the standard library finds well formed.
func FuzzSheet(f *testing.F) {
	for _, rows := range []string{
		good, `<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>a&amp;_x000D_</t></is></c><c r="C1" s="3"><v>46023.5</v></c></row>`,
		`<row r="3" hidden="1"><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-01-31</v></c><c t="str"><f>A1</f><v/></c></row><!-- c --><row/>`,
		`<row r="1"><c r="A1" s="1"><v>46023</v></c><c r="B1" t="s"><v>3</v></c><c r="C1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c></row>`,
	} {
		f.Add([]byte(minimal(rows)["xl/worksheets/sheet1.xml"]))
	}
	for _, part := range seedParts(f, ".xlsx", "worksheets/sheet") {
		f.Add(part)
	}
	f.Fuzz(func(t *testing.T, sheet []byte) {
		read := func(everyCell bool) (*checker, *sheetReader, error) {
			c := &checker{}
			r := &sheetReader{book: fuzzBook(everyCell), counter: newMeter(fuzzLimits).sheet(0)}
			err := r.read(bytes.NewReader(sheet), int64(len(sheet)), c.row)
			c.check(t, err)
			return c, r, err
		}
		short, _, shortErr := read(false)
		full, _, fullErr := read(true)
		if !slices.Equal(short.lines, full.lines) || (shortErr == nil) != (fullErr == nil) || shortErr != nil && shortErr.Error() != fullErr.Error() {
			t.Fatalf("in one go %q (%v)\nin full %q (%v)", short.lines, shortErr, full.lines, fullErr)
		}
		if shortErr == nil {
			wellFormed(t, sheet)
		}
	})
}

// wellFormed checks that the decoder of the standard library accepts a document.
func wellFormed(t *testing.T, document []byte) {
	t.Helper()
	decoder := newDecoder(string(document))
	for {
		if _, err := decoder.Token(); errors.Is(err, io.EOF) {
			return
		} else if err != nil {
			t.Fatalf("not well formed: %v", err)
		}
	}
}

// newDecoder returns the decoder of the standard library for a document that may be UTF-16.
func newDecoder(document string) *xml.Decoder {
	decoder := xml.NewDecoder(asUTF8(document))
	decoder.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if !xmlscan.LabelIsRead(label) {
			return nil, errors.New("unknown encoding")
		}
		return input, nil
	}
	return decoder
}

// FuzzSharedTexts reads lists of shared texts, each of which must be retrievable.
func FuzzSharedTexts(f *testing.F) {
	f.Add([]byte(minimal("")["xl/sharedStrings.xml"]))
	f.Add([]byte(`<sst><si><t xml:space="preserve"> a&amp;b_x0041_</t></si><si><r><rPr><strike/></rPr><t>c</t></r></si><si/></sst>`))
	for _, part := range seedParts(f, ".xlsx", "sharedstrings") {
		f.Add(part)
	}
	f.Fuzz(func(t *testing.T, part []byte) {
		var texts sharedTexts
		err := texts.read(bytes.NewReader(part), int64(len(part)))
		(&checker{}).check(t, err)
		if err != nil {
			return
		}
		for number := range texts.count {
			if cell, _ := texts.cell(number); cell.Kind != Empty && (cell.Text == "" || len(cell.Text) > len(cell.Raw)) {
				t.Fatalf("text %d: %q of %q", number, cell.Text, cell.Raw)
			}
		}
		wellFormed(t, part)
	})
}

// FuzzStyles reads the styles of an xlsx workbook.
func FuzzStyles(f *testing.F) {
	f.Add([]byte(minimal("")["xl/styles.xml"]))
	f.Add([]byte(`<styleSheet><fonts><font><strike/></font></fonts><numFmts><numFmt numFmtId="164" formatCode="[h]:mm;@"/></numFmts><cellXfs><xf numFmtId="164" fontId="0"/></cellXfs></styleSheet>`))
	for _, part := range seedParts(f, ".xlsx", "styles") {
		f.Add(part)
	}
	f.Fuzz(func(t *testing.T, part []byte) {
		r := &stylesReader{formats: map[int]value.Format{}}
		err := walkDocument(bytes.NewReader(part), int64(len(part)), "styleSheet", r.read)
		(&checker{}).check(t, err)
		if len(r.styles()) != len(r.cells) {
			t.Fatal("styles are missing")
		}
	})
}

// FuzzDocument reads the content of OpenDocument workbooks; the fast and the full
// listing of sheets must agree.
func FuzzDocument(f *testing.F) {
	for _, rows := range []string{
		`<table:table-row>` + odsText("a<text:s/>b") + odsValue("float", "value", "2.5", "") + odsValue("date", "date-value", "2026-01-31", `table:style-name="ce4"`) + `</table:table-row>`,
		`<table:table-row table:number-rows-repeated="3" table:visibility="filter"><table:table-cell table:number-columns-repeated="2" office:value-type="time" office:time-value="PT26H"/></table:table-row>`,
		`<table:table-row-group table:display="false"><table:table-row><table:covered-table-cell/><table:table-cell table:formula="of:=1"/></table:table-row></table:table-row-group><!-- c -->`,
	} {
		f.Add([]byte(strings.Replace(odsParts(rows)["content.xml"], `<?xml version="1.0" encoding="UTF-8"?>`, "", 1)))
	}
	for _, part := range seedParts(f, ".ods", "content.xml") {
		f.Add(part)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		quick, full := fuzzDocument(content), fuzzDocument(content)
		quickErr := quick.listTablesIn(bytes.NewReader(content), int64(len(content)), (*xmlscan.Scanner).SkipPlain)
		fullErr := full.listTablesIn(bytes.NewReader(content), int64(len(content)), (*xmlscan.Scanner).Skip)
		if !errors.Is(quickErr, xmlscan.ErrNotPlain) {
			(&checker{}).check(t, quickErr)
			if fullErr == nil && (quickErr != nil || !slices.Equal(quick.sheets, full.sheets)) {
				t.Fatalf("sheets %v (%v), in full %v", quick.sheets, quickErr, full.sheets)
			}
		}
		(&checker{}).check(t, fullErr)
		if fullErr != nil {
			return
		}
		wellFormed(t, content)
		r, err := full.ods.beginIn(bytes.NewReader(content), int64(len(content)), io.NopCloser(nil))
		for number := range full.sheets {
			c := &checker{}
			if err == nil {
				r.counter = full.meter.sheet(number)
				if err = r.find(number); err == nil {
					err = r.table(c.row)
				}
			}
			c.check(t, err)
			if err != nil {
				return
			}
		}
	})
}

func fuzzDocument(content []byte) *File {
	m := newMeter(fuzzLimits)
	return &File{name: "a.ods", meter: m, ods: &document{styles: newDocumentStyles(m)}}
}

// FuzzContainer reads whole files, in which mostly the zip is changed.
func FuzzContainer(f *testing.F) {
	f.Add(minimal(good).bytes(f))
	f.Add(packed(f, minimal(good)))
	f.Add(odsParts("<table:table-row>" + odsText("a") + "</table:table-row>").bytes(f))
	for _, end := range []string{".xlsx", ".ods"} {
		for _, content := range seeds(f, end) {
			f.Add(content)
		}
	}
	f.Fuzz(func(t *testing.T, content []byte) { readFuzzed(t, "a", content) })
}

// FuzzRecognise reads files that are not workbooks, with names of all kinds.
func FuzzRecognise(f *testing.F) {
	f.Add(compoundFile("Workbook"))
	f.Add(compoundFile("\x06DataSpaces", "EncryptionInfo", "EncryptedPackage"))
	f.Add([]byte("%PDF-1.7"))
	f.Add([]byte("<?xml version='1.0'?><html>"))
	f.Fuzz(func(t *testing.T, content []byte) {
		for _, name := range []string{"a", "a.csv", "a.xlsx", "a.ods", "a.msg"} {
			readFuzzed(t, name, content)
		}
	})
}

// FuzzCSV reads CSV files, whose records the fast path and the general path must
// read alike.
func FuzzCSV(f *testing.F) {
	for _, text := range []string{"a;b\n1;2\n", "sep=,\n\"a\"\"\r\nb\",c", "\xFF\xFEa\x00;\x00b\x00", "\xEF\xBB\xBFa\tb\r\r\n", "caf\xE9;\"x\"y", "=\"0123\"; a ;\u200b;\"b\"\r\n;;\n\"c;d\";\"e\nf\"\n"} {
		f.Add([]byte(text))
	}
	for _, content := range seeds(f, ".csv") {
		f.Add(content)
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		readFuzzed(t, "a.csv", content)
		if !utf8.Valid(content) {
			return // the parser only receives UTF-8
		}
		delimiter, _ := csvtext.FindDelimiter(content)
		parse := func(feed func(p *csvParser) error) (*checker, error) {
			c := &checker{}
			p := newCSVParser(delimiter, newMeter(fuzzLimits).sheet(0), c.row)
			err := feed(p)
			if err == nil {
				err = p.finish()
			}
			c.check(t, err)
			return c, err
		}
		whole, wholeErr := parse(func(p *csvParser) error { return p.feed(content) })
		steps, stepsErr := parse(func(p *csvParser) error {
			for i := range content {
				if err := p.feed(content[i : i+1]); err != nil {
					return err
				}
			}
			return nil
		})
		if !slices.Equal(whole.lines, steps.lines) || (wholeErr == nil) != (stepsErr == nil) {
			t.Fatalf("in one go %q (%v)\nin steps %q (%v)", whole.lines, wholeErr, steps.lines, stepsErr)
		}
	})
}

// readFuzzed opens and reads content as a file of this name.
func readFuzzed(t *testing.T, name string, content []byte) {
	t.Helper()
	f, err := OpenBytes(name, content, fuzzLimits)
	if err != nil {
		isProblem(t, err)
		return
	}
	for _, sheet := range f.Sheets() {
		c, ended := &checker{}, false
		for row, err := range f.Rows(sheet) {
			if ended {
				t.Fatal("something comes after a problem")
			}
			if err != nil {
				isProblem(t, err)
				ended = true
			} else if !c.row(row) {
				break
			}
		}
		c.check(t, nil)
	}
}
