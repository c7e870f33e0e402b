package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// settingsName is the name of the file with the settings, by which a folder is known as a workspace.
const settingsName = "pxq.toml"

// Folder is a workspace on disk, its database not open.
type Folder struct {
	Path        string
	Settings    Settings
	IsWorkspace bool   // it has a pxq.toml; else the settings are the defaults
	Language    string // nl or en: of the workbooks and texts that are written

	hashes *knownHashes
}

// Read reads the settings of a folder. The language is that of the settings unless another is asked for. A folder that is
// no workspace has the default settings: what needs a workspace refuses it.
func Read(path, language string) (*Folder, error) {
	settings, there, err := readSettings(filepath.Join(path, settingsName))
	if err != nil {
		return nil, err
	}
	folder := &Folder{Path: path, Settings: settings, IsWorkspace: there, Language: settings.Language, hashes: &knownHashes{}}
	if language != "" {
		folder.Language = language
	}
	return folder, nil
}

// Reread returns the folder with its settings as they stand in pxq.toml now.
func (f *Folder) Reread() (*Folder, error) {
	now, err := Read(f.Path, f.Language)
	if err != nil {
		return nil, err
	}
	now.hashes = f.hashes
	return now, nil
}

// check refuses a folder that is not there, is no workspace, or has no contract book. In a trial the built-in book serves.
func (f *Folder) check() error {
	if err := f.checkPath(); err != nil {
		return err
	}
	if !f.IsWorkspace {
		return problem(NoWorkspace, f.Path)
	}
	if f.Settings.Trial {
		return nil
	}
	found, err := importers.HasBook(f.contract())
	if found || err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil // reading the book says what is wrong
	}
	return problem(NoBook, f.Path, f.contract())
}

// checkPath refuses a folder that is not there, or is none.
func (f *Folder) checkPath() error {
	info, err := os.Stat(f.Path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return problem(FolderUnreadable, f.Path)
	case err != nil:
		return problem(NoFolder, f.Path)
	case !info.IsDir():
		return problem(FileForWorkspace, f.Path)
	}
	return nil
}

// BookOrigin tells where a contract book comes from.
type BookOrigin string

// The origins.
const (
	BookOfWorkspace BookOrigin = "workspace"
	BookOfFiles     BookOrigin = "files" // among the files that are checked
	BuiltInBook     BookOrigin = "built in"
)

// Book is the contract book that is judged with.
type Book struct {
	*billing.Book
	Origin      BookOrigin
	Fingerprint string // of the book and the policy
	Notes       []billing.Text
}

// Book reads the contract book of the workspace, or returns the built-in one: of a trial without a book, and outside a
// workspace.
func (f *Folder) Book() (*Book, error) {
	if f.IsWorkspace {
		book, found, err := importers.Book(f.contract(), table.DefaultLimits())
		if err != nil || found {
			return f.book(book, BookOfWorkspace), err
		}
	}
	builtIn := f.book(rates.HartVanBrabant(), BuiltInBook)
	builtIn.Notes = BookNotes()
	return builtIn, nil
}

func (f *Folder) book(book *billing.Book, origin BookOrigin) *Book {
	if book == nil {
		return nil
	}
	return &Book{Book: book, Origin: origin, Fingerprint: fingerprint(book, f.Settings.Policy)}
}

// fingerprint returns one hash of the book and the policy: what is judged with.
func fingerprint(book *billing.Book, policy billing.Policy) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s", rates.Fingerprint(book), policy.Text()))
	return hex.EncodeToString(sum[:])
}

func (f *Folder) contract() string { return filepath.Join(f.Path, "contract") }

func (f *Folder) reports(name string) string { return filepath.Join(f.Path, "reports", name) }
