package site

import (
	"net/http"
	"strings"

	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// Menus are the menu entries of each role: path and Dutch text.
var Menus = map[views.Role][][2]string{
	views.Provider:      {{"/aanleveren", "Aanleveren"}, {"/aanleveringen", "Aanleveringen"}, {"/regels", "Regels"}, {"/retour", "Retour"}, {"/betalingen", "Betalingen"}},
	views.Controller:    {{"/uitval", "Uitval"}, {"/uitval/tweede", "Wacht op tweede"}, {"/besluiten", "Besluiten"}, {"/maand", "Maand"}, {"/taken", "Taken"}},
	views.Municipality:  {{"/maand", "Maand"}, {"/uitval", "Uitval"}, {"/wijzigingen", "Wijzigingen"}, {"/betalingen", "Betalingen"}, {"/downloads", "Downloads"}},
	views.Region:        {{"/maand", "Maand"}, {"/gemeenten", "Gemeenten"}, {"/aanbieders", "Aanbieders"}, {"/wijzigingen", "Wijzigingen"}, {"/betalingen", "Betalingen"}, {"/aansluiting", "Aansluiting"}, {"/afsluiten", "Afsluiten"}, {"/maanden", "Maanden"}, {"/jaar", "Jaar"}, {"/downloads", "Downloads"}, {"/toewijzingen", "Toewijzingen"}, {"/boek", "Boek"}, {"/taken", "Taken"}},
	views.Administrator: {{"/beheer/accounts", "Accounts"}, {"/beheer/logboek", "Logboek"}, {"/beheer/stand", "Stand"}},
}

// menu returns the menu entries of a visitor. The one whose path is the longest prefix of that of the request is marked.
func (s *Site) menu(r *http.Request, who *Visitor) []menuItem {
	var items []menuItem
	best := ""
	for _, entry := range Menus[who.Role()] {
		if path := r.URL.Path; (path == entry[0] || strings.HasPrefix(path, entry[0]+"/")) && len(entry[0]) > len(best) {
			best = entry[0]
		}
	}
	for _, entry := range Menus[who.Role()] {
		items = append(items, menuItem{entry[0], words.Say(who.Language, entry[1]), entry[0] == best})
	}
	return items
}
