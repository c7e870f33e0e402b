package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// secret is data that is processed when a defect occurs; it must not be shown anywhere.
const secret = "999910012"

// panics is a writer that panics.
type panics struct{ after int }

func (p *panics) Write(text []byte) (int, error) {
	if p.after--; p.after < 0 {
		panic("cliënt " + secret + ": " + string(text))
	}
	return len(text), nil
}

var ofDefect = regexp.MustCompile(`nummer (\d{6})\. .* Stuur (\S+) naar`)

// isDefect checks that a defect was reported in a text, with a file that has the stack and no data, and removes that file.
func isDefect(t *testing.T, what string, status int, said, folder string) {
	t.Helper()
	found := ofDefect.FindStringSubmatch(strings.ReplaceAll(said, "\n", " "))
	if status != failed || found == nil {
		t.Errorf("%s: status %d, %s", what, status, said)
		return
	}
	file := filepath.Join(folder, "pxq-fout-"+found[1]+".txt")
	if found[2] != bsn.MaskLine(file) { // digits in the name of a temporary folder may be masked
		t.Errorf("%s: the file is %s, not in %s", what, found[2], folder)
	}
	kept := read(t, file)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%s: %v, %v", what, info, err)
	}
	if strings.Contains(kept, secret) || strings.Contains(kept, "2026-10") || !strings.Contains(kept, "_test.go:") || !strings.Contains(kept, found[1]) {
		t.Errorf("%s:\n%s", what, kept)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
}

// A panic in any command gives status 1, a number, and a file with the stack and no data.
func TestDefectInEveryCommand(t *testing.T) {
	folder := monthFolder(t, "small")
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	commands := (&app{language: "nl"}).root().Commands()
	if len(commands) < 20 {
		t.Fatalf("%d commands", len(commands))
	}
	for i := range commands {
		for _, goroutine := range []bool{false, true} {
			for _, place := range []string{folder, temporary} { // a workspace, and a folder that is not one
				var out, errOut bytes.Buffer
				a := newApp([]string{"--workspace", place, "--period", "2026-10"}, &out, &errOut)
				status := a.end(a.safely(func() error {
					root := a.root()
					command := root.Commands()[i]
					command.Args, command.DisableFlagParsing = cobra.ArbitraryArgs, false
					command.RunE = func(*cobra.Command, []string) error {
						var none []string
						if !goroutine {
							panic(fmt.Errorf("%s", none[len(secret)]))
						}
						group, _ := parallel.New(context.Background())
						group.Go(func() error { panic(secret) })
						return group.Wait()
					}
					root.SetArgs([]string{command.Name(), "--workspace", place})
					return root.Execute()
				}))
				isDefect(t, fmt.Sprint(commands[i].Name(), goroutine), status, errOut.String(), place)
			}
		}
	}
}

// A command with a defect leaves the ledger as before or after each of its steps, releases it, and is recorded as failed in the
// audit trail.
func TestDefectLeavesTheLedger(t *testing.T) {
	folder := monthFolder(t, "small")
	args := func(args ...string) []string {
		return append(args, "--workspace", folder, "--as-of", "2026-11-05", "--quiet")
	}
	for _, command := range [][]string{args("run", "--period", "2026-10"), args("close", "--period", "2026-10"), args("status"), args("export", "lines", "--period", "2026-10")} {
		var errOut bytes.Buffer
		isDefect(t, command[0], run(t.Context(), command, &panics{after: 0}, &errOut), errOut.String(), folder)
	}
	succeed(t, args("run", "--period", "2026-10")...)
	succeed(t, args("verify")...)
	var errOut bytes.Buffer
	a := newApp(args("withdraw", "x"), &bytes.Buffer{}, &errOut)
	a.workspace, a.asOf, a.changes = folder, "2026-11-05", true
	status := a.end(a.safely(func() error {
		return a.in(t.Context(), existing, func(w *workspace.Workspace) error { panic(secret) })
	}))
	isDefect(t, "withdraw", status, errOut.String(), folder)
	if trail := succeed(t, args("audit", "--last", "1")...); !strings.Contains(trail, "fout in pxq zelf") {
		t.Error(trail)
	}
}

// When no file can be written the place of the defect is printed, and nothing of the data.
func TestDefectWithoutRoom(t *testing.T) {
	t.Setenv("TMPDIR", filepath.Join(t.TempDir(), "not there"))
	var errOut bytes.Buffer
	status := run(t.Context(), []string{"rules"}, &panics{}, &errOut)
	if said := errOut.String(); status != failed || !strings.Contains(said, "defect_test.go:") || strings.Contains(said, secret) {
		t.Errorf("status %d, %s", status, said)
	}
}
