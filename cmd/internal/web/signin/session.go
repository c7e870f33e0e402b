package signin

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// postLonger extends the session, up to its absolute end, and returns its new end.
func (s *Pages) postLonger(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	s.Sessions.Put(r.Context(), "longer", time.Now().Unix())
	if r.Header.Get("Accept") == "application/json" {
		w.Header().Set("Content-Type", "application/json")
		_, err := fmt.Fprintf(w, `{"ends":%d}`, who.Ends.Unix())
		return err
	}
	return site.Redirect(w, r, site.StartOf(who.Role()))
}

// postLanguage stores the language that a visitor chose, and returns to the page they were on.
func (s *Pages) postLanguage(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	language := r.PostFormValue("taal")
	if language != "nl" && language != "en" {
		return site.ErrNotThere
	}
	s.Sessions.Put(r.Context(), "language", language)
	if who.Account != nil {
		if err := s.Store.SetLanguage(r.Context(), who.Account.ID, language); err != nil {
			return err
		}
	}
	back := r.PostFormValue("terug")
	if !strings.HasPrefix(back, "/") || strings.HasPrefix(back, "//") || strings.Contains(back, "\\") || strings.ContainsFunc(back, unicode.IsControl) {
		back = "/"
	}
	return site.Redirect(w, r, back)
}

// letIn signs an account in and redirects to the page requested before, the start page of its role, or the recovery codes of a new
// second factor.
func (s *Pages) letIn(w http.ResponseWriter, r *http.Request, account *webstore.Account, enrolled bool) error {
	ctx := r.Context()
	account, found, err := s.Store.Account(ctx, account.ID) // as it is now
	if err != nil || !found {
		return errors.Join(err, site.ErrSignIn)
	}
	if err := errors.Join(s.Store.Succeeded(ctx, "account "+account.Name), s.Store.Succeeded(ctx, "account code "+account.ID)); err != nil {
		return err
	}
	wanted := s.Sessions.PopString(ctx, "wanted")
	if err := s.signIn(r, account); err != nil {
		return err
	}
	s.Note(r, &site.Visitor{Account: account}, "aanmelden", "", "gelukt")
	switch {
	case enrolled:
		return site.Redirect(w, r, "/aanmelden/herstelcodes")
	case strings.HasPrefix(wanted, "/") && !strings.HasPrefix(wanted, "//") && !strings.HasPrefix(wanted, "/aanmelden"):
		return site.Redirect(w, r, wanted)
	}
	return site.Redirect(w, r, site.StartOf(views.Role(account.Role)))
}

func (s *Pages) postSignOut(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	if who.Account != nil {
		s.Note(r, who, "afmelden", "", "gelukt")
		if err := s.Store.EndSessions(r.Context(), who.Account.ID); err != nil {
			return err
		}
	}
	if err := s.Sessions.Destroy(r.Context()); err != nil {
		return err
	}
	return site.Redirect(w, r, "/aanmelden")
}

// await records in the session that an account passed the first step, and waits ten minutes for the code. If the account changes
// meanwhile, it must start again.
func (s *Pages) await(r *http.Request, id string) error {
	ctx := r.Context()
	account, found, err := s.Store.Account(ctx, id) // as it is now
	if err != nil || !found {
		return errors.Join(err, site.ErrSignIn)
	}
	if err := s.Sessions.RenewToken(ctx); err != nil {
		return err
	}
	for _, ofAnother := range []string{"account", "totp", "recovery"} { // of the previous visitor in this session
		s.Sessions.Remove(ctx, ofAnother)
	}
	s.Sessions.Put(ctx, "pending", account.ID)
	s.Sessions.Put(ctx, "pendingUntil", time.Now().Add(10*time.Minute).Unix())
	s.Sessions.Put(ctx, "epoch", account.Epoch)
	return nil
}

// pending returns the account that passed the first step and awaits its code, or [site.ErrSignIn].
func (s *Pages) pending(r *http.Request) (*webstore.Account, error) {
	ctx := r.Context()
	id := s.Sessions.GetString(ctx, "pending")
	if id == "" || time.Now().Unix() > s.Sessions.GetInt64(ctx, "pendingUntil") {
		return nil, site.ErrSignIn
	}
	account, found, err := s.Store.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	if !found || account.Blocked || account.Epoch != s.Sessions.GetInt64(ctx, "epoch") {
		return nil, site.ErrSignIn
	}
	return account, nil
}

// signIn makes an account the visitor of the session, under a new token.
func (s *Pages) signIn(r *http.Request, account *webstore.Account) error {
	ctx := r.Context()
	if err := s.Sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.Sessions.Remove(ctx, "pending")
	s.Sessions.Remove(ctx, "totp")
	s.Sessions.Remove(ctx, "notice") // of the previous visitor in this session
	s.Sessions.Put(ctx, "account", account.ID)
	s.Sessions.Put(ctx, "epoch", account.Epoch)
	return s.Store.SignedIn(ctx, account.ID)
}
