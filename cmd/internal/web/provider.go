package web

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/rules"
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

// uploadPage is what the page of an upload shows.
type uploadPage struct {
	Upload  *webstore.Upload
	Files   []savedFile
	Result  *own.Result
	Reasons []shownReason
	Signals []shownReason
	Tab     string // reden or regel
	Rows    []shownRow
	Pager   pager
	Code    string // of the filter
	Sheet   string
	Sheets  []string
	Sendto  int // rows that are sent
	Job     *webstore.Job
	Percent int64
	CanBack bool
	Refused []shownRefusal
}

type shownRefusal struct{ Name, Reason string }

// shownReason is a reason with the texts of its rule, as a provider reads them.
type shownReason struct {
	own.Reason
	CodeText, Title, Remedy, Effect string
	Bad                             bool
}

// shownRow is a row with what was found in it, as a provider reads it.
type shownRow struct {
	own.Row
	OutcomeWord string
	Found       []shownFinding
}

type shownFinding struct {
	Cell, Code, Message, Remedy, Effect string
	Bad                                 bool
}

func getUpload(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	h := s.page(r, "Aanlevering")
	body := &uploadPage{Upload: upload, Files: uploadFiles(upload), Tab: r.URL.Query().Get("tab"), Code: r.URL.Query().Get("code"), Sheet: r.URL.Query().Get("blad_naam")}
	h.Body = body
	if upload.Job != "" {
		if body.Job, _, err = s.store.Job(r.Context(), upload.Job); err != nil {
			return err
		}
	}
	switch upload.State {
	case webstore.Checking:
		h.Title, h.Refresh = say(h.Language, "Wordt gecontroleerd"), 3
		body.Percent = percent(upload.Done, upload.Total)
		return s.show(w, r, "aanlevering", h)
	case webstore.Sent, webstore.TakenIn, webstore.TakenBack:
		h.Title = say(h.Language, "Ingestuurd")
		body.Result = countsOf(upload)
		if upload.State == webstore.TakenBack {
			h.Title = say(h.Language, "Ingetrokken")
		}
		if upload.State == webstore.Sent {
			h.Refresh = 3
		}
		if body.CanBack, err = s.canTakeBack(r, upload); err != nil {
			return err
		}
		return s.show(w, r, "aanlevering", h)
	case webstore.Gone:
		h.Title = say(h.Language, "Verlopen")
		body.Result = countsOf(upload)
		return s.show(w, r, "aanlevering", h)
	}
	if body.Result, err = s.resultOf(upload.ID); err != nil {
		return errNotThere
	}
	if upload.State == webstore.Refused {
		h.Title = say(h.Language, "Geweigerd")
		for _, refused := range body.Result.Refused {
			body.Refused = append(body.Refused, shownRefusal{refused.Name, refused.Reason.In(h.Language)})
		}
		if upload.Message != "" {
			body.Refused = append(body.Refused, shownRefusal{"", upload.Message})
		}
		return s.show(w, r, "aanlevering", h)
	}
	s.fillChecked(r, h, body)
	return s.show(w, r, "aanlevering", h)
}

// fillChecked shows what a check found.
func (s *Server) fillChecked(r *http.Request, h *head, body *uploadPage) {
	result := body.Result
	mend := 0
	for _, reason := range result.Reasons {
		if reason.Severity == billing.Reject {
			mend++
		}
	}
	switch mend {
	case 0:
		h.Title = say(h.Language, "Geen bezwaar gevonden")
	case 1:
		h.Title = say(h.Language, "1 reden om eerst te herstellen")
	default:
		h.Title = say(h.Language, "%d redenen om eerst te herstellen", mend)
	}
	for _, reason := range result.Reasons {
		body.Reasons = append(body.Reasons, s.shownReason(reason, h.Language))
	}
	for _, reason := range result.Signals {
		body.Signals = append(body.Signals, s.shownReason(reason, h.Language))
	}
	body.Sendto = result.Rows - result.Again
	if body.Tab != "regel" {
		body.Tab = "reden"
		return
	}
	code := billing.ParseCode(body.Code)
	var rows []own.Row
	for _, row := range result.Found {
		if !slices.Contains(body.Sheets, row.Sheet) {
			body.Sheets = append(body.Sheets, row.Sheet)
		}
		if body.Sheet != "" && row.Sheet != body.Sheet {
			continue
		}
		hasCode := func(f own.Finding) bool { return f.Code == code }
		bars := func(f own.Finding) bool { return f.Severity >= billing.Hold }
		if code != billing.NoCode && slices.ContainsFunc(row.Findings, hasCode) || code == billing.NoCode && slices.ContainsFunc(row.Findings, bars) {
			rows = append(rows, row)
		}
	}
	body.Pager = pagerOf(r, len(rows))
	first := min((body.Pager.Page-1)*pageRows, len(rows))
	for _, row := range rows[first:min(first+pageRows, len(rows))] {
		shown := shownRow{Row: row, OutcomeWord: say(h.Language, outcomeWords[row.Outcome])}
		for _, finding := range row.Findings {
			shown.Found = append(shown.Found, s.shownFinding(finding, h.Language))
		}
		body.Rows = append(body.Rows, shown)
	}
}

func (s *Server) shownReason(reason own.Reason, language string) shownReason {
	shown := shownReason{Reason: reason, CodeText: reason.Code.String(), Effect: say(language, severityWords[reason.Severity]), Bad: reason.Severity == billing.Reject}
	if rule := s.views.Catalogue.Rule(reason.Code); rule != nil {
		told := rule.ForProvider()
		shown.Title = told.Title.In(language)
		if !strings.Contains(told.Remedy.In(language), "{") {
			shown.Remedy = told.Remedy.In(language)
		}
	}
	return shown
}

func (s *Server) shownFinding(finding own.Finding, language string) shownFinding {
	shown := shownFinding{Cell: finding.Cell, Code: finding.Code.String(), Effect: say(language, severityWords[finding.Severity]), Bad: finding.Severity == billing.Reject}
	if rule := s.views.Catalogue.Rule(finding.Code); rule != nil {
		told := rule.ForProvider()
		shown.Message, shown.Remedy = rules.Message(told, finding.Values, language), rules.Remedy(told, finding.Values, language)
	}
	return shown
}

func (s *Server) canTakeBack(r *http.Request, upload *webstore.Upload) (bool, error) {
	if upload.State != webstore.TakenIn && upload.State != webstore.Sent {
		return false, nil
	}
	for _, file := range uploadFiles(upload) {
		seen, _, err := s.views.SeenByRun(r.Context(), file.SHA256)
		if err != nil || seen {
			return false, err
		}
	}
	return true, nil
}

// postSend sends an upload in: its files move into the workspace, where any import takes them in.
func postSend(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	moved, err := s.store.MoveUpload(ctx, upload.ID, webstore.Checked, webstore.Sent)
	if err != nil {
		return err
	}
	if !moved {
		return redirect(w, r, "/aanleveringen/"+upload.ID) // sent already, or not to be sent
	}
	to := filepath.Join(s.folder.Path, "submissions", "web")
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	if err := os.Rename(s.uploadFolder(upload.ID), filepath.Join(to, upload.ID)); err != nil {
		_, back := s.store.MoveUpload(ctx, upload.ID, webstore.Sent, webstore.Checked)
		return errors.Join(err, back)
	}
	job, err := s.ask(ctx, who, jobTakeIn, upload.ID)
	if err != nil {
		return err
	}
	s.note(r, who, "insturen", upload.ID, "gevraagd")
	if err := s.store.SendUpload(ctx, upload.ID, who.account.Shown, job.ID); err != nil {
		return err
	}
	return redirect(w, r, "/aanleveringen/"+upload.ID)
}

// postDiscard throws an upload away that was not sent.
func postDiscard(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	for _, state := range []string{webstore.Checked, webstore.Refused} {
		moved, err := s.store.MoveUpload(ctx, upload.ID, state, webstore.Gone)
		if err != nil {
			return err
		}
		if moved {
			if err := os.RemoveAll(s.uploadFolder(upload.ID)); err != nil {
				return err
			}
			s.note(r, who, "verwijderen", upload.ID, "gelukt")
			s.tell(r, "Verwijderd. Er is niets van ingelezen.")
		}
	}
	return redirect(w, r, "/aanleveren")
}

// postTakeBack takes back what was sent, until a run has seen it.
func postTakeBack(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	can, err := s.canTakeBack(r, upload)
	if err != nil {
		return err
	}
	if !can {
		return problem("Een berekening heeft dit bestand al gezien. Trek regels in met aantal 0.", "A computation has seen this file already. Withdraw rows with quantity 0.")
	}
	job, err := s.ask(ctx, who, jobTakeBack, upload.ID)
	if err != nil {
		return err
	}
	s.note(r, who, "intrekken", upload.ID, "gevraagd")
	if err := s.store.SendUpload(ctx, upload.ID, upload.SentBy, job.ID); err != nil {
		return err
	}
	return redirect(w, r, "/aanleveringen/"+upload.ID)
}

// getTemplate gives the workbook to fill in, with the provider's own products and prices.
func getTemplate(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	code := who.code(r.URL.Query().Get("agb"))
	folder, err := os.MkdirTemp("", "pxq-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "sjabloon.xlsx")
	if err := s.folder.Template("submission", path, code, s.options.Today()); err != nil {
		return err
	}
	s.note(r, who, "downloaden", "sjabloon", "gelukt")
	return s.sendFile(w, r, path, "sjabloon-"+code+".xlsx")
}

// sendFile sends a file as an attachment.
func (s *Server) sendFile(w http.ResponseWriter, r *http.Request, path, name string) error {
	file, err := os.Open(path)
	if err != nil {
		return errNotThere
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	kind := "application/octet-stream"
	switch filepath.Ext(name) {
	case ".xlsx":
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".csv":
		kind = "text/csv; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", attachment(name))
	http.ServeContent(w, r, "", info.ModTime(), file)
	return nil
}

// attachment names a file that is to be kept.
func attachment(name string) string {
	safe := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\;%`, r) {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + safe + `"`
}

// streamUpload tells how far a check is, as it goes.
func streamUpload(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	return s.stream(w, r, func() (any, bool, error) {
		now, found, err := s.store.Upload(r.Context(), upload.ID)
		if err != nil || !found {
			return nil, true, err
		}
		over := now.State != webstore.Checking && now.State != webstore.Sent
		return streamed{State: now.State, Step: say(who.language, now.Step), Percent: percent(now.Done, now.Total), Over: over}, over, nil
	})
}

// streamed is what a page is told while it waits.
type streamed struct {
	State   string `json:"state"`
	Step    string `json:"step"`
	Percent int64  `json:"percent"`
	Over    bool   `json:"over"`
	Message string `json:"message,omitempty"`
}

// stream sends states as they change, at most twice a second, until it is over or nobody listens.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, look func() (state any, over bool, err error)) error {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	control := http.NewResponseController(w)
	last := ""
	for quiet := 0; ; quiet++ {
		state, over, err := look()
		if err != nil {
			return nil //nolint:nilerr // the page asks again
		}
		if text := asJSON(state); text != last || quiet >= 30 {
			last, quiet = text, 0
			if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil {
				return nil //nolint:nilerr // nobody listens any more
			}
			if err := control.Flush(); err != nil {
				return nil //nolint:nilerr // nobody listens any more
			}
		}
		if over {
			return nil
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-time.After(500 * time.Millisecond):
		}
	}
}
