package web

import (
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/exporters/templates"
	"github.com/pxq-nl/pxq/importers"
	"github.com/pxq-nl/pxq/importers/table"
	"github.com/pxq-nl/pxq/rates"
)

// bookPage is what the page of the contract book shows.
type bookPage struct {
	Facts    []fact
	BuiltIn  bool
	Notes    []string
	Examples bool
}

func getBook(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	h, err := s.bookPage(r)
	if err != nil {
		return err
	}
	return s.show(w, r, "boek", h)
}

func (s *Server) bookPage(r *http.Request) (*head, error) {
	h := s.page(r, "Contractenboek")
	book, err := s.views.Book()
	if err != nil {
		return nil, err
	}
	t := func(text string) string { return say(h.Language, text) }
	count := func(number int) string { return fmt.Sprint(number) }
	body := &bookPage{BuiltIn: book.Origin == workspace.BuiltInBook, Facts: []fact{
		{t("Segmenten"), count(len(book.Segments))}, {t("Producten"), count(len(book.Products))}, {t("Gemeenten"), count(len(book.Municipalities))}, {t("Aanbieders"), count(len(book.Providers))},
		{t("Contracten"), count(len(book.Contracts))}, {t("Tarieven"), count(len(book.Prices))}, {t("Kenmerk"), short(book.Fingerprint)},
	}}
	for _, note := range book.Notes {
		body.Notes = append(body.Notes, note.In(h.Language))
	}
	h.Body = body
	return h, nil
}

// postBook replaces the contract book by another, once it was read whole. The old one stays beside it.
func postBook(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	id := webstore.NewID()
	folder := s.uploadFolder(id)
	defer os.RemoveAll(folder)
	files, _, err := s.saveFiles(r, folder, 10)
	if err == nil {
		var paths []string
		for _, file := range files {
			paths = append(paths, filepath.Join(folder, file.Name))
		}
		var found bool
		_, found, err = importers.BookFiles(paths, table.DefaultLimits())
		if err == nil && !found {
			err = problem("Dit is geen contractenboek. Kies het werkboek met de bladen segmenten, producten, tarieven en de andere.", "This is not a contract book. Choose the workbook with the sheets segmenten, producten, tarieven and the others.")
		}
	}
	if words, ok := errors.AsType[inWords](err); ok {
		h, err := s.bookPage(r)
		if err != nil {
			return err
		}
		s.note(r, who, "boek", "", "geweigerd")
		h.Problems = []fieldProblem{{"bestand", bsn.MaskLine(strings.ReplaceAll(words.In(h.Language), folder+string(filepath.Separator), ""))}}
		return s.showStatus(w, r, http.StatusUnprocessableEntity, "boek", h)
	}
	if err != nil {
		return err
	}
	if err := s.replaceBook(folder, files); err != nil {
		return err
	}
	s.note(r, who, "boek", files[0].SHA256, "vervangen")
	s.tell(r, "Het contractenboek is vervangen. De volgende berekening gebruikt het; het oude staat ernaast, in contract-oud.")
	return redirect(w, r, "/boek")
}

// replaceBook puts files in the place of those of contract/, which are kept beside it.
func (s *Server) replaceBook(from string, files []savedFile) error {
	contract := filepath.Join(s.folder.Path, "contract")
	fresh := contract + ".new"
	if err := errors.Join(os.RemoveAll(fresh), os.MkdirAll(fresh, 0o700)); err != nil {
		return err
	}
	for _, file := range files {
		if err := os.Rename(filepath.Join(from, file.Name), filepath.Join(fresh, file.Name)); err != nil {
			return err
		}
	}
	if _, err := os.Stat(contract); err == nil {
		old := filepath.Join(s.folder.Path, "contract-oud")
		for number := 2; ; number++ {
			if _, err := os.Stat(old); errors.Is(err, os.ErrNotExist) {
				break
			}
			old = filepath.Join(s.folder.Path, fmt.Sprintf("contract-oud-%d", number))
		}
		if err := os.Rename(contract, old); err != nil {
			return err
		}
	}
	return os.Rename(fresh, contract)
}

func getBookFile(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	s.note(r, who, "downloaden", "contractenboek", "gelukt")
	entries, err := os.ReadDir(filepath.Join(s.folder.Path, "contract"))
	if err == nil {
		for _, entry := range entries {
			if entry.Type().IsRegular() && strings.HasSuffix(entry.Name(), ".xlsx") && !strings.HasPrefix(entry.Name(), "~") {
				return s.sendFile(w, r, filepath.Join(s.folder.Path, "contract", entry.Name()), "contractenboek.xlsx")
			}
		}
	}
	folder, err := os.MkdirTemp("", "pxq-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "contractenboek.xlsx")
	head := templates.Head{Region: s.folder.Settings.Region, Language: s.folder.Language, Program: workspace.Program(), AsOf: s.options.Today(), Book: rates.HartVanBrabant()}
	if err := templates.Book(path, head, rates.HartVanBrabantTables()); err != nil {
		return err
	}
	return s.sendFile(w, r, path, "contractenboek.xlsx")
}

// referralsPage is what the page of referrals shows.
type referralsPage struct {
	Jobs []webstore.Job
	MiB  int
}

func getReferrals(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	h, err := s.referralsPage(r)
	if err != nil {
		return err
	}
	return s.show(w, r, "toewijzingen", h)
}

func (s *Server) referralsPage(r *http.Request) (*head, error) {
	h := s.page(r, "Toewijzingen")
	jobs, err := s.store.Jobs(r.Context(), "", []string{jobReferral}, 0, 20)
	h.Body = &referralsPage{Jobs: jobs, MiB: s.web.UploadMiB}
	return h, err
}

// postReferrals takes files of referrals in.
func postReferrals(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	id := webstore.NewID()
	folder := s.uploadFolder(id)
	defer os.RemoveAll(folder)
	files, _, err := s.saveFiles(r, folder, filesMost)
	for i := 0; err == nil && i < len(files); i++ {
		path := filepath.Join(folder, files[i].Name)
		if is, messageErr := (&importers.Reader{}).IsMessage(path); is || messageErr != nil {
			err = messageErr
			continue
		}
		sink := &onlyReferrals{}
		if _, err = (&importers.Reader{}).Read(r.Context(), path, s.options.Today(), sink); err == nil && (sink.others > 0 || sink.rows == 0) {
			err = problem("%s bevat geen toewijzingen, of ook iets anders. Kies een bestand met alleen toewijzingen.", "%s holds no referrals, or something else too. Choose a file with referrals only.", files[i].Name)
		}
	}
	if words, ok := errors.AsType[inWords](err); ok {
		h, err := s.referralsPage(r)
		if err != nil {
			return err
		}
		h.Problems = []fieldProblem{{"bestand", bsn.MaskLine(strings.ReplaceAll(words.In(h.Language), folder+string(filepath.Separator), ""))}}
		return s.showStatus(w, r, http.StatusUnprocessableEntity, "toewijzingen", h)
	}
	if err != nil {
		return err
	}
	to := filepath.Join(s.folder.Path, "referrals", "web")
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	if err := os.Rename(folder, filepath.Join(to, id)); err != nil {
		return err
	}
	for _, file := range files {
		s.note(r, who, "uploaden", file.SHA256, "toewijzingen")
	}
	job, err := s.ask(r.Context(), who, jobReferral, id)
	if err != nil {
		return err
	}
	return redirect(w, r, "/taken/"+job.ID)
}

// onlyReferrals counts what a file holds.
type onlyReferrals struct{ rows, others int }

func (o *onlyReferrals) Record(*billing.Record) error        { o.others++; return nil }
func (o *onlyReferrals) Referral(*billing.ReferralRow) error { o.rows++; return nil }
func (o *onlyReferrals) Decision(*billing.DecisionRow) error { o.others++; return nil }

// asNotTaken tells at which cells a row of referrals was not taken, and why.
func asNotTaken(p workspace.ReferralProblem, language string) referralNotTaken {
	not := referralNotTaken{File: bsn.MaskLine(p.File), Place: ownCell(p.Sheet, p.Row), Number: p.Number, Why: p.Reason.In(language)}
	for _, cell := range p.Cells {
		if not.Why != "" {
			not.Why += "; "
		}
		not.Why += billing.ReferralHeadings[cell.Field] + ": "
		if cell.Found != "" {
			not.Why += "‘" + cell.Found + "’; "
		}
		not.Why += importers.WantText(cell.Want, language)
	}
	return not
}

// writeCSV writes rows that people open in a spreadsheet: no cell is a formula.
func writeCSV(w http.ResponseWriter, name string, rows [][]string) {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", attachment(name))
	out := csv.NewWriter(w)
	out.Comma = ';'
	for _, row := range rows {
		for i, text := range row {
			if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
				row[i] = "'" + text
			}
		}
		if err := out.Write(row); err != nil {
			return // who asked went away
		}
	}
	out.Flush()
}
