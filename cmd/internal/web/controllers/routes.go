package controllers

import (
	"sync"

	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// Who may use an address: controllers decide, and a municipality looks on.
var (
	controller = []views.Role{views.Controller}
	lookers    = []views.Role{views.Controller, views.Municipality}
)

// Pages are the pages of controllers.
type Pages struct {
	*jobs.Worker
	deciding sync.Mutex
}

// New makes the pages of controllers.
func New(w *jobs.Worker) *Pages { return &Pages{Worker: w} }

// Routes are those of controllers, and of municipalities that look on.
func (s *Pages) Routes() []site.Route {
	return []site.Route{
		site.OnGet("/uitval", lookers, s.getHolds),
		site.OnGet("/uitval/{nr}", lookers, s.getHold),
		site.OnPost("/uitval/{nr}/bsn", controller, s.postBSN),
		site.OnPost("/uitval/zoek", controller, s.postSearch),
		site.OnPost("/uitval/kies", controller, s.postSelect),
		site.OnGet("/keuze/{id}", controller, s.getSelection),
		site.OnPost("/keuze/{id}", controller, s.postSelection),
		site.OnPost("/uitval/besluit", controller, s.postDecide),
		site.OnPost("/uitval/terug", controller, s.postUndo),
		site.OnGet("/uitval/tweede", controller, s.getSecond),
		site.OnPost("/uitval/tweede", controller, s.postSecond),
		site.OnUpload("/uitval/inlezen", controller, s.postFilledIn),
		site.OnGet("/besluiten", controller, s.getDecisions),
		site.OnGet("/uitval/werkboek", controller, s.getHoldsFile),
	}
}
