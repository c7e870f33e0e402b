package signin

import (
	"context"
	"net/http"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// invitationPage is the body of the page of an invitation.
type invitationPage struct {
	Token   string
	Name    string
	Signers []string
}

func (s *Pages) getInvitation(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	h, _, err := s.invitationPage(r)
	if err != nil {
		return err
	}
	return s.Show(w, r, "uitnodiging", h)
}

func (s *Pages) invitationPage(r *http.Request) (*site.Head, *webstore.Account, error) {
	token := r.PathValue("token")
	account, err := s.invited(r.Context(), token)
	if err != nil {
		return nil, nil, err
	}
	h := s.Page(r, "Welkom bij pxq")
	body := &invitationPage{Token: token, Name: account.Name}
	for _, signer := range s.signers {
		body.Signers = append(body.Signers, signer.name)
	}
	h.Path, h.Body = "/uitnodiging/"+token, body // also after a form: choosing a language leads back here
	return h, account, nil
}

// invited returns the account that an invitation link is for, or [site.ErrLinkOver].
func (s *Pages) invited(ctx context.Context, token string) (*webstore.Account, error) {
	id, found, err := s.Store.Link(ctx, token)
	if err != nil || !found {
		return nil, linkOverOr(err)
	}
	account, found, err := s.Store.Account(ctx, id)
	if err != nil || !found || account.Blocked {
		return nil, linkOverOr(err)
	}
	return account, nil
}

// linkOverOr returns err, or [site.ErrLinkOver] if it is nil.
func linkOverOr(err error) error {
	if err != nil {
		return err
	}
	return site.ErrLinkOver
}

func (s *Pages) postInvitation(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	ctx := r.Context()
	h, account, err := s.invitationPage(r)
	if err != nil {
		return err
	}
	password, again := r.PostFormValue("wachtwoord"), r.PostFormValue("nogmaals")
	switch {
	case utf8.RuneCountInString(password) < passwordLeast:
		h.Problems = []site.FieldProblem{{Field: "wachtwoord", Text: words.Say(h.Language, "Dit wachtwoord heeft %d tekens; er zijn er 12 of meer nodig. Kies een langer wachtwoord.", utf8.RuneCountInString(password))}}
	case len(password) > 1000:
		h.Problems = []site.FieldProblem{{Field: "wachtwoord", Text: words.Say(h.Language, "Dit wachtwoord is te lang. Kies een korter wachtwoord.")}}
	case password != again:
		h.Problems = []site.FieldProblem{{Field: "nogmaals", Text: words.Say(h.Language, "De twee wachtwoorden zijn niet gelijk. Typ het wachtwoord nog eens.")}}
	}
	if len(h.Problems) > 0 {
		return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "uitnodiging", h)
	}
	used, err := s.Store.UseLink(ctx, r.PathValue("token"))
	if err != nil || !used {
		return linkOverOr(err)
	}
	if err := s.Store.SetPassword(ctx, account.ID, s.hashPassword(password)); err != nil {
		return err
	}
	s.Note(r, &site.Visitor{Account: account}, "wachtwoord", "", "ingesteld")
	if err := s.await(r, account.ID); err != nil {
		return err
	}
	return site.Redirect(w, r, "/aanmelden/code")
}
