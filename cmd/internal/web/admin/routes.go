// Package admin holds the pages of administrators: accounts, the log, and the state of the server. [AddAccount] creates an account
// for the command.
package admin

import (
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

var administrator = []views.Role{views.Administrator}

// Pages serves the pages of administrators.
type Pages struct{ *site.Site }

// New returns the pages of administrators.
func New(s *site.Site) *Pages { return &Pages{s} }

// Routes returns the routes of administrators.
func (s *Pages) Routes() []site.Route {
	return []site.Route{
		site.OnGet("/beheer/accounts", administrator, s.getAccounts),
		site.OnPost("/beheer/accounts", administrator, s.postInvite),
		site.OnPost("/beheer/accounts/{id}/blokkeren", administrator, s.postBlock),
		site.OnPost("/beheer/accounts/{id}/herstel", administrator, s.postReset),
		site.OnGet("/beheer/logboek", administrator, s.getLog),
		site.OnGet("/beheer/logboek/csv", administrator, s.getLogFile),
		site.OnPost("/beheer/logboek/keten", administrator, s.postCheckLog),
		site.OnGet("/beheer/stand", administrator, s.getStanding),
	}
}
