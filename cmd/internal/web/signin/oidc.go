package signin

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// signer is a provider of identities with which people sign in.
type signer struct {
	name, issuer, amr string
	config            oauth2.Config

	mutex    sync.Mutex
	provider *oidc.Provider
}

func newSigner(settings workspace.OIDCSettings, folder, address string) (*signer, error) {
	secret := ""
	if settings.SecretFile != "" {
		path := settings.SecretFile
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, path)
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, site.Refuse("Het bestand %s van [[web.oidc]] secret_file is niet te lezen. Kijk naam en rechten na.", "The file %s of [[web.oidc]] secret_file cannot be read. Check its name and permissions.", settings.SecretFile)
		}
		secret = strings.TrimSpace(string(content))
	}
	return &signer{name: settings.Name, issuer: settings.Issuer, amr: settings.AMR, config: oauth2.Config{
		ClientID: settings.ClientID, ClientSecret: secret, RedirectURL: address + "/aanmelden/terug", Scopes: []string{oidc.ScopeOpenID},
	}}, nil
}

// ready asks the provider once what its addresses are.
func (g *signer) ready(ctx context.Context) (*oidc.Provider, error) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.provider != nil {
		return g.provider, nil
	}
	provider, err := oidc.NewProvider(context.WithoutCancel(ctx), g.issuer) // it refuses another issuer than this
	if err != nil {
		return nil, site.Refuse("Aanmelden bij %s lukt nu niet. Probeer het later opnieuw.", "Signing in at %s does not work now. Try again later.", g.name)
	}
	g.provider, g.config.Endpoint = provider, provider.Endpoint()
	return provider, nil
}

func (s *Pages) signerNamed(name string) *signer {
	for _, signer := range s.signers {
		if signer.name == name {
			return signer
		}
	}
	return nil
}

func randomText() string {
	var random [24]byte
	rand.Read(random[:]) //nolint:errcheck // it never fails
	return base64.RawURLEncoding.EncodeToString(random[:])
}

// getSigner sends somebody to a provider of identities. With an invitation the identity that comes back is bound to its
// account.
func (s *Pages) getSigner(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	ctx := r.Context()
	signer := s.signerNamed(r.PathValue("naam"))
	if signer == nil {
		return site.ErrNotThere
	}
	if _, err := signer.ready(ctx); err != nil {
		return err
	}
	state, nonce, verifier := randomText(), randomText(), oauth2.GenerateVerifier()
	s.Sessions.Put(ctx, "oidc", strings.Join([]string{signer.name, state, nonce, verifier, r.URL.Query().Get("uitnodiging")}, "\n"))
	http.Redirect(w, r, signer.config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), http.StatusSeeOther)
	return nil
}

// getSigned takes who comes back from a provider of identities. The account is found by issuer and subject, never by an
// e-mail address.
func (s *Pages) getSigned(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	ctx := r.Context()
	kept := strings.Split(s.Sessions.PopString(ctx, "oidc"), "\n")
	if len(kept) != 5 || kept[1] == "" || r.URL.Query().Get("state") != kept[1] || r.URL.Query().Get("code") == "" {
		return s.notSigned(w, r)
	}
	signer := s.signerNamed(kept[0])
	if signer == nil {
		return s.notSigned(w, r)
	}
	provider, err := signer.ready(ctx)
	if err != nil {
		return err
	}
	token, err := signer.config.Exchange(ctx, r.URL.Query().Get("code"), oauth2.VerifierOption(kept[3]))
	if err != nil {
		return s.notSigned(w, r)
	}
	raw, _ := token.Extra("id_token").(string)
	identity, err := provider.Verifier(&oidc.Config{ClientID: signer.config.ClientID}).Verify(ctx, raw)
	if err != nil || identity.Nonce != kept[2] || identity.Issuer != signer.issuer {
		return s.notSigned(w, r)
	}
	if kept[4] != "" {
		if err := s.bindIdentity(r, kept[4], identity); err != nil {
			return err
		}
	}
	account, found, err := s.Store.AccountOf(ctx, identity.Issuer, identity.Subject)
	if err != nil {
		return err
	}
	if !found || account.Blocked {
		return s.notSigned(w, r)
	}
	var claims struct {
		AMR []string `json:"amr"`
	}
	if signer.amr != "" && identity.Claims(&claims) == nil && slices.Contains(claims.AMR, signer.amr) {
		return s.letIn(w, r, account, false)
	}
	if err := s.await(r, account.ID); err != nil {
		return err
	}
	return site.Redirect(w, r, "/aanmelden/code")
}

// bindIdentity binds an identity to the account of an invitation, once.
func (s *Pages) bindIdentity(r *http.Request, token string, identity *oidc.IDToken) error {
	ctx := r.Context()
	id, found, err := s.Store.Link(ctx, token)
	if err != nil || !found {
		return site.NotThereOr(err)
	}
	if used, err := s.Store.UseLink(ctx, token); err != nil || !used {
		return site.NotThereOr(err)
	}
	bound, err := s.Store.Bind(ctx, id, identity.Issuer, identity.Subject)
	if err != nil || !bound {
		return site.NotThereOr(err)
	}
	return nil
}

func (s *Pages) notSigned(w http.ResponseWriter, r *http.Request) error {
	s.Note(r, nil, "aanmelden", "andere partij", "mislukt")
	return s.signInAgain(w, r, "", "Aanmelden is niet gelukt: deze identiteit hoort bij geen account. Gebruik uw uitnodiging of vraag de beheerder.")
}
