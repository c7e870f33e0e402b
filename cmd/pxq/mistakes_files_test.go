package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"unicode/utf16"
)

const submissionHeadings = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal"

const oneSheet = "== Uren\nRegelnummer | AGB-code | BSN | Toewijzingsnummer | Productcode | Datum | Aantal\n"

// put returns a function that writes a file.
func put(path, content string) func(testing.TB) {
	return func(t testing.TB) { write(t, path, content) }
}

// putWorkbook returns a function that writes a workbook.
func putWorkbook(path, text string) func(testing.TB) {
	return func(t testing.TB) { write(t, path, workbookOf(t, text)) }
}

// compound returns an OLE compound file with one stream of the given name.
func compound(stream string) string {
	content := make([]byte, 1536)
	copy(content, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	entry := content[512:640]
	for i, unit := range utf16.Encode([]rune(stream)) {
		binary.LittleEndian.PutUint16(entry[2*i:], unit)
	}
	binary.LittleEndian.PutUint16(entry[64:], uint16(2*len(stream)+2))
	entry[66] = 2
	return string(content)
}

// bomb writes a workbook with a sheet whose uncompressed size is given as two gigabytes.
func bomb(t testing.TB) {
	const sheet = "xl/worksheets/sheet1.xml"
	var packed bytes.Buffer
	writer := zip.NewWriter(&packed)
	for name, content := range workbookParts("== Uren\nA\n") {
		var part io.Writer
		var err error
		if name == sheet {
			part, err = writer.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(len(content)), UncompressedSize64: 2 << 30})
		} else {
			part, err = writer.Create(name)
		}
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	write(t, "bom.xlsx", packed.String())
}

var mistakesInFiles = []mistake{
	{"a text file named .xlsx", refused, put("april.xlsx", submissionHeadings+"\n"), "import april.xlsx"},
	{"a workbook named .csv", refused, putWorkbook("april.csv", oneSheet), "import april.csv"},
	{"an encrypted workbook", refused, put("april.xlsx", compound("EncryptedPackage")), "import april.xlsx"},
	{"an .xls", refused, put("april.xls", compound("Workbook")), "import april.xls"},
	{"a PDF", refused, put("april.pdf", "%PDF-1.7\n"), "import april.pdf"},
	{"a web page named .xls", refused, put("april.xls", "<html><table><tr><td>Regelnummer</td></tr></table></html>"), "import april.xls"},
	{"a message in XML", refused, put("april.xml", `<?xml version="1.0"?><bericht/>`), "import april.xml"},
	{"an empty file", refused, put("april.csv", ""), "import april.csv"},
	{"a damaged zip", refused, func(t testing.TB) {
		whole := workbookOf(t, oneSheet)
		write(t, "april.xlsx", whole[:len(whole)/2])
	}, "import april.xlsx"},
	{"damage inside a sheet", refused, func(t testing.TB) {
		parts := workbookParts(oneSheet)
		parts["xl/worksheets/sheet1.xml"] = strings.TrimSuffix(parts["xl/worksheets/sheet1.xml"], "</sheetData></worksheet>")
		write(t, "april.xlsx", zipOf(t, parts))
	}, "import april.xlsx"},
	{"a zip bomb", refused, bomb, "import bom.xlsx"},
	{"too many rows", refused, func(t testing.TB) {
		write(t, "april.csv", submissionHeadings+"\n"+strings.Repeat("Totaal\n", 2_000_001))
	}, "import april.csv"},
	{"a sheet without heading row", refused, putWorkbook("april.xlsx", "== Blad1\nnaam | BSN | datum\nx | 999900006 | 2026-10-01\n"), "import april.xlsx"},
	{"one sheet of two without heading row", done, putWorkbook("april.xlsx", oneSheet+"== Toelichting\nGeen bijzonderheden.\n"), "import april.xlsx"},
	{"a quote that is never closed", refused, put("april.csv", submissionHeadings+"\n\"A-1;01000001\n"), "import april.csv"},
	{"a book sheet sent as a submission", refused, func(t testing.TB) {
		write(t, "tarieven.csv", read(t, "regio/contract/tarieven.csv"))
	}, "import tarieven.csv"},
	{"a report of pxq sent as a submission", refused, func(t testing.TB) {
		succeed(t, "run", "--workspace", "regio", "--period", "2026-10", "--as-of", "2026-11-05", "--quiet")
	}, "import regio/reports/2026-10/regio.xlsx"},
	{"a file that is not there", refused, nil, "import weg.csv"},
	{"a folder instead of a file", refused, nil, "import regio"},
	{"a hundred thousand empty rows", done, func(t testing.TB) {
		write(t, "leeg.csv", submissionHeadings+"\n"+strings.Repeat(";;;;;;;\n", 100_000)+
			"A-1;30000003;999900201;T03;41VB1;06-10-2026;uur;1\n")
	}, "import leeg.csv"},
	{"two files with the same reference", done, func(t testing.TB) {
		write(t, "regio/submissions/a.csv", submissionHeadings+"\nA-1;30000003;999900201;T03;41VB1;06-10-2026;uur;1\n")
		write(t, "regio/submissions/b.csv", submissionHeadings+"\nA-1;30000003;999900201;T03;41VB1;06-10-2026;uur;2\n")
	}, "check regio/submissions/a.csv regio/submissions/b.csv"},
	{"a file that numbers anew", refused, func(t testing.TB) {
		october, november := submissionHeadings+"\n", submissionHeadings+"\n"
		for _, digit := range strings.Split("0123456789", "") {
			october += "R" + digit + ";30000003;999900201;T03;41VB1;06-10-2026;uur;1\n"
			november += "R" + digit + ";30000003;999900110;T02;41VB1;06-11-2026;uur;1\n"
		}
		write(t, "oktober.csv", october)
		write(t, "november.csv", november)
	}, "import oktober.csv november.csv --as-of 2026-12-05"},
}
