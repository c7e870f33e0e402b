package web

import (
	"crypto/subtle"
	"errors"
	"image/png"
	"net/http"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

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
