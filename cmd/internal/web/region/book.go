package region

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/exporters/templates"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// bookPage is what the page of the contract book shows.
type bookPage struct {
	Facts    []site.Fact
	BuiltIn  bool
	Notes    []string
	Examples bool
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

// postBook replaces the contract book by another, once it was read whole. The old one stays beside it.
func (s *Pages) postBook(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	id := webstore.NewID()
	folder := s.UploadFolder(id)
	defer os.RemoveAll(folder)
	files, _, err := s.SaveFiles(r, folder, 10)
	if err == nil {
		var paths []string
		for _, file := range files {
			paths = append(paths, filepath.Join(folder, file.Name))
		}
		var found bool
		_, found, err = importers.BookFiles(paths, table.DefaultLimits())
		if err == nil && !found {
			err = site.Refuse("Dit is geen contractenboek. Kies het werkboek met de bladen segmenten, producten, tarieven en de andere.", "This is not a contract book. Choose the workbook with the sheets segmenten, producten, tarieven and the others.")
		}
	}
	if told, ok := errors.AsType[site.InWords](err); ok {
		h, err := s.bookPage(r)
		if err != nil {
			return err
		}
		s.Note(r, who, "boek", "", "geweigerd")
		h.Problems = []site.FieldProblem{{Field: "bestand", Text: bsn.MaskLine(strings.ReplaceAll(told.In(h.Language), folder+string(filepath.Separator), ""))}}
		return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "boek", h)
	}
	if err != nil {
		return err
	}
	if err := s.replaceBook(folder, files); err != nil {
		return err
	}
	s.Note(r, who, "boek", files[0].SHA256, "vervangen")
	s.Tell(r, "Het contractenboek is vervangen. De volgende berekening gebruikt het; het oude staat ernaast, in contract-oud.")
	return site.Redirect(w, r, "/boek")
}

// replaceBook puts files in the place of those of contract/, which are kept beside it.
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
	path := filepath.Join(folder, "contractenboek.xlsx")
	head := templates.Head{Region: s.Folder.Settings.Region, Language: s.Folder.Language, Program: workspace.Program(), AsOf: s.Options.Today(), Book: rates.HartVanBrabant()}
	if err := templates.Book(path, head, rates.HartVanBrabantTables()); err != nil {
		return err
	}
	return s.SendFile(w, r, path, "contractenboek.xlsx")
}
