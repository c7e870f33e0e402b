package region

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// yearPage is the body of the page of a year.
type yearPage struct {
	Year    int
	Years   []int
	Files   []site.Link
	Job     *webstore.Job
	Reasons []string
}

func (s *Pages) getYear(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	periods, err := s.Views.Periods(ctx, who.Scope())
	if err != nil {
		return err
	}
	h := s.Page(r, "Jaar")
	body := &yearPage{Year: s.Options.Today().Period().Year()}
	h.Body = body
	for _, period := range periods {
		if !slices.Contains(body.Years, period.Period.Year()) {
			body.Years = append(body.Years, period.Period.Year())
		}
	}
	if text := r.PathValue("jaar"); text != "" {
		if body.Year, err = strconv.Atoi(text); err != nil || !slices.Contains(body.Years, body.Year) {
			return site.ErrNotThere
		}
	} else if len(body.Years) > 0 {
		body.Year = body.Years[0]
	}
	h.Title = words.Say(h.Language, "Jaar %d", body.Year)
	for _, name := range s.Workbooks(strconv.Itoa(body.Year)) {
		if mayFetch(who, name) {
			body.Files = append(body.Files, site.Link{Href: "/downloads/" + strconv.Itoa(body.Year) + "/" + name, Text: name})
		}
	}
	list, err := s.Store.Jobs(ctx, "", []string{jobs.Year}, 0, 20)
	if err != nil {
		return err
	}
	for i := range list {
		if list[i].Subject == strconv.Itoa(body.Year) {
			body.Job = &list[i]
			_ = json.Unmarshal([]byte(list[i].Result), &body.Reasons)
			break
		}
	}
	return s.Show(w, r, "jaar", h)
}

func (s *Pages) postYear(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	year, err := strconv.Atoi(r.PathValue("jaar"))
	if err != nil || year < 2000 || year > 2200 {
		return site.ErrNotThere
	}
	s.Note(r, who, "jaar", strconv.Itoa(year), "gevraagd")
	job, err := s.AskOnce(r.Context(), who, jobs.Year, strconv.Itoa(year))
	if err != nil {
		return err
	}
	return site.Redirect(w, r, "/taken/"+job.ID)
}
