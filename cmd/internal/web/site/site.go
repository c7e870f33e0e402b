// Package site holds what all pages share: the workspace behind them ([Site]), the visitor and the scope of a request
// ([Visitor]), routes with the roles that may use them ([Route]), page heads and templates ([Head]), pages of facts and tables
// ([Sheet]), pagers, uploads and downloads, streams of progress, and the responses to errors ([Site.Answer]).
package site

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// ListenHere is the default address to listen on: this computer only.
const ListenHere = "127.0.0.1:8080"

// Options are the settings of a server.
type Options struct {
	Path     string              // of the workspace
	Database string              // address that overrides the one in the settings; "" for none
	Language string              // for visitors who did not choose one; "" for that of the settings
	Listen   string              // address to listen on, like 127.0.0.1:8080
	Today    func() billing.Date // nil for the current day in the Netherlands
	Log      io.Writer           // nil for none

	// PerSecond is the sustained number of requests per second of one address; 0 for the default.
	PerSecond int
}

// Site is the workspace as the pages use it: its settings, the views of the ledger and the web store.
type Site struct {
	Options  Options
	Folder   *workspace.Folder
	Web      workspace.WebSettings
	Views    *views.Views
	Store    *webstore.Store
	Sessions *scs.SessionManager
	Log      *slog.Logger
	pages    pages
	theme    []byte
	Demo     bool // whether the sign-in page offers demo accounts

	serving    *webstore.Serving
	ending     chan struct{} // closed by EndStreams
	EndStreams func()        // ends all streams of progress, for a shutdown; browsers reconnect
}

// Open opens a workspace for its pages. It returns a [Problem] if its settings do not allow serving it.
func Open(ctx context.Context, options Options) (*Site, error) {
	folder, err := workspace.Read(options.Path, options.Language)
	if err != nil {
		return nil, err
	}
	s := &Site{Options: options, Folder: folder, Web: folder.Settings.Web}
	s.ending = make(chan struct{})
	s.EndStreams = sync.OnceFunc(func() { close(s.ending) })
	if s.Options.Today == nil {
		s.Options.Today = words.Today
	}
	if options.Log == nil {
		options.Log = io.Discard
	}
	s.Log = slog.New(slog.NewTextHandler(options.Log, nil))
	loopback := isLoopback(options.Listen)
	if s.Web.Address == "" && !loopback {
		return nil, Refuse("Buiten deze computer is een openbaar adres nodig. Zet in pxq.toml onder [web] address = \"https://…\", of luister op 127.0.0.1.",
			"To serve other computers, pxq needs a public address. Put address = \"https://…\" under [web] in pxq.toml, or listen on 127.0.0.1.")
	}
	s.Demo = folder.Settings.Trial && loopback && s.Web.Address == ""
	if s.Web.Theme != "" {
		if s.theme, err = os.ReadFile(s.File(s.Web.Theme)); err != nil {
			return nil, Refuse("Het bestand %s van [web] theme is niet te lezen. Kijk de naam na.", "The file %s of [web] theme cannot be read. Check its name.", s.Web.Theme)
		}
	}
	if err := s.readCertificate(); err != nil {
		return nil, err
	}
	if s.pages, err = parsePages(); err != nil {
		return nil, err
	}
	if s.serving, err = webstore.Serve(ctx, folder.Path); err != nil {
		return nil, err
	}
	if err := s.openStores(ctx); err != nil {
		return nil, errors.Join(err, s.serving.End())
	}
	s.beginSessions()
	return s, nil
}

// readCertificate checks that the certificate and key of the settings can be used, before the server is announced.
func (s *Site) readCertificate() error {
	if s.Web.Certificate == "" && s.Web.Key == "" {
		return nil
	}
	if _, err := tls.LoadX509KeyPair(s.File(s.Web.Certificate), s.File(s.Web.Key)); err != nil {
		return Refuse("Met certificate ‘%s’ en key ‘%s’ van [web] in pxq.toml is niets te bedienen: beide moeten leesbare PEM-bestanden zijn die bij elkaar horen, in de werkmap of met hun hele pad. Kijk namen en rechten na.",
			"pxq cannot serve with certificate “%s” and key “%s” of [web] in pxq.toml: both must be readable PEM files that belong together, in the workspace or with their full path. Check their names and permissions.", s.Web.Certificate, s.Web.Key)
	}
	return nil
}

// File returns the path of a file named in the settings: relative to the workspace, unless it is absolute.
func (s *Site) File(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.Folder.Path, name)
}

// openStores opens the views of the ledger and the web store.
func (s *Site) openStores(ctx context.Context) (err error) {
	if s.Views, err = views.Open(ctx, s.Folder, s.Options.Database); err != nil {
		return err
	}
	if s.Store, err = webstore.Open(ctx, s.Folder.DatabaseAddress(s.Options.Database)); err != nil {
		return errors.Join(err, s.Views.Close())
	}
	return nil
}

// beginSessions sets up the session manager.
func (s *Site) beginSessions() {
	s.Sessions = scs.New()
	s.Sessions.Store, s.Sessions.Codec = webstore.NewSessions(s.Store), webstore.Codec{}
	s.Sessions.HashTokenInStore = true
	s.Sessions.Lifetime = time.Duration(s.Web.SessionHours) * time.Hour
	s.Sessions.IdleTimeout = time.Duration(s.Web.IdleMinutes) * time.Minute
	s.Sessions.Cookie = scs.SessionCookie{Name: "pxq", HttpOnly: true, Path: "/", SameSite: http.SameSiteLaxMode, Persist: false}
	if s.Secure() {
		s.Sessions.Cookie.Name, s.Sessions.Cookie.Secure = "__Host-pxq", true
	}
	s.Sessions.ErrorFunc = s.failWithoutSession
}

// Close closes the databases and releases the lock on serving the workspace.
func (s *Site) Close() error { return errors.Join(s.Views.Close(), s.Store.Close(), s.serving.End()) }

// Secure reports whether the pages have a public address, which is https.
func (s *Site) Secure() bool { return s.Web.Address != "" }

// isLoopback reports whether an address to listen on can be reached from this computer only.
func isLoopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Base returns the scheme and host of the pages, without a slash at the end.
func (s *Site) Base() string {
	if s.Web.Address != "" {
		return s.Web.Address
	}
	return "http://" + s.Options.Listen
}

// Caller returns the IP address of the client. Behind known proxies it is the last address in X-Forwarded-For that is not a
// known proxy; what precedes it, in the same header or in another one, the client may have made up.
func (s *Site) Caller(r *http.Request) string {
	caller, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		caller = r.RemoteAddr
	}
	told := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(told) - 1; i >= 0 && slices.Contains(s.Web.Proxies, caller); i-- {
		before := net.ParseIP(strings.TrimSpace(told[i]))
		if before == nil {
			break
		}
		caller = before.String()
	}
	return caller
}

// Network returns the key by which failures and requests of a client are counted: its IPv4 address, or the /64 network of its
// IPv6 address, since whoever has one address of such a network has all of them.
func (s *Site) Network(r *http.Request) string {
	caller := s.Caller(r)
	address, err := netip.ParseAddr(caller)
	if err != nil || address.Unmap().Is4() {
		return caller
	}
	const networkBits = 64
	network, err := address.WithZone("").Prefix(networkBits)
	if err != nil {
		return caller
	}
	return network.String()
}
