// Package providers is the pages of providers: sending files in, what a check found, and what became of their rows.
package providers

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
)

// submitPage is what the page to send files in shows.
type submitPage struct {
	Provider, ProviderName string
	Codes                  []string
	Most, MiB              int
	Uploads                []shownUpload
	Open                   string
}

// shownUpload is an upload in a list.
type shownUpload struct {
	ID, State, By string
	Made          int64
	Files         []site.SavedFile
	Rows          int
	Fine          int
	Region        int
	Rejected      int
}

func shownUploads(uploads []webstore.Upload) []shownUpload {
	var list []shownUpload
	for i := range uploads {
		upload := &uploads[i]
		shown := shownUpload{ID: upload.ID, State: upload.State, By: upload.Name, Made: upload.Made, Files: site.UploadFiles(upload)}
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

func (s *Pages) getSubmit(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h, err := s.submitPage(r, who)
	if err != nil {
		return err
	}
	return s.Show(w, r, "aanleveren", h)
}

func (s *Pages) submitPage(r *http.Request, who *site.Visitor) (*site.Head, error) {
	code := who.Code(r.URL.Query().Get("agb"))
	uploads, err := s.Store.Uploads(r.Context(), code, 5)
	if err != nil {
		return nil, err
	}
	h := s.Page(r, "Aanleveren")
	h.Body = &submitPage{Provider: code, ProviderName: s.Names(h.Language).Provider(code), Codes: who.Account.Codes(), Most: site.FilesMost, MiB: s.Web.UploadMiB, Uploads: shownUploads(uploads), Open: h.Period}
	return h, nil
}

// postSubmit takes files to be checked. Nothing of them is taken in.
func (s *Pages) postSubmit(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	count, err := s.Store.UploadsSince(ctx, who.Account.ID, time.Now().Add(-time.Hour).Unix())
	if err != nil {
		return err
	}
	if count >= site.UploadsAnHour {
		return site.ErrTooMany
	}
	id := webstore.NewID()
	files, fields, err := s.SaveFiles(r, s.UploadFolder(id), site.FilesMost)
	if err != nil {
		told, ok := errors.AsType[site.InWords](err)
		if !ok {
			return err
		}
		h, err := s.submitPage(r, who)
		if err != nil {
			return err
		}
		h.Problems = []site.FieldProblem{{Field: "bestand", Text: told.In(h.Language)}}
		return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "aanleveren", h)
	}
	upload := &webstore.Upload{
		ID: id, Account: who.Account.ID, Name: who.Account.Shown, Provider: who.Code(fields["agb"]), AsOf: int64(s.Options.Today()), State: webstore.Checking, Files: site.AsJSON(files),
	}
	if err := s.Store.AddUpload(ctx, upload); err != nil {
		return errors.Join(err, os.RemoveAll(s.UploadFolder(id)))
	}
	for _, file := range files {
		s.Note(r, who, "uploaden", file.SHA256, fmt.Sprintf("%d bytes", file.Size))
	}
	s.StartCheck(upload)
	return site.Redirect(w, r, "/aanleveringen/"+id)
}

// uploadOf returns an upload of the visitor's own codes.
func (s *Pages) uploadOf(r *http.Request, who *site.Visitor) (*webstore.Upload, error) {
	upload, found, err := s.Store.Upload(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !found || !slices.Contains(who.Account.Codes(), upload.Provider) {
		return nil, site.ErrNotThere
	}
	return upload, nil
}

func (s *Pages) getUploads(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	h := s.Page(r, "Aanleveringen")
	body := &uploadsPage{}
	for _, code := range who.Account.Codes() {
		uploads, err := s.Store.Uploads(ctx, code, 200)
		if err != nil {
			return err
		}
		body.Uploads = append(body.Uploads, shownUploads(uploads)...)
		files, err := s.Views.Files(ctx, who.Scope(), code, 200)
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
			body.Files = append(body.Files, takenFile{ID: file.ID, Name: file.Name, Received: file.Received, Rows: file.Rows, Kept: file.Kept, State: state})
		}
	}
	h.Body = body
	return s.Show(w, r, "aanleveringen", h)
}

type uploadsPage struct {
	Uploads []shownUpload
	Files   []takenFile
}

type takenFile struct {
	ID          int64
	Name, State string
	Received    billing.Date
	Rows, Kept  int
}
