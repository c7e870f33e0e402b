package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/batch"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// workspace is an open workspace: its settings, its book and its store.
type workspace struct {
	app      *app
	folder   string
	settings settings
	batch    *batch.Batch
}

// openWorkspace reads the settings of the workspace and opens its store.
func (a *app) openWorkspace(ctx context.Context, create bool) (*workspace, error) {
	w := &workspace{app: a, folder: a.workspace}
	if info, err := os.Stat(w.folder); err != nil || !info.IsDir() {
		return nil, failure("De werkmap %s is er niet. Maak haar met ‘pxq init %[1]s’ of geef de juiste map met --workspace.",
			"The workspace %s is not there. Make it with “pxq init %[1]s” or give the right folder with --workspace.", w.folder)
	}
	var err error
	if w.settings, err = readSettings(filepath.Join(w.folder, "pxq.toml")); err != nil {
		return nil, err
	}
	if a.lang == "" {
		a.language = w.settings.Language
	}
	address := w.address()
	store, err := ledger.Open(ctx, address, ledger.Options{Create: create})
	if err != nil {
		return nil, err
	}
	w.batch = &batch.Batch{Store: store, Catalogue: rules.Catalogue(), Program: program()}
	return w, nil
}

// address gives the database: the flag, else the environment, else the settings, else pxq.db in the workspace.
func (w *workspace) address() string {
	address := "sqlite:pxq.db"
	for _, given := range []string{w.settings.Database, getenv("PXQ_DATABASE"), w.app.database} {
		if given != "" {
			address = given
		}
	}
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok && !filepath.IsAbs(path) {
		return "sqlite:" + filepath.Join(w.folder, path)
	}
	return address
}

// reporter answers what is asked of the store.
func (w *workspace) reporter() *report.Reporter {
	return &report.Reporter{Store: w.batch.Store, Catalogue: w.batch.Catalogue, Program: w.batch.Program}
}

func (w *workspace) close() error { return w.batch.Store.Close() }

// lock makes this process the one that writes, and says so when the one before it was killed.
func (w *workspace) lock(ctx context.Context, what string) error {
	lock, err := w.batch.Store.Lock(ctx, what)
	if err != nil {
		return err
	}
	if who := lock.Interrupted(); who != "" {
		fmt.Fprintf(w.app.err, "pxq: %s\n", w.app.text(
			"een eerdere opdracht ("+who+") is halverwege gestopt. De gegevens staan zoals voor of na een hele stap; pxq gaat verder.",
			"an earlier command ("+who+") was stopped halfway. The data are as before or after a whole step; pxq goes on."))
	}
	return nil
}

// book reads the contract book of the workspace, or gives the built-in one.
func (w *workspace) book() (*bookInUse, error) {
	book, found, err := importers.Book(filepath.Join(w.folder, "contract"), table.DefaultLimits())
	if err != nil {
		return nil, err
	}
	inUse := &bookInUse{book: book}
	if !found {
		inUse.book = rates.HartVanBrabant()
		for _, note := range rates.Notes() {
			inUse.notes = append(inUse.notes, billing.Text{Dutch: note.Dutch, English: note.English})
		}
	}
	w.app.names = inUse.book
	inUse.fingerprint = fingerprint(inUse.book, w.settings.Policy)
	return inUse, nil
}

// bookInUse is the book of a run.
type bookInUse struct {
	book        *billing.Book
	fingerprint string // of the book and the policy
	notes       []billing.Text
}

// reader is importers.Reader as the batch wants it.
type reader struct{ importers.Reader }

func (r reader) Read(ctx context.Context, path string, asOf billing.Date, sink billing.Sink) (*billing.FileSummary, error) {
	return r.Reader.Read(ctx, path, asOf, sink)
}

func (reader) Hash(path string) (string, error) { return importers.Hash(path) }

// inboxes are the folders that a run looks through, in this order.
var inboxes = [...]string{"referrals", "submissions", "decisions"}

// inbox gives the files of the workspace's folders, in byte order of their paths, one group for each folder.
func (w *workspace) inbox() ([][]string, error) {
	var groups [][]string
	for _, name := range inboxes {
		files, err := filesIn(filepath.Join(w.folder, name))
		if err != nil {
			return nil, err
		}
		groups = append(groups, byFolder(files)...)
	}
	return groups, nil
}

// filesIn gives the files below a folder, in byte order of their paths; none when it is not there.
func filesIn(folder string) ([]string, error) {
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && path == folder:
			return fs.SkipAll
		case err != nil:
			return failure("De map %s kan niet gelezen worden. Controleer de rechten.", "The folder %s cannot be read. Check its permissions.", path)
		case path == folder && !entry.IsDir():
			return failure("%s is een bestand, maar er hoort een map te staan. Verplaats het en maak de map.", "%s is a file, but should be a folder. Move it and make the folder.", path)
		case path != folder && isHidden(entry.Name()):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case !entry.IsDir():
			files = append(files, path)
		}
		return nil
	})
	slices.Sort(files)
	return files, err
}

// isHidden says whether a name is one that people do not see or that programs leave behind.
func isHidden(name string) bool {
	return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || strings.EqualFold(name, "Thumbs.db") || strings.EqualFold(name, "desktop.ini")
}

// byFolder puts files of one folder into one group: nobody can say which of them is later. Groups come in the
// order of their first files.
func byFolder(files []string) [][]string {
	var groups [][]string
	at := make(map[string]int)
	for _, file := range files {
		folder := filepath.Dir(file)
		group, known := at[folder]
		if !known {
			group = len(groups)
			at[folder] = group
			groups = append(groups, nil)
		}
		groups[group] = append(groups[group], file)
	}
	return groups
}
