// Package workbook writes xlsx workbooks. The same data always give the same bytes: the parts of the zip come in a fixed
// order with fixed times, and nothing depends on the clock.
//
// A Book is a workbook that is being written. Its sheets are of three types: a Table is one native table of rows, however
// many; a Page is laid out from top to bottom with facts, paragraphs and small tables; a Form is there to be filled in.
// Value is the content of a cell.
//
// The rows of a table are kept in a Spool, a private file, until the workbook is saved, so that many workbooks can be
// filled in one pass without keeping them all open. excelize makes everything of a sheet except its rows; those are
// inserted while the sheet is compressed, which takes a fraction of the time and no memory.
//
// How a sheet looks is decided here (style.go, setup.go); its contents are the caller's.
package workbook

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/pxq-nl/pxq/billing"
)

// Head holds the properties of a workbook.
type Head struct {
	Kind     string // regio, gemeente, uitval, retour: how pxq recognises its own workbooks; with a dash for a template
	Title    string
	Subject  string
	Program  string
	Language string
	Created  billing.Date // the date of the data, never of the clock
	Words    Words
}

// Words are the texts that appear on every sheet.
type Words struct {
	PageOf    string // "Pagina %s van %s"
	Notice    string // how final it is, under the title of every sheet
	Draft     string // VOORLOPIG, at the top of every printed page; "" when final
	Back      string // link to the first sheet: "Terug naar %s"
	BackShort string // the same where there is no room for more: "Terug"
	Total     string
	Choose    string // error of a drop-down: "Kies een van: %s"
	Fault     string // follows a number of faults: "fout"
	Rows      string // follows a number of rows: "regels"
}

// Book is a workbook that is being written.
type Book struct {
	head   Head
	file   *excelize.File
	dir    string
	first  string // name of the first sheet
	sheets int
	styles map[styleKey]int
	rows   map[string]sheetRows // by the name of the sheet's part
	tables map[string]any       // parts of native tables by name, kept until the book is saved
}

// New starts a workbook. What does not fit in memory is kept in dir, which should be private.
func New(dir string, head Head) (*Book, error) {
	b := &Book{head: head, dir: dir, styles: make(map[styleKey]int), rows: make(map[string]sheetRows), tables: make(map[string]any), file: excelize.NewFile(excelize.Options{TmpDir: dir})}
	created := head.Created.Time().Format(time.RFC3339)
	err := b.file.SetDocProps(&excelize.DocProperties{
		Category: "pxq:" + head.Kind, Creator: clean(head.Program), LastModifiedBy: clean(head.Program), Title: clean(head.Title),
		Subject: clean(head.Subject), Language: head.Language, Created: created, Modified: created,
	})
	err = errors.Join(err, b.file.SetAppProps(&excelize.AppProperties{Application: clean(head.Program)}))
	return b, err
}

// addSheet adds a sheet after the others.
func (b *Book) addSheet(name string) error {
	b.sheets++
	if b.first == "" {
		b.first = name
		return errors.Join(b.file.SetSheetName(b.file.GetSheetName(0), name), b.markKind())
	}
	if index, err := b.file.GetSheetIndex(name); err != nil || index >= 0 {
		return errors.Join(err, fmt.Errorf("sheet %q is there already", name))
	}
	_, err := b.file.NewSheet(name)
	return err
}

// markKind records the kind a second time, in a defined name, because some programs drop the document properties.
func (b *Book) markKind() error {
	if strings.Contains(b.head.Kind, "-") {
		return nil // a template, which is read by its headings
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "pxq_kind_" + b.head.Kind, RefersTo: quoted(b.first) + "!$A$1"})
}

// Save writes the workbook to a new file with mode 0600 and returns the SHA-256 of its bytes in hexadecimal.
func (b *Book) Save(path string) (digest string, err error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	defer func() {
		if err = errors.Join(err, file.Close()); err != nil {
			_ = os.Remove(path)
		}
	}()
	for name, content := range b.tables {
		b.file.Pkg.Store(name, content)
	}
	hash := sha256.New()
	out := bufio.NewWriterSize(io.MultiWriter(file, hash), 1<<16)
	if err := errors.Join(writeOrdered(b.file, b.dir, b.rows, quickLevel, out), out.Flush()); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// addTable adds a native table. excelize parses every existing table to find the names and numbers in use; until the book
// is saved it is shown stubs that hold only those.
func (b *Book) addTable(sheet string, table *excelize.Table) error {
	if err := b.file.AddTable(sheet, table); err != nil {
		return err
	}
	number := len(b.tables) + 1
	name := fmt.Sprintf("xl/tables/table%d.xml", number)
	content, ok := b.file.Pkg.Load(name)
	if !ok {
		return fmt.Errorf("table %q is not %s", table.Name, name)
	}
	b.tables[name] = content
	b.file.Pkg.Store(name, fmt.Appendf(nil, `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="%d" name="%s"></table>`, number, table.Name))
	return nil
}

// partName returns the name of the part of the sheet that was added last.
func (b *Book) partName() string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", b.sheets) }

// Close removes temporary files.
func (b *Book) Close() error { return b.file.Close() }
