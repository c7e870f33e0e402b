package site

import (
	"net/http"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// Visitor is who asks for a page.
type Visitor struct {
	Account  *webstore.Account // nil for nobody who signed in
	Language string
	Ends     time.Time // of the session
}

// VisitorKey is under which a request holds who asks.
type VisitorKey struct{}

// VisitorOf returns who asks.
func VisitorOf(r *http.Request) *Visitor {
	if who, ok := r.Context().Value(VisitorKey{}).(*Visitor); ok {
		return who
	}
	return &Visitor{Language: "nl"}
}

// Role returns what the visitor is; "" for nobody who signed in.
func (v *Visitor) Role() views.Role {
	if v.Account == nil {
		return ""
	}
	return views.Role(v.Account.Role)
}

// Scope returns what the visitor may see.
func (v *Visitor) Scope() views.Scope {
	if v.Account == nil {
		return views.Scope{}
	}
	return views.Scope{Role: v.Role(), Codes: v.Account.Codes()}
}

// Code returns the visitor's own code that is asked for, or the first.
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

// Chosen returns a code of the account as a link has to name it: "" for the one that is meant without.
func (v *Visitor) Chosen(code string) string {
	if code == v.Code("") {
		return ""
	}
	return code
}
