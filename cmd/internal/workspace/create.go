package workspace

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/synthetic"
	"github.com/pxq-nl/pxq/exporters/templates"
	"github.com/pxq-nl/pxq/rates"
)

// commented is pxq.toml with every setting explained.
//
//go:embed pxq.toml
var commented []byte

// trialLine is the setting of commented that makes a workspace one for trials, as it stands there and as a trial has it.
var trialLine = [2][]byte{[]byte("# trial = true "), []byte("trial = true   ")}

// Create makes the folder of a workspace with the region's book as a workbook to edit. A folder that is there must be empty.
func Create(path, language string, asOf billing.Date) error {
	if err := create(path, append([]string{"contract"}, inboxes[:]...), commented); err != nil {
		return err
	}
	settings, _, err := readSettings(filepath.Join(path, settingsName))
	if err != nil {
		return err
	}
	return templates.Book(filepath.Join(path, "contract", "contractenboek.xlsx"), templates.Head{
		Region: settings.Region, Language: language, Program: Program(), AsOf: asOf, Book: rates.HartVanBrabant(),
	}, rates.HartVanBrabantTables())
}

// CreateTrial makes the folder of a workspace for trials: it has no book of its own, the built-in one serves. A folder
// that is there must be empty.
func CreateTrial(path string) error { return create(path, inboxes[:], trialSettings()) }

func trialSettings() []byte { return bytes.Replace(commented, trialLine[0], trialLine[1], 1) }

func create(path string, folders []string, settings []byte) error {
	entries, err := os.ReadDir(path)
	switch {
	case err == nil && len(entries) > 0:
		return problem(NotEmpty, path)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return problem(NoFolderToRead, path)
	}
	for _, name := range folders {
		if err := os.MkdirAll(filepath.Join(path, name), 0o700); err != nil {
			return problem(FolderNotMade, path)
		}
	}
	if err := os.WriteFile(filepath.Join(path, settingsName), settings, 0o600); err != nil {
		return problem(FolderNotWritable, path)
	}
	return nil
}

// makeTrial makes a folder that is no workspace yet one for trials; a workspace stays as it is.
func makeTrial(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return problem(FolderNotMade, path)
	}
	file, err := os.OpenFile(filepath.Join(path, settingsName), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return problem(FolderNotWritable, path)
	}
	_, err = file.Write(trialSettings())
	return unwritable(file.Name(), errors.Join(err, file.Close()))
}

// BookNotes returns what a reader of the built-in book must know.
func BookNotes() []billing.Text {
	var notes []billing.Text
	for _, note := range rates.Notes() {
		notes = append(notes, billing.Text{Dutch: note.Dutch, English: note.English})
	}
	return notes
}

// Generate writes synthetic referrals and submissions of the region into a folder, which becomes a workspace for trials
// when it is none yet. A month that is there already is left alone.
func Generate(ctx context.Context, folder string, options synthetic.Options) (*synthetic.Summary, error) {
	if err := makeTrial(folder); err != nil {
		return nil, err
	}
	options.Book, options.Tables = rates.HartVanBrabant(), rates.HartVanBrabantTables()
	made, err := synthetic.Generate(ctx, folder, options)
	if errors.Is(err, fs.ErrExist) {
		return nil, problem(GeneratedBefore, folder)
	}
	return made, unwritable(folder, err)
}

// TemplateKinds are the workbooks that can be filled in.
var TemplateKinds = []string{"submission", "referrals", "contract"}

// Template writes an empty workbook of a kind to fill in, with the products and prices of one provider when its AGB code
// is given. A file that is there already is left alone.
func (f *Folder) Template(kind, path, provider string, asOf billing.Date) error {
	book, err := f.Book()
	if err != nil {
		return err
	}
	if provider != "" && book.Provider(provider) == nil {
		return problem(UnknownProvider, provider)
	}
	makers := map[string]func(string, templates.Head) error{"submission": templates.Submission, "referrals": templates.Referrals, "contract": templates.Contract}
	err = makers[kind](path, templates.Head{
		Region: f.Settings.Region, Language: f.Language, Program: Program(), AsOf: asOf, Book: book.Book, Provider: provider,
	})
	if errors.Is(err, fs.ErrExist) {
		return problem(FileExists, path)
	}
	return unwritable(path, err)
}
