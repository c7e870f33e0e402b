package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/views"
)

// route is an address with who may use it. Without roles it is for everyone, signed in or not.
type route struct {
	method, pattern string
	roles           []views.Role
	do              func(*Server, http.ResponseWriter, *http.Request, *visitor) error
	upload          bool // it takes files
}

func (r *route) public() bool { return len(r.roles) == 0 }

func (r *route) may(role views.Role) bool { return slices.Contains(r.roles, role) }

const (
	get  = http.MethodGet
	post = http.MethodPost
)

// Who may use an address.
var (
	all           = views.Roles
	provider      = []views.Role{views.Provider}
	controller    = []views.Role{views.Controller}
	region        = []views.Role{views.Region}
	administrator = []views.Role{views.Administrator}
	money         = []views.Role{views.Region, views.Municipality, views.Controller}
)

// routes are all addresses there are.
func (s *Server) routes() []route {
	return slices.Concat(publicRoutes(), providerRoutes(), controllerRoutes(), administratorRoutes(), regionRoutes())
}

// publicRoutes are those of everyone, and of signing in.
func publicRoutes() []route {
	return []route{
		{get, "/{$}", all, getStart, false},
		{get, "/aanmelden", nil, getSignIn, false},
		{post, "/aanmelden", nil, postSignIn, false},
		{get, "/aanmelden/code", nil, getCode, false},
		{post, "/aanmelden/code", nil, postCode, false},
		{get, "/aanmelden/qr.png", nil, getQR, false},
		{get, "/aanmelden/herstelcodes", all, getRecovery, false},
		{get, "/aanmelden/via/{naam}", nil, getSigner, false},
		{get, "/aanmelden/terug", nil, getSigned, false},
		{post, "/aanmelden/demo", nil, postDemo, false},
		{get, "/uitnodiging/{token}", nil, getInvitation, false},
		{post, "/uitnodiging/{token}", nil, postInvitation, false},
		{post, "/afmelden", nil, postSignOut, false},
		{post, "/verleng", all, postLonger, false},
		{post, "/taal", nil, postLanguage, false},
		{get, "/hulp", nil, getHelp, false},
		{get, "/toegankelijkheid", nil, getAccessibility, false},
	}
}

// providerRoutes are those of providers.
func providerRoutes() []route {
	return []route{
		{get, "/aanleveren", provider, getSubmit, false},
		{post, "/aanleveren", provider, postSubmit, true},
		{get, "/aanleveren/sjabloon", provider, getTemplate, false},
		{get, "/regels", provider, getReturned, false},
		{get, "/regels/{nr}", provider, getReturnedRow, false},
		{get, "/retour", provider, getReturn, false},
		{get, "/retour/{periode}", provider, getReturn, false},
		{get, "/retour/{periode}/bestand", provider, getReturnFile, false},
	}
}

// controllerRoutes are those of controllers.
func controllerRoutes() []route {
	return []route{
		{get, "/uitval", []views.Role{views.Controller, views.Municipality}, getHolds, false},
		{get, "/uitval/{nr}", []views.Role{views.Controller, views.Municipality}, getHold, false},
		{post, "/uitval/{nr}/bsn", controller, postBSN, false},
		{post, "/uitval/zoek", controller, postSearch, false},
		{post, "/uitval/kies", controller, postSelect, false},
		{get, "/keuze/{id}", controller, getSelection, false},
		{post, "/keuze/{id}", controller, postSelection, false},
		{post, "/uitval/besluit", controller, postDecide, false},
		{post, "/uitval/terug", controller, postUndo, false},
		{get, "/uitval/tweede", controller, getSecond, false},
		{post, "/uitval/tweede", controller, postSecond, false},
		{post, "/uitval/inlezen", controller, postFilledIn, true},
		{get, "/besluiten", controller, getDecisions, false},
		{get, "/uitval/werkboek", controller, getHoldsFile, false},
	}
}

// administratorRoutes are those of administrators.
func administratorRoutes() []route {
	return []route{
		{get, "/beheer/accounts", administrator, getAccounts, false},
		{post, "/beheer/accounts", administrator, postInvite, false},
		{post, "/beheer/accounts/{id}/blokkeren", administrator, postBlock, false},
		{post, "/beheer/accounts/{id}/herstel", administrator, postReset, false},
		{get, "/beheer/logboek", administrator, getLog, false},
		{get, "/beheer/logboek/csv", administrator, getLogFile, false},
		{post, "/beheer/logboek/keten", administrator, postCheckLog, false},
		{get, "/beheer/stand", administrator, getStanding, false},
	}
}

// regionRoutes are those of the region and municipalities.
func regionRoutes() []route {
	return []route{
		{get, "/aanleveringen", provider, getUploads, false},
		{get, "/aanleveringen/{id}", provider, getUpload, false},
		{get, "/aanleveringen/{id}/stroom", provider, streamUpload, false},
		{get, "/aanleveringen/{id}/bevindingen", provider, getFindings, false},
		{post, "/aanleveringen/{id}/insturen", provider, postSend, false},
		{post, "/aanleveringen/{id}/verwijderen", provider, postDiscard, false},
		{post, "/aanleveringen/{id}/intrekken", provider, postTakeBack, false},
		{get, "/maand", money, getMonth, false},
		{get, "/maand/{periode}", money, getMonth, false},
		{get, "/gemeenten", region, getTowns, false},
		{get, "/gemeenten/{code}", []views.Role{views.Region, views.Municipality}, getTown, false},
		{get, "/aanbieders", region, getProviders, false},
		{get, "/aanbieders/{agb}", region, getProvider, false},
		{get, "/wijzigingen", []views.Role{views.Region, views.Municipality}, getChanges, false},
		{get, "/betalingen", []views.Role{views.Region, views.Municipality, views.Provider}, getPayments, false},
		{get, "/betalingen/csv", region, getPaymentsFile, false},
		{get, "/aansluiting", region, getReconciliation, false},
		{get, "/downloads", []views.Role{views.Region, views.Municipality}, getDownloads, false},
		{get, "/downloads/{periode}/{naam}", []views.Role{views.Region, views.Municipality, views.Controller, views.Provider}, getDownload, false},
		{post, "/berekenen", region, postRun, false},
		{get, "/afsluiten", region, getClose, false},
		{post, "/afsluiten", region, postClose, false},
		{get, "/maanden", region, getMonths, false},
		{get, "/jaar", region, getYear, false},
		{get, "/jaar/{jaar}", region, getYear, false},
		{post, "/jaar/{jaar}", region, postYear, false},
		{get, "/toewijzingen", region, getReferrals, false},
		{post, "/toewijzingen", region, postReferrals, true},
		{get, "/boek", region, getBook, false},
		{post, "/boek", region, postBook, true},
		{get, "/boek/bestand", region, getBookFile, false},
		{get, "/taken", all, getJobs, false},
		{get, "/taken/{id}", all, getJob, false},
		{get, "/taken/{id}/stroom", all, streamJob, false},
	}
}

// menus are the entries of the menu of each role.
var menus = map[views.Role][][2]string{
	views.Provider:      {{"/aanleveren", "Aanleveren"}, {"/aanleveringen", "Aanleveringen"}, {"/regels", "Regels"}, {"/retour", "Retour"}, {"/betalingen", "Betalingen"}},
	views.Controller:    {{"/uitval", "Uitval"}, {"/uitval/tweede", "Wacht op tweede"}, {"/besluiten", "Besluiten"}, {"/maand", "Maand"}, {"/taken", "Taken"}},
	views.Municipality:  {{"/maand", "Maand"}, {"/uitval", "Uitval"}, {"/wijzigingen", "Wijzigingen"}, {"/betalingen", "Betalingen"}, {"/downloads", "Downloads"}},
	views.Region:        {{"/maand", "Maand"}, {"/gemeenten", "Gemeenten"}, {"/aanbieders", "Aanbieders"}, {"/wijzigingen", "Wijzigingen"}, {"/betalingen", "Betalingen"}, {"/aansluiting", "Aansluiting"}, {"/afsluiten", "Afsluiten"}, {"/maanden", "Maanden"}, {"/jaar", "Jaar"}, {"/downloads", "Downloads"}, {"/toewijzingen", "Toewijzingen"}, {"/boek", "Boek"}, {"/taken", "Taken"}},
	views.Administrator: {{"/beheer/accounts", "Accounts"}, {"/beheer/logboek", "Logboek"}, {"/beheer/stand", "Stand"}},
}

// menu returns the entries of who asks.
func (s *Server) menu(r *http.Request, who *visitor) []menuItem {
	var items []menuItem
	best := ""
	for _, entry := range menus[who.role()] {
		if path := r.URL.Path; (path == entry[0] || strings.HasPrefix(path, entry[0]+"/")) && len(entry[0]) > len(best) {
			best = entry[0]
		}
	}
	for _, entry := range menus[who.role()] {
		items = append(items, menuItem{entry[0], say(who.language, entry[1]), entry[0] == best})
	}
	return items
}

// Route is an address with the roles that may use it, for who proves that nobody else can.
type Route struct {
	Method, Pattern string
	Roles           []string // none is everyone, signed in or not
}

// Routes returns all addresses there are.
func (s *Server) Routes() []Route {
	var list []Route
	for _, route := range s.routes() {
		of := Route{Method: route.method, Pattern: route.pattern}
		for _, role := range route.roles {
			of.Roles = append(of.Roles, string(role))
		}
		list = append(list, of)
	}
	return list
}
