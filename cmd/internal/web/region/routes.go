// Package region holds the pages of the region and its municipalities. Controllers and providers use some of them as well.
//
//   - month.go, parties.go, money.go: a month, its providers and municipalities, changes, payments and the reconciliation
//   - closing.go, year.go: closing a period and the statement of a year
//   - book.go, new_book.go, referrals.go: the contract book, replacing it, and uploading referrals
//   - downloads.go: workbooks and totals
//
// [Pages] has a method per route.
package region

import (
	"sync"

	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// The roles that may use an address.
var (
	region   = []views.Role{views.Region}
	payers   = []views.Role{views.Region, views.Municipality}
	paid     = []views.Role{views.Region, views.Municipality, views.Provider}
	money    = []views.Role{views.Region, views.Municipality, views.Controller}
	fetchers = []views.Role{views.Region, views.Municipality, views.Controller, views.Provider}
)

// Pages serves the pages of the region and municipalities.
type Pages struct {
	*jobs.Worker
	replacing sync.Mutex // held while a contract book is replaced
	closing   sync.Mutex // held by postClose, so that of two accounts at the same time the second sees that the first agreed
}

// New returns the pages of the region and municipalities.
func New(w *jobs.Worker) *Pages { return &Pages{Worker: w} }

// Routes returns the routes of the region and municipalities.
func (s *Pages) Routes() []site.Route {
	return []site.Route{
		site.OnGet("/maand", money, s.getMonth),
		site.OnGet("/maand/{periode}", money, s.getMonth),
		site.OnGet("/gemeenten", region, s.getMunicipalities),
		site.OnGet("/gemeenten/{code}", payers, s.getMunicipality),
		site.OnGet("/aanbieders", region, s.getProviders),
		site.OnGet("/aanbieders/{agb}", region, s.getProvider),
		site.OnGet("/wijzigingen", payers, s.getChanges),
		site.OnGet("/betalingen", paid, s.getPayments),
		site.OnGet("/betalingen/csv", region, s.getPaymentsFile),
		site.OnGet("/aansluiting", region, s.getReconciliation),
		site.OnGet("/downloads", payers, s.getDownloads),
		site.OnGet("/downloads/{periode}/{naam}", fetchers, s.getDownload),
		site.OnGet("/downloads/{periode}/totalen.csv", region, s.getTotals),
		site.OnPost("/berekenen", region, s.postRun),
		site.OnGet("/afsluiten", region, s.getClose),
		site.OnPost("/afsluiten", region, s.postClose),
		site.OnGet("/maanden", region, s.getMonths),
		site.OnGet("/jaar", region, s.getYear),
		site.OnGet("/jaar/{jaar}", region, s.getYear),
		site.OnPost("/jaar/{jaar}", region, s.postYear),
		site.OnGet("/toewijzingen", region, s.getReferrals),
		site.OnUpload("/toewijzingen", region, s.postReferrals),
		site.OnGet("/boek", region, s.getBook),
		site.OnUpload("/boek", region, s.postBook),
		site.OnGet("/boek/nieuw/{id}", region, s.getNewBook),
		site.OnPost("/boek/nieuw/{id}", region, s.postNewBook),
		site.OnGet("/boek/bestand", region, s.getBookFile),
	}
}
