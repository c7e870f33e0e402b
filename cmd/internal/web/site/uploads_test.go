package site

import (
	"strings"
	"testing"
)

// An uploaded file gets a name without folders, control characters, a BSN or the marks of hidden files, and no two files of an
// upload have the same name.
func TestCleanName(t *testing.T) {
	for name, want := range map[string]string{
		"oktober.xlsx": "oktober.xlsx", "../../etc/passwd": "passwd", `..\\..\\pxq.toml`: "pxq.toml", "/a/b/.htaccess": "htaccess", "": "bestand", "...": "bestand",
		"a\x00b.csv": "a␀b.csv", "a\nb.csv": "a b.csv", "999900006.csv": "•••.csv", "x<y>:z|?.csv": "x_y__z__.csv", "~$oktober.xlsx": "oktober.xlsx",
		strings.Repeat("é", 300) + ".xlsx": strings.Repeat("é", 120) + ".xlsx", "caf\xe9.csv": "caf.csv",
	} {
		got := cleanName(name, nil)
		if got != want || strings.ContainsAny(got, "/\\\x00\n") {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
		if again := cleanName(name, []SavedFile{{Name: got}}); strings.EqualFold(again, got) {
			t.Errorf("%q twice is %q twice", name, got)
		}
	}
}
