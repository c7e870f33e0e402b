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

// settingsName is the name of the settings file, whose presence makes a folder a workspace.
const settingsName = "pxq.toml"

// Folder is a workspace on disk, without its database.
type Folder struct {
	Path        string
	Settings    Settings
	IsWorkspace bool   // the folder has a pxq.toml; otherwise Settings are the defaults
	Language    string // of workbooks and texts: nl or en

	hashes *knownHashes
}

// Read reads the settings of the folder path. The language is that of the settings if language is "". A folder that is no
// workspace gets the default settings; operations that need a workspace refuse it.
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

// Reread returns the folder with its settings read again.
func (f *Folder) Reread() (*Folder, error) {
	now, err := Read(f.Path, f.Language)
	if err != nil {
		return nil, err
	}
	now.hashes = f.hashes
	return now, nil
}

// check refuses a folder that does not exist, is no workspace, or has no contract book. A trial may use the built-in book.
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
		return nil // an unreadable book is reported when it is read
	}
	return problem(NoBook, f.Path, f.contract())
}

// checkPath refuses a path that does not exist or is no folder.
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

// BookOrigin is where a contract book comes from.
type BookOrigin string

// The origins.
const (
	BookOfWorkspace BookOrigin = "workspace"
	BookOfFiles     BookOrigin = "files" // was among the files to check
	BuiltInBook     BookOrigin = "built in"
)

// Book is a contract book that records are judged by.
type Book struct {
	*billing.Book
	Origin      BookOrigin
	Fingerprint string // of the book and the policy
	Notes       []billing.Text
}

// Book reads the contract book of the workspace. It returns the built-in book when the workspace has none, or when the folder
// is no workspace.
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

// fingerprint returns a hash of the book and the policy, which together decide how records are judged.
func fingerprint(book *billing.Book, policy billing.Policy) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s", rates.Fingerprint(book), policy.Text()))
	return hex.EncodeToString(sum[:])
}

func (f *Folder) contract() string { return filepath.Join(f.Path, "contract") }

func (f *Folder) reports(name string) string { return filepath.Join(f.Path, "reports", name) }
