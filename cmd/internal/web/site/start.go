package site

import (
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// StartOf returns the path of the start page of a role.
func StartOf(role views.Role) string {
	switch role {
	case views.Provider:
		return "/aanleveren"
	case views.Controller:
		return "/uitval"
	case views.Municipality, views.Region:
		return "/maand"
	case views.Administrator:
		return "/beheer/accounts"
	}
	return "/aanmelden"
}
