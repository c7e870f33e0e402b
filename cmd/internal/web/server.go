package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"
	"golang.org/x/time/rate"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Options say what is served, and where.
type Options struct {
	Path     string // of the workspace
	Database string // address that goes before that of the settings; "" for none
	Language string // of who did not choose; "" for that of the settings
	Listen   string // address to listen on, like 127.0.0.1:8080
	Today    func() billing.Date
	Log      io.Writer

	// PerSecond is how many requests of one address are answered for long; 0 for the usual number.
	PerSecond int
}

// Server serves the pages of one workspace.
type Server struct {
	options  Options
	folder   *workspace.Folder
	web      workspace.WebSettings
	views    *views.Views
	store    *webstore.Store
	sessions *scs.SessionManager
	log      *slog.Logger
	pages    pages
	signers  []*signer
	worker   *worker
	checks   chan struct{} // two at a time
	hashing  chan struct{} // passwords, two at a time
	limiter  limiter
	handler  http.Handler
	theme    []byte
	results  resultCache
	demo     bool // one account of each role on the sign-in page
	stop     context.CancelFunc
	work     sync.WaitGroup
}

// New opens the workspace and makes its pages. Nothing is served yet.
func New(ctx context.Context, options Options) (*Server, error) {
	folder, err := workspace.Read(options.Path, options.Language)
	if err != nil {
		return nil, err
	}
	s := &Server{options: options, folder: folder, web: folder.Settings.Web, checks: make(chan struct{}, 2), hashing: make(chan struct{}, 2)}
	if s.options.Today == nil {
		s.options.Today = today
	}
	if options.Log == nil {
		options.Log = io.Discard
	}
	s.log = slog.New(slog.NewTextHandler(options.Log, nil))
	loopback := isLoopback(options.Listen)
	if s.web.Address == "" && !loopback {
		return nil, problem("Buiten deze computer is een openbaar adres nodig. Zet in pxq.toml onder [web] address = \"https://…\", of luister op 127.0.0.1.",
			"Beyond this computer a public address is needed. Put address = \"https://…\" under [web] in pxq.toml, or listen on 127.0.0.1.")
	}
	s.demo = folder.Settings.Trial && loopback && s.web.Address == ""
	if s.web.Theme != "" {
		if s.theme, err = os.ReadFile(filepath.Join(folder.Path, s.web.Theme)); err != nil {
			return nil, problem("Het bestand %s van [web] theme is niet te lezen. Kijk de naam na.", "The file %s of [web] theme cannot be read. Check its name.", s.web.Theme)
		}
	}
	if s.views, err = views.Open(ctx, folder, options.Database); err != nil {
		return nil, err
	}
	if s.store, err = webstore.Open(ctx, folder.DatabaseAddress(options.Database)); err != nil {
		s.views.Close()
		return nil, err
	}
	if err := s.begin(ctx); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// begin makes what the pages need.
func (s *Server) begin(ctx context.Context) (err error) {
	if s.pages, err = parsePages(); err != nil {
		return err
	}
	if s.demo {
		if err := s.makeDemoAccounts(ctx); err != nil {
			return err
		}
	}
	for _, settings := range s.web.OIDC {
		signer, err := newSigner(settings, s.folder.Path, s.web.Address)
		if err != nil {
			return err
		}
		s.signers = append(s.signers, signer)
	}
	s.sessions = scs.New()
	s.sessions.Store = webstore.Sessions{Store: s.store}
	s.sessions.HashTokenInStore = true
	s.sessions.Lifetime = time.Duration(s.web.SessionHours) * time.Hour
	s.sessions.IdleTimeout = time.Duration(s.web.IdleMinutes) * time.Minute
	s.sessions.Cookie = scs.SessionCookie{Name: "pxq", HttpOnly: true, Path: "/", SameSite: http.SameSiteLaxMode, Persist: false}
	if s.secure() {
		s.sessions.Cookie.Name, s.sessions.Cookie.Secure = "__Host-pxq", true
	}
	s.sessions.ErrorFunc = func(w http.ResponseWriter, r *http.Request, err error) { s.fail(w, r, err) }
	if err := s.store.Restart(ctx, jobClose); err != nil {
		return err
	}
	s.limiter = limiter{visitors: make(map[string]*rate.Limiter), perSecond: cmp.Or(s.options.PerSecond, perSecond)}
	s.handler = s.makeHandler()
	working, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.worker = newWorker(s)
	s.work.Go(func() { s.worker.run(working) })
	s.work.Go(func() { s.tidyUp(working) })
	return s.checkAgain(ctx)
}

// secure reports whether the pages are reached by https.
func (s *Server) secure() bool { return s.web.Address != "" }

// Handler returns what answers requests.
func (s *Server) Handler() http.Handler { return s.handler }

// Serve answers requests until the context ends.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s.handler, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute, ReadTimeout: 10 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelWarn), BaseContext: func(net.Listener) context.Context { return ctx },
	}
	ended := make(chan error, 1)
	go func() {
		if s.web.Certificate != "" {
			ended <- server.ServeTLS(listener, filepath.Join(s.folder.Path, s.web.Certificate), filepath.Join(s.folder.Path, s.web.Key))
			return
		}
		ended <- server.Serve(listener)
	}()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
		soon, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := server.Shutdown(soon); err != nil {
			return server.Close()
		}
		return nil
	}
}

// Close ends the work in the background and the use of the databases.
func (s *Server) Close() error {
	if s.stop != nil {
		s.stop()
	}
	s.work.Wait()
	return errors.Join(s.views.Close(), s.store.Close())
}

// Problem is why the pages cannot be served.
type Problem struct{ text billing.Text }

// Error returns the English text.
func (p *Problem) Error() string { return p.text.English }

// In returns the text in a language.
func (p *Problem) In(language string) string { return p.text.In(language) }

func problem(dutch, english string, values ...any) *Problem {
	return &Problem{billing.Text{Dutch: fmt.Sprintf(dutch, values...), English: fmt.Sprintf(english, values...)}}
}

// isLoopback reports whether an address to listen on is of this computer alone.
func isLoopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// zone is where days begin and end.
var zone = sync.OnceValue(func() *time.Location {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return time.Local
	}
	return amsterdam
})

func today() billing.Date { return billing.DateOf(time.Now().In(zone())) }

// base returns the address before the paths of the pages.
func (s *Server) base() string {
	if s.web.Address != "" {
		return s.web.Address
	}
	return "http://" + s.options.Listen
}

// caller returns the address of who asks; that which a known proxy tells.
func (s *Server) caller(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	for _, proxy := range s.web.Proxies {
		if proxy == host {
			list := strings.Split(r.Header.Get("X-Forwarded-For"), ",")
			if last := net.ParseIP(strings.TrimSpace(list[len(list)-1])); last != nil {
				return last.String()
			}
		}
	}
	return host
}
