package table

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writeFile writes a file and returns its path.
func writeFile(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// manyRows are three files with enough rows to be read in many blocks.
func manyRows(t *testing.T) map[string][]byte {
	return map[string][]byte{
		"a.csv":  []byte(strings.Repeat("Regelnummer;Datum;Aantal;Eenheid;BSN\r\n", 50_000)),
		"a.xlsx": minimal(strings.Repeat(`<row><c t="s"><v>0</v></c><c><v>12</v></c></row>`, 20_000)).bytes(t),
		"a.ods":  odsParts(strings.Repeat("<table:table-row>"+odsText("a")+odsText("b")+"</table:table-row>", 10_000)).bytes(t),
	}
}

// The hash is that of the file, whether it is computed before or after reading its rows.
func TestHash(t *testing.T) {
	for name, content := range manyRows(t) {
		sum := sha256.Sum256(content)
		f, err := Open(writeFile(t, name, content), DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if hash, err := f.Hash(); err != nil || hash != hex.EncodeToString(sum[:]) {
				t.Errorf("%s: %s, %v", name, hash, err)
			}
			if err := readThrough(f); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

// A file that changes while it is read is refused with a text that says so, by Rows
// and by Hash, in either order.
func TestFileThatChanges(t *testing.T) {
	changes := map[string]func(path string, content []byte) error{
		"grows":   func(path string, content []byte) error { return os.WriteFile(path, append(content, content...), 0o600) },
		"shrinks": func(path string, content []byte) error { return os.Truncate(path, int64(len(content)/2)) },
		"touched": func(path string, _ []byte) error { return os.Chtimes(path, time.Now(), time.Now().Add(time.Minute)) },
	}
	for name, content := range manyRows(t) {
		for how, change := range changes {
			path := writeFile(t, name, content)
			f, err := Open(path, DefaultLimits())
			if err != nil {
				t.Fatal(err)
			}
			rows := 0
			for _, rowErr := range f.Rows(f.Sheets()[0]) {
				if err = rowErr; rows == 10 {
					if err := change(path, content); err != nil {
						t.Fatal(err)
					}
				}
				rows++
			}
			wantCode(t, err, "file-changed")
			if problem := asProblem(err, "", ""); !strings.Contains(problem.In("nl"), "veranderde tijdens het lezen") || problem.File != path {
				t.Errorf("%s %s: %s", name, how, problem.In("nl"))
			}
			_, err = f.Hash()
			wantCode(t, err, "file-changed")
			f.Close()
		}
	}
}

// A file that is replaced while it is read is read to its end from the old file.
func TestFileThatIsReplaced(t *testing.T) {
	for name, content := range manyRows(t) {
		path := writeFile(t, name, content)
		f, err := Open(path, DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(writeFile(t, "other", []byte("x")), path); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		err = readThrough(f)
		if hash, hashErr := f.Hash(); err != nil || hashErr != nil || hash != hex.EncodeToString(sum[:]) {
			t.Errorf("%s: %v, %v", name, err, hashErr)
		}
		f.Close()
	}
}

func TestLinksAndFolders(t *testing.T) {
	path := writeFile(t, "a.csv", []byte("a;b\n"))
	link := filepath.Join(filepath.Dir(path), "link.csv")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	for path, word := range map[string]string{link: "koppeling", filepath.Dir(path): "geen gewoon bestand", os.DevNull: "geen gewoon bestand"} {
		_, err := Open(path, DefaultLimits())
		wantCode(t, err, "unreadable")
		if text := asProblem(err, "", "").In("nl"); !strings.Contains(text, word) {
			t.Errorf("%s: %s", path, text)
		}
		if _, err = OpenFile(path); err == nil {
			t.Errorf("%s was opened", path)
		}
	}
}
