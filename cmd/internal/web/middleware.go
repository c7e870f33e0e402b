package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// policy is what a browser may do with the pages.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'"

// formMost is how large a form is that holds no file.
const formMost = 1 << 20

// makeHandler puts the routes behind what every request passes.
func (s *Server) makeHandler() http.Handler {
	mux := http.NewServeMux()
	for _, route := range s.routes() {
		mux.Handle(route.method+" "+route.pattern, s.handle(route))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.answer(w, r, errNotThere) })
	crossSite := http.NewCrossOriginProtection()
	if s.web.Address != "" {
		if err := crossSite.AddTrustedOrigin(s.web.Address); err != nil {
			s.log.Warn("address", "problem", err)
		}
	}
	crossSite.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.note(r, nil, "geweigerd", "formulier van elders", "geweigerd")
		s.answer(w, r, errForbidden)
	}))
	static := s.staticFiles()
	inner := s.sessions.LoadAndSave(s.withVisitor(crossSite.Handler(mux)))
	return s.secured(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/static/"):
			static.ServeHTTP(w, r)
		case r.URL.Path == "/gezond":
			s.healthy(w, r)
		case !s.limiter.allow(s.caller(r)):
			s.answer(w, r.WithContext(context.WithValue(r.Context(), visitorKey{}, &visitor{language: s.folder.Language})), errTooMany)
		default:
			inner.ServeHTTP(w, r)
		}
	}))
}

// secured sets the headers of every answer, and turns a panic into one.
func (s *Server) secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", policy)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		header.Set("Cache-Control", "no-store")
		if s.secure() {
			header.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		began := time.Now()
		defer func() {
			if found := recover(); found != nil {
				if found == http.ErrAbortHandler {
					panic(found)
				}
				s.fail(w, r, fmt.Errorf("panic: %v\n%s", found, debug.Stack()))
			}
			s.log.Debug("request", "method", r.Method, "route", r.Pattern, "took", time.Since(began))
		}()
		next.ServeHTTP(w, r)
	})
}

// What a handler answers with instead of a page.
var (
	errNotThere  = views.ErrNotThere
	errForbidden = errors.New("forbidden")
	errTooLarge  = errors.New("too large")
	errTooMany   = errors.New("too many")
	errSignIn    = errors.New("sign in first")
)

// handle checks who may use a route before anything of it happens.
func (s *Server) handle(route route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := visitorOf(r)
		if !route.public() {
			switch {
			case who.account == nil:
				s.answer(w, r, errSignIn)
				return
			case !route.may(who.role()):
				s.note(r, who, "geweigerd", route.method+" "+route.pattern, "rol")
				s.answer(w, r, errForbidden)
				return
			}
		}
		if route.upload {
			r.Body = http.MaxBytesReader(w, r.Body, int64(s.web.UploadMiB)<<20*10+formMost)
		} else {
			r.Body = http.MaxBytesReader(w, r.Body, formMost)
		}
		if err := route.do(s, w, r, who); err != nil {
			s.answer(w, r, err)
		}
	})
}

// answer writes the page of an error.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, err error) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, errSignIn):
		if r.Method == http.MethodGet {
			s.sessions.Put(r.Context(), "wanted", r.URL.RequestURI())
		}
		http.Redirect(w, r, "/aanmelden", http.StatusSeeOther)
	case errors.Is(err, errNotThere):
		s.errorPage(w, r, http.StatusNotFound, "Niet gevonden", "Deze pagina is er niet, of is niet van u.")
	case errors.Is(err, errForbidden):
		s.errorPage(w, r, http.StatusForbidden, "Geen toegang", "Uw rol heeft geen toegang tot deze pagina.")
	case errors.Is(err, errTooLarge), errors.As(err, &tooLarge):
		s.errorPage(w, r, http.StatusRequestEntityTooLarge, "Te groot", "Wat u verstuurt is te groot. Verdeel het over meer bestanden.")
	case errors.Is(err, errTooMany):
		w.Header().Set("Retry-After", "60")
		s.errorPage(w, r, http.StatusTooManyRequests, "Te vaak", "U vraagt te veel achter elkaar. Wacht een minuut en probeer het opnieuw.")
	case r.Context().Err() != nil:
	default:
		s.fail(w, r, err)
	}
}

// fail writes an error that nobody can do anything about, under a number that is in the log.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	if words, ok := errors.AsType[inWords](err); ok {
		s.refusalPage(w, r, words)
		return
	}
	var random [4]byte
	rand.Read(random[:]) //nolint:errcheck // it never fails
	number := hex.EncodeToString(random[:])
	s.log.Error("failed", "number", number, "route", r.Pattern, "error", billing.Mask(err.Error()))
	s.errorPage(w, r, http.StatusInternalServerError, "Er ging iets mis", "Er ging iets mis. Er is niets gewijzigd. Meld dit nummer: %s", number)
}

// inWords is an error that speaks to its reader.
type inWords interface {
	error
	In(language string) string
}

// limiter bounds how often one address may ask.
type limiter struct {
	mutex     sync.Mutex
	visitors  map[string]*rate.Limiter
	perSecond int
}

// How many requests of one address are answered for long, and at once: several people may share an address.
const (
	perSecond = 30
	atOnce    = 200
	addresses = 10_000
)

func (l *limiter) allow(address string) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if len(l.visitors) > addresses {
		clear(l.visitors)
	}
	if l.visitors[address] == nil {
		l.visitors[address] = rate.NewLimiter(rate.Limit(l.perSecond), atOnce)
	}
	return l.visitors[address].Allow()
}

// healthy answers whoever watches over the server.
func (s *Server) healthy(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	soon, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.views.Ping(soon); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, "niet ok")
		return
	}
	fmt.Fprintln(w, "ok")
}

// note adds to the log what somebody did.
func (s *Server) note(r *http.Request, who *visitor, act, object, outcome string) {
	entry := webstore.Entry{Act: act, Object: object, Outcome: outcome, Address: s.caller(r)}
	if who == nil {
		who = visitorOf(r)
	}
	if who.account != nil {
		entry.Account, entry.Role = who.account.Name, who.account.Role
	}
	if err := s.store.Log(r.Context(), entry); err != nil {
		s.log.Error("log", "error", err)
	}
}

// tidyUp removes what is over: sessions, and uploads that nobody sent in.
func (s *Server) tidyUp(ctx context.Context) {
	for {
		if err := s.store.ForgetOld(ctx); err != nil && ctx.Err() == nil {
			s.log.Warn("tidy up", "error", err)
		}
		for _, state := range []string{webstore.Checked, webstore.Refused} {
			uploads, err := s.store.UploadsIn(ctx, state)
			if err != nil {
				continue
			}
			for _, upload := range uploads {
				if time.Since(time.Unix(upload.Made, 0)) < 24*time.Hour {
					continue
				}
				if moved, err := s.store.MoveUpload(ctx, upload.ID, state, webstore.Gone); err == nil && moved {
					_ = os.RemoveAll(s.uploadFolder(upload.ID))
				}
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(10 * time.Minute):
		}
	}
}
