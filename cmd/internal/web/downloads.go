package web

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/views"
)

// mayFetch reports whether a workbook may be fetched by who asks.
func mayFetch(who *visitor, name string) bool {
	switch who.role() {
	case views.Region:
		return name == "regio.xlsx" || strings.HasPrefix(name, "verantwoording-regio")
	case views.Controller:
		return name == "uitval.xlsx"
	case views.Municipality:
		return slices.ContainsFunc(who.account.Codes(), func(code string) bool {
			return strings.HasPrefix(name, "gemeente-"+code+"-") || strings.HasPrefix(name, "verantwoording-gemeente-"+code+"-")
		})
	case views.Provider:
		return slices.ContainsFunc(who.account.Codes(), func(code string) bool { return strings.HasPrefix(name, "retour-"+code+"-") })
	}
	return false
}

func getDownloads(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	periods, err := s.views.Periods(ctx, who.scope())
	if err != nil {
		return err
	}
	asked := r.URL.Query().Get("periode")
	h := s.page(r, "Downloads")
	t := func(text string) string { return say(h.Language, text) }
	files := section{Title: t("Werkboeken"), Caption: t("Werkboeken van uw rol"), Empty: t("Er zijn nog geen werkboeken. Zij komen er bij de volgende berekening."), Heads: []heading{left(t("Periode")), left(t("Werkboek")), right(t("Grootte")), left(t("SHA-256")), left(t("Laatst opgehaald"))}}
	folders := make([]string, 0, len(periods)+1)
	years := make(map[int]bool)
	for _, period := range periods {
		folders = append(folders, period.Period.String())
		if !years[period.Period.Year()] {
			years[period.Period.Year()] = true
			folders = append(folders, strconv.Itoa(period.Period.Year()))
		}
	}
	for _, period := range folders {
		if asked != "" && period != asked {
			continue
		}
		for _, name := range s.workbooks(period) {
			if !mayFetch(who, name) {
				continue
			}
			info, hash, err := s.fileFacts(filepath.Join(s.folder.Reports(period), name))
			if err != nil {
				continue
			}
			entries, _, err := s.store.EntriesOf(ctx, "downloaden", period+"/"+name)
			if err != nil {
				return err
			}
			fetched := "–"
			if len(entries) > 0 {
				fetched = entries[0].Account + " " + entries[0].Moment
			}
			files.Rows = append(files.Rows, []cell{words(period), linked(name, "/downloads/"+period+"/"+name), {Text: formatSize(info), Right: true}, words(short(hash)), words(fetched)})
		}
	}
	h.Body = &sheet{Sections: []section{files}}
	return s.show(w, r, "blad", h)
}

// fileFacts returns the size of a file and the hash of what is in it.
func (s *Server) fileFacts(path string) (size int64, hash string, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return 0, "", err
	}
	sum := newHash()
	sum.Write(content) //nolint:errcheck // it never fails
	return int64(len(content)), sum.text(), nil
}

func getDownload(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	period, name := r.PathValue("periode"), r.PathValue("naam")
	if !isFolderOfReports(period) || !mayFetch(who, name) || !slices.Contains(s.workbooks(period), name) {
		return errNotThere
	}
	s.note(r, who, "downloaden", period+"/"+name, "gelukt")
	return s.sendFile(w, r, filepath.Join(s.folder.Reports(period), name), name)
}

// isFolderOfReports reports whether a name is that of a period or a year.
func isFolderOfReports(name string) bool {
	if _, err := billing.ParsePeriod(name); err == nil {
		return true
	}
	year, err := strconv.Atoi(name)
	return err == nil && len(name) == 4 && year > 2000
}

func postRun(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	period, err := billing.ParsePeriod(strings.TrimSpace(r.PostFormValue("periode")))
	if err != nil {
		return problem("De periode is een maand als 2026-10.", "The period is a month like 2026-10.")
	}
	job, waits, err := s.store.WaitingJob(ctx, jobRun, period.String())
	if err != nil {
		return err
	}
	if !waits {
		if job, err = s.ask(ctx, who, jobRun, period.String()); err != nil {
			return err
		}
	}
	s.note(r, who, "berekenen", period.String(), "gevraagd")
	return redirect(w, r, "/taken/"+job.ID)
}
