package importers_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ijw"
	"github.com/pxq-nl/pxq/importers"
)

// counting is a sink that counts what it receives.
type counting struct{ declarations, clients, assigned int }

func (c *counting) Declaration(ijw.Header, ijw.Declaration) error { c.declarations++; return nil }
func (c *counting) Client(*ijw.Client) error                      { c.clients++; return nil }
func (c *counting) Assigned(*ijw.Message301) error                { c.assigned++; return nil }

const emptyMessage = `<?xml version="1.0" encoding="UTF-8"?><m:Bericht xmlns:m="http://www.istandaarden.nl/ijw/3_2/jw323/schema">
<m:Kop/></m:Bericht>`

// A message is recognised by its content or by a name ending in .xml, but never if its name is that of a table.
func TestIsMessage(t *testing.T) {
	for name, test := range map[string]struct {
		content string
		want    bool
	}{
		"a.xml": {"no XML at all", true}, "a.XML": {"<Workbook/>", true}, "bericht": {emptyMessage, true},
		"b.bericht": {"\uFEFF\n " + emptyMessage, true}, "a.csv": {emptyMessage, false}, "a.xlsx": {emptyMessage, false},
		"rijen": {"Regelnummer;istandaarden.nl\n", false}, "pagina": {"<html>", false},
	} {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, []byte(test.content), 0o600); err != nil {
			t.Fatal(err)
		}
		var reader importers.Reader
		if is, err := reader.IsMessage(path); err != nil || is != test.want {
			t.Errorf("%s: message %t, %v; want %t", name, is, err, test.want)
		}
	}
}

// A message that breaks the schema is refused with its file, the path of the element and the line.
func TestMessageRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "fout.xml")
	if err := os.WriteFile(path, []byte(emptyMessage), 0o600); err != nil {
		t.Fatal(err)
	}
	var reader importers.Reader
	var sink counting
	_, err := reader.ReadMessage(path, &sink)
	refusal, ok := errors.AsType[importers.Refusal](err)
	if !ok || sink != (counting{}) {
		t.Fatalf("got %v, %+v", err, sink)
	}
	for _, part := range []string{path + ", regel 2, Bericht"} {
		if !strings.Contains(refusal.In("nl"), part) {
			t.Errorf("%q lacks %q", refusal.In("nl"), part)
		}
	}
}
