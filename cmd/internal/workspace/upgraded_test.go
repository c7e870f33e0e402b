package workspace

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// The page summary of a month that an older version closed is made with the book of its close. The book in use may have
// changed since, and a summary made with that one would differ for good.
func TestAnUpgradedMonthIsOfItsOwnBook(t *testing.T) {
	t.Parallel()
	path, testdata := t.TempDir(), filepath.Join("..", "..", "..", "testdata")
	if err := os.CopyFS(filepath.Join(path, "contract"), os.DirFS(filepath.Join(testdata, "conformance", "basic", "contract"))); err != nil {
		t.Fatal(err)
	}
	write := func(name string, content []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(path, name), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	read := func(name string) []byte {
		t.Helper()
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return content
	}
	write("pxq.toml", nil)
	write("pxq.db", read(filepath.Join(testdata, "schemas", "schema-1.db")))
	contracts := filepath.Join("contract", "contracten.csv")
	before := string(read(filepath.Join(path, contracts)))
	after := strings.ReplaceAll(before, "2023-01-01;;", "2023-01-01;;12345") // other ceilings
	if before == after {
		t.Fatal("no contract was changed")
	}
	write(contracts, []byte(after))
	folder, err := Read(path, "")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := folder.OpenReading(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := pages.Close(); err != nil {
		t.Fatal(err)
	}
	w, err := folder.Open(t.Context(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	verified, err := w.Verify(t.Context(), "")
	if err != nil || len(verified.Faults) > 0 {
		t.Errorf("it is found to differ: %v %v", verified, err)
	}
}
