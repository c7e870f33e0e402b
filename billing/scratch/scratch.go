// Package scratch makes temporary files and folders that only their owner can read, and removes those that killed
// processes left behind. [New] creates a file atomically. [Items] stores in a temporary file what memory should not hold.
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

// prefix begins every name, so that no run takes such a file for one that was sent in.
const prefix = ".pxq-"

// Folder makes a temporary folder in an existing folder. The caller must remove it.
func Folder(in string) (path string, err error) { return os.MkdirTemp(in, pattern()) }

// File makes a temporary file in an existing folder, "" for the system's. The caller must close and remove or rename it.
func File(in string) (*os.File, error) { return os.CreateTemp(in, pattern()) }

// New makes a file that does not exist yet: fill makes it at another path, fresh, and it gets its own path once it is
// complete. If the file exists, New leaves it alone and returns an error that is fs.ErrExist.
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
		return err // a link never replaces a file that was made meanwhile
	}
	return os.Rename(fresh, path) // where there are no links
}

// sync flushes a file to disk, so that it survives a power failure.
func sync(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}

// pattern returns the pattern of names, which identify the computer and the process that made them.
func pattern() string { return fmt.Sprintf("%s%s-%d-*", prefix, host(), os.Getpid()) }

var unfit = regexp.MustCompile(`[^A-Za-z0-9.]`)

func host() string {
	name, _ := os.Hostname()
	return unfit.ReplaceAllString(name, "_")
}

// abandonedAge is the age from which Sweep removes what another computer or an older version of the program made.
const abandonedAge = 24 * time.Hour

// Sweep removes what processes that have ended left behind in a folder. It ignores errors: what cannot be removed does no
// harm.
func Sweep(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return
	}
	for _, entry := range entries {
		if rest, ours := strings.CutPrefix(entry.Name(), prefix); ours && isAbandoned(rest, entry) {
			_ = os.RemoveAll(filepath.Join(folder, entry.Name()))
		}
	}
}

// isAbandoned reports whether the process that made an entry has ended; rest is the name of the entry without the prefix.
func isAbandoned(rest string, entry os.DirEntry) bool {
	parts := strings.Split(rest, "-")
	if len(parts) == 3 && parts[0] == host() {
		if pid, err := strconv.Atoi(parts[1]); err == nil {
			return pid != os.Getpid() && !isRunning(pid)
		}
	}
	info, err := entry.Info()
	return err == nil && time.Since(info.ModTime()) > abandonedAge
}

// isRunning reports whether a process with this ID exists on this computer.
func isRunning(pid int) bool {
	process, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	defer process.Release() //nolint:errcheck // nothing is held
	err = process.Signal(syscall.Signal(0))
	return !errors.Is(err, os.ErrProcessDone) && !errors.Is(err, syscall.ESRCH)
}
