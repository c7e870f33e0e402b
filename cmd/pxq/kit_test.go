package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pxq-nl/pxq/billing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestMain makes the command pxq for scripts and for tests that need a separate process: it is the test program itself, under
// that name.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pxq": watched})
}

// watched is main for a process that must not write a BSN.
func watched() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	out, errOut := &watcher{to: os.Stdout}, &watcher{to: os.Stderr}
	status := run(ctx, os.Args[1:], out, errOut)
	if leak := leaked(os.Args[1:], out.kept.String(), errOut.kept.String()); leak != "" {
		fmt.Fprintln(os.Stderr, leak)
		os.Exit(99)
	}
	os.Exit(status)
}

// watcher passes on what is written and keeps a copy.
type watcher struct {
	to   *os.File
	kept bytes.Buffer
}

func (w *watcher) Write(text []byte) (int, error) {
	w.kept.Write(text)
	return w.to.Write(text)
}

var nineDigits = regexp.MustCompile(`\d{8,}`)

// leaked returns a BSN that a call wrote where none is allowed, which is everywhere but in the exports lines and records.
func leaked(args []string, out, errOut string) string {
	texts := out + "\n" + errOut
	if slices.Contains(args, "export") && (slices.Contains(args, "lines") || slices.Contains(args, "records")) {
		texts = errOut
	}
	for _, digits := range nineDigits.FindAllString(texts, -1) {
		if len(digits) == 9 && digits[:4] == "9999" && billing.ValidBSN(digits) {
			return fmt.Sprintf("a BSN in what pxq %v wrote", args)
		}
	}
	return ""
}

// call runs the command in this process, and returns its exit status and output.
func call(t testing.TB, args ...string) (status int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	status = run(t.Context(), args, &o, &e)
	if leak := leaked(args, o.String(), e.String()); leak != "" {
		t.Error(leak)
	}
	return status, o.String(), e.String()
}

// succeed runs the command, which must succeed without error output, and returns its standard output.
func succeed(t testing.TB, args ...string) string {
	t.Helper()
	status, out, errOut := call(t, args...)
	if status != done {
		t.Fatalf("pxq %v: status %d\n%s%s", args, status, out, errOut)
	}
	return out
}

// copyFolder copies a folder of testdata to a temporary folder.
func copyFolder(t testing.TB, from string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	return to
}

func write(t testing.TB, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// golden compares a text with a golden file, or with -update rewrites it.
func golden(t testing.TB, path, got string) {
	t.Helper()
	if *update {
		write(t, path, got)
		return
	}
	if want := read(t, path); got != want {
		t.Errorf("%s: %s\n(make golden rewrites it)", path, firstDifference(want, got))
	}
}
