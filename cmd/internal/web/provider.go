package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
)

// pageRows is how many rows a page of a list has.
const pageRows = 50

// pageNumber returns the page of a list that is asked for, from 1.
func pageNumber(r *http.Request) int {
	number, err := strconv.Atoi(r.URL.Query().Get("blad"))
	if err != nil || number < 1 || number > 1_000_000 {
		return 1
	}
	return number
}

// pager leads through the pages of a list.
type pager struct {
	Page, Pages, Count int
	Before, After      string // addresses; "" for none
}

func pagerOf(r *http.Request, count int) pager {
	p := pager{Page: pageNumber(r), Pages: max(1, (count+pageRows-1)/pageRows), Count: count}
	at := func(page int) string {
		query := r.URL.Query()
		query.Set("blad", strconv.Itoa(page))
		return r.URL.Path + "?" + query.Encode()
	}
	if p.Page > 1 {
		p.Before = at(min(p.Page, p.Pages+1) - 1)
	}
	if p.Page < p.Pages {
		p.After = at(p.Page + 1)
	}
	return p
}

// submitPage is what the page to send files in shows.
type submitPage struct {
	Code, Provider string
	Codes          []string
	Most, MiB      int
	Uploads        []shownUpload
	Open           string
}

// shownUpload is an upload in a list.
type shownUpload struct {
	ID, State, By string
	Made          int64
	Files         []savedFile
	Rows          int
	Fine          int
	Region        int
	Rejected      int
}

func shownUploads(uploads []webstore.Upload) []shownUpload {
	var list []shownUpload
	for i := range uploads {
		upload := &uploads[i]
		shown := shownUpload{ID: upload.ID, State: upload.State, By: upload.Name, Made: upload.Made, Files: uploadFiles(upload)}
		result := countsOf(upload)
		shown.Rows, shown.Fine, shown.Region, shown.Rejected = result.Rows, result.Fine.Count, result.Region.Count, result.Rejected.Count
		list = append(list, shown)
	}
	return list
}

// countsOf returns the result of a check without its rows.
func countsOf(upload *webstore.Upload) *own.Result {
	result := &own.Result{}
	_ = json.Unmarshal([]byte(upload.Counts), result)
	return result
}

func getSubmit(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h, err := s.submitPage(r, who)
	if err != nil {
		return err
	}
	return s.show(w, r, "aanleveren", h)
}

func (s *Server) submitPage(r *http.Request, who *visitor) (*head, error) {
	code := who.code(r.URL.Query().Get("agb"))
	uploads, err := s.store.Uploads(r.Context(), code, 5)
	if err != nil {
		return nil, err
	}
	h := s.page(r, "Aanleveren")
	h.Body = &submitPage{Code: code, Provider: s.providerName(code), Codes: who.account.Codes(), Most: filesMost, MiB: s.web.UploadMiB, Uploads: shownUploads(uploads), Open: h.Period}
	return h, nil
}

// providerName returns the name that the book has for a code.
func (s *Server) providerName(code string) string {
	if book, err := s.views.Book(); err == nil {
		if provider := book.Provider(code); provider != nil {
			return provider.Name
		}
	}
	return cmp.Or(code, "onbekend")
}

// townName returns the name that the book has for a municipality.
func (s *Server) townName(code string) string {
	if book, err := s.views.Book(); err == nil && code != "" {
		if town := book.Municipality(code); town != nil {
			return town.Name
		}
	}
	if code == "" {
		return "onbekend"
	}
	return code
}

// postSubmit takes files to be checked. Nothing of them is taken in.
func postSubmit(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	count, err := s.store.UploadsSince(ctx, who.account.ID, time.Now().Add(-time.Hour).Unix())
	if err != nil {
		return err
	}
	if count >= uploadsAnHour {
		return errTooMany
	}
	id := webstore.NewID()
	files, fields, err := s.saveFiles(r, s.uploadFolder(id), filesMost)
	if err != nil {
		words, ok := errors.AsType[inWords](err)
		if !ok {
			return err
		}
		h, err := s.submitPage(r, who)
		if err != nil {
			return err
		}
		h.Problems = []fieldProblem{{"bestand", words.In(h.Language)}}
		return s.showStatus(w, r, http.StatusUnprocessableEntity, "aanleveren", h)
	}
	upload := &webstore.Upload{
		ID: id, Account: who.account.ID, Name: who.account.Shown, Code: who.code(fields["agb"]), AsOf: int64(s.options.Today()), State: webstore.Checking, Files: asJSON(files),
	}
	if err := s.store.AddUpload(ctx, upload); err != nil {
		return errors.Join(err, os.RemoveAll(s.uploadFolder(id)))
	}
	for _, file := range files {
		s.note(r, who, "uploaden", file.SHA256, fmt.Sprintf("%d bytes", file.Size))
	}
	s.startCheck(upload)
	return redirect(w, r, "/aanleveringen/"+id)
}

// uploadOf returns an upload of the visitor's own codes.
func (s *Server) uploadOf(r *http.Request, who *visitor) (*webstore.Upload, error) {
	upload, found, err := s.store.Upload(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !found || !slices.Contains(who.account.Codes(), upload.Code) {
		return nil, errNotThere
	}
	return upload, nil
}

func getUploads(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	h := s.page(r, "Aanleveringen")
	body := &uploadsPage{}
	for _, code := range who.account.Codes() {
		uploads, err := s.store.Uploads(ctx, code, 200)
		if err != nil {
			return err
		}
		body.Uploads = append(body.Uploads, shownUploads(uploads)...)
		files, err := s.views.Files(ctx, who.scope(), code, 200)
		if err != nil {
			return err
		}
		for _, file := range files {
			state := "ingelezen"
			switch {
			case file.Gone:
				state = "ingetrokken"
			case file.Seen:
				state = "in de berekening"
			}
			body.Files = append(body.Files, takenFile{Name: file.Name, Received: file.Received, Rows: file.Rows, Kept: file.Kept, State: state})
		}
	}
	h.Body = body
	return s.show(w, r, "aanleveringen", h)
}

type uploadsPage struct {
	Uploads []shownUpload
	Files   []takenFile
}

type takenFile struct {
	Name, State string
	Received    billing.Date
	Rows, Kept  int
}
