package web

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
)

// policy is the Content-Security-Policy of every response.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'"

// maxFormBytes is the maximum size in bytes of a form without files.
const maxFormBytes = 1 << 20

// makeHandler wraps the routes in the middleware that every request passes through.
func (s *Server) makeHandler() http.Handler {
	mux := http.NewServeMux()
	for _, route := range s.allRoutes() {
		mux.Handle(route.Method+" "+route.Pattern, s.handle(route))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.Answer(w, r, site.ErrNotThere) })
	crossSite := http.NewCrossOriginProtection()
	if s.Web.Address != "" {
		if err := crossSite.AddTrustedOrigin(s.Web.Address); err != nil {
			s.Log.Warn("address", "problem", err)
		}
	}
	crossSite.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.Note(r, nil, "geweigerd", "formulier van elders", "geweigerd")
		s.Answer(w, r, site.ErrElsewhere)
	}))
	static := s.StaticFiles()
	inner := site.AnsweredOnce(s.Sessions.LoadAndSave(s.withVisitor(crossSite.Handler(mux))))
	return s.secured(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case strings.HasPrefix(r.URL.Path, "/static/"):
			static.ServeHTTP(w, r)
		case r.URL.Path == "/gezond":
			s.healthy(w, r)
		case !s.limiter.allow(s.Network(r)):
			s.Answer(w, s.asNobody(r), site.ErrTooMany)
		case s.Web.Address == "" && isPublicName(r.Host):
			r = s.asNobody(r)
			s.Note(r, nil, "geweigerd", "onder een andere naam", "geweigerd")
			s.Answer(w, r, site.ErrOtherName)
		default:
			inner.ServeHTTP(w, r)
		}
	}))
}

// asNobody returns the request with an anonymous visitor, for responses that are written before the session is read.
func (s *Server) asNobody(r *http.Request) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), site.VisitorKey{}, &site.Visitor{Language: s.Folder.Language}))
}

// isPublicName reports whether a request names the server by a host name that could exist on the internet. Without a public
// address the pages are served on this computer only; the owner of such a name could point it here (DNS rebinding), after which
// the browser would let their page read the responses. IP addresses, localhost and names without a dot cannot be used so.
func isPublicName(host string) bool {
	name := (&url.URL{Host: host}).Hostname()
	if net.ParseIP(name) != nil {
		return false
	}
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	return strings.Contains(name, ".") && !strings.HasSuffix(name, ".localhost")
}

// secured sets the security headers of every response, and answers a panic in a handler with an error page.
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
		if s.Secure() {
			header.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		_ = http.NewResponseController(w).SetWriteDeadline(time.Now().Add(fileTimeout)) // fails only without a connection, as in tests
		began := time.Now()
		defer func() {
			if found := recover(); found != nil {
				if found == http.ErrAbortHandler {
					panic(found)
				}
				s.Fail(w, r, parallel.Recovered(found))
			}
			s.Log.Debug("request", "method", r.Method, "route", r.Pattern, "took", time.Since(began))
		}()
		next.ServeHTTP(w, r)
	})
}

// handle checks the role, the rate of uploads and the size of the body before it calls the handler of the route.
func (s *Server) handle(route site.Route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		who := site.VisitorOf(r)
		if !route.Public() {
			switch {
			case who.Account == nil:
				s.Answer(w, r, site.ErrSignIn)
				return
			case !route.May(who.Role()):
				s.Note(r, who, "geweigerd", route.Method+" "+route.Pattern, "rol")
				s.Answer(w, r, site.ErrForbidden)
				return
			}
		}
		most, timeout := int64(maxFormBytes), formTimeout
		if route.Upload {
			if !s.uploads.allow(who.Account.ID) {
				s.Note(r, who, "geweigerd", route.Method+" "+route.Pattern, "te vaak")
				s.Answer(w, r, site.ErrUploads)
				return
			}
			most, timeout = int64(s.Web.UploadMiB)<<20*site.FilesMost+maxFormBytes, fileTimeout
		}
		r.Body = http.MaxBytesReader(w, newTimedBody(w, r, timeout), most)
		if err := site.ReadForm(r); err != nil {
			s.Answer(w, r, err)
			return
		}
		if err := route.Do(w, r, who); err != nil {
			s.Answer(w, r, err)
		}
	})
}

// limiter limits the rate of requests of each address or account.
type limiter struct {
	mutex     sync.Mutex
	visitors  map[string]*rate.Limiter
	perSecond rate.Limit
	atOnce    int
}

func newLimiter(perSecond rate.Limit, atOnce int) *limiter {
	return &limiter{visitors: make(map[string]*rate.Limiter), perSecond: perSecond, atOnce: atOnce}
}

// The sustained rate and the burst of requests that one address may make, which several people may share, and the number of
// addresses that a limiter remembers.
const (
	perSecond = 30
	atOnce    = 200
	addresses = 10_000
)

func (l *limiter) allow(who string) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.visitors[who] == nil {
		l.makeRoom()
		l.visitors[who] = rate.NewLimiter(l.perSecond, l.atOnce)
	}
	return l.visitors[who].Allow()
}

// makeRoom forgets visitors when there are too many: those who may make a whole burst again, to whom it makes no difference, or else
// all.
func (l *limiter) makeRoom() {
	if len(l.visitors) < addresses {
		return
	}
	maps.DeleteFunc(l.visitors, func(_ string, visitor *rate.Limiter) bool { return visitor.Tokens() >= float64(l.atOnce) })
	if len(l.visitors) >= addresses {
		clear(l.visitors)
	}
}

// healthy answers health checks of monitoring: ok, or status 503 when the database does not respond within two seconds.
func (s *Server) healthy(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	soon, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	if err := s.Views.Ping(soon); err != nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		fmt.Fprintln(w, "niet ok")
		return
	}
	fmt.Fprintln(w, "ok")
}

// withVisitor adds the visitor to the context of the request. It destroys the session of an account that was blocked or changed
// since it signed in.
func (s *Server) withVisitor(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		who := &site.Visitor{Language: s.Folder.Language}
		if language := s.Sessions.GetString(ctx, "language"); language != "" {
			who.Language = language
		}
		if id := s.Sessions.GetString(ctx, "account"); id != "" {
			account, found, err := s.Store.Account(ctx, id)
			switch {
			case err != nil:
				s.Fail(w, r, err)
				return
			case !found || account.Blocked || account.Epoch != s.Sessions.GetInt64(ctx, "epoch"):
				if err := s.Sessions.Destroy(ctx); err != nil {
					s.Fail(w, r, err)
					return
				}
			default:
				who.Account = account
				if account.Language != "" {
					who.Language = account.Language
				}
				who.Ends = time.Now().Add(s.Sessions.IdleTimeout)
				if last := s.Sessions.Deadline(ctx); last.Before(who.Ends) {
					who.Ends = last
				}
			}
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(ctx, site.VisitorKey{}, who)))
	})
}
