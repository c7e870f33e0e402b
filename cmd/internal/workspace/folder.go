package workspace

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// Folder is a workspace on disk, its database not open.
type Folder struct {
	Path     string
	Settings Settings
	Language string // nl or en: of the workbooks and texts that are written
}

// Read reads the settings of a workspace. The language is that of the settings unless another is asked for. A folder
// that is not there has the default settings: Open refuses it.
func Read(path, language string) (*Folder, error) {
	settings, err := readSettings(filepath.Join(path, "pxq.toml"))
	if err != nil {
		return nil, err
	}
	folder := &Folder{Path: path, Settings: settings, Language: settings.Language}
	if language != "" {
		folder.Language = language
	}
	return folder, nil
}

// exists refuses a folder that is not there.
func (f *Folder) exists() error {
	if info, err := os.Stat(f.Path); err != nil || !info.IsDir() {
		return problem(NoFolder, f.Path)
	}
	return nil
}

// Book is the contract book that is judged with.
type Book struct {
	*billing.Book
	Fingerprint string // of the book and the policy
	Notes       []billing.Text
}

// Book reads the contract book of the workspace, or gives the built-in one.
func (f *Folder) Book() (*Book, error) {
	book, found, err := importers.Book(f.contract(), table.DefaultLimits())
	if err != nil {
		return nil, err
	}
	if found {
		return &Book{Book: book, Fingerprint: fingerprint(book, f.Settings.Policy)}, nil
	}
	builtIn := rates.HartVanBrabant()
	return &Book{Book: builtIn, Fingerprint: fingerprint(builtIn, f.Settings.Policy), Notes: BookNotes()}, nil
}

// fingerprint gives one hash of the book and the policy: what is judged with.
func fingerprint(book *billing.Book, policy billing.Policy) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%+v", rates.Fingerprint(book), policy))
	return hex.EncodeToString(sum[:])
}

func (f *Folder) contract() string { return filepath.Join(f.Path, "contract") }

func (f *Folder) reports(name string) string { return filepath.Join(f.Path, "reports", name) }
