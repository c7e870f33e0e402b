package providers

import (
	"net/http"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/billing/rules"
	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/own"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// uploadPage is the body of the page of an upload.
type uploadPage struct {
	Upload   *webstore.Upload
	Files    []site.SavedFile
	Result   *own.Result
	Reasons  []shownReason
	Signals  []shownReason
	Tab      string // reden or regel
	Rows     []shownRow
	Pager    site.Pager
	Code     string // of the filter
	Sheet    string
	Sheets   []string
	ToSend   int // number of rows that are new if sent
	Job      *webstore.Job
	Percent  int64
	CanBack  bool
	Leaving  bool // it is being taken back
	Refused  []shownRefusal
	Outcomes []fileOutcomes // outcomes by file, once a run has seen them

	WithMessage bool // whether a file is a message
	OfMessages  bool // whether all rows with findings are prestaties
}

// fileOutcomes counts the outcomes of the rows of a file.
type fileOutcomes struct {
	views.File
	Rejected, Held int
	NotSent        []shownReason // why the file counts as never sent, if it is such a declaration
}

type shownRefusal struct{ Name, Reason string }

// shownReason is a reason with the texts of its rule for providers.
type shownReason struct {
	own.Reason
	CodeText, Title, Remedy, Effect string
	Bad                             bool
}

// shownRow is a row with its findings as providers may read them.
type shownRow struct {
	own.Row
	OutcomeWord string
	Found       []shownFinding
}

type shownFinding struct {
	Cell, Code, Message, Remedy, Effect string
	Bad                                 bool
}

func (s *Pages) getUpload(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	h := s.Page(r, "Aanlevering")
	body := &uploadPage{Upload: upload, Files: site.UploadFiles(upload), Tab: r.URL.Query().Get("tab"), Code: r.URL.Query().Get("code"), Sheet: r.URL.Query().Get("blad_naam")}
	body.WithMessage = slices.ContainsFunc(body.Files, func(file site.SavedFile) bool { return strings.EqualFold(filepath.Ext(file.Name), ".xml") })
	h.Body = body
	if upload.Job != "" {
		if body.Job, _, err = s.Store.Job(r.Context(), upload.Job); err != nil {
			return err
		}
	}
	switch upload.State {
	case webstore.Checking:
		h.Title, h.Refresh = words.Say(h.Language, "Wordt gecontroleerd"), 3
		body.Percent = words.Percent(upload.Done, upload.Total)
		return s.Show(w, r, "aanlevering", h)
	case webstore.Sent, webstore.TakenIn, webstore.TakenBack:
		if err := s.fillSent(r, who, h, body); err != nil {
			return err
		}
		return s.Show(w, r, "aanlevering", h)
	case webstore.Gone:
		h.Title = words.Say(h.Language, "Verlopen")
		body.Result = countsOf(upload)
		return s.Show(w, r, "aanlevering", h)
	}
	if body.Result, err = s.ResultOf(upload.ID); err != nil {
		return site.ErrNotThere
	}
	if upload.State == webstore.Refused {
		h.Title = words.Say(h.Language, "Geweigerd")
		for _, refused := range body.Result.Refused {
			why := strings.TrimPrefix(s.ForPage(refused.Reason.In(h.Language)), refused.Name)
			body.Refused = append(body.Refused, shownRefusal{refused.Name, strings.TrimLeft(why, ":, ")})
		}
		if upload.Message != "" {
			body.Refused = append(body.Refused, shownRefusal{"", words.Told(upload.Message, h.Language)})
		}
		return s.Show(w, r, "aanlevering", h)
	}
	s.fillChecked(r, h, body)
	return s.Show(w, r, "aanlevering", h)
}

// fillSent fills the page of an upload that was sent.
func (s *Pages) fillSent(r *http.Request, who *site.Visitor, h *site.Head, body *uploadPage) (err error) {
	upload := body.Upload
	h.Title, body.Result = words.Say(h.Language, "Ingestuurd"), countsOf(upload)
	if job := body.Job; upload.State == webstore.TakenBack {
		h.Title = words.Say(h.Language, "Ingetrokken")
	} else if job != nil && job.Kind == jobs.TakeBack {
		body.Leaving = !job.IsOver() || job.State == webstore.Done // the upload is moved after its job has ended
	}
	if upload.State == webstore.Sent || body.Leaving {
		h.Refresh = 3
	}
	if body.CanBack, err = s.canTakeBack(r, upload); err != nil {
		return err
	}
	body.CanBack = body.CanBack && !body.Leaving
	if upload.State == webstore.TakenIn {
		body.Outcomes, err = s.outcomesOf(r, who, upload)
	}
	return err
}

// outcomesOf returns the outcomes of the rows of an upload in the last run, for each file that it has seen.
func (s *Pages) outcomesOf(r *http.Request, who *site.Visitor, upload *webstore.Upload) ([]fileOutcomes, error) {
	files, err := s.seenFiles(r, who, upload.Provider)
	if err != nil {
		return nil, err
	}
	var list []fileOutcomes
	for _, sent := range site.UploadFiles(upload) {
		at := slices.IndexFunc(files, func(file views.File) bool { return file.SHA256 == sent.SHA256 })
		if at < 0 {
			continue
		}
		outcomes := fileOutcomes{File: files[at]}
		if outcomes.NotSent, err = s.notSent(r, who, upload.Provider, outcomes.File); err != nil {
			return nil, err
		}
		for outcome, count := range map[billing.Outcome]*int{billing.Rejected: &outcomes.Rejected, billing.Held: &outcomes.Held} {
			returned, err := s.Views.Returned(r.Context(), who.Scope(), upload.Provider, views.ReturnedFilter{File: outcomes.ID, Outcome: outcome, Earlier: true}, 0, 1)
			if err != nil {
				return nil, err
			}
			*count = returned.Count
		}
		list = append(list, outcomes)
	}
	return list, nil
}

// notSent returns why a file counts as never sent; nil if it is not such a declaration.
func (s *Pages) notSent(r *http.Request, who *site.Visitor, code string, file views.File) ([]shownReason, error) {
	notSent, err := s.Views.NotSent(r.Context(), who.Scope(), code, file)
	if err != nil || notSent == nil {
		return nil, err
	}
	return s.whyNotSent(notSent, who.Language), nil
}

// whyNotSent returns the rules that a declaration breaks as a whole, each once.
func (s *Pages) whyNotSent(notSent *report.NotSent, language string) []shownReason {
	var reasons []shownReason
	for _, finding := range notSent.Findings {
		if !slices.ContainsFunc(reasons, func(told shownReason) bool { return told.Code == finding.Code }) {
			reasons = append(reasons, s.shownReason(own.Reason{Code: finding.Code, Severity: billing.Reject, InMessage: true}, language))
		}
	}
	return reasons
}

// fillChecked fills the page with the result of a check.
func (s *Pages) fillChecked(r *http.Request, h *site.Head, body *uploadPage) {
	result := body.Result
	mend := 0
	for _, reason := range result.Reasons {
		if reason.Severity == billing.Reject {
			mend++
		}
	}
	switch {
	case result.Rows == 0:
		h.Title = words.Say(h.Language, "Geen zorgregels gevonden")
	case mend > 0:
		h.Title = words.Say(h.Language, "%d redenen om eerst te herstellen", mend)
	case result.Again == result.Rows:
		h.Title = words.Say(h.Language, "Alles was al ontvangen")
	default:
		h.Title = words.Say(h.Language, "Geen bezwaar gevonden")
	}
	for _, reason := range result.Reasons {
		body.Reasons = append(body.Reasons, s.shownReason(reason, h.Language))
	}
	for _, reason := range result.Signals {
		body.Signals = append(body.Signals, s.shownReason(reason, h.Language))
	}
	body.ToSend = result.Rows - result.Again
	if body.Tab != "regel" {
		body.Tab = "reden"
		return
	}
	code := billing.ParseCode(body.Code)
	body.OfMessages = !slices.ContainsFunc(result.Found, func(row own.Row) bool { return !row.InMessage })
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
	body.Pager = site.PagerOf(r, len(rows))
	first := min((body.Pager.Page-1)*site.PageRows, len(rows))
	for _, row := range rows[first:min(first+site.PageRows, len(rows))] {
		shown := shownRow{Row: row, OutcomeWord: words.Say(h.Language, words.Outcomes[row.Outcome])}
		for _, finding := range row.Findings {
			shown.Found = append(shown.Found, s.shownFinding(finding, h.Language))
		}
		body.Rows = append(body.Rows, shown)
	}
}

func (s *Pages) shownReason(reason own.Reason, language string) shownReason {
	reason.Cells = slices.Clone(reason.Cells)
	shown := shownReason{Reason: reason, CodeText: reason.Code.String(), Effect: words.Say(language, words.Severities[reason.Severity]), Bad: reason.Severity == billing.Reject}
	if rule := s.Views.Catalogue.Rule(reason.Code); rule != nil {
		told := onPrestatie(rule, reason.InMessage).ForProvider()
		shown.Title = told.Title.In(language)
		if !strings.Contains(told.Remedy.In(language), "{") {
			shown.Remedy = told.Remedy.In(language)
		}
	}
	for i, cell := range shown.Cells {
		shown.Cells[i] = words.Place(cell, language)
	}
	return shown
}

func (s *Pages) shownFinding(finding own.Finding, language string) shownFinding {
	shown := shownFinding{Cell: words.Place(finding.Cell, language), Code: finding.Code.String(), Effect: words.Say(language, words.Severities[finding.Severity]), Bad: finding.Severity == billing.Reject}
	if finding.Return != "" {
		shown.Code += " (" + finding.Return + ")"
	}
	if rule := s.Views.Catalogue.Rule(finding.Code); rule != nil {
		told := onPrestatie(rule, finding.InMessage).ForProvider()
		shown.Message, shown.Remedy = rules.Message(told, finding.Values, language), rules.Remedy(told, finding.Values, language)
	}
	return shown
}

// onPrestatie returns the rule, with its texts for prestaties if inMessage is true.
func onPrestatie(rule *billing.Rule, inMessage bool) *billing.Rule {
	if !inMessage {
		return rule
	}
	return rule.On(&billing.Record{Prestatie: &billing.Prestatie{}})
}

// canTakeBack reports whether an upload can be taken back: no run has seen what it brought. A file that was received before it does
// not count, since it stays in.
func (s *Pages) canTakeBack(r *http.Request, upload *webstore.Upload) (can bool, err error) {
	if upload.State != webstore.TakenIn && upload.State != webstore.Sent {
		return false, nil
	}
	for _, file := range site.UploadFiles(upload) {
		seen, _, err := s.Views.SeenByRun(r.Context(), file.SHA256)
		switch {
		case err != nil || seen && !file.Before:
			return false, err
		case !seen:
			can = true
		}
	}
	return can, nil
}
