package signin

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// The parameters of argon2id: memory in KiB, passes, and size of the hash in bytes.
const (
	hashMemory = 19 << 10
	hashPasses = 2
	hashSize   = 32
)

// passwordLeast is the minimum length of a password in characters.
const passwordLeast = 12

// The number of failures before there is a delay, by account and by network.
const (
	freeForAccount = 5
	freeForAddress = 20
)

// hashPassword returns a password as stored: a random salt and its hash, in base64 with a $ between.
func (s *Pages) hashPassword(password string) string {
	var salt [16]byte
	rand.Read(salt[:]) //nolint:errcheck // it never fails
	return base64.RawStdEncoding.EncodeToString(salt[:]) + "$" + base64.RawStdEncoding.EncodeToString(s.argon(password, salt[:]))
}

// argon hashes a password. At most two hashes run at a time, since each takes hashMemory.
func (s *Pages) argon(password string, salt []byte) []byte {
	s.hashing <- struct{}{}
	defer func() { <-s.hashing }()
	return argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, 1, hashSize)
}

// isPassword reports whether a password matches the stored hash. It takes the same time when no hash is stored.
func (s *Pages) isPassword(kept, password string) bool {
	salted, hashed, ok := strings.Cut(kept, "$")
	salt, err1 := base64.RawStdEncoding.DecodeString(salted)
	hash, err2 := base64.RawStdEncoding.DecodeString(hashed)
	if !ok || err1 != nil || err2 != nil {
		salt, hash = make([]byte, 16), make([]byte, hashSize)
		ok = false
	}
	same := subtle.ConstantTimeCompare(hash, s.argon(password, salt)) == 1
	return same && ok
}

// signInPage is the body of the sign-in page.
type signInPage struct {
	Name    string
	Signers []string
	Demo    []DemoAccount
}

func (s *Pages) signInPage(r *http.Request) *site.Head {
	h := s.Page(r, "Aanmelden")
	body := signInPage{}
	for _, signer := range s.signers {
		body.Signers = append(body.Signers, signer.name)
	}
	if s.Demo {
		body.Demo = DemoAccounts
	}
	h.Body = &body
	return h
}

func (s *Pages) getSignIn(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	if who.Account != nil {
		return site.Redirect(w, r, site.StartOf(who.Role()))
	}
	h := s.signInPage(r)
	if r.Method != http.MethodHead && s.Sessions.PopString(r.Context(), "lost") != "" {
		h.Notice = words.Say(h.Language, "U was niet meer aangemeld: wat u verstuurde is niet bewaard. Meld u aan en doe het opnieuw.")
	}
	return s.Show(w, r, "aanmelden", h)
}

// postSignIn checks a name and password. The response and its time are the same for an unknown name and a wrong password.
func (s *Pages) postSignIn(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	name := strings.ToLower(strings.TrimSpace(r.PostFormValue("naam")))
	account, wait, err := s.tryPassword(r, name, r.PostFormValue("wachtwoord"))
	switch {
	case err != nil:
		return err
	case wait > 0:
		s.Enter(r.Context(), &webstore.Entry{Account: shortName(name), Address: s.Caller(r), Act: "aanmelden", Outcome: "uitgesteld"})
		return s.signInAgain(w, r, name, "Er is te vaak mislukt geprobeerd. Probeer het over %d seconden opnieuw.", int(wait.Seconds())+1)
	case account == nil:
		return s.signInAgain(w, r, name, "Deze naam met dit wachtwoord is niet bekend. Controleer beide en probeer het opnieuw.")
	}
	if err := s.await(r, account.ID); err != nil {
		return err
	}
	return site.Redirect(w, r, "/aanmelden/code")
}

// tryPassword returns the account with a name and password, or nil if they are wrong. If wait is positive it did not check them,
// because of earlier failures.
func (s *Pages) tryPassword(r *http.Request, name, password string) (account *webstore.Account, wait time.Duration, err error) {
	ctx := r.Context()
	defer s.turns.take(name, s.Network(r))()
	if wait, err = s.delayed(ctx, name, s.Network(r)); err != nil || wait > 0 {
		return nil, wait, err
	}
	account, found, err := s.Store.AccountNamed(ctx, name)
	if err != nil {
		return nil, 0, err
	}
	right := s.isPassword(account.Password, password)
	if !found || !right || account.Blocked {
		return nil, 0, s.failed(r, name, name)
	}
	return account, 0, nil
}

func shortName(name string) string {
	const most = 60
	if utf8.RuneCountInString(name) > most {
		name = string([]rune(name)[:most])
	}
	return strings.ToValidUTF8(name, "?")
}

func (s *Pages) signInAgain(w http.ResponseWriter, r *http.Request, name, text string, values ...any) error {
	h := s.signInPage(r)
	h.Body.(*signInPage).Name = shortName(name)
	h.Problems = []site.FieldProblem{{Field: "naam", Text: words.Say(h.Language, text, values...)}}
	return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "aanmelden", h)
}

func (s *Pages) delayed(ctx context.Context, name, network string) (time.Duration, error) {
	ofName, err := s.Store.Delay(ctx, "account "+name)
	if err != nil {
		return 0, err
	}
	ofAddress, err := s.Store.Delay(ctx, "address "+network)
	return max(ofName, ofAddress), err
}

// failed counts a failure under a key and for the network of the request, and logs it under the name of the account.
func (s *Pages) failed(r *http.Request, key, name string) error {
	ctx := r.Context()
	err := errors.Join(s.Store.Failed(ctx, "account "+key, freeForAccount), s.Store.Failed(ctx, "address "+s.Network(r), freeForAddress))
	s.Enter(ctx, &webstore.Entry{Account: shortName(name), Address: s.Caller(r), Act: "aanmelden", Outcome: "mislukt"})
	return err
}
