package web_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/web/admin"
)

// issuer is an OpenID Connect provider whose responses a test controls.
type issuer struct {
	*httptest.Server
	key *rsa.PrivateKey

	mutex     sync.Mutex
	challenge string         // of the last code
	claims    map[string]any // of the next ID token
	answered  int
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	i := &issuer{key: key}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		json.NewEncoder(w).Encode(map[string]any{"issuer": i.URL, "authorization_endpoint": i.URL + "/auth", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}}) //nolint:errcheck // a test
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		text := func(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }
		json.NewEncoder(w).Encode(map[string]any{"keys": []any{map[string]any{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1", "n": text(key.N.Bytes()), "e": text(big.NewInt(int64(key.E)).Bytes())}}}) //nolint:errcheck // a test
	})
	mux.HandleFunc("POST /token", i.token)
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

// token sends an ID token if the request has the verifier of the challenge.
func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	i.mutex.Lock()
	defer i.mutex.Unlock()
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if base64.RawURLEncoding.EncodeToString(sum[:]) != i.challenge {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	i.answered++
	part := func(value any) string {
		text, _ := json.Marshal(value)
		return base64.RawURLEncoding.EncodeToString(text)
	}
	signed := part(map[string]string{"alg": "RS256", "kid": "1"}) + "." + part(i.claims)
	hash := sha256.Sum256([]byte(signed))
	signature, _ := rsa.SignPKCS1v15(rand.Reader, i.key, crypto.SHA256, hash[:])
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": signed + "." + base64.RawURLEncoding.EncodeToString(signature)}) //nolint:errcheck // a test
}

// comeBack signs in at the issuer and returns with its response, which change alters.
func (i *issuer) comeBack(t *testing.T, c *client, invitation string, change func(claims map[string]any, back url.Values)) (status int, location string) {
	t.Helper()
	to := "/aanmelden/via/gemeente"
	if invitation != "" {
		to += "?uitnodiging=" + invitation
	}
	asked := c.location(t, to)
	query := asked.Query()
	if query.Get("code_challenge_method") != "S256" || query.Get("nonce") == "" || query.Get("state") == "" || query.Get("response_type") != "code" {
		t.Fatalf("asked at the issuer: %s", asked)
	}
	claims := map[string]any{"iss": i.URL, "sub": "subject-1", "aud": "pxq", "nonce": query.Get("nonce"), "exp": time.Now().Add(time.Hour).Unix(), "iat": time.Now().Unix(), "amr": []string{"mfa"}}
	back := url.Values{"state": {query.Get("state")}, "code": {"code"}}
	if change != nil {
		change(claims, back)
	}
	i.mutex.Lock()
	i.challenge, i.claims = query.Get("code_challenge"), claims
	i.mutex.Unlock()
	answer, err := c.Get(c.URL + "/aanmelden/terug?" + back.Encode())
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	return answer.StatusCode, answer.Header.Get("Location")
}

// location returns the redirect of an address.
func (c *client) location(t *testing.T, path string) *url.URL {
	t.Helper()
	answer, err := c.Get(c.URL + path)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	to, err := url.Parse(answer.Header.Get("Location"))
	if err != nil || answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s: %d %v", path, answer.StatusCode, err)
	}
	return to
}

// Somebody who returns from an OpenID Connect provider is identified by issuer and subject only, once an invitation has bound them,
// and only if state, nonce, audience and signature are right.
func TestOIDC(t *testing.T) {
	t.Parallel()
	i := newIssuer(t)
	s := newSiteWith(t, 1500, fmt.Sprintf("[[web.oidc]]\nname = \"gemeente\"\nissuer = %q\nclient_id = \"pxq\"\namr = \"mfa\"\n", i.URL), "")
	read, store := s.opened(t)
	link, err := admin.AddAccount(t.Context(), store, read, "jansen", "Jansen", "regio", "")
	if err != nil {
		t.Fatal(err)
	}
	invitation := link[strings.LastIndexByte(link, '/')+1:]
	if status, location := i.comeBack(t, s.as(t, ""), "", nil); status != http.StatusUnprocessableEntity {
		t.Fatalf("nobody invited this identity: %d %s", status, location)
	}
	wrong := map[string]func(map[string]any, url.Values){
		"another state":    func(_ map[string]any, back url.Values) { back.Set("state", "x") },
		"no code":          func(_ map[string]any, back url.Values) { back.Del("code") },
		"another nonce":    func(claims map[string]any, _ url.Values) { claims["nonce"] = "x" },
		"another issuer":   func(claims map[string]any, _ url.Values) { claims["iss"] = i.URL + "/" },
		"another audience": func(claims map[string]any, _ url.Values) { claims["aud"] = "iemand" },
		"over":             func(claims map[string]any, _ url.Values) { claims["exp"] = time.Now().Add(-time.Hour).Unix() },
	}
	for name, change := range wrong {
		if status, location := i.comeBack(t, s.as(t, ""), invitation, change); status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", name, status, location)
		}
	}
	c := s.as(t, "")
	if status, location := i.comeBack(t, c, invitation, nil); status != http.StatusSeeOther || location != "/maand" {
		t.Fatalf("invited: %d %s", status, location)
	}
	if status, page := c.get(t, "/maand"); status != http.StatusOK || !strings.Contains(page, "Jansen") {
		t.Errorf("not signed in: %d", status)
	}
	if status, _ := i.comeBack(t, s.as(t, ""), invitation, func(claims map[string]any, _ url.Values) { claims["sub"] = "subject-2" }); status == http.StatusSeeOther {
		t.Error("an invitation binds twice")
	}
	if status, location := i.comeBack(t, s.as(t, ""), "", nil); status != http.StatusSeeOther || location != "/maand" {
		t.Errorf("again: %d %s", status, location)
	}
	if status, location := i.comeBack(t, s.as(t, ""), "", func(claims map[string]any, _ url.Values) { claims["amr"] = []string{"pwd"} }); status != http.StatusSeeOther || location != "/aanmelden/code" {
		t.Errorf("without the wanted factor the own one follows: %d %s", status, location)
	}
	if status, _ := i.comeBack(t, s.as(t, ""), "", func(claims map[string]any, _ url.Values) { claims["sub"], claims["email"] = "subject-3", "jansen" }); status == http.StatusSeeOther {
		t.Error("known by an e-mail address")
	}
}
