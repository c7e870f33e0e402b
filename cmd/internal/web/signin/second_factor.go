package signin

import (
	"crypto/subtle"
	"image/png"
	"net/http"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// codePage is the body of the page of the second step.
type codePage struct {
	Enrol   bool   // whether a second factor is being set up
	Secret  string // in groups of four, to type
	Address string // otpauth URL, for an app on the same device
}

func (s *Pages) getCode(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	account, err := s.pending(r)
	if err != nil {
		return err
	}
	h, err := s.codePage(r, account)
	if err != nil {
		return err
	}
	return s.Show(w, r, "code", h)
}

func (s *Pages) codePage(r *http.Request, account *webstore.Account) (*site.Head, error) {
	h := s.Page(r, "Code invoeren")
	body := &codePage{}
	h.Body = body
	if account.TOTP != "" {
		return h, nil
	}
	h.Title = words.Say(h.Language, "Tweede factor instellen")
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

// newKey returns the key of a second factor that is being set up; the same one until it is confirmed.
func (s *Pages) newKey(r *http.Request, account *webstore.Account) (*otp.Key, error) {
	ctx := r.Context()
	if kept := s.Sessions.GetString(ctx, "totp"); kept != "" {
		return otp.NewKeyFromURL(kept)
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: "pxq " + s.Folder.Settings.Region, AccountName: account.Name})
	if err != nil {
		return nil, err
	}
	s.Sessions.Put(ctx, "totp", key.URL())
	return key, nil
}

// getQR sends the key of a second factor that is being set up as a QR code.
func (s *Pages) getQR(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	account, err := s.pending(r)
	if err != nil || account.TOTP != "" {
		return site.ErrNotThere
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

// postCode checks the code of the second factor and signs in. The first right code confirms a new second factor.
func (s *Pages) postCode(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	account, err := s.pending(r)
	if err != nil {
		return err
	}
	code := strings.NewReplacer(" ", "", "-", "").Replace(strings.ToLower(strings.TrimSpace(r.PostFormValue("code"))))
	right, enrolled, wait, err := s.tryCode(r, account, code)
	switch {
	case err != nil:
		return err
	case wait > 0:
		s.Enter(r.Context(), &webstore.Entry{Account: account.Name, Address: s.Caller(r), Act: "aanmelden", Outcome: "uitgesteld"})
		return s.codeAgain(w, r, account, "Er is te vaak mislukt geprobeerd. Probeer het over %d seconden opnieuw.", int(wait.Seconds())+1)
	case !right:
		return s.codeAgain(w, r, account, "Deze code klopt niet of is al gebruikt. Wacht op de volgende code en probeer het opnieuw.")
	}
	return s.letIn(w, r, account, enrolled)
}

// tryCode is isCode after the delay for earlier failures. If wait is positive it did not check the code.
func (s *Pages) tryCode(r *http.Request, account *webstore.Account, code string) (right, enrolled bool, wait time.Duration, err error) {
	ctx, name := r.Context(), "code "+account.ID
	defer s.turns.take(name, s.Network(r))()
	if wait, err = s.delayed(ctx, name, s.Network(r)); err != nil || wait > 0 {
		return false, false, wait, err
	}
	if right, enrolled, err = s.isCode(r, account, code); err == nil && !right {
		err = s.failed(r, name, account.Name)
	}
	return right, enrolled, 0, err
}

func (s *Pages) codeAgain(w http.ResponseWriter, r *http.Request, account *webstore.Account, text string, values ...any) error {
	h, err := s.codePage(r, account)
	if err != nil {
		return err
	}
	h.Problems = []site.FieldProblem{{Field: "code", Text: words.Say(h.Language, text, values...)}}
	return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "code", h)
}

// isCode reports whether a code is right; enrolled reports whether it confirmed a new second factor.
func (s *Pages) isCode(r *http.Request, account *webstore.Account, code string) (right, enrolled bool, err error) {
	ctx := r.Context()
	if account.TOTP != "" {
		if len(code) == 6 {
			step, ok := stepOf(account.TOTP, code, s.Store.Now())
			if !ok {
				return false, false, nil
			}
			right, err = s.Store.UseStep(ctx, account.ID, step)
			return right, false, err
		}
		right, err = s.Store.UseRecovery(ctx, account.ID, code)
		return right, false, err
	}
	key, err := s.newKey(r, account)
	if err != nil {
		return false, false, err
	}
	step, ok := stepOf(key.Secret(), code, s.Store.Now())
	if !ok {
		return false, false, nil
	}
	codes := make([]string, 10)
	for i := range codes {
		codes[i] = webstore.NewID()[:10]
	}
	if err := s.Store.SetTOTP(ctx, account.ID, key.Secret(), codes); err != nil {
		return false, false, err
	}
	s.Sessions.Put(ctx, "recovery", strings.Join(codes, " "))
	right, err = s.Store.UseStep(ctx, account.ID, step)
	return right, true, err
}

// stepOf returns the time step of 30 seconds to which a code belongs: the current one, the one before or the one after it. Ok is
// false if it belongs to none of them.
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

func (s *Pages) getRecovery(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	take := s.Sessions.PopString
	if r.Method == http.MethodHead {
		take = s.Sessions.GetString // nobody sees the codes yet
	}
	codes := strings.Fields(take(r.Context(), "recovery"))
	if len(codes) == 0 {
		return site.Redirect(w, r, site.StartOf(who.Role()))
	}
	h := s.Page(r, "Herstelcodes")
	h.Body = codes
	return s.Show(w, r, "herstelcodes", h)
}
