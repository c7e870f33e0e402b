package signin

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// signer is an OpenID Connect provider.
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

// oidcClient is the HTTP client for requests to OpenID Connect providers.
var oidcClient = &http.Client{Timeout: 10 * time.Second}

// ready returns the provider with its endpoints, which it discovers on first use.
func (g *signer) ready(ctx context.Context) (*oidc.Provider, error) {
	g.mutex.Lock()
	known := g.provider
	g.mutex.Unlock()
	if known != nil {
		return known, nil
	}
	// Discover without holding the mutex, so that no request waits for the timeouts of others.
	provider, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), oidcClient), g.issuer) // it refuses any other issuer
	if err != nil {
		return nil, err
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.provider == nil {
		g.provider, g.config.Endpoint = provider, provider.Endpoint()
	}
	return g.provider, nil
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

// getSigner redirects to an OpenID Connect provider. With an invitation, the identity that comes back is bound to its account.
func (s *Pages) getSigner(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	ctx := r.Context()
	signer := s.signerNamed(r.PathValue("naam"))
	if signer == nil {
		return site.ErrNotThere
	}
	if _, err := signer.ready(ctx); err != nil {
		s.tellOfSigner(signer.name, err)
		return site.Refuse("Aanmelden bij %s lukt nu niet. Probeer het later opnieuw.", "Signing in at %s is not possible at the moment. Try again later.", signer.name)
	}
	state, nonce, verifier := randomText(), randomText(), oauth2.GenerateVerifier()
	s.Sessions.Put(ctx, "oidc", strings.Join([]string{signer.name, state, nonce, verifier, r.URL.Query().Get("uitnodiging")}, "\n"))
	http.Redirect(w, r, signer.config.AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), http.StatusSeeOther)
	return nil
}

// getSigned handles the return from an OpenID Connect provider. It finds the account by issuer and subject, never by e-mail address.
func (s *Pages) getSigned(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	ctx := r.Context()
	kept := strings.Split(s.Sessions.PopString(ctx, "oidc"), "\n")
	if len(kept) != 5 || kept[1] == "" || r.URL.Query().Get("state") != kept[1] {
		return s.notSigned(w, r, "", errors.New("nobody went there, or another state came back"))
	}
	signer := s.signerNamed(kept[0])
	if signer == nil {
		return s.notSigned(w, r, kept[0], errors.New("it is not in pxq.toml"))
	}
	identity, err := signer.identity(ctx, r, kept[2], kept[3])
	if err != nil {
		return s.notSigned(w, r, signer.name, err)
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
		s.Note(r, nil, "aanmelden", "andere partij", "mislukt")
		return s.signInAgain(w, r, "", "Aanmelden is niet gelukt: deze identiteit hoort bij geen account. Gebruik uw uitnodiging of vraag de beheerder.")
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

// identity exchanges the code of a return for the ID token, and verifies it: signature, issuer, audience, expiry and nonce.
func (g *signer) identity(ctx context.Context, r *http.Request, nonce, verifier string) (*oidc.IDToken, error) {
	code := r.URL.Query().Get("code")
	if code == "" {
		return nil, errors.New("no code came back: " + shortName(r.URL.Query().Get("error")))
	}
	ctx = oidc.ClientContext(ctx, oidcClient)
	provider, err := g.ready(ctx)
	if err != nil {
		return nil, err
	}
	token, err := g.config.Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if refused, is := errors.AsType[*oauth2.RetrieveError](err); is {
		return nil, fmt.Errorf("it answered %s: %s", refused.Response.Status, refused.ErrorCode) // its body may hold an identity
	}
	if err != nil {
		return nil, err
	}
	raw, _ := token.Extra("id_token").(string)
	identity, err := provider.Verifier(&oidc.Config{ClientID: g.config.ClientID}).Verify(ctx, raw)
	if err != nil {
		return nil, err
	}
	var given struct {
		To string `json:"azp"`
	}
	err = identity.Claims(&given)
	switch {
	case err != nil:
		return nil, err
	case identity.Nonce != nonce:
		return nil, errors.New("another nonce came back")
	case identity.Issuer != g.issuer:
		return nil, errors.New("it is of another issuer")
	case identity.Subject == "":
		return nil, errors.New("it names nobody")
	case given.To != "" && given.To != g.config.ClientID:
		return nil, errors.New("it was given to another client")
	}
	return identity, nil
}

// bindIdentity binds an identity to the account of an invitation, which it uses up. If the identity is bound to an account already,
// it returns an error and the invitation stays valid for the right one.
func (s *Pages) bindIdentity(r *http.Request, token string, identity *oidc.IDToken) error {
	ctx := r.Context()
	account, err := s.invited(ctx, token)
	if err != nil {
		return err
	}
	if _, has, err := s.Store.AccountOf(ctx, identity.Issuer, identity.Subject); err != nil {
		return err
	} else if has {
		return site.Refuse("Deze identiteit hoort al bij een ander account. Meld u af bij de andere partij, kies daar de goede identiteit en open de uitnodiging opnieuw.",
			"This identity already belongs to another account. Sign out at the other party, choose the right identity there and open the invitation again.")
	}
	if used, err := s.Store.UseLink(ctx, token); err != nil || !used {
		return linkOverOr(err)
	}
	bound, err := s.Store.Bind(ctx, account.ID, identity.Issuer, identity.Subject)
	if err != nil || !bound {
		return site.NotThereOr(err)
	}
	s.Note(r, &site.Visitor{Account: account}, "account", account.Name, "andere partij")
	return nil
}

// notSigned answers a failed return from an OpenID Connect provider with the sign-in page. The reason goes to the program's log only.
func (s *Pages) notSigned(w http.ResponseWriter, r *http.Request, name string, why error) error {
	s.tellOfSigner(name, why)
	s.Note(r, nil, "aanmelden", "andere partij", "mislukt")
	return s.signInAgain(w, r, "", "Aanmelden is niet gelukt, of duurde te lang. Begin opnieuw. Lukt het weer niet, vraag dan de beheerder.")
}

func (s *Pages) tellOfSigner(name string, why error) {
	s.Log.Warn("signing in elsewhere", "party", name, "error", bsn.MaskLine(why.Error()))
}
