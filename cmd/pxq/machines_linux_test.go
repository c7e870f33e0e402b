package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// smallDisk returns a folder that is a separate file system of a number of bytes, if the test may mount one.
func smallDisk(t testing.TB, size int) string {
	t.Helper()
	folder := t.TempDir()
	if err := syscall.Mount("pxq-test", folder, "tmpfs", 0, "size="+strconv.Itoa(size)+",mode=0700"); err != nil {
		t.Skipf("not tried with a disk that is full or may not be written: no disk may be made here (%v)", err)
	}
	t.Cleanup(func() {
		if err := errors.Join(syscall.Mount("", folder, "", syscall.MS_REMOUNT, ""), syscall.Unmount(folder, 0)); err != nil {
			t.Error(err)
		}
	})
	return folder
}

// fill fills a disk up to a number of bytes, and returns a function that frees the space.
func fill(t testing.TB, disk string, leave uint64) (empty func()) {
	t.Helper()
	var state syscall.Statfs_t
	if err := syscall.Statfs(disk, &state); err != nil {
		t.Fatal(err)
	}
	left := state.Bavail * uint64(state.Bsize)
	filler := filepath.Join(disk, "filler")
	if err := os.WriteFile(filler, make([]byte, left-min(left, leave)), 0o600); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(filler); err != nil && !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

// onDisk is a command that writes, with the commands that bring a workspace into the state for it.
type onDisk struct {
	before []string
	args   string // WORK is the workspace, DISK the disk that it is on
	local  bool   // it does the same with a database on a server
}

const (
	runOctober   = "run --period 2026-10"
	closeOctober = "close --period 2026-10 --yes"
)

var writers = []onDisk{
	{nil, "import WORK/submissions/01000001.csv", false},
	{nil, runOctober, false},
	{[]string{runOctober}, "decide WORK/later/decisions/besluiten.csv", true},
	{[]string{runOctober}, closeOctober, false},
	{[]string{runOctober, closeOctober}, "report --year 2026", false},
	{[]string{runOctober}, "export records --period 2026-10 --out DISK/records.csv", false},
	{[]string{runOctober}, "backup DISK/backup.db", true},
	{[]string{runOctober}, "withdraw 01000001.csv", true},
	{[]string{runOctober}, "forget --period 2026-10", false},
	{[]string{runOctober}, "account add piet --role regio", true},
	{[]string{runOctober}, "status", false},
	{[]string{runOctober, closeOctober}, "verify", false},
	{nil, "template submission --out DISK/sjabloon.xlsx", true},
	{nil, "check WORK/submissions/01000001.csv", true},
	{nil, "init DISK/regio", true},
	{nil, "generate --records 200 --workspace DISK/proef", true},
	{nil, "demo DISK/demo", true},
}

// states makes each workspace with which some command starts, once.
type states struct {
	t    testing.TB
	made map[string]string
}

func (s *states) folder(before []string) string {
	s.t.Helper()
	key := strings.Join(before, ";")
	if s.made[key] == "" {
		folder := monthFolder(s.t, "small")
		for _, command := range before {
			succeed(s.t, machineArgs(command, folder, "", "")...)
		}
		s.made[key] = folder
	}
	return s.made[key]
}

func machineArgs(command, folder, disk, database string) []string {
	args := append(strings.Fields(strings.NewReplacer("WORK", folder, "DISK", disk).Replace(command)), "--as-of", "2026-11-05", "--quiet")
	if !strings.Contains(command, "--workspace") {
		args = append(args, "--workspace", folder)
	}
	if database != "" {
		args = append(args, "--database", database)
	}
	return args
}

// declaredIn returns everything that a workspace declares; "" before it was run.
func declaredIn(t testing.TB, folder string) string {
	t.Helper()
	text := ""
	for _, what := range []string{"lines", "records"} {
		status, out, errOut := call(t, machineArgs("export "+what+" --period 2026-10", folder, "", "")...)
		if status != done && !strings.Contains(errOut, "nog niet berekend") && !strings.Contains(errOut, "geen database") {
			t.Errorf("export %s: %s", what, errOut)
		}
		text += out
	}
	return text
}

// isClear checks that a command that failed says so in a text that a user can act on.
func isClear(t testing.TB, said string, words ...string) {
	t.Helper()
	if foreign := ofTheProgram.FindString(said); foreign != "" {
		t.Errorf("words that mean nothing to people: %q in\n%s", foreign, said)
	}
	for _, word := range words {
		if strings.Contains(said, word) {
			return
		}
	}
	t.Errorf("it does not say %q:\n%s", words, said)
}

// On a full or nearly full disk, every command either succeeds or says that the disk is full, with status 1. Once there is
// room, the same command has the result that it would have had at first.
func TestFullDiskInEveryCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	made := &states{t, make(map[string]string)}
	all := os.Getenv("PXQ_SOAK") != ""
	tried, refusedFull := 0, 0
	for i, w := range writers {
		leaves := []uint64{uint64(i%2) * 100 << 10}
		switch {
		case all:
			leaves = []uint64{0, 4 << 10, 16 << 10, 40 << 10, 100 << 10, 200 << 10, 400 << 10, 800 << 10, 1600 << 10}
		case strings.HasPrefix(w.args, "demo"):
			continue // takes longest, and does the same as generate and run
		}
		undisturbed := t.TempDir()
		copyTo(t, undisturbed, made.folder(w.before))
		status, out, errOut := call(t, machineArgs(w.args, undisturbed, undisturbed, "")...)
		if status != done {
			t.Fatalf("%s: status %d\n%s%s", w.args, status, out, errOut)
		}
		want := declaredIn(t, undisturbed)
		for _, leave := range leaves {
			t.Run(w.args+"/"+strconv.FormatUint(leave>>10, 10)+"K", func(t *testing.T) {
				disk := smallDisk(t, 64<<20)
				folder := filepath.Join(disk, "work")
				copyTo(t, folder, made.folder(w.before))
				temporary := filepath.Join(disk, "tmp")
				write(t, filepath.Join(temporary, "here"), "")
				t.Setenv("TMPDIR", temporary)
				args := machineArgs(w.args, folder, disk, "")
				empty := fill(t, disk, leave)
				status, out, errOut := call(t, args...)
				tried++
				empty()
				if status == done {
					return
				}
				refusedFull++
				if status != failed {
					t.Errorf("status %d, %s%s", status, out, errOut)
				}
				isClear(t, strings.ReplaceAll(out+errOut, disk, ""), "schijf", "vrije ruimte")
				if strings.Contains(errOut, "IS afgesloten") {
					succeed(t, machineArgs(runOctober, folder, disk, "")...)
				} else if demo := filepath.Join(disk, "demo"); exists(demo) { // the workspace was made, and its run failed
					succeed(t, machineArgs(runOctober+" --workspace DISK/demo", folder, disk, "")...)
				} else {
					succeed(t, args...)
				}
				if got := declaredIn(t, folder); got != want {
					t.Errorf("it declares something else\n%s", firstDifference(want, got))
				}
				for _, name := range append(entries(t, folder), entries(t, disk)...) {
					if strings.HasPrefix(name, ".pxq-") {
						t.Errorf("it left %s", name)
					}
				}
			})
		}
	}
	t.Logf("%d commands on a full disk, of which %d could not do their work", tried, refusedFull)
}

// On a read-only disk, every command that writes to it says so with status 1 and changes nothing. Commands that only read a
// database on a server still work.
func TestReadOnlyDiskInEveryCommand(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	made := &states{t, make(map[string]string)}
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		disk := smallDisk(t, 64<<20)
		databases, onServer := make([]string, len(writers)), false
		for i, w := range writers {
			folder := filepath.Join(disk, strconv.Itoa(i))
			databases[i] = "sqlite:" + filepath.Join(folder, "pxq.db")
			address := fresh()
			if onServer = strings.HasPrefix(address, "postgres"); !onServer {
				copyTo(t, folder, made.folder(w.before))
				continue
			}
			if databases[i] = address; w.local {
				continue
			}
			copyTo(t, folder, monthFolder(t, "small"))
			for _, command := range w.before {
				succeed(t, machineArgs(command, folder, disk, address)...)
			}
		}
		before := hashes(t, disk)
		if err := syscall.Mount("", disk, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
			t.Skipf("not tried with a disk that may only be read: %v", err)
		}
		for i, w := range writers {
			if onServer && w.local {
				continue // the same as on the other database
			}
			t.Run(w.args, func(t *testing.T) {
				status, out, errOut := call(t, machineArgs(w.args, filepath.Join(disk, strconv.Itoa(i)), disk, databases[i])...)
				name, _, _ := strings.Cut(w.args, " ")
				writes := !slices.Contains([]string{"check", "status", "verify"}, name) // to the disk
				if onServer && slices.Contains([]string{"import", "decide", "withdraw", "forget", "account"}, name) {
					writes = false
				}
				switch {
				case status == done && writes:
					t.Error("it says that it wrote")
				case status == done:
				case status != failed || onServer && !writes && name != "withdraw":
					t.Errorf("status %d, %s%s", status, out, errOut)
				default:
					isClear(t, strings.ReplaceAll(out+errOut, disk, ""), "rechten", "schrijven", "schrijfbaar", "voor SQLite")
				}
			})
		}
		if after := hashes(t, disk); after != before {
			t.Errorf("it changed\n%s", firstDifference(before, after))
		}
	})
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func copyTo(t testing.TB, to, from string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}
