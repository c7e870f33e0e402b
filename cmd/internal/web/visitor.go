package web

import (
	"context"
	"net/http"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// visitor is who asks for a page.
type visitor struct {
	account  *webstore.Account // nil for nobody who signed in
	language string
	ends     time.Time // of the session
}

type visitorKey struct{}

// visitorOf returns who asks.
func visitorOf(r *http.Request) *visitor {
	if who, ok := r.Context().Value(visitorKey{}).(*visitor); ok {
		return who
	}
	return &visitor{language: "nl"}
}

func (v *visitor) role() views.Role {
	if v.account == nil {
		return ""
	}
	return views.Role(v.account.Role)
}

// scope returns what the visitor may see.
func (v *visitor) scope() views.Scope {
	if v.account == nil {
		return views.Scope{}
	}
	return views.Scope{Role: v.role(), Codes: v.account.Codes()}
}

// code returns the visitor's own code that is asked for, or the first.
func (v *visitor) code(asked string) string {
	codes := v.account.Codes()
	for _, code := range codes {
		if code == asked {
			return code
		}
	}
	if len(codes) == 0 {
		return ""
	}
	return codes[0]
}

// withVisitor finds out who asks. A session of an account that was changed since has ended.
func (s *Server) withVisitor(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		who := &visitor{language: s.folder.Language}
		if language := s.sessions.GetString(ctx, "language"); language != "" {
			who.language = language
		}
		if id := s.sessions.GetString(ctx, "account"); id != "" {
			account, found, err := s.store.Account(ctx, id)
			switch {
			case err != nil:
				s.fail(w, r, err)
				return
			case !found || account.Blocked || account.Epoch != s.sessions.GetInt64(ctx, "epoch"):
				if err := s.sessions.Destroy(ctx); err != nil {
					s.fail(w, r, err)
					return
				}
			default:
				who.account = account
				if account.Language != "" {
					who.language = account.Language
				}
				who.ends = time.Now().Add(s.sessions.IdleTimeout)
				if last := s.sessions.Deadline(ctx); last.Before(who.ends) {
					who.ends = last
				}
			}
		}
		next.ServeHTTP(w, r.WithContext(context.WithValue(ctx, visitorKey{}, who)))
	})
}

// signIn makes somebody the one who asks from now on, under a new token.
func (s *Server) signIn(r *http.Request, account *webstore.Account) error {
	ctx := r.Context()
	if err := s.sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.sessions.Remove(ctx, "pending")
	s.sessions.Remove(ctx, "totp")
	s.sessions.Put(ctx, "account", account.ID)
	s.sessions.Put(ctx, "epoch", account.Epoch)
	return s.store.SignedIn(ctx, account.ID)
}
