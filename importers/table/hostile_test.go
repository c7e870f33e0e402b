package table

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/pxq-nl/pxq/importers/table/internal/source"
)

// relationshipsOf returns the relationships of a workbook with additional ones.
func relationshipsOf(more string) string {
	return strings.Replace(minimal("")["xl/_rels/workbook.xml.rels"], "</Relationships>", more+"</Relationships>", 1)
}

// manySheets returns a workbook of n sheets, each with a separate part.
func manySheets(n int) parts {
	p := minimal(good)
	var list, relationships strings.Builder
	for i := range n {
		fmt.Fprintf(&list, `<sheet name="%d" sheetId="%d" r:id="s%d"/>`, i, i+2, i)
		fmt.Fprintf(&relationships, `<Relationship Id="s%d" Type="%s/worksheet" Target="worksheets/s%d.xml"/>`, i, relNamespace, i)
		p[fmt.Sprintf("xl/worksheets/s%d.xml", i)] = p["xl/worksheets/sheet1.xml"]
	}
	return p.with("xl/workbook.xml", strings.Replace(p["xl/workbook.xml"], "</sheets>", list.String()+"</sheets>", 1)).with("xl/_rels/workbook.xml.rels", relationshipsOf(relationships.String()))
}

// hostileFiles are small files that could cause much work or be ambiguous.
func hostileFiles(t testing.TB) map[string]struct {
	content []byte
	code    string
} {
	repeated := func(n int, text string) string { return strings.Repeat(text, n) }
	twin := strings.Replace(minimal("")["xl/workbook.xml"], "</sheets>", repeated(120, `<sheet name="a" sheetId="1" r:id="rId1"/>`)+"</sheets>", 1)
	big := minimal(good)
	styles := repeated(40, `<Relationship Id="x" Type="`+relNamespace+`/styles" Target="styles.xml"/>`)
	utf16CSV := func(text string) []byte {
		out := []byte("\xFF\xFE")
		for _, unit := range utf16.Encode([]rune(text)) {
			out = binary.LittleEndian.AppendUint16(out, unit)
		}
		return out
	}
	type file = struct {
		content []byte
		code    string
	}
	files := map[string]file{
		"styles named 40 times": {packed(t, minimal(good).with("xl/_rels/workbook.xml.rels", relationshipsOf(styles)).with("xl/styles.xml",
			strings.Replace(big["xl/styles.xml"], "</cellXfs>", repeated(100_000, `<xf numFmtId="14" fontId="0"/>`)+"</cellXfs>", 1))), ""},
		"two parts of styles":         {packed(t, minimal(good).with("xl/_rels/workbook.xml.rels", relationshipsOf(`<Relationship Id="x" Type="`+relNamespace+`/styles" Target="styles2.xml"/>`))), "two-parts"},
		"two parts of texts":          {packed(t, minimal(good).with("xl/_rels/workbook.xml.rels", relationshipsOf(`<Relationship Id="x" Type="`+relNamespace+`/sharedStrings" Target="t2.xml"/>`))), "two-parts"},
		"120 sheets of one part":      {packed(t, minimal(repeated(20_000, "<row/>")).with("xl/workbook.xml", twin)), "damaged-part"},
		"many styles":                 {packed(t, minimal(good).with("xl/styles.xml", `<styleSheet><cellXfs>`+repeated(200_000, `<xf/>`)+`</cellXfs></styleSheet>`)), "too-many-styles"},
		"many fonts":                  {packed(t, minimal(good).with("xl/styles.xml", `<styleSheet><fonts>`+repeated(200_000, `<font/>`)+`</fonts></styleSheet>`)), "too-many-styles"},
		"many number formats":         {packed(t, minimal(good).with("xl/styles.xml", `<styleSheet><numFmts>`+manyFormats(200_000)+`</numFmts></styleSheet>`)), "too-many-styles"},
		"long format code":            {packed(t, minimal(good).with("xl/styles.xml", `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="`+repeated(10<<20, "h")+`"/></numFmts><cellXfs><xf numFmtId="164"/></cellXfs></styleSheet>`)), ""},
		"many texts":                  {packed(t, minimal(good).with("xl/sharedStrings.xml", `<sst>`+repeated(sharedTextsMax+1, "<si/>")+`</sst>`)), "too-many-texts"},
		"large texts":                 {packed(t, minimal(good).with("xl/sharedStrings.xml", `<sst>`+repeated(2000, "<si><t>"+repeated(100_000, "x")+"</t></si>")+`</sst>`)), "too-many-texts"},
		"many relationships":          {packed(t, minimal(good).with("xl/_rels/workbook.xml.rels", relationshipsOf(repeated(300_000, `<Relationship Id="a" Type="`+relNamespace+`/image" Target="x"/>`)))), "too-many-parts"},
		"long relationships":          {packed(t, minimal(good).with("xl/_rels/workbook.xml.rels", relationshipsOf(repeated(300, `<Relationship Id="`+repeated(100_000, "a")+`"/>`)))), "too-many-names"},
		"endless relationships":       {packed(t, minimal(good).with("xl/_rels/workbook.xml.rels", relationshipsOf(repeated(40<<20, " ")))), "damaged-part"},
		"many types":                  {packed(t, minimal(good).with("[Content_Types].xml", `<Types>`+manyTypes(20_000)+`</Types>`)), "too-many-parts"},
		"many sheets":                 {packed(t, manySheets(entriesMax)), "too-many-parts"},
		"5 000 sheets":                {packed(t, manySheets(5000)), ""},
		"many sheets in a document":   {packed(t, odsSheets(repeated(sheetsMax+1, `<table:table table:name="a"/>`))), "too-many-sheets"},
		"10 000 sheets in a document": {packed(t, odsSheets(repeated(sheetsMax, `<table:table table:name="a"><table:table-row>`+odsText("a")+`</table:table-row></table:table>`))), ""},
		"many styles in a document":   {packed(t, odsParts("").with("styles.xml", strings.Replace(odsParts("")["styles.xml"], "</office:styles>", repeated(200_000, `<style:style style:name="a" style:family="table-cell"/>`)+"</office:styles>", 1))), "too-many-styles"},
		"many column styles":          {packed(t, odsParts(repeated(40_000, `<table:table-column table:default-cell-style-name="ce1"/><table:table-column table:default-cell-style-name="ce4"/>`)+repeated(1000, `<table:table-row>`+odsText("a")+`</table:table-row>`))), ""},
		"many paragraphs in ods":      {packed(t, odsParts(`<table:table-row><table:table-cell>`+repeated(2_000_000, "<text:p/>")+`</table:table-cell></table:table-row>`)), "text-too-long"},
		"many lists in ods":           {packed(t, odsParts(`<table:table-row><table:table-cell>`+repeated(2_000_000, "<text:list><text:list-item/></text:list>")+`</table:table-cell></table:table-row>`)), ""},
		"a million columns":           {packed(t, minimal(`<row r="1"><c r="BDWGO1"><v>1</v></c></row>`)), "damaged-sheet"},
		"a million columns in CSV":    {[]byte(repeated(1_000_000, ";")), "too-many-columns"},
		"a million columns in ods":    {packed(t, odsParts(`<table:table-row><table:table-cell table:number-columns-repeated="1000000" office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>`)), "damaged-sheet"},
		"deep elements":               {packed(t, minimal("<row>"+repeated(1_000_000, "<c>"))), "damaged-sheet"},
		"a name of megabytes":         {packed(t, minimal("<"+repeated(10<<20, "a")+"/>")), "damaged-sheet"},
		"a tag of megabytes":          {packed(t, minimal("<row "+repeated(20<<20, " ")+"/>")), "damaged-sheet"},
		"a comment of megabytes":      {packed(t, minimal("<!--"+repeated(20<<20, "-x")+"-->")), "damaged-sheet"},
		"a text of megabytes":         {packed(t, minimal(`<row><c t="str"><v>`+repeated(20<<20, "x"))), "damaged-sheet"},
		"many attributes":             {packed(t, minimal(repeated(20_000, "<row"+manyAttributes(99)+"/>"))), ""},
		"UTF-16 without an end":       {utf16CSV(repeated(11<<20, "x")), "text-too-long"},
		"UTF-16 of empty fields":      {utf16CSV(repeated(11<<20, ";")), "too-many-columns"},
		"UTF-16 of long rows":         {utf16CSV(repeated(88, repeated(12, repeated(10_000, "é")+";")+"\n")), ""},
		"UTF-16 of short rows":        {utf16CSV(repeated(2_500_000, "é;b\n")), "too-many-rows"},
		"CSV in one quote":            {[]byte(`"` + repeated(20<<20, "x")), "text-too-long"},
		"CSV of carriage returns":     {[]byte(repeated(1_900_000, "a\r")), ""},
		"zip in a zip":                {packed(t, parts{"a.xlsx": string(packed(t, minimal(good)))}), "other-zip"},
		"many parts":                  {manyParts(t, 200_000), "too-many-parts"},
		"many parts of one name":      {manyParts(t, 20_000), "too-many-parts"},
	}
	for name, part := range map[string]string{
		"types": "[Content_Types].xml", "relationships": "_rels/.rels", "workbook": "xl/workbook.xml", "styles": "xl/styles.xml", "texts": "xl/sharedStrings.xml", "sheet": "xl/worksheets/sheet1.xml",
	} {
		laughs := `<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;"><!ENTITY lol2 "&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;&lol1;">]>`
		code := map[string]string{"sheet": "damaged-sheet", "texts": "damaged-texts"}[name]
		if code == "" {
			code = "damaged-part"
		}
		_, rest, found := strings.Cut(big[part], "?>")
		if !found {
			rest = big[part]
		}
		files["entities in "+name] = file{packed(t, minimal(good).with(part, laughs+rest)), code}
	}
	return files
}

func manyFormats(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<numFmt numFmtId="%d" formatCode="0"/>`, i)
	}
	return b.String()
}

func manyTypes(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `<Override PartName="/p%d" ContentType="a"/>`, i)
	}
	return b.String()
}

// manyParts returns a zip of n empty parts.
func manyParts(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range n {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprint("part", i), Method: zip.Store}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// memoryMax is the memory that reading a hostile file may take.
const memoryMax = 256 << 20

// Every file is read or refused within the limit of memory.
func TestHostileFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	for name, file := range hostileFiles(t) {
		t.Run(name, func(t *testing.T) {
			path := "a.xlsx"
			switch {
			case bytes.Contains(file.content[:min(len(file.content), 200)], []byte("opendocument")) || strings.Contains(name, "document") || strings.Contains(name, "ods") || name == "many column styles":
				path = "a.ods"
			case !bytes.HasPrefix(file.content, []byte("PK")):
				path = "a.csv"
			}
			var err error
			used := memoryOf(func() {
				var f *File
				if f, err = openBytes(path, file.content); err == nil {
					err = readThrough(f)
				}
			})
			if used > memoryMax {
				t.Errorf("used %d MiB", used>>20)
			}
			if file.code != "" {
				wantCode(t, err, file.code)
			} else if err != nil {
				t.Error(err)
			}
		})
	}
}

// readThrough reads all sheets and discards the rows.
func readThrough(f *File) error {
	for _, sheet := range f.Sheets() {
		for _, err := range f.Rows(sheet) {
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// memoryOf returns the largest growth of the heap while f ran.
func memoryOf(f func()) uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	before := stats.HeapAlloc
	var most atomic.Uint64
	done, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			select {
			case <-done:
				return
			case <-time.After(2 * time.Millisecond):
				var now runtime.MemStats
				runtime.ReadMemStats(&now)
				most.Store(max(most.Load(), now.HeapAlloc))
			}
		}
	}()
	f()
	runtime.ReadMemStats(&stats)
	close(done)
	<-stopped
	return max(most.Load(), stats.HeapAlloc, before) - before
}

// countingReader counts the bytes read from a file.
type countingReader struct {
	io.ReaderAt
	bytes int64
}

func (c *countingReader) ReadAt(p []byte, offset int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, offset)
	c.bytes += int64(n)
	return n, err
}

// A part is read once, however many times it is named.
func TestPartsAreReadOnce(t *testing.T) {
	noise := make([]byte, 300_000)
	for i := range noise {
		noise[i] = "abcdefghijklmnopqrstuvwxyz012345"[(i*i*7+i*13+i>>5)%32]
	}
	p := minimal(good).with("xl/_rels/workbook.xml.rels", relationshipsOf(strings.Repeat(`<Relationship Id="x" Type="`+relNamespace+`/styles" Target="styles.xml"/>`, 40)))
	p["xl/styles.xml"] = strings.Replace(p["xl/styles.xml"], "<cellXfs", "<!--"+string(noise)+"--><cellXfs", 1)
	core := `<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>`
	p["_rels/.rels"] = strings.Replace(p["_rels/.rels"], "</Relationships>", strings.Repeat(core, 40)+"</Relationships>", 1)
	p["docProps/core.xml"] = "<a><!--" + string(noise) + "--></a>"
	content := p.bytes(t)
	counted := &countingReader{ReaderAt: bytes.NewReader(content)}
	f, err := openContent("a.xlsx", source.NewContent(counted, int64(len(content))), DefaultLimits())
	if err == nil {
		err = readThrough(f)
	}
	if err != nil || counted.bytes > 3*int64(len(content)) {
		t.Errorf("read %d bytes of a file of %d: %v", counted.bytes, len(content), err)
	}
}

// Cells far to the right cause much work with few bytes.
func TestFarCells(t *testing.T) {
	f, err := openBytes("a.xlsx", minimal(strings.Repeat(`<row><c/><c t="n"><v>1</v></c></row>`, 10)).bytes(t))
	if err != nil {
		t.Fatal(err)
	}
	f.meter.cells = cellsMax - 10
	wantCode(t, readThrough(f), "too-many-cells")
}

// Memory does not grow with the length of a sheet.
func TestMemoryOfLongSheets(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	for name, content := range map[string][]byte{
		"a.xlsx": packed(t, minimal(strings.Repeat(`<row><c t="s"><v>0</v></c><c><v>12.5</v></c><c t="inlineStr"><is><t>tekst</t></is></c></row>`, 1_000_000))),
		"a.ods":  packed(t, odsParts(strings.Repeat("<table:table-row>"+odsText("a")+"</table:table-row>", 300_000))),
		"a.csv":  []byte(strings.Repeat("R1;999990019;2026-01-31;1,25;uur\n", 1_000_000)),
	} {
		used := memoryOf(func() {
			f, err := openBytes(name, content)
			if err == nil {
				err = readThrough(f)
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		})
		if used > 64<<20 {
			t.Errorf("%s: used %d MiB", name, used>>20)
		}
	}
}
