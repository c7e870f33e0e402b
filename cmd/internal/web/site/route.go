package site

import (
	"net/http"
	"slices"

	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// Route is an address with its handler and the roles that may use it.
type Route struct {
	Method, Pattern string
	Roles           []views.Role // empty for everyone, signed in or not
	Do              handler
	Upload          bool // it takes files
}

// Public reports whether a route is open to everyone, signed in or not.
func (r *Route) Public() bool { return len(r.Roles) == 0 }

// May reports whether a role may use a route.
func (r *Route) May(role views.Role) bool { return slices.Contains(r.Roles, role) }

// handler answers a request of a visitor. An error that it returns is answered by [Site.Answer].
type handler = func(http.ResponseWriter, *http.Request, *Visitor) error

// OnGet returns the route of a page.
func OnGet(pattern string, roles []views.Role, do handler) Route {
	return Route{Method: http.MethodGet, Pattern: pattern, Roles: roles, Do: do}
}

// OnPost returns the route of a form without files.
func OnPost(pattern string, roles []views.Role, do handler) Route {
	return Route{Method: http.MethodPost, Pattern: pattern, Roles: roles, Do: do}
}

// OnUpload returns the route of a form with files.
func OnUpload(pattern string, roles []views.Role, do handler) Route {
	return Route{Method: http.MethodPost, Pattern: pattern, Roles: roles, Do: do, Upload: true}
}
