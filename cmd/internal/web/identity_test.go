package web_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/web/admin"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// opened returns the folder of the site and its web store.
func (s *site) opened(t *testing.T) (*workspace.Folder, *webstore.Store) {
	t.Helper()
	read, err := workspace.Read(s.folder, "")
	if err != nil {
		t.Fatal(err)
	}
	store, err := webstore.Open(t.Context(), read.DatabaseAddress(""))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return read, store
}

// identified returns a site with an OpenID Connect provider, and a function that creates an account of the region and returns the
// token of its invitation.
func identified(t *testing.T) (*site, *issuer, func(name string) string) {
	t.Helper()
	i := newIssuer(t)
	s := newSiteWith(t, 1500, fmt.Sprintf("[[web.oidc]]\nname = \"gemeente\"\nissuer = %q\nclient_id = \"pxq\"\namr = \"mfa\"\n", i.URL), "")
	read, store := s.opened(t)
	return s, i, func(name string) string {
		link, err := admin.AddAccount(t.Context(), store, read, name, "", "regio", "")
		if err != nil {
			t.Fatal(err)
		}
		return link[strings.LastIndexByte(link, '/')+1:]
	}
}

// Resetting an account also removes its bound identity, which may have changed or been taken over.
func TestAnAccountBegunAnewHasNoIdentity(t *testing.T) {
	t.Parallel()
	s, i, invite := identified(t)
	if status, location := i.comeBack(t, s.as(t, ""), invite("jansen"), nil); status != http.StatusSeeOther || location != "/maand" {
		t.Fatalf("invited: %d %s", status, location)
	}
	invitation := invite("jansen")
	if status, location := i.comeBack(t, s.as(t, ""), "", nil); status != http.StatusUnprocessableEntity {
		t.Errorf("the identity of before signs in still: %d %s", status, location)
	}
	newer := func(claims map[string]any, _ url.Values) { claims["sub"] = "subject-2" }
	if status, location := i.comeBack(t, s.as(t, ""), invitation, newer); status != http.StatusSeeOther || location != "/maand" {
		t.Errorf("the new identity does not sign in: %d %s", status, location)
	}
}

// An identity that is bound to an account does not use up the invitation of another. A token for another client, or without a
// subject, is not accepted.
func TestAnIdentityLeavesTheInvitationOfAnother(t *testing.T) {
	t.Parallel()
	s, i, invite := identified(t)
	i.comeBack(t, s.as(t, ""), invite("jansen"), nil)
	invitation := invite("pieters")
	for name, change := range map[string]func(map[string]any, url.Values){
		"that has an account":     nil,
		"given to another client": func(claims map[string]any, _ url.Values) { claims["sub"], claims["azp"] = "subject-2", "iemand" },
		"one of several, another's": func(claims map[string]any, _ url.Values) {
			claims["sub"], claims["aud"], claims["azp"] = "subject-2", []string{"iemand", "pxq"}, "iemand"
		},
		"of nobody": func(claims map[string]any, _ url.Values) { claims["sub"] = "" },
	} {
		if status, location := i.comeBack(t, s.as(t, ""), invitation, change); status == http.StatusSeeOther || status == http.StatusNotFound {
			t.Errorf("an identity %s: %d %s", name, status, location)
		}
	}
	if status, _ := s.as(t, "").get(t, "/uitnodiging/"+invitation); status != http.StatusOK {
		t.Errorf("the invitation was used up: %d", status)
	}
	second := func(claims map[string]any, _ url.Values) { claims["sub"] = "subject-2" }
	if status, location := i.comeBack(t, s.as(t, ""), invitation, second); status != http.StatusSeeOther || location != "/maand" {
		t.Errorf("the right identity: %d %s", status, location)
	}
	if status, page := s.as(t, "").get(t, "/uitnodiging/"+invitation); status != http.StatusNotFound || !strings.Contains(page, "Vraag de beheerder een nieuwe") {
		t.Errorf("an invitation that was used: %d %s", status, matches(page, `<h1>(.*)</h1>`))
	}
}

// Somebody who returns without an identity, because they refused or were too late, is not told that it belongs to no account.
func TestWhoComesBackWithNothing(t *testing.T) {
	t.Parallel()
	s, i, _ := identified(t)
	c := s.as(t, "")
	to := c.location(t, "/aanmelden/via/gemeente")
	for name, path := range map[string]string{
		"refused": "/aanmelden/terug?error=access_denied&state=" + url.QueryEscape(to.Query().Get("state")),
		"late":    "/aanmelden/terug?code=x&state=y",
	} {
		if status, page := c.get(t, path); status != http.StatusUnprocessableEntity || strings.Contains(page, "hoort bij geen account") || !strings.Contains(page, "Begin opnieuw") {
			t.Errorf("%s: %d %s", name, status, matches(page, `<a href="#naam">([^<]*)`))
		}
	}
	if status, _ := i.comeBack(t, c, "", nil); status != http.StatusUnprocessableEntity {
		t.Errorf("an identity without account: %d", status)
	}
}
