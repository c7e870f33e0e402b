package web

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"time"

	"golang.org/x/time/rate"

	"github.com/pxq-nl/pxq/cmd/internal/web/admin"
	"github.com/pxq-nl/pxq/cmd/internal/web/controllers"
	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/providers"
	"github.com/pxq-nl/pxq/cmd/internal/web/region"
	"github.com/pxq-nl/pxq/cmd/internal/web/signin"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
)

// Options are the settings of a server.
type Options = site.Options

// Server serves the pages of one workspace.
type Server struct {
	*site.Site
	worker  *jobs.Worker
	groups  []func() []site.Route
	limiter *limiter // of requests, by address
	uploads *limiter // by account
	handler http.Handler
}

// New opens the workspace and starts its background work. Nothing is served until [Server.Serve] is called. The caller must
// close the server.
func New(ctx context.Context, options Options) (*Server, error) {
	opened, err := site.Open(ctx, options)
	if err != nil {
		return nil, err
	}
	s := &Server{Site: opened}
	if err := s.begin(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// begin sets up the routes and the handler, and starts the background work.
func (s *Server) begin(ctx context.Context) error {
	s.worker = jobs.New(s.Site)
	in, err := signin.New(ctx, s.Site)
	if err != nil {
		return err
	}
	s.groups = []func() []site.Route{s.ownRoutes, in.Routes, providers.New(s.worker).Routes, controllers.New(s.worker).Routes, region.New(s.worker).Routes, s.worker.Routes, admin.New(s.Site).Routes}
	s.limiter = newLimiter(rate.Limit(cmp.Or(s.Options.PerSecond, perSecond)), atOnce)
	s.uploads = newLimiter(rate.Every(time.Hour/site.UploadsAnHour), site.UploadsAnHour)
	s.handler = s.makeHandler()
	if err := s.KeepLogHead(ctx); err != nil {
		return err
	}
	return s.worker.Start(ctx)
}

// Handler returns the handler of all requests.
func (s *Server) Handler() http.Handler { return s.handler }

// Serve answers requests until the context ends; then requests under way have five seconds to finish.
func (s *Server) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler: s.handler, ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute, ReadTimeout: 10 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog:    slog.NewLogLogger(s.Log.Handler(), slog.LevelWarn),
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(ctx) }, // a shutdown does not cancel requests under way
	}
	server.RegisterOnShutdown(s.EndStreams)
	ended := make(chan error, 1)
	go func() {
		if s.Web.Certificate != "" {
			ended <- server.ServeTLS(listener, s.File(s.Web.Certificate), s.File(s.Web.Key))
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

// Close stops the background work, waits for it, and closes the databases.
func (s *Server) Close() error {
	if s.worker == nil {
		return s.Site.Close()
	}
	s.worker.End()
	return errors.Join(s.KeepLogHead(context.Background()), s.Site.Close())
}
