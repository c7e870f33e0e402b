package web

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"image/png"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"
	"golang.org/x/crypto/argon2"

	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// How passwords are hashed: 19 MiB, two passes.
const (
	hashMemory = 19 << 10
	hashPasses = 2
	hashSize   = 32
)

// passwordLeast is how long a password is at least.
const passwordLeast = 12

// Failures before there is a delay: of an account, and of an address.
const (
	freeForAccount = 5
	freeForAddress = 20
)

// hashPassword returns how a password is kept.
func (s *Server) hashPassword(password string) string {
	var salt [16]byte
	rand.Read(salt[:]) //nolint:errcheck // it never fails
	return base64.RawStdEncoding.EncodeToString(salt[:]) + "$" + base64.RawStdEncoding.EncodeToString(s.argon(password, salt[:]))
}

// argon hashes a password, two at a time: each takes memory.
func (s *Server) argon(password string, salt []byte) []byte {
	s.hashing <- struct{}{}
	defer func() { <-s.hashing }()
	return argon2.IDKey([]byte(password), salt, hashPasses, hashMemory, 1, hashSize)
}

// isPassword reports whether a password is the one that is kept. It takes as long when none is.
func (s *Server) isPassword(kept, password string) bool {
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

// signInPage is what the page to sign in shows.
type signInPage struct {
	Name    string
	Signers []string
	Demo    []demoAccount
	Code    bool // the second step
}

func (s *Server) signInPage(r *http.Request) *head {
	h := s.page(r, "Aanmelden")
	body := signInPage{}
	for _, signer := range s.signers {
		body.Signers = append(body.Signers, signer.name)
	}
	if s.demo {
		body.Demo = demoAccounts
	}
	h.Body = &body
	return h
}

func getSignIn(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	if who.account != nil {
		return redirect(w, r, startOf(who.role()))
	}
	return s.show(w, r, "aanmelden", s.signInPage(r))
}

// postSignIn looks at name and password. An unknown name and a wrong password read and take the same.
func postSignIn(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	ctx := r.Context()
	name, password := strings.ToLower(strings.TrimSpace(r.PostFormValue("naam"))), r.PostFormValue("wachtwoord")
	if wait, err := s.delayed(ctx, name, s.caller(r)); err != nil {
		return err
	} else if wait > 0 {
		s.store.Log(ctx, webstore.Entry{Account: shortName(name), Address: s.caller(r), Act: "aanmelden", Outcome: "uitgesteld"}) //nolint:errcheck // the answer is the same
		return s.signInAgain(w, r, name, "Er is te vaak mislukt geprobeerd. Probeer het over %d seconden opnieuw.", int(wait.Seconds())+1)
	}
	account, found, err := s.store.AccountNamed(ctx, name)
	if err != nil {
		return err
	}
	right := s.isPassword(account.Password, password)
	if !found || !right || account.Blocked {
		if err := s.failed(ctx, r, name); err != nil {
			return err
		}
		return s.signInAgain(w, r, name, "Deze naam met dit wachtwoord is niet bekend. Controleer beide en probeer het opnieuw.")
	}
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Put(ctx, "pending", account.ID)
	s.sessions.Put(ctx, "pendingUntil", time.Now().Add(10*time.Minute).Unix())
	return redirect(w, r, "/aanmelden/code")
}

func shortName(name string) string {
	const most = 60
	if utf8.RuneCountInString(name) > most {
		name = string([]rune(name)[:most])
	}
	return strings.ToValidUTF8(name, "?")
}

func (s *Server) signInAgain(w http.ResponseWriter, r *http.Request, name, text string, values ...any) error {
	h := s.signInPage(r)
	h.Body.(*signInPage).Name = shortName(name)
	h.Problems = []fieldProblem{{"naam", say(h.Language, text, values...)}}
	return s.showStatus(w, r, http.StatusUnprocessableEntity, "aanmelden", h)
}

func (s *Server) delayed(ctx context.Context, name, address string) (time.Duration, error) {
	ofName, err := s.store.Delay(ctx, "account "+name)
	if err != nil {
		return 0, err
	}
	ofAddress, err := s.store.Delay(ctx, "address "+address)
	return max(ofName, ofAddress), err
}

func (s *Server) failed(ctx context.Context, r *http.Request, name string) error {
	err := errors.Join(s.store.Failed(ctx, "account "+name, freeForAccount), s.store.Failed(ctx, "address "+s.caller(r), freeForAddress))
	return errors.Join(err, s.store.Log(ctx, webstore.Entry{Account: shortName(name), Address: s.caller(r), Act: "aanmelden", Outcome: "mislukt"}))
}

// pending returns who gave a name and password and not yet a code.
func (s *Server) pending(r *http.Request) (*webstore.Account, error) {
	ctx := r.Context()
	id := s.sessions.GetString(ctx, "pending")
	if id == "" || time.Now().Unix() > s.sessions.GetInt64(ctx, "pendingUntil") {
		return nil, errSignIn
	}
	account, found, err := s.store.Account(ctx, id)
	if err != nil {
		return nil, err
	}
	if !found || account.Blocked {
		return nil, errSignIn
	}
	return account, nil
}

// codePage is what the page of the second step shows.
type codePage struct {
	Enrol   bool   // the second factor is made now
	Secret  string // in groups, to type
	Address string // for an app on the same device
}

func getCode(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	account, err := s.pending(r)
	if err != nil {
		return err
	}
	h, err := s.codePage(r, account)
	if err != nil {
		return err
	}
	return s.show(w, r, "code", h)
}

func (s *Server) codePage(r *http.Request, account *webstore.Account) (*head, error) {
	h := s.page(r, "Code invoeren")
	body := &codePage{}
	h.Body = body
	if account.TOTP != "" {
		return h, nil
	}
	h.Title = say(h.Language, "Tweede factor instellen")
	key, err := s.newKey(r, account)
	if err != nil {
		return nil, err
	}
	body.Enrol, body.Address = true, key.URL()
	for i := 0; i < len(key.Secret()); i += 4 {
		body.Secret += key.Secret()[i:min(i+4, len(key.Secret()))] + " "
	}
	return h, nil
}

// newKey returns the second factor that is being made, the same until it is confirmed.
func (s *Server) newKey(r *http.Request, account *webstore.Account) (*otp.Key, error) {
	ctx := r.Context()
	if kept := s.sessions.GetString(ctx, "totp"); kept != "" {
		return otp.NewKeyFromURL(kept)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "pxq " + s.folder.Settings.Region, AccountName: account.Name})
	if err != nil {
		return nil, err
	}
	s.sessions.Put(ctx, "totp", key.URL())
	return key, nil
}

// getQR is the second factor as an image to scan.
func getQR(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	account, err := s.pending(r)
	if err != nil || account.TOTP != "" {
		return errNotThere
	}
	key, err := s.newKey(r, account)
	if err != nil {
		return err
	}
	picture, err := key.Image(220, 220)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/png")
	return png.Encode(w, picture)
}

// postCode looks at the code of the second factor, or makes it.
func postCode(s *Server, w http.ResponseWriter, r *http.Request, _ *visitor) error {
	ctx := r.Context()
	account, err := s.pending(r)
	if err != nil {
		return err
	}
	code := strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(strings.TrimSpace(r.PostFormValue("code"))))
	wait, err := s.delayed(ctx, "code "+account.ID, s.caller(r))
	if err != nil {
		return err
	}
	right, enrolled := false, false
	if wait <= 0 {
		if right, enrolled, err = s.isCode(r, account, code); err != nil {
			return err
		}
	}
	if !right {
		if err := s.failed(ctx, r, "code "+account.ID); err != nil {
			return err
		}
		h, err := s.codePage(r, account)
		if err != nil {
			return err
		}
		text := say(h.Language, "Deze code klopt niet of is al gebruikt. Wacht op de volgende code en probeer het opnieuw.")
		if wait > 0 {
			text = say(h.Language, "Er is te vaak mislukt geprobeerd. Probeer het over %d seconden opnieuw.", int(wait.Seconds())+1)
		}
		h.Problems = []fieldProblem{{"code", text}}
		return s.showStatus(w, r, http.StatusUnprocessableEntity, "code", h)
	}
	return s.letIn(w, r, account, enrolled)
}

// isCode reports whether a code is right; enrolled reports whether it confirmed a new second factor.
func (s *Server) isCode(r *http.Request, account *webstore.Account, code string) (right, enrolled bool, err error) {
	ctx := r.Context()
	if account.TOTP != "" {
		if len(code) == 6 {
			step, ok := stepOf(account.TOTP, code, s.store.Now())
			if !ok {
				return false, false, nil
			}
			right, err = s.store.UseStep(ctx, account.ID, step)
			return right, false, err
		}
		right, err = s.store.UseRecovery(ctx, account.ID, code)
		return right, false, err
	}
	key, err := s.newKey(r, account)
	if err != nil {
		return false, false, err
	}
	step, ok := stepOf(key.Secret(), code, s.store.Now())
	if !ok {
		return false, false, nil
	}
	codes := make([]string, 10)
	for i := range codes {
		codes[i] = webstore.NewID()[:10]
	}
	if err := s.store.SetTOTP(ctx, account.ID, key.Secret(), codes); err != nil {
		return false, false, err
	}
	s.sessions.Put(ctx, "recovery", strings.Join(codes, " "))
	right, err = s.store.UseStep(ctx, account.ID, step)
	return right, true, err
}

// stepOf returns the step of half a minute that a code is of: this one, or the one before or behind it.
func stepOf(secret, code string, now time.Time) (step int64, ok bool) {
	for _, off := range []int64{0, -1, 1} {
		step := now.Unix()/30 + off
		wanted, err := hotp.GenerateCodeCustom(secret, uint64(step), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}) //nolint:gosec // a moment is positive
		if err == nil && subtle.ConstantTimeCompare([]byte(wanted), []byte(code)) == 1 {
			return step, true
		}
	}
	return 0, false
}

// letIn signs somebody in and shows the page that was asked for, or the codes of a new second factor.
func (s *Server) letIn(w http.ResponseWriter, r *http.Request, account *webstore.Account, enrolled bool) error {
	ctx := r.Context()
	account, found, err := s.store.Account(ctx, account.ID) // as it is now
	if err != nil || !found {
		return errors.Join(err, errSignIn)
	}
	if err := errors.Join(s.store.Succeeded(ctx, "account "+account.Name), s.store.Succeeded(ctx, "account code "+account.ID)); err != nil {
		return err
	}
	wanted := s.sessions.PopString(ctx, "wanted")
	if err := s.signIn(r, account); err != nil {
		return err
	}
	s.note(r, &visitor{account: account}, "aanmelden", "", "gelukt")
	switch {
	case enrolled:
		return redirect(w, r, "/aanmelden/herstelcodes")
	case strings.HasPrefix(wanted, "/") && !strings.HasPrefix(wanted, "//") && !strings.HasPrefix(wanted, "/aanmelden"):
		return redirect(w, r, wanted)
	}
	return redirect(w, r, startOf(views.Role(account.Role)))
}

func getRecovery(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	codes := strings.Fields(s.sessions.PopString(r.Context(), "recovery"))
	if len(codes) == 0 {
		return redirect(w, r, startOf(who.role()))
	}
	h := s.page(r, "Herstelcodes")
	h.Body = codes
	return s.show(w, r, "herstelcodes", h)
}

func postSignOut(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	if who.account != nil {
		s.note(r, who, "afmelden", "", "gelukt")
		if err := s.store.EndSessions(r.Context(), who.account.ID); err != nil {
			return err
		}
	}
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	return redirect(w, r, "/aanmelden")
}

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
