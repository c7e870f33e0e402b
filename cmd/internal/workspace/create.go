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
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/scratch"
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
	return create(path, append([]string{"contract"}, inboxes[:]...), commented, func(folder string) error {
		settings, _, err := readSettings(filepath.Join(folder, settingsName))
		if err != nil {
			return err
		}
		return templates.Book(filepath.Join(folder, "contract", "contractenboek.xlsx"), templates.Head{
			Region: settings.Region, Language: language, Program: Program(), AsOf: asOf, Book: rates.HartVanBrabant(),
		}, rates.HartVanBrabantTables())
	})
}

// CreateTrial makes the folder of a workspace for trials: it has no book of its own, the built-in one serves. A folder
// that is there must be empty.
func CreateTrial(path string) error {
	return create(path, inboxes[:], trialSettings(), func(string) error { return nil })
}

// CreateDemo is CreateTrial with synthetic referrals and submissions in it.
func CreateDemo(ctx context.Context, path string, options synthetic.Options) (made *synthetic.Summary, err error) {
	options.Book, options.Tables = rates.HartVanBrabant(), rates.HartVanBrabantTables()
	err = create(path, inboxes[:], trialSettings(), func(folder string) error {
		made, err = synthetic.Generate(ctx, folder, options)
		return err
	})
	return made, err
}

// MayTry refuses a trial that is still to be made the database of a workspace that is none. What else is wrong with the
// database is told when it is used.
func MayTry(ctx context.Context, path, database string) error {
	folder := Folder{Path: path, Settings: Settings{Trial: true}}
	store, err := ledger.Open(ctx, folder.address(database), ledger.Options{})
	if err != nil {
		return nil
	}
	w := &Workspace{Folder: folder, store: store}
	return errors.Join(w.refuseOther(ctx, database), store.Close())
}

func trialSettings() []byte { return bytes.Replace(commented, trialLine[0], trialLine[1], 1) }

// create makes a workspace aside and puts it in its place when it is whole, so that neither a full disk nor a kill leaves
// a folder of which the same command says that it is not empty.
func create(path string, folders []string, settings []byte, fill func(folder string) error) error {
	scratch.Sweep(path)
	entries, err := os.ReadDir(path)
	switch {
	case err == nil && len(entries) > 0:
		return problem(NotEmpty, path)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return problem(NoFolderToRead, path)
	}
	there := err == nil
	beside := path // in a folder that is there: it may be the one somebody stands in
	if !there {
		beside = filepath.Dir(filepath.Clean(path))
		if err := os.MkdirAll(beside, 0o700); err != nil {
			return notMade(FolderNotMade, path, err)
		}
	}
	scratch.Sweep(beside)
	fresh, err := scratch.Folder(beside)
	if err != nil {
		return notMade(FolderNotMade, path, err)
	}
	defer os.RemoveAll(fresh)
	for _, name := range folders {
		if err := os.Mkdir(filepath.Join(fresh, name), 0o700); err != nil {
			return notMade(FolderNotMade, path, err)
		}
	}
	if err := os.WriteFile(filepath.Join(fresh, settingsName), settings, 0o600); err != nil {
		return notMade(FolderNotWritable, path, err)
	}
	if err := fill(fresh); err != nil {
		return unwritable(path, err)
	}
	if !there {
		return unwritable(path, os.Rename(fresh, path))
	}
	for _, name := range append(folders, settingsName) { // the settings last: with them it is a workspace
		if err := os.Rename(filepath.Join(fresh, name), filepath.Join(path, name)); err != nil {
			return notMade(FolderNotWritable, path, err)
		}
	}
	return nil
}

// notMade says why a workspace was not made.
func notMade(kind Kind, path string, err error) error {
	if IsDiskFull(err) {
		return problem(DiskFull, path)
	}
	return problem(kind, path)
}

// makeTrial makes a folder that is no workspace yet one for trials; a workspace stays as it is.
func makeTrial(path string) error {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return notMade(FolderNotMade, path, err)
	}
	settings := filepath.Join(path, settingsName)
	if _, err := os.Lstat(settings); !errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	scratch.Sweep(path)
	return writeWhole(settings, string(trialSettings()))
}

// Roles are who may do what with a database of PostgreSQL.
type Roles = ledger.Roles

// RolesFor returns the roles for a database, with the SQL that makes them; with apply they are made.
func RolesFor(ctx context.Context, database string, apply bool) (Roles, error) {
	if apply {
		return ledger.GiveRoles(ctx, database)
	}
	return ledger.RolesOf(database)
}

// BookNotes returns what a reader of the built-in book must know.
func BookNotes() []billing.Text {
	var notes []billing.Text
	for _, note := range rates.Notes() {
		notes = append(notes, note.Text)
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
