package jobs

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// Routes returns the routes of jobs.
func (s *Worker) Routes() []site.Route {
	return []site.Route{
		site.OnGet("/taken", views.Roles, s.getJobs),
		site.OnGet("/taken/{id}", views.Roles, s.getJob),
		site.OnGet("/taken/{id}/stroom", views.Roles, s.streamJob),
	}
}

// ofRegion are the roles whose jobs the region may read: its own, and "" for the nightly run that the program queues itself.
var ofRegion = []string{string(views.Region), ""}

// mayReadJob reports whether a visitor may read a job: the region those of ofRegion, administrators none, since messages of jobs
// are about care, and others those of their own account.
func mayReadJob(who *site.Visitor, job *webstore.Job) bool {
	switch who.Role() {
	case views.Region:
		return slices.Contains(ofRegion, job.Role)
	case views.Administrator:
		return false
	}
	return job.Account == who.Account.ID
}

// jobsPage is the body of the list of jobs.
type jobsPage struct {
	Jobs  []webstore.Job
	Live  string // the oldest job in the list that is not over, whose progress is streamed; "" for none
	Pager site.Pager
}

func (s *Worker) getJobs(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	var roles []string // empty for the jobs of the visitor's account
	if who.Role() == views.Region {
		roles = ofRegion
	}
	jobs, count, err := s.Store.ReadJobs(r.Context(), who.Account.ID, roles, (site.PageNumber(r)-1)*site.PageRows, site.PageRows)
	if err != nil {
		return err
	}
	h := s.Page(r, "Taken")
	body := &jobsPage{Jobs: jobs, Pager: site.PagerOf(r, count)}
	if body.Pager.Last != "" {
		return s.ToLast(w, r, h, body.Pager)
	}
	for i := range jobs {
		if !jobs[i].IsOver() {
			body.Live, h.Refresh = jobs[i].ID, 3
		}
	}
	h.Body = body
	return s.Show(w, r, "taken", h)
}

// jobPage is the body of the page of a job.
type jobPage struct {
	Job      *webstore.Job
	Percent  int64
	Lines    []string
	Changes  *changes
	NotTaken []referralNotTaken
	Period   string // as in addresses; "" if the job has none
	Month    string // the period in words
}

func (s *Worker) jobOf(r *http.Request, who *site.Visitor) (*webstore.Job, error) {
	job, found, err := s.Store.Job(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !found || !mayReadJob(who, job) {
		return nil, site.ErrNotThere
	}
	return job, nil
}

func (s *Worker) getJob(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	job, err := s.jobOf(r, who)
	if err != nil {
		return err
	}
	h := s.Page(r, "Taak: %s", words.Say(who.Language, job.Kind))
	body := &jobPage{Job: job, Percent: words.Percent(job.Done, job.Total), Lines: strings.Split(words.Told(job.Message, who.Language), "\n")}
	h.Body = body
	if !job.IsOver() {
		h.Refresh = 3
	}
	switch job.Kind {
	case Run:
		body.Period = job.Subject
		if job.Result != "" {
			body.Changes = &changes{}
			if err := json.Unmarshal([]byte(job.Result), body.Changes); err != nil {
				return err
			}
			for i := range body.Changes.Causes {
				body.Changes.Causes[i].Text = words.CauseText(body.Changes.Causes[i].Cause, h.Language)
			}
		}
	case Close:
		body.Period, _, _ = strings.Cut(job.Subject, "/")
	case Referral:
		_ = json.Unmarshal([]byte(job.Result), &body.NotTaken)
	}
	if period, err := billing.ParsePeriod(body.Period); err == nil {
		body.Month = words.Month(period, who.Language)
	}
	return s.Show(w, r, "taak", h)
}

func (s *Worker) streamJob(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	job, err := s.jobOf(r, who)
	if err != nil {
		return err
	}
	return s.Stream(w, r, func() (any, bool, error) {
		now, found, err := s.Store.Job(r.Context(), job.ID)
		if err != nil || !found {
			return nil, true, err
		}
		return site.Streamed{State: words.Say(who.Language, now.State), Step: words.Say(who.Language, now.Step), Percent: words.Percent(now.Done, now.Total), Over: now.IsOver(), Message: words.Told(now.Message, who.Language)}, now.IsOver(), nil
	})
}
