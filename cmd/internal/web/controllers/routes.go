// Package controllers holds the pages on which controllers decide on held records; municipalities can read some of them.
//
//   - holds.go: the list of holds that ask for a decision, with its filters
//   - story.go: one record with its findings, versions and decisions, and the list of decisions
//   - decide.go, form.go: taking decisions and votes; every way to decide goes through takeDecisions
//   - selection.go, filled_in.go: decisions on many records, chosen from the list or in an uploaded workbook
//   - second.go: votes that wait for a second controller, and undoing
//
// A decision becomes a file in decisions/web, which a job takes in; until then it is "under way". [Pages] has a method per route.
package controllers

import (
	"sync"

	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// The roles that may use an address: controllers decide, municipalities only read.
var (
	controller = []views.Role{views.Controller}
	readers    = []views.Role{views.Controller, views.Municipality}
)

// Pages serves the pages of controllers.
type Pages struct {
	*jobs.Worker
	deciding sync.Mutex // held while decisions are taken or undone
}

// New returns the pages of controllers.
func New(w *jobs.Worker) *Pages { return &Pages{Worker: w} }

// Routes returns the routes of controllers, and of municipalities that read holds.
func (s *Pages) Routes() []site.Route {
	return []site.Route{
		site.OnGet("/uitval", readers, s.getHolds),
		site.OnGet("/uitval/{nr}", readers, s.getHold),
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
