package table

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"strings"
	"testing"
)

// Offsets in an entry of the list of parts of a zip.
const (
	listedSignature    = "PK\x01\x02"
	listedPackedAt     = 20
	listedUnpackedAt   = 24
	listedHeaderAt     = 42
	listedNameLengthAt = 28
	listedNameAt       = 46
)

// listed returns the offset in a zip of the entry of a part in the list of parts.
func listed(t *testing.T, content []byte, name string) int {
	t.Helper()
	for at := 0; ; at++ {
		n := bytes.Index(content[at:], []byte(listedSignature))
		if n < 0 {
			t.Fatalf("%s is not listed", name)
		}
		if at += n; string(content[at+listedNameAt:at+listedNameAt+int(binary.LittleEndian.Uint16(content[at+listedNameLengthAt:]))]) == name {
			return at
		}
	}
}

func number(content []byte, at int) uint32 { return binary.LittleEndian.Uint32(content[at:]) }

func put(content []byte, at int, n uint32) { binary.LittleEndian.PutUint32(content[at:], n) }

// A zip whose list of parts is false, about any part, is refused and never read as
// something else.
func TestLyingZips(t *testing.T) {
	const sheet, texts = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
	tests := map[string]func(t *testing.T, content []byte){
		"two parts in the same bytes": func(t *testing.T, content []byte) {
			put(content, listed(t, content, texts)+listedHeaderAt, number(content, listed(t, content, sheet)+listedHeaderAt))
		},
		"a part over the next one": func(t *testing.T, content []byte) {
			at := listed(t, content, texts)
			put(content, at+listedPackedAt, number(content, at+listedPackedAt)+200)
		},
		"more than there is": func(t *testing.T, content []byte) {
			at := listed(t, content, sheet)
			put(content, at+listedPackedAt, 1<<30)
		},
		"unpacked to more": func(t *testing.T, content []byte) {
			at := listed(t, content, sheet)
			put(content, at+listedUnpackedAt, number(content, at+listedUnpackedAt)+1)
		},
		"unpacked to less": func(t *testing.T, content []byte) {
			at := listed(t, content, sheet)
			put(content, at+listedUnpackedAt, number(content, at+listedUnpackedAt)-1)
		},
		"unpacked to nothing": func(t *testing.T, content []byte) { put(content, listed(t, content, sheet)+listedUnpackedAt, 0) },
		"no header": func(t *testing.T, content []byte) {
			put(content, listed(t, content, sheet)+listedHeaderAt, number(content, listed(t, content, sheet)+listedHeaderAt)+1)
		},
		"beyond the end": func(t *testing.T, content []byte) { put(content, listed(t, content, sheet)+listedHeaderAt, 1<<30) },
		"another checksum behind the part": func(t *testing.T, content []byte) {
			content[bytes.Index(content, []byte("PK\x07\x08"))+4] ^= 1
		},
		"encrypted":     func(t *testing.T, content []byte) { content[listed(t, content, sheet)+8] |= 1 },
		"other packing": func(t *testing.T, content []byte) { content[listed(t, content, sheet)+10] = 99 },
	}
	for name, change := range tests {
		t.Run(name, func(t *testing.T) {
			content := bytes.Clone(packed(t, minimal(good)))
			change(t, content)
			lines, err := read("a.xlsx", content)
			if err == nil {
				t.Fatalf("read %q", lines)
			}
			isProblem(t, err)
		})
	}
}

// The sizes after a part and bytes after the zip are ignored.
func TestZipForms(t *testing.T) {
	p := minimal(good)
	for name, content := range map[string][]byte{
		"sizes after the parts": packed(t, p), "not packed": p.bytes(t),
		"with a comment": withComment(t, packed(t, p), strings.Repeat("opmerking ", 500)),
	} {
		if lines, err := read("a.xlsx", content); err != nil || len(lines) != 1 {
			t.Errorf("%s: read %q, %v", name, lines, err)
		}
	}
}

func withComment(t *testing.T, content []byte, comment string) []byte {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, entry := range archive.File {
		if err := w.Copy(entry); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.SetComment(comment); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
