package ijw_test

import (
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	importer "github.com/pxq-nl/pxq/importers/ijw"
)

// FuzzRead reads whatever comes: it never fails but by a refusal with its place and no BSN, it does not depend on how the
// bytes arrive, and what it takes in is well formed to the reader of the standard library too.
func FuzzRead(f *testing.F) {
	for _, kind := range []string{"jw301", "jw323"} {
		message := sample(f, kind)
		f.Add(message)
		f.Add(strings.Join(strings.Fields(message), " "))
		f.Add(strings.ReplaceAll(message, kind+":", ""))
		f.Add(strings.Replace(message, ">R1<", "><![CDATA[ & ]]>&amp;<!-- x --><?y?>\r\n<", 1))
		f.Add(strings.Replace(message, "3_2/"+kind, "3_2/jw325", 1))
		f.Add("\ufeff<!DOCTYPE a>" + message)
		f.Add(strings.Replace(message, "<ijw:ReferentieNummer>", `<ijw:ReferentieNummer a="1"b="2">`, 1))
	}
	f.Fuzz(func(t *testing.T, message string) {
		refusal := refused(t, message)
		_, err := importer.Read(iotest.OneByteReader(strings.NewReader(message)), null{})
		slowly, _ := errors.AsType[*importer.Refusal](err)
		if !reflect.DeepEqual(refusal, slowly) {
			t.Errorf("at once: %v, byte by byte: %v", refusal, slowly)
		}
		if refusal != nil {
			if refusal.Dutch == "" || refusal.English == "" || refusal.Reason == "" {
				t.Errorf("%+v", refusal)
			}
			return
		}
		decoder := xml.NewDecoder(strings.NewReader(message))
		for {
			if _, err := decoder.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("taken in, and yet: %v", err)
			}
		}
	})
}
