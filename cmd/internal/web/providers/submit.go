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
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// submitPage is the body of the page on which files are uploaded.
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

// countsOf returns the result of a check without its rows, as stored with the upload.
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
	uploads, _, err := s.Store.Uploads(r.Context(), []string{code}, 0, 5)
	if err != nil {
		return nil, err
	}
	h := s.Page(r, "Aanleveren")
	period, err := s.Views.OpenPeriod(r.Context())
	if err != nil {
		return nil, err
	}
	open := ""
	if period != 0 {
		open = words.Month(period, h.Language)
	}
	h.Body = &submitPage{Provider: code, ProviderName: s.Names(h.Language).Provider(code), Codes: who.Account.Codes(), Most: site.FilesMost, MiB: s.Web.UploadMiB, Uploads: shownUploads(uploads), Open: open}
	return h, nil
}

// postSubmit saves uploaded files and starts their check. Nothing is taken in until postSend.
func (s *Pages) postSubmit(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	count, err := s.Store.UploadsSince(ctx, who.Account.ID, time.Now().Add(-time.Hour).Unix())
	if err != nil {
		return err
	}
	if count >= site.UploadsAnHour {
		return site.ErrUploads
	}
	id := webstore.NewFolderID()
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

// uploadOf returns the upload in the address, or ErrNotThere if it is not of one of the visitor's codes.
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

// getUploads shows the uploads on these pages and all files that were taken in, each newest first. With ?toon= it shows one of the
// two lists, in pages.
func (s *Pages) getUploads(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	body := &uploadsPage{Shown: r.URL.Query().Get("toon")}
	offset := 0
	switch body.Shown {
	case "":
	case shownHere, shownFiles:
		offset = (site.PageNumber(r) - 1) * site.PageRows
	default:
		return site.ErrNotThere
	}
	uploads, here, err := s.Store.Uploads(ctx, who.Account.Codes(), offset, site.PageRows)
	if err != nil {
		return err
	}
	files, taken, err := s.Views.Files(ctx, who.Scope(), who.Account.Codes(), offset, site.PageRows)
	if err != nil {
		return err
	}
	h := s.Page(r, "Aanleveringen")
	h.Body = body
	if body.Shown != shownFiles {
		body.Uploads, body.MoreHere, body.Pager = shownUploads(uploads), moreThan(here, len(uploads)), site.PagerOf(r, here)
	}
	if body.Shown != shownHere {
		body.Files, body.MoreFiles, body.Pager = takenFiles(files), moreThan(taken, len(files)), site.PagerOf(r, taken)
	}
	if body.Shown != "" && body.Pager.Last != "" {
		return s.ToLast(w, r, h, body.Pager)
	}
	return s.Show(w, r, "aanleveringen", h)
}

// The values of ?toon= on the page of uploads.
const (
	shownHere  = "aanleveringen"
	shownFiles = "bestanden"
)

// moreThan returns count if not all are shown, and 0 if they are.
func moreThan(count, shown int) int {
	if count <= shown {
		return 0
	}
	return count
}

func takenFiles(files []views.File) []takenFile {
	var list []takenFile
	for _, file := range files {
		state := "ingelezen"
		switch {
		case file.Gone:
			state = "ingetrokken"
		case file.Seen:
			state = "in de berekening"
		}
		list = append(list, takenFile{ID: file.ID, Name: file.Name, Received: file.Received, Rows: file.Rows, Kept: file.Kept, State: state})
	}
	return list
}

type uploadsPage struct {
	Uploads   []shownUpload
	Files     []takenFile
	Shown     string     // the only list shown; "" for both
	MoreHere  int        // number of uploads if not all are shown; else 0
	MoreFiles int        // the same of files
	Pager     site.Pager // of the only list
}

type takenFile struct {
	ID          int64
	Name, State string
	Received    billing.Date
	Rows, Kept  int
}
