// Package providers holds the pages of providers.
//
//   - submit.go, upload.go, findings.go: uploading files, and the result of their check
//   - send.go: submitting a checked upload, discarding it, and taking it back
//   - returned.go: held and rejected rows, and the return file and payments of a period
//
// [Pages] has a method per route.
package providers

import (
	"sync"

	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

var provider = []views.Role{views.Provider}

// Pages serves the pages of providers.
type Pages struct {
	*jobs.Worker
	judging sync.Map // identifiers of the accounts for which getFindings is writing a workbook
}

// New returns the pages of providers.
func New(w *jobs.Worker) *Pages { return &Pages{Worker: w} }

// Routes returns the routes of providers.
func (s *Pages) Routes() []site.Route {
	return []site.Route{
		site.OnGet("/aanleveren", provider, s.getSubmit),
		site.OnUpload("/aanleveren", provider, s.postSubmit),
		site.OnGet("/aanleveren/sjabloon", provider, s.getTemplate),
		site.OnGet("/regels", provider, s.getReturned),
		site.OnGet("/regels/{nr}", provider, s.getReturnedRow),
		site.OnGet("/retour", provider, s.getReturn),
		site.OnGet("/retour/{periode}", provider, s.getReturn),
		site.OnGet("/retour/{periode}/bestand", provider, s.getReturnFile),
		site.OnGet("/aanleveringen", provider, s.getUploads),
		site.OnGet("/aanleveringen/{id}", provider, s.getUpload),
		site.OnGet("/aanleveringen/{id}/stroom", provider, s.streamUpload),
		site.OnGet("/aanleveringen/{id}/bevindingen", provider, s.getFindings),
		site.OnPost("/aanleveringen/{id}/insturen", provider, s.postSend),
		site.OnPost("/aanleveringen/{id}/verwijderen", provider, s.postDiscard),
		site.OnPost("/aanleveringen/{id}/intrekken", provider, s.postTakeBack),
	}
}
