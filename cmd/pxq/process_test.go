package main

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
	"github.com/pxq-nl/pxq/billing/scratch"
)

// process runs the command in a separate process that may write files of at most a number of blocks of 512 bytes; 0 means no
// limit. It returns the exit status and the output.
func process(t testing.TB, blocks int, args ...string) (status int, said string) {
	t.Helper()
	command := exec.CommandContext(t.Context(), "pxq", args...)
	if blocks > 0 {
		script := "ulimit -f " + strconv.Itoa(blocks) + ` && exec pxq "$@"`
		command = exec.CommandContext(t.Context(), "sh", append([]string{"-c", script, "sh"}, args...)...)
	}
	var out bytes.Buffer
	command.Stdout, command.Stderr = &out, &out
	err := command.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), out.String()
	}
	if err != nil {
		t.Fatal(err)
	}
	return done, out.String()
}

// A second process that wants to write is told which one is writing, and can still read.
func TestSecondProcess(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		folder, database := monthFolder(t, "small"), fresh()
		args := func(args ...string) []string {
			return append(args, "--workspace", folder, "--database", database, "--as-of", "2026-11-05", "--quiet")
		}
		succeed(t, args("run", "--period", "2026-10", "--no-reports")...)
		store := ledgertest.Open(t, database)
		lock, err := store.Lock(t.Context(), "pxq run")
		if err != nil {
			t.Fatal(err)
		}
		writers := [][]string{{"run", "--period", "2026-10"}, {"close", "--period", "2026-10"}, {"import", filepath.Join(folder, "submissions", "01000001.csv")}, {"report", "--year", "2026"}}
		for _, writer := range writers {
			status, said := process(t, 0, args(writer...)...)
			holder := "pxq run, proces " + strconv.Itoa(os.Getpid())
			if status != failed || !strings.Contains(said, "Een ander pxq-proces werkt nu met deze database ("+holder) {
				t.Errorf("%s: status %d, %s", writer[0], status, said)
			}
		}
		for _, reader := range [][]string{{"status"}, {"export", "lines", "--period", "2026-10"}} {
			if status, said := process(t, 0, args(reader...)...); status != done {
				t.Errorf("%s: status %d, %s", reader[0], status, said)
			}
		}
		if err := lock.Release(); err != nil {
			t.Fatal(err)
		}
		if status, said := process(t, 0, args(writers[0]...)...); status != done {
			t.Errorf("once the lock is free: status %d, %s", status, said)
		}
	})
}

// A disk that fills up at any point stops the command with a clear message. Once there is room the same command has the result
// that it would have had at first.
func TestFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	if runtime.GOOS == "windows" {
		t.Skip("no limit on the size of files")
	}
	if output, err := exec.Command("sh", "-c", "ulimit -f 8 && head -c 9000 /dev/zero >"+filepath.Join(t.TempDir(), "full")).CombinedOutput(); err == nil {
		t.Skipf("ulimit does not limit here: %s", output)
	}
	undisturbed := monthFolder(t, "small")
	succeed(t, "run", "--workspace", undisturbed, "--period", "2026-10", "--as-of", "2026-11-05", "--quiet")
	want := hashes(t, filepath.Join(undisturbed, "reports"))
	for _, blocks := range []int{8, 24, 64, 256} {
		folder := monthFolder(t, "small")
		run := []string{"run", "--workspace", folder, "--period", "2026-10", "--as-of", "2026-11-05", "--quiet"}
		if status, said := process(t, blocks, run...); status != failed || !strings.Contains(said, "schijf is vol") {
			t.Errorf("%d blocks: status %d, %s", blocks, status, said)
		}
		if status, said := process(t, 0, run...); status != done {
			t.Errorf("%d blocks, and then enough: status %d, %s", blocks, status, said)
		}
		if got := hashes(t, filepath.Join(folder, "reports")); got != want {
			t.Errorf("%d blocks: other workbooks\n%s", blocks, firstDifference(want, got))
		}
	}
}

// noRoom is a file on a disk that is full after a number of bytes.
type noRoom struct{ left int }

func (n *noRoom) Write(text []byte) (int, error) {
	n.left -= len(text)
	if n.left < 0 {
		return 0, &fs.PathError{Op: "write", Path: "/dev/stdout", Err: syscall.ENOSPC}
	}
	return len(text), nil
}

// A command that only prints fails when not all of its output could be written. Any other command succeeds, and warns that
// output was lost.
func TestOutputLost(t *testing.T) {
	folder := monthFolder(t, "small")
	succeed(t, "run", "--workspace", folder, "--period", "2026-10", "--as-of", "2026-11-05", "--quiet", "--no-reports")
	for _, test := range []struct {
		want int
		args []string
	}{
		{failed, []string{"status"}},
		{failed, []string{"status", "--json"}},
		{failed, []string{"audit"}},
		{failed, []string{"verify"}},
		{failed, []string{"rules"}},
		{failed, []string{"export", "totals", "--period", "2026-10"}},
		{done, []string{"run", "--period", "2026-10", "--as-of", "2026-11-05", "--no-reports"}},
	} {
		for _, left := range []int{0, 1} {
			var said bytes.Buffer
			args := append(test.args, "--workspace", folder, "--quiet", "--lang", "nl")
			status := run(t.Context(), args, &noRoom{left}, &said)
			if status != test.want || (test.want == failed) != strings.Contains(said.String(), "schijf is vol") || said.Len() == 0 {
				t.Errorf("%s, room for %d bytes: status %d, %s", test.args, left, status, said.String())
			}
		}
	}
}

// Workbooks that do not fit on the disk leave the earlier ones as they were.
func TestFullDiskWhileReporting(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no limit on the size of files")
	}
	address := ledgertest.Postgres(t) // whose files the limit does not affect
	folder := monthFolder(t, "small")
	run := []string{"run", "--workspace", folder, "--database", address, "--period", "2026-10", "--quiet"}
	succeed(t, append(run, "--as-of", "2026-11-05")...)
	want := hashes(t, filepath.Join(folder, "reports"))
	if err := os.CopyFS(folder, os.DirFS(filepath.Join(folder, "later"))); err != nil {
		t.Fatal(err)
	}
	if status, said := process(t, 8, append(run, "--as-of", "2026-11-06")...); status != failed || !strings.Contains(said, "schijf is vol") {
		t.Errorf("status %d, %s", status, said)
	}
	if got := hashes(t, filepath.Join(folder, "reports")); got != want {
		t.Errorf("the earlier workbooks were touched\n%s", firstDifference(want, got))
	}
}

// Temporary files of a killed process, which may hold personal data, are removed when the next process starts.
func TestLeftOversAreCleared(t *testing.T) {
	folder := monthFolder(t, "small")
	args := func(args ...string) []string {
		return append(args, "--workspace", folder, "--as-of", "2026-11-05", "--quiet")
	}
	succeed(t, args("run", "--period", "2026-10")...)
	gone := exec.Command("pxq", "version")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	left := func() {
		for _, in := range []string{folder, filepath.Join(folder, "reports")} {
			made, err := scratch.Folder(in)
			if err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(made, "rows"), "999910012")
			ofGone := strings.Replace(made, "-"+strconv.Itoa(os.Getpid())+"-", "-"+strconv.Itoa(gone.Process.Pid)+"-", 1)
			if err := os.Rename(made, ofGone); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, command := range [][]string{args("status"), args("run", "--period", "2026-10"), args("check", filepath.Join(folder, "submissions", "01000001.csv"))} {
		left()
		succeed(t, command...)
		if still, err := filepath.Glob(filepath.Join(folder, "*", ".pxq-*")); len(still) > 0 || err != nil {
			t.Errorf("%s left %q, %v", command[0], still, err)
		}
		if still, err := filepath.Glob(filepath.Join(folder, ".pxq-*")); len(still) > 0 || err != nil {
			t.Errorf("%s left %q, %v", command[0], still, err)
		}
	}
	left()
	if err := os.RemoveAll(filepath.Join(folder, "pxq.db")); err != nil {
		t.Fatal(err)
	}
	if status, _, said := call(t, args("status")...); status != failed {
		t.Errorf("status %d, %s", status, said)
	}
	if still, err := filepath.Glob(filepath.Join(folder, ".pxq-*")); len(still) > 0 || err != nil {
		t.Errorf("a command that fails left %q, %v", still, err)
	}
}

// The audit trail also records commands that write only outside the database.
func TestTrailOfWhatIsWrittenBeside(t *testing.T) {
	folder, beside := monthFolder(t, "small"), t.TempDir()
	args := func(args ...string) []string {
		return append(args, "--workspace", folder, "--as-of", "2026-11-05", "--quiet")
	}
	succeed(t, args("run", "--period", "2026-10")...)
	succeed(t, args("backup", filepath.Join(beside, "kopie.db"))...)
	succeed(t, args("template", "submission", "--out", filepath.Join(beside, "sjabloon.xlsx"))...)
	succeed(t, args("account", "add", "piet", "--role", "regio")...)
	succeed(t, args("generate", "--records", "50", "--period", "2026-11")...)
	told := succeed(t, args("audit", "--last", "0")...)
	for _, want := range []string{"reservekopie: ", "kopie.db", "sjabloon: ", "account: piet", "verzonnen gegevens: 50", "pxq generate"} {
		if !strings.Contains(told, want) {
			t.Errorf("no %q in\n%s", want, told)
		}
	}
	if status, _, said := call(t, args("backup", filepath.Join(beside, "kopie.db"))...); status != failed || !strings.Contains(said, "bestaat al") {
		t.Errorf("status %d, %s", status, said)
	}
	if status, _, said := call(t, args("status", "--database", "sqlite:"+filepath.Join(beside, "kopie.db"))...); status != done {
		t.Errorf("the backup: status %d, %s", status, said)
	}
}

// A process with a low limit on open files either works or says that this is why it cannot; nothing is lost.
func TestFewOpenFiles(t *testing.T) {
	folder := monthFolder(t, "small")
	args := []string{"run", "--period", "2026-10", "--as-of", "2026-11-05", "--workspace", folder}
	refused := 0
	for _, limit := range []string{"9", "12", "16"} {
		command := exec.CommandContext(t.Context(), "sh", append([]string{"-c", "ulimit -n " + limit + ` && exec pxq "$@"`, "sh"}, args...)...)
		output, err := command.CombinedOutput()
		if err == nil {
			continue
		}
		refused++
		if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != failed || !strings.Contains(string(output), "te weinig bestanden tegelijk open hebben (ulimit -n)") {
			t.Errorf("ulimit -n %s: %v\n%s", limit, err, output)
		}
	}
	if refused == 0 {
		t.Error("nine files are enough")
	}
	succeed(t, args...)
	lines := succeed(t, "export", "lines", "--period", "2026-10", "--workspace", folder)
	other := monthFolder(t, "small")
	succeed(t, "run", "--period", "2026-10", "--as-of", "2026-11-05", "--workspace", other)
	if lines != succeed(t, "export", "lines", "--period", "2026-10", "--workspace", other) {
		t.Error("the lines are others")
	}
	succeed(t, "verify", "--workspace", folder)
}
