package rates

import (
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"

	"github.com/pxq-nl/pxq/billing"
)

//go:embed regions/hart-van-brabant/*.csv
var regions embed.FS

// hartVanBrabant is the only embedded folder.
const hartVanBrabant = "regions/hart-van-brabant"

// notesTable is the table with the notes of the embedded book, which is not part of the book itself.
const notesTable = "aantekeningen"

// HartVanBrabant returns a new copy of the embedded book of the region Hart van Brabant, indexed. It panics if the
// embedded data are broken, which a test rules out.
func HartVanBrabant() *billing.Book {
	book, problems := Parse(HartVanBrabantTables())
	if len(problems) > 0 {
		panic("the embedded book is broken:\n" + problems.Error())
	}
	return book
}

// HartVanBrabantTables returns the same book as unparsed tables, for writing them elsewhere.
func HartVanBrabantTables() []Table {
	tables := make([]Table, len(TableNames))
	for i, name := range TableNames {
		table, err := readTable(regions, hartVanBrabant, name)
		if err != nil {
			panic(fmt.Sprintf("the embedded table %s is broken: %v", name, err))
		}
		tables[i] = table
	}
	return tables
}

// readTable reads NAME.csv in the folder, in UTF-8 and with semicolons.
func readTable(files fs.FS, folder, name string) (Table, error) {
	table := Table{Name: name, File: name + ".csv"}
	file, err := files.Open(path.Join(folder, table.File))
	if err != nil {
		return Table{}, err
	}
	defer file.Close()
	reader := csv.NewReader(file)
	reader.Comma = ';'
	reader.FieldsPerRecord = -1
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return table, nil
		}
		if err != nil {
			return Table{}, err
		}
		number, _ := reader.FieldPos(0)
		table.Rows = append(table.Rows, TableRow{Number: number, Cells: cells})
	}
}

// Note is something that a user must know about the embedded book, such as what in it is only an example.
type Note struct {
	billing.Text
	Source string // the source of the note, in Dutch
}

// Notes returns the notes of the embedded book, most important first.
func Notes() []Note {
	table, err := readTable(regions, hartVanBrabant, notesTable)
	if err != nil || len(table.Rows) == 0 {
		panic(fmt.Sprintf("the embedded notes are broken: %v", err))
	}
	var notes []Note
	for _, row := range table.Rows[1:] {
		notes = append(notes, Note{Text: billing.Text{Dutch: row.Cells[0], English: row.Cells[1]}, Source: row.Cells[2]})
	}
	return notes
}
