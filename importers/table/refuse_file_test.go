package table

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/importers/internal/xmlscan"
)

// compoundFile returns the beginning of a compound file with these streams.
func compoundFile(names ...string) []byte {
	content := make([]byte, 1024, 4096)
	copy(content, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	for _, name := range append([]string{"Root Entry"}, names...) {
		entry := make([]byte, 128)
		for i, u := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(entry[2*i:], u)
		}
		binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(name)+2))
		entry[66] = 2
		content = append(content, entry...)
	}
	return content
}

func retyped(contentType string) parts {
	p := minimal("")
	return p.with("[Content_Types].xml", strings.Replace(p["[Content_Types].xml"], "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml", contentType, 1))
}

func TestFilesThatAreRefused(t *testing.T) {
	workbook := minimal(good).bytes(t)
	csv := "Regelnummer;BSN\n1;2\n"
	tests := []struct{ name, file, content, code string }{
		{"empty", "a.xlsx", "", "empty-file"},
		{"empty CSV", "a.csv", "\xEF\xBB\xBF\r\n", "empty-file"},
		{"text named xlsx", "a.xlsx", csv, "text-not-workbook"},
		{"text named XLSX", "A.XLSX", csv, "text-not-workbook"},
		{"text named xls", "a.xls", csv, "text-not-workbook"},
		{"text named ods", "a.ods", csv, "text-not-workbook"},
		{"workbook named csv", "a.csv", string(workbook), "workbook-not-csv"},
		{"workbook named xls", "a.xls", string(workbook), "workbook-not-csv"},
		{"encrypted", "a.xlsx", string(compoundFile("DataSpaces", "EncryptionInfo", "EncryptedPackage")), "encrypted"},
		{"old workbook", "a.xls", string(compoundFile("Workbook")), "old-xls"},
		{"old workbook named xlsx", "a.xlsx", string(compoundFile("Book")), "old-xls"},
		{"old document", "a.doc", string(compoundFile("WordDocument")), "old-office"},
		{"older workbook", "a.xls", "\x09\x08\x10\x00\x00\x06\x05\x00", "old-xls"},
		{"xlsb", "a.xlsx", string(retyped("application/vnd.ms-excel.sheet.binary.macroEnabled.main").bytes(t)), "xlsb"},
		{"word", "a.docx", string(retyped("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml").bytes(t)), "word"},
		{"presentation", "a.xlsx", string(retyped("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml").bytes(t)), "presentation"},
		{"ods without content", "a.ods", string(parts{"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}.bytes(t)), "damaged-part"},
		{"odt", "a.odt", string(parts{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}.bytes(t)), "other-document"},
		{"sxc", "a.sxc", string(parts{"mimetype": "application/vnd.sun.xml.calc", "content.xml": "<a/>"}.bytes(t)), "other-document"},
		{"fods", "a.fods", "<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'/>", "flat-ods"},
		{"numbers", "a.numbers", string(parts{"Index/Document.iwa": "", "Metadata/Properties.plist": ""}.bytes(t)), "numbers"},
		{"Outlook message", "a.msg", string(compoundFile("__nameid_version1.0", "__properties_version1.0")), "message"},
		{"Outlook message named xlsx", "a.xlsx", string(compoundFile("__properties_version1.0", "Workbook")), "message"},
		{"mail", "a.eml", "Return-Path: <a@example.org>\r\n", "message"},
		{"sensitivity label", "a.xlsx", string(compoundFile("DataSpaces", "DRMEncryptedTransform", "EncryptedPackage")), "rights"},
		{"old workbook in capitals", "a.xls", string(compoundFile("WORKBOOK")), "old-xls"},
		{"older workbook in capitals", "a.xls", string(compoundFile("BOOK")), "old-xls"},
		{"zip", "a.zip", string(parts{"a.csv": csv}.bytes(t)), "other-zip"},
		{"zip named xlsx", "a.xlsx", string(parts{"a.csv": csv}.bytes(t)), "other-zip"},
		{"empty zip", "a.xlsx", string(parts{}.bytes(t)), "other-zip"},
		{"cut-off zip", "a.xlsx", string(workbook[:len(workbook)/2]), "damaged-zip"},
		{"PDF", "a.pdf", "%PDF-1.7\n", "pdf"},
		{"PDF named xlsx", "a.xlsx", "%PDF-1.7\n", "pdf"},
		{"HTML named xls", "a.xls", "\n<html><body><table>", "html"},
		{"HTML named csv", "a.csv", "<!DOCTYPE html>\n<html>", "html"},
		{"HTML in UTF-16", "a.xls", "\xFF\xFE<\x00t\x00a\x00b\x00l\x00e\x00>\x00", "html"},
		{"XHTML", "a.xls", "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>", "html"},
		{"XML Spreadsheet", "a.xls", "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>", "xml-spreadsheet"},
		{"XML", "a.xml", "<?xml version='1.0'?><Bericht/>", "xml"},
		{"XML without declaration", "a.csv", "<Bericht></Bericht>", "xml"},
		{"RTF", "a.csv", `{\rtf1\ansi`, "unknown-kind"},
		{"gzip", "a.csv", "\x1F\x8B\x08\x00", "unknown-kind"},
		{"NUL", "a.csv", "a;b\n1;\x002\n", "csv-nul"},
		{"NUL in UTF-16 without mark", "a.csv", "a\x00;\x00b\x00", "csv-nul"},
		{"UTF-8 that is not", "a.csv", "\xEF\xBB\xBFa;\xE9\n", "csv-encoding"},
		{"UTF-16 that is not", "a.csv", "\xFF\xFEa", "csv-encoding"},
		{"NUL in UTF-16", "a.csv", "\xFF\xFEa\x00;\x00\x00\x00b\x00", "csv-nul"},
		{"NUL in big-endian UTF-16", "a.csv", "\xFE\xFF\x00a\x00;\x00\x00", "csv-nul"},
		{"half a pair in UTF-16", "a.csv", "\xFF\xFEa\x00\x00\xD8;\x00", "csv-encoding"},
		{"other half of a pair in UTF-16", "a.csv", "\xFF\xFEa\x00\x00\xDC", "csv-encoding"},
		{"half a pair at the end of UTF-16", "a.csv", "\xFF\xFEa\x00\x00\xD8", "csv-encoding"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := openBytes(test.file, []byte(test.content))
			wantCode(t, err, test.code)
		})
	}
}

// The refusal mentions a password only if the user chose one.
func TestDefaultPassword(t *testing.T) {
	for password, code := range map[string]string{"VelvetSweatshop": "default-password", "geheim": "encrypted"} {
		content, err := excelize.Encrypt(minimal(good).bytes(t), &excelize.Options{Password: password})
		if err != nil {
			t.Fatal(err)
		}
		_, err = read("a.xlsx", content)
		wantCode(t, err, code)
		text := asProblem(err, "", "")
		if speaks := strings.Contains(text.Dutch, "achtwoord") || strings.Contains(text.English, "assword"); speaks != (code == "encrypted") {
			t.Errorf("%s: %s", code, text.In("nl"))
		}
	}
	for _, code := range []string{"rights", "default-password"} {
		if strings.Contains(problemTexts[code].dutch, "achtwoord") {
			t.Errorf("%s speaks of a password", code)
		}
	}
}

// The refusal of a message with the name of a workbook or CSV file says how to get it read.
func TestMessageUnderAnotherName(t *testing.T) {
	for _, name := range []string{"bericht.csv", "bericht.xlsx"} {
		_, err := read(name, []byte(`<?xml version="1.0"?><Bericht xmlns="http://www.istandaarden.nl/ijw/3_2/jw323/schema"/>`))
		wantCode(t, err, "xml")
		if text := asProblem(err, "", ""); !strings.Contains(text.Dutch, "op .xml eindigt") || !strings.Contains(text.English, "ends in .xml") {
			t.Errorf("%s: %s", name, text.In("nl"))
		}
	}
}

func TestDamagedParts(t *testing.T) {
	for name, p := range map[string]parts{
		"content types no XML":     minimal("").with("[Content_Types].xml", "<Types"),
		"content types empty":      minimal("").with("[Content_Types].xml", ""),
		"workbook no XML":          minimal("").with("xl/workbook.xml", "<workbook><a></b></workbook>"),
		"workbook with more":       minimal("").with("xl/workbook.xml", minimal("")["xl/workbook.xml"]+"<a/>"),
		"workbook latin1":          minimal("").with("xl/workbook.xml", `<?xml version="1.0" encoding="ISO-8859-1"?><workbook/>`),
		"styles no XML":            minimal("").with("xl/styles.xml", "<styleSheet>&x;</styleSheet>"),
		"sheet that is not there":  minimal("").with("xl/_rels/workbook.xml.rels", `<Relationships/>`),
		"sheet without a relation": minimal("").with("xl/workbook.xml", `<workbook><sheets><sheet name="a"/></sheets></workbook>`),
	} {
		_, err := read("a.xlsx", p.bytes(t))
		if err == nil {
			t.Errorf("%s: no problem", name)
			continue
		}
		wantCode(t, err, "damaged-part")
	}
	p := minimal("")
	delete(p, "xl/worksheets/sheet1.xml")
	_, err := read("a.xlsx", p.bytes(t))
	wantCode(t, err, "damaged-part")
	_, err = read("a.xlsx", minimal(good).with("xl/sharedStrings.xml", "<sst><si><t>a</t></sst>").bytes(t))
	wantCode(t, err, "damaged-texts")
	p = minimal("")
	delete(p, "[Content_Types].xml")
	_, err = read("a.xlsx", p.bytes(t))
	wantCode(t, err, "damaged-part")
}

// A changed byte in the packed content must not change a row unnoticed.
func TestChecksum(t *testing.T) {
	content := bytes.Replace(minimal(good).bytes(t), []byte("<v>1</v>"), []byte("<v>2</v>"), 1)
	_, err := read("a.xlsx", content)
	wantCode(t, err, "damaged-part")
}

func TestPartTwice(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"xl/workbook.xml", "XL\\workbook.xml"} {
		if _, err := w.Create(name); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := read("a.xlsx", b.Bytes())
	wantCode(t, err, "damaged-part")
}

func TestLimits(t *testing.T) {
	open := func(content []byte, name string, limits Limits) error {
		f, err := openLimited(name, content, limits)
		if err == nil {
			_, err = readAll(f)
		}
		return err
	}
	many := minimal(strings.Repeat("<row/>", 100)).bytes(t)
	if err := open(many, "a.xlsx", Limits{Unpacked: 1 << 20, Rows: 100}); err != nil {
		t.Error(err)
	}
	wantCode(t, open(many, "a.xlsx", Limits{Unpacked: 1 << 20, Rows: 99}), "too-many-rows")
	wantCode(t, open(many, "a.xlsx", Limits{Unpacked: 1 << 10, Rows: 100}), "too-big")
	wantCode(t, open([]byte(strings.Repeat("\n", 5000)+"a"), "a.csv", Limits{Unpacked: 1 << 20, Rows: 99}), "too-many-rows")
	wantCode(t, open([]byte(strings.Repeat("a\n", 5000)), "a.csv", Limits{Unpacked: 100, Rows: 99}), "too-big")

	crowd := parts{}
	for i := range entriesMax + 1 {
		crowd[ColumnName(i)] = ""
	}
	wantCode(t, open(crowd.bytes(t), "a.xlsx", DefaultLimits()), "too-many-parts")
}

// The limits apply even if the sizes declared in a zip are false.
func TestLyingSizes(t *testing.T) {
	content := minimal(strings.Repeat("<row/>", 100_000)).bytes(t)
	f, err := openBytes("a.xlsx", content)
	if err != nil {
		t.Fatal(err)
	}
	f.meter.limits.Unpacked = 100_000 // as if every size was declared as 0
	_, err = readAll(f)
	wantCode(t, err, "too-big")
}

// Reading a sheet again does not use up the limits.
func TestReadTwice(t *testing.T) {
	content := minimal(strings.Repeat("<row/>", 10) + `<row><c><v>1</v></c></row>`).bytes(t)
	f, err := openLimited("a.xlsx", content, Limits{Unpacked: 5000, Rows: 11})
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		if lines, err := readAll(f); err != nil || len(lines) != 1 {
			t.Fatal(lines, err)
		}
	}
}

func TestOpen(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "a.xlsx")
	if err := os.WriteFile(path, minimal(good).bytes(t), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := Open(path, DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	if lines, err := readAll(f); err != nil || len(lines) != 1 || f.Format() != "xlsx" {
		t.Error(lines, err, f.Format())
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	_, err = readAll(f)
	if err == nil {
		t.Error("a closed file was read")
	}
	_, err = Open(filepath.Join(folder, "b.xlsx"), DefaultLimits())
	wantCode(t, err, "unreadable")
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	_, err = Open(folder, DefaultLimits())
	wantCode(t, err, "unreadable")
}

func TestTextsOfProblems(t *testing.T) {
	for code, text := range problemTexts {
		if strings.Count(text.dutch, "%") != strings.Count(text.english, "%") {
			t.Errorf("%s: the placeholders differ", code)
		}
		if !strings.HasSuffix(text.dutch, ".") || !strings.HasSuffix(text.english, ".") {
			t.Errorf("%s: a text does not end with a full stop", code)
		}
	}
	p := Problem{File: "a.xlsx", Sheet: "Uren", Row: 3, Cell: "B3", Dutch: "fout.", English: "wrong."}
	if got := p.In("nl"); got != "a.xlsx, blad Uren, cel B3: fout." {
		t.Error(got)
	}
	p.Cell = ""
	if got := p.Error(); got != "a.xlsx, sheet Uren, row 3: wrong." {
		t.Error(got)
	}
}

func TestLimitsInWords(t *testing.T) {
	for size, want := range map[int64]string{1 << 30: "1 GiB", 3 << 20: "3 MiB", 2048: "2 KiB", 100: "100 bytes", 1025: "1025 bytes"} {
		if got := sizeOf(size); got != want {
			t.Errorf("%d: %s, want %s", size, got, want)
		}
	}
	for number, want := range map[int]phrase{99: {"99", "99"}, 2_000_000: {"2.000.000", "2,000,000"}} {
		if got := grouped(number); got != want {
			t.Errorf("%d: %v, want %v", number, got, want)
		}
	}
}

func TestReadableNames(t *testing.T) {
	for name, want := range map[string]bool{"a.xlsx": true, "A.XLSM": true, "a.ods": true, "a.csv": true, "a.CSV": true, "map/a.ots": true, "a.txt": false, "a.xls": false, "a": false, ".csv": true, "a.xml": false} {
		if got := HasReadableName(name); got != want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Every reason of damage has a text in both languages.
func TestDamageReasons(t *testing.T) {
	for _, reason := range xmlscan.Reasons {
		if damageReasons[reason].dutch == "" {
			t.Errorf("%s has no sentence", reason)
		}
	}
	for reason, text := range damageReasons {
		if text.dutch == "" || text.english == "" || text.dutch == text.english {
			t.Errorf("%s: %v", reason, text)
		}
	}
}
