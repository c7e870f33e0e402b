package site

import (
	"net/http"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// Visitor is the person who makes a request.
type Visitor struct {
	Account  *webstore.Account // nil if not signed in
	Language string
	Ends     time.Time // when the session ends
}

// VisitorKey is the context key of the [Visitor] of a request.
type VisitorKey struct{}

// VisitorOf returns the visitor of a request; an anonymous one if its context has none.
func VisitorOf(r *http.Request) *Visitor {
	if who, ok := r.Context().Value(VisitorKey{}).(*Visitor); ok {
		return who
	}
	return &Visitor{Language: "nl"}
}

// Role returns the role of the visitor's account; "" if not signed in.
func (v *Visitor) Role() views.Role {
	if v.Account == nil {
		return ""
	}
	return views.Role(v.Account.Role)
}

// Scope returns what the visitor may see; nothing if not signed in.
func (v *Visitor) Scope() views.Scope {
	if v.Account == nil {
		return views.Scope{}
	}
	return views.Scope{Role: v.Role(), Codes: v.Account.Codes()}
}

// Code returns the requested code if it is one of the account's, and the account's first code otherwise; "" if it has none.
func (v *Visitor) Code(asked string) string {
	codes := v.Account.Codes()
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

// Chosen returns a code of the account for use in a link: "" for the first, which [Visitor.Code] returns by default.
func (v *Visitor) Chosen(code string) string {
	if code == v.Code("") {
		return ""
	}
	return code
}
