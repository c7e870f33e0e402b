package web

import (
	"net/http"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
)

func (s *Server) getHelp(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h := s.Page(r, "Hulp")
	h.Body = string(who.Role())
	return s.Show(w, r, "hulp", h)
}

func (s *Server) getAccessibility(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	return s.Show(w, r, "toegankelijkheid", s.Page(r, "Toegankelijkheid"))
}
