package region

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// mayFetch reports whether a visitor may download the workbook with this name.
func mayFetch(who *site.Visitor, name string) bool {
	switch who.Role() {
	case views.Region:
		return name == "regio.xlsx" || strings.HasPrefix(name, "verantwoording-regio")
	case views.Controller:
		return name == "uitval.xlsx"
	case views.Municipality:
		return slices.ContainsFunc(who.Account.Codes(), func(code string) bool {
			return strings.HasPrefix(name, "gemeente-"+code+"-") || strings.HasPrefix(name, "verantwoording-gemeente-"+code+"-")
		})
	case views.Provider:
		return slices.ContainsFunc(who.Account.Codes(), func(code string) bool { return strings.HasPrefix(name, "retour-"+code+"-") })
	}
	return false
}

func (s *Pages) getDownloads(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	periods, err := s.Views.Periods(ctx, who.Scope())
	if err != nil {
		return err
	}
	asked := r.URL.Query().Get("periode")
	h := s.Page(r, "Downloads")
	t := func(text string) string { return words.Say(h.Language, text) }
	files := site.Section{Key: "werkboeken", Title: t("Werkboeken"), Caption: t("Werkboeken van uw rol"), Empty: t("Er zijn nog geen werkboeken. Zij komen er bij de volgende berekening."), Heads: []site.Heading{site.Left(t("Periode")), site.Left(t("Werkboek")), site.Right(t("Grootte")), site.Left(t("SHA-256")), site.Left(t("Laatst opgehaald"))}}
	if who.Role() == views.Region {
		for _, period := range periods {
			name := period.Period.String()
			if asked == "" || name == asked {
				files.Rows = append(files.Rows, []site.Cell{site.Words(name), site.Linked("totalen.csv", "/downloads/"+name+"/totalen.csv"), {Text: "–", Right: true}, site.Words("–"), site.Words("–")},
					[]site.Cell{site.Words(name), site.Linked("betalingen.csv", "/betalingen/csv?periode="+name), {Text: "–", Right: true}, site.Words("–"), site.Words("–")})
			}
		}
	}
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
		for _, name := range s.Workbooks(period) {
			if !mayFetch(who, name) {
				continue
			}
			hash, size, err := s.Folder.HashOf(filepath.Join(s.Folder.Reports(period), name))
			if err != nil {
				continue
			}
			last, found, err := s.Store.LastEntry(ctx, "downloaden", period+"/"+name)
			if err != nil {
				return err
			}
			fetched := "–"
			if found {
				fetched = last.Account + " " + words.At(last.Moment)
			}
			files.Rows = append(files.Rows, []site.Cell{site.Words(period), site.Linked(name, "/downloads/"+period+"/"+name), {Text: words.Size(size), Right: true}, site.Words(words.Short(hash)), site.Words(fetched)})
		}
	}
	return s.ShowSheet(w, r, h, &site.Sheet{Sections: []site.Section{files}})
}

// getTotals sends the totals of a period as a CSV file for other programs.
func (s *Pages) getTotals(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	period, err := billing.ParsePeriod(r.PathValue("periode"))
	if err != nil {
		return site.ErrNotThere
	}
	if _, err := s.Views.Month(ctx, who.Scope(), period, views.Only{}); err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "pxq-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "totalen.csv")
	if err := s.withWorkspace(r, func(opened *workspace.Workspace) error {
		return opened.ExportFile(ctx, workspace.Export{What: "totals", Format: "csv", Period: period}, path)
	}); err != nil {
		return err
	}
	s.Note(r, who, "downloaden", period.String()+"/totalen.csv", "gelukt")
	return s.SendFile(w, r, path, "totalen-"+period.String()+".csv")
}

func (s *Pages) getDownload(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	period, name := r.PathValue("periode"), r.PathValue("naam")
	if !isFolderOfReports(period) || !mayFetch(who, name) || !slices.Contains(s.Workbooks(period), name) {
		return site.ErrNotThere
	}
	s.Note(r, who, "downloaden", period+"/"+name, "gelukt")
	return s.SendFile(w, r, filepath.Join(s.Folder.Reports(period), name), name)
}

// isFolderOfReports reports whether a name is that of a period or a year, as the folders of reports are.
func isFolderOfReports(name string) bool {
	if _, err := billing.ParsePeriod(name); err == nil {
		return true
	}
	year, err := strconv.Atoi(name)
	return err == nil && len(name) == 4 && year > 2000
}

func (s *Pages) postRun(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	period, err := billing.ParsePeriod(strings.TrimSpace(r.PostFormValue("periode")))
	if err != nil {
		return site.Refuse("De periode is een maand als 2026-10.", "The period is a month like 2026-10.")
	}
	job, err := s.AskOnce(r.Context(), who, jobs.Run, period.String())
	if err != nil {
		return err
	}
	s.Note(r, who, "berekenen", period.String(), "gevraagd")
	return site.Redirect(w, r, "/taken/"+job.ID)
}
