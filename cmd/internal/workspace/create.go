package workspace

import (
	_ "embed"
	"errors"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/exporters/templates"
	"github.com/pxq-nl/pxq/rates"
)

// commented is pxq.toml with every setting explained.
//
//go:embed pxq.toml
var commented []byte

// Create makes the folder of a workspace with the region's book as a workbook to edit. A folder that is there must be empty.
func Create(path, language string, asOf billing.Date) error {
	if err := create(path, true); err != nil {
		return err
	}
	settings, err := readSettings(filepath.Join(path, "pxq.toml"))
	if err != nil {
		return err
	}
	return templates.Book(filepath.Join(path, "contract", "contractenboek.xlsx"), templates.Head{
		Region: settings.Region, Language: language, Program: Program(), AsOf: asOf, Book: rates.HartVanBrabant(),
	}, rates.HartVanBrabantTables())
}

// CreateTrial makes the folder of a workspace without a book of its own: the built-in one serves.
func CreateTrial(path string) error { return create(path, false) }

func create(path string, withBook bool) error {
	entries, err := os.ReadDir(path)
	switch {
	case err == nil && len(entries) > 0:
		return problem(NotEmpty, path)
	case err != nil && !errors.Is(err, os.ErrNotExist):
		return problem(NoFolderToRead, path)
	}
	names := inboxes[:]
	if withBook {
		names = append([]string{"contract"}, names...)
	}
	for _, name := range names {
		if err := os.MkdirAll(filepath.Join(path, name), 0o700); err != nil {
			return problem(FolderNotMade, path)
		}
	}
	if err := os.WriteFile(filepath.Join(path, "pxq.toml"), commented, 0o600); err != nil {
		return problem(FolderNotWritable, path)
	}
	return nil
}

// BookNotes gives what a reader of the built-in book must know.
func BookNotes() []billing.Text {
	var notes []billing.Text
	for _, note := range rates.Notes() {
		notes = append(notes, billing.Text{Dutch: note.Dutch, English: note.English})
	}
	return notes
}
