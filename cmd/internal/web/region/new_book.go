package region

import (
	"encoding/json"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// newBook is a contract book that was uploaded and read, and awaits confirmation.
type newBook struct {
	Folder string // of its files, among the uploads
	Files  []site.SavedFile
	Before string // fingerprint of the book that it was compared with
}

// postBook reads an uploaded contract book and redirects to a page that shows its differences from the one in use. The book in use
// does not change until postNewBook.
func (s *Pages) postBook(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	waits := newBook{Folder: webstore.NewID()}
	folder := s.UploadFolder(waits.Folder)
	id, err := s.takeBook(r, who, &waits)
	if err == nil {
		return site.Redirect(w, r, "/boek/nieuw/"+id)
	}
	removed := os.RemoveAll(folder)
	told, ok := errors.AsType[site.InWords](err)
	if !ok || removed != nil {
		return errors.Join(err, removed)
	}
	h, err := s.bookPage(r)
	if err != nil {
		return err
	}
	s.Note(r, who, "boek", "", "geweigerd")
	h.Problems = []site.FieldProblem{{Field: "bestand", Text: bsn.MaskLine(s.ForPage(strings.ReplaceAll(told.In(h.Language), folder+string(filepath.Separator), "")))}}
	return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "boek", h)
}

// takeBook saves and checks an uploaded book. It returns the identifier under which the book awaits confirmation.
func (s *Pages) takeBook(r *http.Request, who *site.Visitor, waits *newBook) (id string, err error) {
	if waits.Files, _, err = s.SaveFiles(r, s.UploadFolder(waits.Folder), 10); err != nil {
		return "", err
	}
	book, err := s.readBook(waits)
	if err != nil {
		return "", err
	}
	if err := s.notLost(r, who, book); err != nil {
		return "", err
	}
	now, err := s.Views.Book()
	if err != nil {
		return "", err
	}
	waits.Before = rates.Fingerprint(now.Book)
	return s.Store.KeepSelection(r.Context(), who.Account.ID, site.AsJSON(waits))
}

// readBook reads the files of a book that awaits confirmation.
func (s *Pages) readBook(waits *newBook) (*billing.Book, error) {
	var paths []string
	for _, file := range waits.Files {
		paths = append(paths, filepath.Join(s.UploadFolder(waits.Folder), file.Name))
	}
	book, found, err := importers.BookFiles(paths, table.DefaultLimits())
	if err == nil && !found {
		err = site.Refuse("Dit is geen contractenboek. Kies het werkboek met de bladen segmenten, producten, tarieven en de andere.", "This is not a contract book. Choose the workbook with the sheets segmenten, producten, tarieven and the others.")
	}
	return book, err
}

// notLost returns an error if a book lacks rows that closed periods rest on.
func (s *Pages) notLost(r *http.Request, who *site.Visitor, book *billing.Book) error {
	lost, err := s.Views.Lost(r.Context(), who.Scope(), book)
	if err != nil || len(lost) == 0 {
		return err
	}
	return lostRows(lost)
}

// lostRows returns an error that names the first twenty rows that closed periods rest on and the new book lacks.
func lostRows(lost []billing.Loss) error {
	const most = 20
	var dutch, english []string
	for _, loss := range lost[:min(most, len(lost))] {
		dutch, english = append(dutch, loss.Table+": "+loss.Problem.Dutch), append(english, loss.Table+": "+loss.Problem.English)
	}
	return site.Refuse("Dit boek mist wat afgesloten maanden nodig hebben: %[1]s.", "This book lacks rows that closed months need: %[2]s.", strings.Join(dutch, "; "), strings.Join(english, "; "))
}

// newBookPage is the body of the page of a book that awaits confirmation.
type newBookPage struct {
	ID       string
	Files    []site.SavedFile
	Count    int
	Sections []site.Section
	Pager    *site.Pager
	waits    *newBook
	book     *billing.Book
}

func (s *Pages) getNewBook(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h, err := s.newBookPage(r, who)
	if err != nil {
		return err
	}
	return s.Show(w, r, "boek_nieuw", h)
}

func (s *Pages) newBookPage(r *http.Request, who *site.Visitor) (*site.Head, error) {
	text, found, err := s.Store.Selection(r.Context(), who.Account.ID, r.PathValue("id"))
	if err != nil || !found {
		return nil, site.NotThereOr(err)
	}
	waits := &newBook{}
	if err := json.Unmarshal([]byte(text), waits); err != nil || waits.Folder == "" {
		return nil, site.ErrNotThere
	}
	book, err := s.readBook(waits)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, site.ErrNotThere // its files were removed, or are in use by now
	}
	if err != nil {
		return nil, err
	}
	now, err := s.Views.Book()
	if err != nil {
		return nil, err
	}
	h := s.Page(r, "Nieuw contractenboek")
	differences := rates.Differences(now.Book, book)
	body := &newBookPage{ID: r.PathValue("id"), Files: waits.Files, Count: len(differences), Sections: differenceSections(differences, h.Language), waits: waits, book: book}
	site.CutSections(r, body.Sections, site.PageRows, h.Language)
	if key := r.URL.Query().Get("toon"); key != "" {
		one, pager, found := site.OneSection(r, differenceSections(differences, h.Language), key)
		if !found {
			return nil, site.ErrNotThere
		}
		body.Sections, body.Pager = []site.Section{one}, &pager
	}
	h.Body = body
	return h, nil
}

// differenceSections returns a table of differences for each table of the book that has any.
func differenceSections(differences []rates.Difference, language string) []site.Section {
	t := func(text string) string { return words.Say(language, text) }
	var sections []site.Section
	for _, d := range differences {
		if len(sections) == 0 || sections[len(sections)-1].Key != d.Table {
			sections = append(sections, site.Section{
				Key: d.Table, Title: d.Table, Caption: t("Wat anders wordt in deze tabel"), Heads: []site.Heading{site.Left(t("Rij")), site.Left(t("Kolom")), site.Left(t("Nu")), site.Left(t("Straks"))},
			})
		}
		heading := site.Words(d.Heading)
		switch {
		case d.Heading == "" && d.Before == "":
			heading = site.Cell{Text: t("nieuwe rij"), Mark: "ok"}
		case d.Heading == "":
			heading = site.Cell{Text: t("vervalt"), Mark: "bad"}
		}
		last := &sections[len(sections)-1]
		last.Rows = append(last.Rows, []site.Cell{site.Words(d.Row), heading, site.Words(orNone(d.Before)), site.Words(orNone(d.After))})
	}
	return sections
}

func orNone(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// postNewBook replaces the book in use by one that awaits confirmation, and keeps the old one next to it. Of two confirmations at
// the same time the second fails: its files are gone, or the book in use is not the one it was compared with.
func (s *Pages) postNewBook(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	s.replacing.Lock()
	defer s.replacing.Unlock()
	h, err := s.newBookPage(r, who)
	if err != nil {
		return err
	}
	body := h.Body.(*newBookPage)
	if err := s.stillFits(r, who, body); err != nil {
		told, ok := errors.AsType[site.InWords](err)
		if !ok {
			return err
		}
		h.Problems = []site.FieldProblem{{Field: "vervang", Text: told.In(h.Language)}}
		return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "boek_nieuw", h)
	}
	folder := s.UploadFolder(body.waits.Folder)
	if err := s.replaceBook(folder, body.waits.Files); err != nil {
		return err
	}
	s.Views.ForgetBook()
	s.Note(r, who, "boek", body.waits.Files[0].SHA256, "vervangen")
	s.SetNotice(r, "Het contractenboek is vervangen. De volgende berekening gebruikt het; het oude staat ernaast, in contract-oud.")
	if err := os.RemoveAll(folder); err != nil {
		return err
	}
	return site.Redirect(w, r, "/boek")
}

// stillFits returns an error that says why a book can no longer replace the one in use: that one changed, or a period was closed
// on rows that the new one lacks. It returns nil if it can.
func (s *Pages) stillFits(r *http.Request, who *site.Visitor, body *newBookPage) error {
	now, err := s.Views.Book()
	if err != nil {
		return err
	}
	if rates.Fingerprint(now.Book) != body.waits.Before {
		return site.Refuse("Het boek in gebruik is intussen gewijzigd. Lees het nieuwe boek opnieuw in en bekijk de verschillen.",
			"The book in use has changed in the meantime. Upload the new book again and look at the differences.")
	}
	return s.notLost(r, who, body.book)
}
