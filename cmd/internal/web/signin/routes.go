// Package signin holds the pages to sign in: by password and second factor, at an OpenID Connect provider, by invitation, or with a
// demo account.
//
// Signing in takes two steps. postSignIn, postInvitation or getSigned establish an account and call await; postCode checks the
// second factor and calls letIn. A provider that reports the wanted method (amr), and a demo account, need no second step.
package signin

import (
	"context"
	"net/http"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// Pages serves the pages to sign in and out.
type Pages struct {
	*site.Site
	signers []*signer
	hashing chan struct{} // semaphore of two for argon
	turns   *turns
}

// New returns the pages to sign in, and creates the demo accounts of a trial workspace.
func New(ctx context.Context, opened *site.Site) (*Pages, error) {
	s := &Pages{Site: opened, hashing: make(chan struct{}, 2), turns: newTurns()}
	if s.Demo {
		if err := s.makeDemoAccounts(ctx); err != nil {
			return nil, err
		}
	}
	for _, settings := range s.Web.OIDC {
		signer, err := newSigner(settings, s.Folder.Path, s.Web.Address)
		if err != nil {
			return nil, err
		}
		s.signers = append(s.signers, signer)
	}
	return s, nil
}

// Routes returns the routes of signing in and out.
func (s *Pages) Routes() []site.Route {
	return []site.Route{
		site.OnGet("/{$}", views.Roles, s.getStart),
		site.OnGet("/aanmelden", nil, s.getSignIn),
		site.OnPost("/aanmelden", nil, s.postSignIn),
		site.OnGet("/aanmelden/code", nil, s.getCode),
		site.OnPost("/aanmelden/code", nil, s.postCode),
		site.OnGet("/aanmelden/qr.png", nil, s.getQR),
		site.OnGet("/aanmelden/herstelcodes", views.Roles, s.getRecovery),
		site.OnGet("/aanmelden/via/{naam}", nil, s.getSigner),
		site.OnGet("/aanmelden/terug", nil, s.getSigned),
		site.OnPost("/aanmelden/demo", nil, s.postDemo),
		site.OnGet("/uitnodiging/{token}", nil, s.getInvitation),
		site.OnPost("/uitnodiging/{token}", nil, s.postInvitation),
		site.OnPost("/afmelden", nil, s.postSignOut),
		site.OnPost("/verleng", views.Roles, s.postLonger),
		site.OnPost("/taal", nil, s.postLanguage),
	}
}

// getStart redirects to the start page of the visitor's role.
func (*Pages) getStart(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	return site.Redirect(w, r, site.StartOf(who.Role()))
}
