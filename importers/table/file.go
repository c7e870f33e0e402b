package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/importers/table/internal/source"
	"github.com/pxq-nl/pxq/importers/table/internal/value"
)

// The supported formats.
const (
	formatXLSX = "xlsx"
	formatODS  = "ods"
	formatCSV  = "csv"
)

// File is an open file, recognised by its content. It is not safe for use by
// more than one goroutine at a time.
type File struct {
	name    string
	format  string
	kind    string
	sheets  []Sheet
	content *source.Content
	meter   *meter

	xlsx *workbook
	ods  *document
	csv  *csvFile
}

// Sheet is one worksheet of a workbook.
type Sheet struct {
	Name   string // empty for a CSV file
	Hidden bool   // whether the workbook hides the sheet from view

	number int    // in the file
	part   string // of an xlsx workbook
}

// Open opens the workbook or CSV file at path. It recognises the file by its
// content and refuses it if that contradicts its name. It does not follow a
// link, and opens only regular files. Every error is a *[Problem].
func Open(path string, limits Limits) (*File, error) {
	content, err := source.OpenContent(path)
	if err != nil {
		return nil, asProblem(err, path, "")
	}
	file, err := openContent(path, content, limits)
	if err != nil {
		content.Close()
		return nil, err
	}
	return file, nil
}

// OpenBytes is like [Open] for a file of this name whose bytes are in memory.
func OpenBytes(name string, data []byte, limits Limits) (*File, error) {
	return openContent(name, source.NewContent(bytes.NewReader(data), int64(len(data))), limits)
}

// OpenFile opens a regular file to read its bytes. It does not follow a link and
// never blocks on a pipe or device. Every error is a *[Problem].
func OpenFile(path string) (*os.File, error) {
	file, err := source.Open(path)
	if err != nil {
		return nil, asProblem(err, path, "")
	}
	return file, nil
}

// Unreadable returns err, which occurred while reading the file at path, as a problem.
func Unreadable(path string, err error) *Problem { return asProblem(err, path, "") }

// openContent opens content as a file of this name.
func openContent(name string, content *source.Content, limits Limits) (file *File, err error) {
	defer func() {
		if recovered := recover(); recovered != nil {
			err = newProblem("internal")
		}
		if err != nil {
			file, err = nil, asProblem(err, name, "")
		}
	}()
	if content.Size() > limits.Unpacked {
		return nil, tooBig(limits)
	}
	file = &File{name: name, content: content, meter: newMeter(limits)}
	isZip, err := recognise(content, content.Size())
	switch {
	case err != nil:
		return nil, err
	case isZip:
		err = file.openZip()
	default:
		file.format = formatCSV
		if err = checkName(name, formatCSV); err == nil {
			err = file.openCSV()
		}
	}
	if err == nil {
		maskNames(file.sheets)
	}
	return file, err
}

// maskNames masks citizen service numbers in the names of sheets, which messages about rows mention. It keeps names
// that masking would make equal apart.
func maskNames(sheets []Sheet) {
	taken := make(map[string]bool, len(sheets))
	for i := range sheets {
		taken[sheets[i].Name] = true
	}
	for i := range sheets {
		masked := bsn.MaskLine(sheets[i].Name)
		if masked == sheets[i].Name {
			continue
		}
		name := masked
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s (%d)", masked, n)
		}
		sheets[i].Name, taken[name] = name, true
	}
}

// openZip opens a workbook of either format.
func (f *File) openZip() error {
	c, err := openContainer(f.content, f.content.Size(), f.meter)
	if err != nil {
		return err
	}
	if f.format, err = workbookFormat(c); err != nil {
		return err
	}
	if f.format == formatXLSX {
		return f.openWorkbook(c)
	}
	if err := checkName(f.name, f.format); err != nil {
		return err
	}
	return f.openDocument(c)
}

// Close closes the file. Iterating over its rows afterwards yields a problem.
func (f *File) Close() error { return f.content.Close() }

// Hash returns the SHA-256, in hexadecimal, of exactly the bytes from which the
// rows are read. The error is a *[Problem]: the file changed since it was opened,
// or cannot be read.
func (f *File) Hash() (string, error) {
	hash, err := f.content.SHA256()
	if err != nil {
		return "", asProblem(err, f.name, "")
	}
	return hash, nil
}

// Format returns "xlsx", "ods" or "csv".
func (f *File) Format() string { return f.format }

// Kind returns the kind with which pxq marks the workbooks it writes, such as
// "retour", or "" if there is none: the custom document property "pxq-kind", or
// else the text after "pxq:" in the document's category, or else the text after
// "pxq_kind_" in a defined name for the first cell of the first sheet.
func (f *File) Kind() string { return f.kind }

// DayOffset returns what must be added to the day numbers of the workbook to get
// the usual ones, in days: 1462 in the 1904 date system of old Macs, usually 0.
// Cells of kind Date are already corrected; a Number that was meant as a date is
// not.
func (f *File) DayOffset() int {
	switch {
	case f.xlsx != nil && f.xlsx.is1904:
		return value.From1900To1904
	case f.ods != nil:
		return f.ods.dayOffset
	}
	return 0
}

// NamesDelimiter reports whether the first row of a CSV file only names its
// delimiter, as in "sep=;". It counts as row 1, as in LibreOffice; Excel does not
// show it.
func (f *File) NamesDelimiter() bool { return f.csv != nil && f.csv.separator }

// Sheets returns the worksheets in the order of the workbook, hidden ones
// included; sheets that hold only a chart are omitted. A CSV file has one sheet,
// without a name.
func (f *File) Sheets() []Sheet { return f.sheets }

// Rows iterates over the rows of a sheet that have a filled cell, in order.
// Empty rows are skipped, but count in the numbers of later ones. An error, which
// is a *[Problem], is yielded once and last; if there is none, the sheet was read
// to its end and the file did not change in the meantime. A sheet can be read
// more than once.
func (f *File) Rows(sheet Sheet) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		inside := true // this package is running, not the caller's loop body, whose panics must pass
		guarded := func(row Row) bool {
			inside = false
			more := yield(row, nil)
			inside = true
			return more
		}
		var err error
		defer func() {
			if inside {
				if recovered := recover(); recovered != nil {
					err = newProblem("internal")
				}
			}
			if err != nil && !errors.Is(err, errStopped) {
				inside = false
				yield(Row{}, asProblem(err, f.name, sheet.Name))
			}
		}()
		if err = f.read(sheet, guarded); err == nil {
			err = f.content.Unchanged()
		}
	}
}

// errStopped reports that the caller stopped the iteration.
var errStopped = errors.New("stopped")

// read calls yield for every row of a sheet.
func (f *File) read(sheet Sheet, yield func(Row) bool) error {
	// Fail on a closed file, even if parts of it are still in memory.
	if _, err := f.content.ReadAt(make([]byte, 1), 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	counter := f.meter.sheet(sheet.number)
	switch {
	case f.csv != nil:
		return f.csv.rows(counter, yield)
	case f.ods != nil:
		return f.ods.rows(sheet, counter, yield)
	}
	return f.xlsx.rows(sheet, counter, yield)
}
