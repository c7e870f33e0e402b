// Package source reads files that are not trusted: it opens nothing that could
// block or lead elsewhere (pipes, devices, links), and hashes exactly the bytes
// that were read. [Open] opens a file and [Content] reads it.
package source

import (
	"errors"
	"io/fs"
	"os"
)

// Why Open refuses a path, apart from errors of the system.
var (
	ErrLink       = errors.New("a link to another file")
	ErrNotRegular = errors.New("not a regular file")
)

// Open opens a regular file for reading. It does not follow a link and never
// blocks on a pipe or device: it inspects the path, opens it in non-blocking mode,
// and checks that it opened what it inspected.
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

// refused returns why a file of this mode is not opened, nil if it may be opened.
func refused(mode fs.FileMode) error {
	switch {
	case mode&fs.ModeSymlink != 0:
		return ErrLink
	case !mode.IsRegular():
		return ErrNotRegular
	}
	return nil
}
