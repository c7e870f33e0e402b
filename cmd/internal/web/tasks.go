package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// mayReadJob reports whether somebody may read of a job: the region and the administrator of all, others of their own. An
// administrator reads no outcome of care.
func mayReadJob(who *visitor, job *webstore.Job) bool {
	switch who.role() {
	case views.Region:
		return job.Role == string(views.Region) || job.Role == ""
	case views.Administrator:
		return false
	}
	return job.Account == who.account.ID
}

// jobsPage is what the list of jobs shows.
type jobsPage struct {
	Jobs []webstore.Job
	Live bool
}

func getJobs(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	account := who.account.ID
	if who.role() == views.Region {
		account = ""
	}
	jobs, err := s.store.Jobs(r.Context(), account, nil, (pageNumber(r)-1)*pageRows, pageRows)
	if err != nil {
		return err
	}
	h := s.page(r, "Taken")
	body := &jobsPage{}
	for i := range jobs {
		if mayReadJob(who, &jobs[i]) {
			body.Jobs = append(body.Jobs, jobs[i])
			body.Live = body.Live || !jobs[i].IsOver()
		}
	}
	if body.Live {
		h.Refresh = 3
	}
	h.Body = body
	return s.show(w, r, "taken", h)
}

// jobPage is what the page of a job shows.
type jobPage struct {
	Job      *webstore.Job
	Percent  int64
	Lines    []string
	Changes  *changes
	NotTaken []referralNotTaken
	Period   string
}

// changes is what a run made otherwise than the one before it.
type changes struct {
	Came, Went, Changed int // lines
	Net                 billing.Money
	Causes              []causeChange
	Rows                int
}

type causeChange struct {
	Cause  billing.Cause
	Text   string
	Amount billing.Money
}

func changeOf(diff *workspace.Comparison) *changes {
	c := &changes{Rows: len(diff.Rows)}
	for i := range diff.Lines {
		line := &diff.Lines[i]
		switch {
		case line.Before == nil:
			c.Came++
		case line.After == nil:
			c.Went++
		default:
			c.Changed++
		}
		c.Net += line.Net()
	}
	for _, cause := range diff.Causes {
		c.Causes = append(c.Causes, causeChange{Cause: cause.Cause, Amount: cause.Amount})
	}
	return c
}

// referralNotTaken is a row of referrals that was not taken, and why.
type referralNotTaken struct{ File, Place, Number, Why string }

func (s *Server) jobOf(r *http.Request, who *visitor) (*webstore.Job, error) {
	job, found, err := s.store.Job(r.Context(), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !found || !mayReadJob(who, job) {
		return nil, errNotThere
	}
	return job, nil
}

func getJob(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	job, err := s.jobOf(r, who)
	if err != nil {
		return err
	}
	h := s.page(r, "Taak: %s", say(who.language, job.Kind))
	body := &jobPage{Job: job, Percent: percent(job.Done, job.Total), Lines: strings.Split(job.Message, "\n")}
	h.Body = body
	if !job.IsOver() {
		h.Refresh = 3
	}
	switch job.Kind {
	case jobRun:
		body.Period = job.Subject
		if job.Result != "" {
			body.Changes = &changes{}
			if err := json.Unmarshal([]byte(job.Result), body.Changes); err != nil {
				return err
			}
			for i := range body.Changes.Causes {
				body.Changes.Causes[i].Text = causeText(body.Changes.Causes[i].Cause, h.Language)
			}
		}
	case jobClose:
		body.Period, _, _ = strings.Cut(job.Subject, "/")
	case jobReferral:
		_ = json.Unmarshal([]byte(job.Result), &body.NotTaken)
	}
	return s.show(w, r, "taak", h)
}

func streamJob(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	job, err := s.jobOf(r, who)
	if err != nil {
		return err
	}
	return s.stream(w, r, func() (any, bool, error) {
		now, found, err := s.store.Job(r.Context(), job.ID)
		if err != nil || !found {
			return nil, true, err
		}
		return streamed{State: say(who.language, now.State), Step: say(who.language, now.Step), Percent: percent(now.Done, now.Total), Over: now.IsOver(), Message: now.Message}, now.IsOver(), nil
	})
}
