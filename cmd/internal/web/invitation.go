package web

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// postLonger keeps a session going for who is still reading.
func postLonger(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	s.sessions.Put(r.Context(), "longer", time.Now().Unix())
	if r.Header.Get("Accept") == "application/json" {
		w.Header().Set("Content-Type", "application/json")
		_, err := fmt.Fprintf(w, `{"ends":%d}`, who.ends.Unix())
		return err
	}
	return redirect(w, r, startOf(who.role()))
}

// postLanguage keeps the language that somebody chose.
func postLanguage(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	language := r.PostFormValue("taal")
	if language != "nl" && language != "en" {
		return errNotThere
	}
	s.sessions.Put(r.Context(), "language", language)
	if who.account != nil {
		if err := s.store.SetLanguage(r.Context(), who.account.ID, language); err != nil {
			return err
		}
	}
	back := r.PostFormValue("terug")
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.ContainsAny(back, "\\\r\n") {
		back = "/"
	}
	return redirect(w, r, back)
}

// invitationPage is what the page of an invitation shows.
type invitationPage struct {
	Token   string
	Name    string
	Signers []string
}

func getInvitation(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	h, _, err := s.invitationPage(r)
	if err != nil {
		return err
	}
	return s.show(w, r, "uitnodiging", h)
}

func (s *Server) invitationPage(r *http.Request) (*head, *webstore.Account, error) {
	ctx := r.Context()
	token := r.PathValue("token")
	id, found, err := s.store.Link(ctx, token)
	if err != nil {
		return nil, nil, err
	}
	if !found {
		return nil, nil, errNotThere
	}
	account, found, err := s.store.Account(ctx, id)
	if err != nil || !found || account.Blocked {
		return nil, nil, errors.Join(err, errNotThere)
	}
	h := s.page(r, "Welkom bij pxq")
	body := &invitationPage{Token: token, Name: account.Name}
	for _, signer := range s.signers {
		body.Signers = append(body.Signers, signer.name)
	}
	h.Path, h.Body = "", body
	return h, account, nil
}

func postInvitation(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	ctx := r.Context()
	h, account, err := s.invitationPage(r)
	if err != nil {
		return err
	}
	password, again := r.PostFormValue("wachtwoord"), r.PostFormValue("nogmaals")
	switch {
	case utf8.RuneCountInString(password) < passwordLeast:
		h.Problems = []fieldProblem{{"wachtwoord", say(h.Language, "Dit wachtwoord heeft %d tekens; er zijn er 12 of meer nodig. Kies een langer wachtwoord.", utf8.RuneCountInString(password))}}
	case len(password) > 1000:
		h.Problems = []fieldProblem{{"wachtwoord", say(h.Language, "Dit wachtwoord is te lang. Kies een korter wachtwoord.")}}
	case password != again:
		h.Problems = []fieldProblem{{"nogmaals", say(h.Language, "De twee wachtwoorden zijn niet gelijk. Typ het wachtwoord nog eens.")}}
	}
	if len(h.Problems) > 0 {
		return s.showStatus(w, r, http.StatusUnprocessableEntity, "uitnodiging", h)
	}
	used, err := s.store.UseLink(ctx, r.PathValue("token"))
	if err != nil || !used {
		return errors.Join(err, errNotThere)
	}
	if err := s.store.SetPassword(ctx, account.ID, s.hashPassword(password)); err != nil {
		return err
	}
	s.note(r, &visitor{account: account}, "wachtwoord", "", "ingesteld")
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, "pending", account.ID)
	s.sessions.Put(ctx, "pendingUntil", time.Now().Add(10*time.Minute).Unix())
	return redirect(w, r, "/aanmelden/code")
}

func redirect(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

// startOf returns the page that a role begins with.
func startOf(role views.Role) string {
	switch role {
	case views.Provider:
		return "/aanleveren"
	case views.Controller:
		return "/uitval"
	case views.Municipality, views.Region:
		return "/maand"
	case views.Administrator:
		return "/beheer/accounts"
	}
	return "/aanmelden"
}

func getStart(_ *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	return redirect(w, r, startOf(who.role()))
}
