package workspace

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/billing"
)

// FuzzSettings checks that no pxq.toml makes the program panic, and that errors in one are reported as texts without control
// characters.
func FuzzSettings(f *testing.F) {
	f.Add(commented)
	f.Add(trialSettings())
	for _, text := range []string{
		"region = \"A\"\nlanguage = \"en\"\n[policy]\nmax_rejected = 20\nlate_months = 3\n", "policy = 1", "[policy]\nmax_change = -1", "[web]\naddress = \"https://x\"\nproxies = [\"10.0.0.0/8\"]\n",
		"[[web.oidc]]\nissuer = \"https://x\"\nclient_id = \"a\"\n", "a.b.c = 1979-05-27", "language = \"\\u001b[31m\"", "database = \"postgres://a:b@c/d\"", "= =", "[policy]\nrecalculate_from = 2026-01-01\n", "\xff\xfe",
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		read := Settings{Region: "A", Language: "nl", Policy: billing.DefaultPolicy(), Web: defaultWeb()}
		err := read.parse("pxq.toml", content)
		if err == nil {
			if read.Language != "nl" && read.Language != "en" {
				t.Errorf("language %q", read.Language)
			}
			return
		}
		told, is := errors.AsType[*Problem](err)
		if !is {
			t.Fatalf("no problem: %v", err)
		}
		for _, text := range []string{told.In("nl"), told.In("en")} {
			if text == "" || !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == 0x202e }) {
				t.Errorf("said: %q", text)
			}
		}
	})
}

// A pipe or device in place of pxq.toml does not block. A link to a file is followed, since settings may be kept elsewhere.
func TestSettingsAreAFile(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no pipes that are files")
	}
	folder := t.TempDir()
	pipe := filepath.Join(folder, "pipe")
	if err := exec.Command("mkfifo", pipe).Run(); err != nil {
		t.Fatal(err)
	}
	large := filepath.Join(folder, "large")
	if err := os.WriteFile(large, make([]byte, plainMost+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{pipe, large, folder, "/dev/zero", "/dev/null"} {
		_, there, err := readSettings(path)
		if told, is := errors.AsType[*Problem](err); !is || told.Kind != NoSettings || !there {
			t.Errorf("%s: %v", path, err)
		}
	}
	linked := filepath.Join(folder, "linked")
	if err := errors.Join(os.WriteFile(filepath.Join(folder, "to"), []byte("region = \"A\"\n"), 0o600), os.Symlink("to", linked)); err != nil {
		t.Fatal(err)
	}
	if read, _, err := readSettings(linked); err != nil || read.Region != "A" {
		t.Errorf("%+v, %v", read, err)
	}
}
