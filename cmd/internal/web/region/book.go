package region

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/exporters/templates"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/rates"
)

// bookPage is the body of the page of the contract book.
type bookPage struct {
	Facts   []site.Fact
	BuiltIn bool
	Notes   []string
}

func (s *Pages) getBook(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	h, err := s.bookPage(r)
	if err != nil {
		return err
	}
	return s.Show(w, r, "boek", h)
}

func (s *Pages) bookPage(r *http.Request) (*site.Head, error) {
	h := s.Page(r, "Contractenboek")
	book, err := s.Views.Book()
	if err != nil {
		return nil, err
	}
	t := func(text string) string { return words.Say(h.Language, text) }
	count := func(number int) string { return fmt.Sprint(number) }
	body := &bookPage{BuiltIn: book.Origin == workspace.BuiltInBook, Facts: []site.Fact{
		site.FactOf(t("Segmenten"), count(len(book.Segments))), site.FactOf(t("Producten"), count(len(book.Products))), site.FactOf(t("Gemeenten"), count(len(book.Municipalities))), site.FactOf(t("Aanbieders"), count(len(book.Providers))),
		site.FactOf(t("Contracten"), count(len(book.Contracts))), site.FactOf(t("Tarieven"), count(len(book.Prices))), site.FactOf(t("Kenmerk"), words.Short(book.Fingerprint)),
	}}
	for _, note := range book.Notes {
		body.Notes = append(body.Notes, note.In(h.Language))
	}
	h.Body = body
	return h, nil
}

// replaceBook replaces the files in contract/ by those in the folder from. The old ones are kept next to it in contract-oud, or
// contract-oud-2 and so on.
func (s *Pages) replaceBook(from string, files []site.SavedFile) error {
	contract := filepath.Join(s.Folder.Path, "contract")
	fresh := contract + site.NewBook
	if err := errors.Join(os.RemoveAll(fresh), os.MkdirAll(fresh, 0o700)); err != nil {
		return err
	}
	for _, file := range files {
		if err := os.Rename(filepath.Join(from, file.Name), filepath.Join(fresh, file.Name)); err != nil {
			return err
		}
	}
	if _, err := os.Stat(contract); err == nil {
		old := filepath.Join(s.Folder.Path, "contract-oud")
		for number := 2; ; number++ {
			if _, err := os.Stat(old); errors.Is(err, os.ErrNotExist) {
				break
			}
			old = filepath.Join(s.Folder.Path, fmt.Sprintf("contract-oud-%d", number))
		}
		if err := os.Rename(contract, old); err != nil {
			return err
		}
	}
	return os.Rename(fresh, contract)
}

func (s *Pages) getBookFile(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	s.Note(r, who, "downloaden", "contractenboek", "gelukt")
	entries, err := os.ReadDir(filepath.Join(s.Folder.Path, "contract"))
	if err == nil {
		for _, entry := range entries {
			if entry.Type().IsRegular() && strings.HasSuffix(entry.Name(), ".xlsx") && !strings.HasPrefix(entry.Name(), "~") {
				return s.SendFile(w, r, filepath.Join(s.Folder.Path, "contract", entry.Name()), "contractenboek.xlsx")
			}
		}
	}
	folder, err := os.MkdirTemp("", "pxq-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	book, err := s.Views.Book()
	if err != nil {
		return err
	}
	tables := rates.HartVanBrabantTables()
	if book.Origin != workspace.BuiltInBook { // the book consists of CSV files
		if tables, err = importers.BookTables(filepath.Join(s.Folder.Path, "contract")); err != nil {
			return err
		}
	}
	path := filepath.Join(folder, "contractenboek.xlsx")
	head := templates.Head{Region: s.Folder.Settings.Region, Language: s.Folder.Language, Program: workspace.Program(), AsOf: s.Options.Today(), Book: book.Book}
	if err := templates.Book(path, head, tables); err != nil {
		return err
	}
	return s.SendFile(w, r, path, "contractenboek.xlsx")
}
