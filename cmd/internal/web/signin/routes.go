package signin

import (
	"context"
	"net/http"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// Pages are the pages with which somebody begins.
type Pages struct {
	*site.Site
	signers []*signer
	hashing chan struct{} // passwords, two at a time
	turns   *turns        // of who tries to sign in
}

// New makes the pages with which somebody begins, and the accounts of a trial.
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

// Routes are those of signing in.
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

// getStart leads to the page with which a role begins.
func (*Pages) getStart(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	return site.Redirect(w, r, site.StartOf(who.Role()))
}
