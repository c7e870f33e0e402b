package site

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

//go:embed pages/*.html
var pageFiles embed.FS

//go:embed static/*
var staticContent embed.FS

// pages holds the parsed templates by language and name.
type pages map[string]map[string]*template.Template

func parsePages() (pages, error) {
	made := make(pages)
	files, err := fs.Glob(pageFiles, "pages/*.html")
	if err != nil {
		return nil, err
	}
	for _, language := range []string{"nl", "en"} {
		made[language] = make(map[string]*template.Template)
		for _, file := range files {
			name := strings.TrimSuffix(path.Base(file), ".html")
			if strings.HasPrefix(name, "_") {
				continue
			}
			page, err := template.New("_base.html").Funcs(functions(language)).ParseFS(pageFiles, "pages/_base.html", "pages/_parts.html", file)
			if err != nil {
				return nil, fmt.Errorf("page %s: %w", name, err)
			}
			made[language][name] = page
		}
	}
	return made, nil
}

// Head holds what every page shows around its body.
type Head struct {
	Title    string
	Language string
	Region   string
	Period   string
	State    string // VOORLOPIG or AFGESLOTEN; "" before the first run
	Name     string
	Role     string
	Menu     []menuItem
	Path     string // of this page, to return to after choosing a language; "" where the page must not repeat its address
	Notice   string // what was done
	Problems []FieldProblem
	Refresh  int   // seconds, without script; 0 for never
	Ends     int64 // moment at which the session ends; 0 for nobody
	Version  string
	Stamp    string // version of style and script in their addresses, so that browsers fetch changed ones
	Wide     bool
	Theme    bool
	Trial    bool
	Day      string
	Body     any
}

// menuItem is an entry of the menu.
type menuItem struct {
	Href, Text string
	Here       bool
}

// FieldProblem is what is wrong with a field of a form.
type FieldProblem struct{ Field, Text string }

// ProblemOf returns the first problem of a field; "" for none.
func (h *Head) ProblemOf(field string) string {
	for _, problem := range h.Problems {
		if problem.Field == field {
			return problem.Text
		}
	}
	return ""
}

// Page returns the head of a page for the visitor of the request. Except for a HEAD request it takes the notice out of the session.
func (s *Site) Page(r *http.Request, title string, values ...any) *Head {
	who := VisitorOf(r)
	h := &Head{
		Title: words.Say(who.Language, title, values...), Language: who.Language, Region: s.Folder.Settings.Region, Version: workspace.Version, Path: r.URL.RequestURI(), Stamp: stamp(),
		Theme: len(s.theme) > 0, Trial: s.Folder.Settings.Trial, Day: words.Day(s.Options.Today()),
	}
	if r.Method != http.MethodGet {
		h.Path = ""
	}
	if who.Account != nil {
		h.Name, h.Role, h.Menu, h.Ends = who.Account.Shown, who.Account.Role, s.menu(r, who), who.Ends.Unix()
		if period, closed, run, err := s.Views.LastPeriod(r.Context()); err == nil && run != 0 && who.Role() != views.Administrator {
			h.Period, h.State = words.Month(period, who.Language), "VOORLOPIG"
			if closed {
				h.State = "AFGESLOTEN"
			}
		}
		if r.Method != http.MethodHead { // its page is never shown
			h.Notice = s.Sessions.PopString(r.Context(), "notice")
		}
	}
	return h
}

// SetNotice keeps a notice in the session, for the next page to show.
func (s *Site) SetNotice(r *http.Request, text string, values ...any) {
	s.Sessions.Put(r.Context(), "notice", words.Say(VisitorOf(r).Language, text, values...))
}

// Show writes the page with the named template and status 200.
func (s *Site) Show(w http.ResponseWriter, r *http.Request, name string, h *Head) error {
	return s.ShowStatus(w, r, http.StatusOK, name, h)
}

// ShowStatus writes the page with the named template and the given status. It returns an error only if nothing was written yet.
func (s *Site) ShowStatus(w http.ResponseWriter, _ *http.Request, status int, name string, h *Head) error {
	page := s.pages[h.Language][name]
	if page == nil {
		return fmt.Errorf("no page %s in %s", name, h.Language)
	}
	var out bytes.Buffer
	if err := page.Execute(&out, h); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err := w.Write(out.Bytes())
	if err != nil {
		return nil // the client went away
	}
	return nil
}

// errorPage writes an error page. It shows nothing of the request, so that the page for what belongs to somebody else has the
// same bytes as the one for what does not exist.
func (s *Site) errorPage(w http.ResponseWriter, r *http.Request, status int, title, text string, values ...any) {
	h := s.Page(r, title)
	h.Path, h.Notice = "", ""
	for i := range h.Menu {
		h.Menu[i].Here = false
	}
	h.Body = words.Say(h.Language, text, values...)
	if err := s.ShowStatus(w, r, status, "error", h); err != nil {
		s.Log.Error("error page", "error", err)
		http.Error(w, "pxq", http.StatusInternalServerError)
	}
}

// refusalPage writes a page that says why something was refused, with status 409.
func (s *Site) refusalPage(w http.ResponseWriter, r *http.Request, told InWords) {
	h := s.Page(r, "Niet gedaan")
	h.Path = ""
	h.Body = bsn.MaskLine(s.ForPage(told.In(h.Language)))
	if err := s.ShowStatus(w, r, http.StatusConflict, "error", h); err != nil {
		s.Log.Error("refusal page", "error", err)
	}
}
