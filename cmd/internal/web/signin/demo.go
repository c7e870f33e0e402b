package signin

import (
	"context"
	"net/http"
	"slices"

	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// DemoAccount is an account that the sign-in page of a trial workspace offers.
type DemoAccount struct{ Name, Shown, Role, Explain string }

// DemoAccounts are the accounts of a trial workspace.
var DemoAccounts = []DemoAccount{
	{"demo-aanbieder", "Demo-aanbieder", "aanbieder", "levert aan en ziet wat er mis is"},
	{"demo-controller", "Demo-controller", "controller", "besluit over uitval"},
	{"demo-controller-2", "Tweede demo-controller", "controller", "beslist mee boven de grens"},
	{"demo-gemeente", "Demo-gemeente", "gemeente", "ziet de eigen maand"},
	{"demo-regio", "Demo-regio", "regio", "berekent en sluit af"},
	{"demo-regio-2", "Tweede demo-regio", "regio", "sluit mee af"},
	{"demo-beheerder", "Demo-beheerder", "beheerder", "beheert accounts"},
}

// makeDemoAccounts creates the demo accounts that do not exist yet. Their provider and municipality are those with the most held and
// rejected rows in the newest period, or else the first in the book.
func (s *Pages) makeDemoAccounts(ctx context.Context) error {
	book, err := s.Views.Book()
	if err != nil {
		return err
	}
	provider, municipality := "", ""
	if len(book.Providers) > 0 {
		provider = book.Providers[0].AGB
	}
	if len(book.Municipalities) > 0 {
		municipality = book.Municipalities[0].Code
	}
	if month, err := s.Views.Month(ctx, views.Scope{Role: views.Region}, 0, views.Only{}); err == nil {
		most := func(parties []views.Party, known func(string) bool) string {
			best, rows := "", 0
			for _, party := range parties {
				if count := party.Rejected.Count + party.Held.Count; known(party.Code) && count > rows {
					best, rows = party.Code, count
				}
			}
			return best
		}
		if code := most(month.Providers, func(code string) bool { return book.Provider(code) != nil }); code != "" {
			provider = code
		}
		if code := most(month.Municipalities, func(code string) bool { return code != "" && book.Municipality(code) != nil }); code != "" {
			municipality = code
		}
	}
	for _, demo := range DemoAccounts {
		if _, found, err := s.Store.AccountNamed(ctx, demo.Name); err != nil || found {
			if err != nil {
				return err
			}
			continue
		}
		account := &webstore.Account{Name: demo.Name, Shown: demo.Shown, Role: demo.Role, Demo: true}
		switch views.Role(demo.Role) {
		case views.Provider:
			account.CodeList = provider
		case views.Municipality:
			account.CodeList = municipality
		}
		if err := s.Store.AddAccount(ctx, account); err != nil {
			return err
		}
	}
	return nil
}

// postDemo signs in with a demo account.
func (s *Pages) postDemo(w http.ResponseWriter, r *http.Request, _ *site.Visitor) error {
	name := r.PostFormValue("account")
	if !s.Demo || !slices.ContainsFunc(DemoAccounts, func(demo DemoAccount) bool { return demo.Name == name }) {
		return site.ErrNotThere
	}
	account, found, err := s.Store.AccountNamed(r.Context(), name)
	if err != nil {
		return err
	}
	if !found || !account.Demo || account.Blocked {
		return site.ErrNotThere
	}
	return s.letIn(w, r, account, false)
}
