// Package source reads the bytes of a file that somebody else put there: it
// opens nothing that could make it wait or lead it elsewhere, and what it
// hashes is what it read.
package source

import (
	"errors"
	"io/fs"
	"os"
)

// Why a path is not opened, beside what the system says.
var (
	ErrLink       = errors.New("a link to another file")
	ErrNotRegular = errors.New("not a regular file")
)

// Open opens a regular file for reading. A link is not followed, and a pipe or
// device is not waited for: the path is looked at before it is opened, opened
// without waiting, and what was opened must be what was looked at.
func Open(path string) (*os.File, error) {
	before, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if reason := refused(before.Mode()); reason != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: reason}
	}
	file, err := os.OpenFile(path, os.O_RDONLY|withoutWaiting, 0)
	if err != nil {
		return nil, err
	}
	opened, err := file.Stat()
	if err == nil {
		err = refused(opened.Mode())
	}
	if err == nil && !os.SameFile(before, opened) {
		err = ErrChanged
	}
	if err != nil {
		file.Close()
		return nil, &fs.PathError{Op: "open", Path: path, Err: err}
	}
	return file, nil
}

// refused returns why a file of this mode is not opened, nil if it may be.
func refused(mode fs.FileMode) error {
	switch {
	case mode&fs.ModeSymlink != 0:
		return ErrLink
	case !mode.IsRegular():
		return ErrNotRegular
	}
	return nil
}
