package web

import (
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
)

// allRoutes returns the routes of all packages.
func (s *Server) allRoutes() []site.Route {
	var all []site.Route
	for _, routes := range s.groups {
		all = append(all, routes()...)
	}
	return all
}

// ownRoutes returns the routes of this package, which are open to everyone.
func (s *Server) ownRoutes() []site.Route {
	return []site.Route{
		site.OnGet("/hulp", nil, s.getHelp),
		site.OnGet("/toegankelijkheid", nil, s.getAccessibility),
	}
}

// Route is an address with the roles that may use it, for tests that check that no other role can.
type Route struct {
	Method, Pattern string
	Roles           []string // empty for everyone, signed in or not
}

// Routes returns all routes of the server.
func (s *Server) Routes() []Route {
	var list []Route
	for _, route := range s.allRoutes() {
		of := Route{Method: route.Method, Pattern: route.Pattern}
		for _, role := range route.Roles {
			of.Roles = append(of.Roles, string(role))
		}
		list = append(list, of)
	}
	return list
}
