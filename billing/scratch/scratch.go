// Package scratch makes files and folders that stand somewhere only while something is made, readable for their owner
// only, and clears away those of processes that were killed. Items keeps in such a file what memory should not hold.
package scratch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// prefix begins every name, so that no run takes a file for one that was sent in.
const prefix = ".pxq-"

// Folder makes a folder in a folder that is there.
func Folder(in string) (path string, err error) { return os.MkdirTemp(in, pattern()) }

// File makes a file in a folder that is there, next to the one whose place it takes.
func File(in string) (*os.File, error) { return os.CreateTemp(in, pattern()) }

// New makes a file that is not there yet: fill makes it aside, and it is put in its place when it is whole. One that is
// there gives fs.ErrExist and stays.
func New(path string, fill func(fresh string) error) error {
	if _, err := os.Lstat(path); err == nil {
		return &fs.PathError{Op: "create", Path: path, Err: fs.ErrExist}
	}
	in := filepath.Dir(path)
	Sweep(in)
	folder, err := Folder(in)
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	fresh := filepath.Join(folder, "new")
	if err := fill(fresh); err != nil {
		return err
	}
	if err := errors.Join(os.Chmod(fresh, 0o600), sync(fresh)); err != nil {
		return err
	}
	if err := os.Link(fresh, path); err == nil || errors.Is(err, fs.ErrExist) {
		return err // a link never takes the place of a file that came meanwhile
	}
	return os.Rename(fresh, path) // where there are no links
}

// sync sees that a file survives the loss of power.
func sync(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// pattern tells whose it is: the computer, the process.
func pattern() string { return fmt.Sprintf("%s%s-%d-*", prefix, host(), os.Getpid()) }

var unfit = regexp.MustCompile(`[^A-Za-z0-9.]`)

func host() string {
	name, _ := os.Hostname()
	return unfit.ReplaceAllString(name, "_")
}

// foreignAge is how old what another computer made, or an older version of the program, must be to be nobody's.
const foreignAge = 24 * time.Hour

// Sweep removes what processes left in a folder that are no more. What cannot be removed stays: it keeps nobody from work.
func Sweep(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if rest, ours := strings.CutPrefix(entry.Name(), prefix); ours && isNobodys(rest, entry) {
			_ = os.RemoveAll(filepath.Join(folder, entry.Name()))
		}
	}
}

// isNobodys reports whether who made an entry is gone; rest is what its name has behind the prefix.
func isNobodys(rest string, entry os.DirEntry) bool {
	parts := strings.Split(rest, "-")
	if len(parts) == 3 && parts[0] == host() {
		if pid, err := strconv.Atoi(parts[1]); err == nil {
			return pid != os.Getpid() && !lives(pid)
		}
	}
	info, err := entry.Info()
	return err == nil && time.Since(info.ModTime()) > foreignAge
}

// lives reports whether there is such a process on this computer.
func lives(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer process.Release() //nolint:errcheck // nothing is held
	err = process.Signal(syscall.Signal(0))
	return !errors.Is(err, os.ErrProcessDone) && !errors.Is(err, syscall.ESRCH)
}
