// Package workbook writes xlsx workbooks of which the same data always give the same bytes: sheets that are
// one table of rows, however many, and sheets that are laid out as a page.
//
// Rows wait in a Spool, a private file, until the workbook they belong to is written; many workbooks can so be
// filled in one pass without keeping them all open. excelize makes everything of a sheet but the rows of its
// table; those are written into the sheet while the zip is packed, which takes a fraction of the time and no
// memory. The last step puts the parts of the zip in a fixed order with fixed times. Nothing comes from the clock.
//
// Everything about how a sheet looks is here (style.go, setup.go); what stands in it is the caller's.
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

// Head is what a workbook says of itself.
type Head struct {
	Kind     string // by which pxq knows its own workbooks again: regio, gemeente, uitval, retour
	Title    string
	Subject  string
	Program  string
	Language string
	Created  billing.Date // of the data: the clock is never asked
	Words    Words
}

// Words are what every page says.
type Words struct {
	PageOf    string // "Pagina %s van %s"
	Notice    string // how final it is, under the title of every sheet
	Draft     string // VOORLOPIG, at the top of every printed page; "" once it is final
	Back      string // to the first sheet: "Terug naar %s"
	BackShort string // where there is no room for more: "Terug"
	Total     string
	Choose    string // what to do with a drop-down: "Kies een van: %s"
	Fault     string // behind a number of faults: "fout"
	Rows      string // behind a number of rows: "regels"
}

// Book is a workbook that is being written.
type Book struct {
	head   Head
	file   *excelize.File
	dir    string
	first  string // name of the first sheet
	sheets int
	styles map[styleKey]int
	rows   map[string]sheetRows // of tables, by the name of the sheet's part
	tables map[string]any       // parts of tables that were added, by their name, until the book is saved
}

// New begins a workbook. What does not fit in memory waits in the private folder dir.
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

// addSheet makes the next sheet.
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

// markKind names the kind a second time, in a defined name: some programs drop the document properties.
func (b *Book) markKind() error {
	if strings.Contains(b.head.Kind, "-") {
		return nil // a template, which is read for what it holds
	}
	return b.file.SetDefinedName(&excelize.DefinedName{Name: "pxq_kind_" + b.head.Kind, RefersTo: quoted(b.first) + "!$A$1"})
}

// Save writes the workbook to a new file that only its owner may read, and gives the SHA-256 of its bytes.
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

// addTable makes a native table. Excelize reads all tables that are there to know the names and numbers that are taken:
// until the book is saved it finds no more of them than that.
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

// partName is the name of the part of the sheet that was added last.
func (b *Book) partName() string { return fmt.Sprintf("xl/worksheets/sheet%d.xml", b.sheets) }

// Close removes what waited outside memory.
func (b *Book) Close() error { return b.file.Close() }
