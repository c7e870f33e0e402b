package providers

import (
	"sync"

	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

var provider = []views.Role{views.Provider}

// Pages are the pages of providers.
type Pages struct {
	*jobs.Worker
	judging sync.Map // the accounts for which findings are being written
}

// New makes the pages of providers.
func New(w *jobs.Worker) *Pages { return &Pages{Worker: w} }

// Routes are those of providers.
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
