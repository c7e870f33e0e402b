package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mistake is a mistake that a user makes, and the call in which it shows.
type mistake struct {
	name   string
	status int
	make   func(t testing.TB) // in a folder with the workspace regio
	args   string             // of pxq; --workspace and the like are added
}

// Every mistake is reported in a text that says what was found, what was expected and what to do. The texts are in
// testdata/messages.txt, for review when they change.
func TestMessages(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	var told strings.Builder
	for _, m := range slices.Concat(mistakesInFiles, mistakesInCells, mistakesAround, mistakesLater, mistakesAboutWorkspaces, mistakesOfUsage) {
		t.Run(m.name, func(t *testing.T) {
			fmt.Fprintf(&told, "== %s\n$ pxq %s\n", m.name, m.args)
			for _, language := range []string{"nl", "en"} {
				told.WriteString(m.tell(t, language) + "\n")
			}
		})
	}
	golden(t, filepath.Join("testdata", "messages.txt"), told.String())
}

// tell makes the mistake in a separate workspace, and returns the output of pxq.
func (m mistake) tell(t *testing.T, language string) string {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	workspace := monthFolder(t, "small")
	t.Chdir(t.TempDir())
	defer t.Chdir(here)
	if err := os.Rename(workspace, "regio"); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll("regio/submissions"); err != nil {
		t.Fatal(err)
	}
	if m.make != nil {
		m.make(t)
	}
	args := []string{"--lang", language, "--as-of", "2026-11-05", "--workspace", "regio"}
	status, out, errOut := call(t, append(args, strings.Fields(m.args)...)...)
	if status != m.status {
		t.Errorf("status %d, want %d", status, m.status)
	}
	said := beforeSummary(out) + errOut
	if foreign := ofTheProgram.FindString(said); foreign != "" {
		t.Errorf("words that mean nothing to people: %q in\n%s", foreign, said)
	}
	return aHash.ReplaceAllString(said, "…")
}

// aHash matches the head of a chain, which changes with every version of the program.
var aHash = regexp.MustCompile(`[0-9a-f]{64}`)

// beforeSummary returns the output up to the summary of a run, whose totals are not about the mistake.
func beforeSummary(out string) string {
	before, _, found := strings.Cut(out, "\nPeriod")
	if !found {
		before, _, _ = strings.Cut(out, "\nWerkboeken")
	}
	return before
}

// ofTheProgram matches messages of Go, its libraries and the databases, which do not help a user.
var ofTheProgram = regexp.MustCompile(`(?i)no such file|permission denied|goroutine|panic|strconv|%!|sql: |sqlite3|SQLITE_|zip: |xml: (?:syntax|unexpected|expected)|EOF|runtime error|invalid (argument|syntax|memory)|open [^ ]+:|mkdir|dial tcp|pq:|lib/pq|kan niet duiden|cannot explain|<nil>`)
