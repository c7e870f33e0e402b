// Package site is what all pages are made with: the workspace behind them, who asks, the frame of a page, tables, lists,
// files that come and go, and the answers that are no page.
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

// ListenHere is where the pages are served when nothing else is asked: on this computer alone.
const ListenHere = "127.0.0.1:8080"

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

// Site is what all pages are made with: the workspace, what may be read of it, and what the pages keep themselves.
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
	Demo     bool // one account of each role on the sign-in page

	serving    *webstore.Serving
	ending     chan struct{} // closed once the server ends: pages that are told how far something is ask again
	EndStreams func()
}

// Open opens a workspace for its pages.
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
			"Beyond this computer a public address is needed. Put address = \"https://…\" under [web] in pxq.toml, or listen on 127.0.0.1.")
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

// readCertificate looks whether the certificate of the settings can be served with, before anybody is told that it is.
func (s *Site) readCertificate() error {
	if s.Web.Certificate == "" && s.Web.Key == "" {
		return nil
	}
	if _, err := tls.LoadX509KeyPair(s.File(s.Web.Certificate), s.File(s.Web.Key)); err != nil {
		return Refuse("Met certificate ‘%s’ en key ‘%s’ van [web] in pxq.toml is niets te bedienen: beide moeten leesbare PEM-bestanden zijn die bij elkaar horen, in de werkmap of met hun hele pad. Kijk namen en rechten na.",
			"Nothing can be served with certificate “%s” and key “%s” of [web] in pxq.toml: both must be readable PEM files that belong together, in the workspace or with their whole path. Check their names and permissions.", s.Web.Certificate, s.Web.Key)
	}
	return nil
}

// File returns where a file is that the settings name: in the workspace, unless they give its whole path.
func (s *Site) File(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.Folder.Path, name)
}

// openStores opens what may be read of the workspace, and what the pages keep themselves.
func (s *Site) openStores(ctx context.Context) (err error) {
	if s.Views, err = views.Open(ctx, s.Folder, s.Options.Database); err != nil {
		return err
	}
	if s.Store, err = webstore.Open(ctx, s.Folder.DatabaseAddress(s.Options.Database)); err != nil {
		return errors.Join(err, s.Views.Close())
	}
	return nil
}

// beginSessions makes what knows who asks from one request to the next.
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

// Close ends the use of the databases.
func (s *Site) Close() error { return errors.Join(s.Views.Close(), s.Store.Close(), s.serving.End()) }

// Secure reports whether the pages are reached by https.
func (s *Site) Secure() bool { return s.Web.Address != "" }

// isLoopback reports whether an address to listen on is of this computer alone.
func isLoopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Base returns the address before the paths of the pages.
func (s *Site) Base() string {
	if s.Web.Address != "" {
		return s.Web.Address
	}
	return "http://" + s.Options.Listen
}

// Caller returns the address of who asks; that which a known proxy tells. What stands before the word of a known proxy anybody
// may have written, in the same header or in one of its own.
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

// Network returns what failures and visits of who asks are counted by: the address, or of IPv6 the 64 bits that name a
// network, for whoever has one address of those has them all.
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
