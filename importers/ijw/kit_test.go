package ijw_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
	importer "github.com/pxq-nl/pxq/importers/ijw"
)

// sample returns a valid message: jw301 or jw323.
func sample(t testing.TB, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".xml"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// null is a sink that keeps nothing.
type null struct{}

func (null) Declaration(ijw.Header, ijw.Declaration) error { return nil }
func (null) Client(*ijw.Client) error                      { return nil }
func (null) Assigned(*ijw.Message301) error                { return nil }

// refused returns the refusal of a message, or nil if it is accepted.
func refused(t testing.TB, message string) *importer.Refusal {
	t.Helper()
	_, err := importer.Read(strings.NewReader(message), null{})
	if err == nil {
		return nil
	}
	refusal, ok := errors.AsType[*importer.Refusal](err)
	if !ok {
		t.Fatalf("%v is no refusal", err)
	}
	for _, language := range []string{"nl", "en"} {
		if shown := refusal.In(language); shown == "" || strings.Contains(shown, "%!") || strings.Contains(shown, "999900006") {
			t.Errorf("the refusal says %q", shown)
		}
	}
	return refusal
}

// swap replaces the first occurrence of a text, which must be present.
func swap(t testing.TB, message, old, fresh string) string {
	t.Helper()
	if !strings.Contains(message, old) {
		t.Fatalf("%q is not in the message", old)
	}
	return strings.Replace(message, old, fresh, 1)
}
