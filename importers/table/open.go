package table

import (
	"io"
	"os"
)

// File is an opened file, recognised by its content. It is not safe for use by
// more than one goroutine at a time.
type File struct {
	name   string
	format string
	kind   string
	sheets []Sheet
	closer io.Closer
	meter  *meter

	book *workbook // xlsx
	csv  *csvFile
}

// Sheet is one worksheet of a workbook.
type Sheet struct {
	Name   string // empty for a CSV file
	Hidden bool   // whether the workbook hides the sheet from view
	part   string
}

// Open opens the workbook or CSV file at path. It is recognised by its
// content, and refused when that is not what its name says. Every error is a
// *[Problem].
func Open(path string, limits Limits) (*File, error) {
	file, err := OpenFile(path)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, asProblem(err, path, "")
	}
	opened, err := openContent(path, file, info.Size(), limits)
	if err != nil {
		file.Close()
		return nil, err
	}
	opened.closer = file
	return opened, nil
}

// OpenFile opens a regular file for its bytes. Every error is a *[Problem].
func OpenFile(path string) (*os.File, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, asProblem(err, path, "")
	}
	info, err := file.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = &os.PathError{Op: "open", Path: path, Err: os.ErrInvalid}
	}
	if err != nil {
		file.Close()
		return nil, asProblem(err, path, "")
	}
	return file, nil
}

// Unreadable gives the problem that a file could not be read to its end.
func Unreadable(path string, err error) *Problem { return asProblem(err, path, "") }

// openContent opens content under a name.
func openContent(name string, content io.ReaderAt, size int64, limits Limits) (file *File, err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			err = newProblem("internal")
		}
		if err != nil {
			file, err = nil, asProblem(err, name, "")
		}
	}()
	found, err := recognise(content, size)
	if err != nil {
		return nil, err
	}
	file = &File{name: name, format: found, meter: newMeter(limits)}
	switch found {
	case formatXLSX:
		err = file.openWorkbook(content, size)
	case formatCSV:
		if err = checkName(name, found); err == nil {
			err = file.openCSV(content, size)
		}
	}
	return file, err
}

// Close closes the file. Rows that were being read end with a problem.
func (f *File) Close() error {
	if f.closer == nil {
		return nil
	}
	return f.closer.Close()
}

// Format is "xlsx" or "csv".
func (f *File) Format() string { return f.format }

// Kind is the word by which pxq marks the workbooks it writes ("retour"), or
// empty: the custom document property "pxq-kind", or else what follows "pxq:"
// in the document's category, or else what follows "pxq_kind_" in a defined name.
func (f *File) Kind() string { return f.kind }

// Sheets are the worksheets in the order of the workbook, visible or not;
// sheets that hold only a chart are left out. A CSV file has one, without name.
func (f *File) Sheets() []Sheet { return f.sheets }
