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

// commented is a pxq.toml in which every setting is explained.
//
//go:embed pxq.toml
var commented []byte

// trialLine is the line of commented with the setting trial: as it is there, and as a workspace for trials has it.
var trialLine = [2][]byte{[]byte("# trial = true "), []byte("trial = true   ")}

// Create makes a workspace in the folder path, with the region's contract book as a workbook to edit. The folder must be empty
// if it exists.
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

// CreateTrial makes a workspace for trials in the folder path. It has no contract book and uses the built-in one. The folder
// must be empty if it exists.
func CreateTrial(path string) error {
	return create(path, inboxes[:], trialSettings(), func(string) error { return nil })
}

// CreateDemo is CreateTrial with synthetic referrals and submissions.
func CreateDemo(ctx context.Context, path string, options synthetic.Options) (made *synthetic.Summary, err error) {
	options.Book, options.Tables = rates.HartVanBrabant(), rates.HartVanBrabantTables()
	err = create(path, inboxes[:], trialSettings(), func(folder string) error {
		made, err = synthetic.Generate(ctx, folder, options)
		return err
	})
	return made, err
}

// MayTry returns a problem when the database belongs to a workspace that is no trial, before a trial is created at path. Other
// faults of the database are reported when it is used.
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

// create makes a workspace in a temporary folder and moves it to path when it is complete, so that neither a full disk nor a
// kill leaves a folder that the same command would then refuse because it is not empty.
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
	beside := path // inside an existing folder, which stays: it may be somebody's current directory
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
	for _, name := range append(folders, settingsName) { // the settings last, since they make it a workspace
		if err := os.Rename(filepath.Join(fresh, name), filepath.Join(path, name)); err != nil {
			return notMade(FolderNotWritable, path, err)
		}
	}
	return nil
}

// notMade returns the problem for an error on making a workspace: DiskFull, or else kind.
func notMade(kind Kind, path string, err error) error {
	if IsDiskFull(err) {
		return problem(DiskFull, path)
	}
	return problem(kind, path)
}

// makeTrial makes a folder, created if necessary, into a workspace for trials. An existing workspace stays as it is.
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

// Roles are the PostgreSQL roles for a database and their privileges.
type Roles = ledger.Roles

// RolesFor returns the roles for a database with the SQL that creates them. With apply it also creates them.
func RolesFor(ctx context.Context, database string, apply bool) (Roles, error) {
	if apply {
		return ledger.GiveRoles(ctx, database)
	}
	return ledger.RolesOf(database)
}

// BookNotes returns what users of the built-in contract book must know.
func BookNotes() []billing.Text {
	var notes []billing.Text
	for _, note := range rates.Notes() {
		notes = append(notes, note.Text)
	}
	return notes
}

// Generate writes synthetic referrals and submissions of the region into a folder, which becomes a workspace for trials if it
// is no workspace yet. It refuses to overwrite a month that was generated before.
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

// TemplateKinds are the kinds of templates.
var TemplateKinds = []string{"submission", "referrals", "contract"}

// Template writes an empty workbook to fill in, of one of TemplateKinds. If provider, an AGB code, is not "", it has the
// products and prices of that provider. An existing file is not overwritten.
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
