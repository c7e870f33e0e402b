package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"syscall"
)

// writeFile writes a file, readable for its owner only. When anything fails an earlier file of that name stands.
func writeFile(path string, fill func(io.Writer) error) error {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		file, err := os.OpenFile(path, os.O_WRONLY, 0) // a device or a pipe
		if err != nil {
			return unwritable(path, err)
		}
		return unwritable(path, errors.Join(buffered(file, fill), file.Close()))
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".pxq-*")
	if err != nil {
		return unwritable(path, err)
	}
	defer os.Remove(file.Name())
	if err := errors.Join(buffered(file, fill), file.Close()); err != nil {
		return unwritable(path, err)
	}
	return unwritable(path, os.Rename(file.Name(), path))
}

// buffered lets fill write in larger pieces.
func buffered(out io.Writer, fill func(io.Writer) error) error {
	writer := bufio.NewWriterSize(out, 1<<16)
	if err := fill(writer); err != nil {
		return err
	}
	return writer.Flush()
}

// unwritable says in words that a file could not be written; other errors are as they were.
func unwritable(path string, err error) error {
	_, byFile := errors.AsType[*os.PathError](err)
	_, byName := errors.AsType[*os.LinkError](err)
	switch {
	case isFull(err):
		return failure("%s past niet op de schijf: die is vol. Maak ruimte vrij en probeer het opnieuw.", "%s does not fit on the disk: that is full. Free some space and try again.", path)
	case byFile || byName:
		return failure("%s kan niet geschreven worden. Controleer of de map er is en of u er mag schrijven.", "%s cannot be written. Check that the folder is there and that you may write in it.", path)
	}
	return err
}

// isFull says whether an error means that the disk, or what one may use of it, is full.
func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, syscall.EFBIG)
}
