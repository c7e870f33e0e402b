package compound

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"
)

// directory returns the beginning of a compound file with these streams.
func directory(names ...string) []byte {
	content := make([]byte, 1024, 4096)
	copy(content, Signature)
	for i, name := range append([]string{"Root Entry"}, names...) {
		raw := make([]byte, entryBytes)
		for i, unit := range utf16.Encode([]rune(name)) {
			binary.LittleEndian.PutUint16(raw[2*i:], unit)
		}
		binary.LittleEndian.PutUint16(raw[nameLengthAt:], uint16(2*len(name)+2))
		raw[entryTypeAt] = stream
		if i == 0 {
			raw[entryTypeAt] = root
		}
		content = append(content, raw...)
	}
	return content
}

func TestLook(t *testing.T) {
	for names, want := range map[string]Kind{
		"Workbook": OldWorkbook, "WORKBOOK": OldWorkbook, "Book": OldWorkbook, "BOOK": OldWorkbook, "WordDocument": Other, "WordDocument,Workbook": Other, "Workbook,WordDocument": Other,
		"__nameid_version1.0,__properties_version1.0,Workbook": Message, "Workbook,__properties_version1.0": Message, "\x06DataSpaces,EncryptionInfo,EncryptedPackage": Password,
		"EncryptedPackage": Password, "\x06DataSpaces,DRMEncryptedTransform,EncryptedPackage": Rights, "\x09DRMContent": Other, "": Other, "Contents": Other,
	} {
		content := directory(strings.Split(names, ",")...)
		if got, err := Look(bytes.NewReader(content), int64(len(content))); err != nil || got != want {
			t.Errorf("%s: kind %d (%v), want %d", names, got, err, want)
		}
	}
}

// A workbook encrypted with the default password is distinguished from one with a chosen password.
func TestDefaultPassword(t *testing.T) {
	for password, want := range map[string]Kind{excelPassword: DefaultPassword, "geheim": Password} {
		content, err := excelize.Encrypt(bytes.Repeat([]byte("x"), 5000), &excelize.Options{Password: password})
		if err != nil {
			t.Fatal(err)
		}
		if got, err := Look(bytes.NewReader(content), int64(len(content))); err != nil || got != want {
			t.Errorf("%s: kind %d (%v), want %d", password, got, err, want)
		}
		for n := 0; n < len(content); n += 97 { // truncated or damaged content must not fail
			if _, err := Look(bytes.NewReader(content[:n]), int64(n)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// The streams are from workbooks that Excel encrypted with the password "password".
func TestOpensWith(t *testing.T) {
	for _, name := range []string{"agile-sha1", "agile-sha512", "standard"} {
		description, err := os.ReadFile(filepath.Join("testdata", name))
		if err != nil {
			t.Fatal(err)
		}
		if !opensWith(description, "password") {
			t.Errorf("%s does not open", name)
		}
		if opensWith(description, "Password") {
			t.Errorf("%s opens with another password", name)
		}
		for n := range description {
			opensWith(description[:n], "password")
		}
	}
}

// A number of iterations that would take minutes is not attempted.
func TestEndlessRounds(t *testing.T) {
	description, err := os.ReadFile(filepath.Join("testdata", "agile-sha512"))
	if err != nil {
		t.Fatal(err)
	}
	endless := bytes.ReplaceAll(description, []byte(`spinCount="100000"`), []byte(`spinCount="2000000000"`))
	if bytes.Equal(endless, description) || opensWith(endless, "password") {
		t.Error("endless rounds are not refused")
	}
}
