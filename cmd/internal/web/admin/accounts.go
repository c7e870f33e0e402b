package admin

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// accountsPage is the body of the list of accounts.
type accountsPage struct {
	Accounts []accountRow
	Link     string // of the invitation that was just created; "" for none
	For      string
	Roles    []views.Role
	Given    invitation
}

type accountRow struct {
	webstore.Account
	Scope  string
	Factor string
	Own    bool
}

type invitation struct{ Name, Shown, Role, Codes string }

func (s *Pages) getAccounts(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	h, err := s.accountsPage(r, who)
	if err != nil {
		return err
	}
	return s.Show(w, r, "accounts", h)
}

func (s *Pages) accountsPage(r *http.Request, who *site.Visitor) (*site.Head, error) {
	accounts, err := s.Store.Accounts(r.Context())
	if err != nil {
		return nil, err
	}
	h := s.Page(r, "Accounts")
	body := &accountsPage{Roles: views.Roles}
	for _, account := range accounts {
		row := accountRow{Account: account, Own: account.ID == who.Account.ID, Factor: "nog niet"}
		switch {
		case account.TOTP != "":
			row.Factor = "ingesteld"
		case account.Demo:
			row.Factor = "demo"
		case account.Subject != "":
			row.Factor = "andere partij"
		}
		var names []string
		for _, code := range account.Codes() {
			switch views.Role(account.Role) {
			case views.Provider:
				names = append(names, code+" "+s.Names(who.Language).Provider(code))
			case views.Municipality:
				names = append(names, s.Names(who.Language).Municipality(code))
			}
		}
		row.Scope = strings.Join(names, ", ")
		body.Accounts = append(body.Accounts, row)
	}
	h.Body = body
	return h, nil
}

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@+-]{2,99}$`)

// postInvite creates an account and shows its invitation link.
func (s *Pages) postInvite(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	given := invitation{strings.ToLower(strings.TrimSpace(r.PostFormValue("naam"))), strings.TrimSpace(r.PostFormValue("getoond")), r.PostFormValue("rol"), strings.TrimSpace(r.PostFormValue("codes"))}
	account, problems := s.newAccount(given, who.Language)
	if len(problems) == 0 {
		if _, taken, err := s.Store.AccountNamed(ctx, given.Name); err != nil {
			return err
		} else if taken {
			problems = append(problems, site.FieldProblem{Field: "naam", Text: words.Say(who.Language, "De naam ‘%s’ is al in gebruik. Kies een andere.", given.Name)})
		}
	}
	if len(problems) > 0 {
		h, err := s.accountsPage(r, who)
		if err != nil {
			return err
		}
		h.Problems, h.Body.(*accountsPage).Given = problems, given
		return s.ShowStatus(w, r, http.StatusUnprocessableEntity, "accounts", h)
	}
	if err := s.Store.AddAccount(ctx, account); err != nil {
		return err
	}
	s.Note(r, who, "account", account.Name, "uitgenodigd als "+account.Role)
	return s.showLink(w, r, who, account)
}

// newAccount returns an account as filled in, and what is wrong with it.
func (s *Pages) newAccount(given invitation, language string) (*webstore.Account, []site.FieldProblem) {
	var problems []site.FieldProblem
	wrong := func(field, text string, values ...any) {
		problems = append(problems, site.FieldProblem{Field: field, Text: words.Say(language, text, values...)})
	}
	switch {
	case !nameForm.MatchString(given.Name):
		wrong("naam", "Een naam heeft 3 tekens of meer: letters, cijfers en . _ - + @. Kies een andere.")
	case bsn.Holds(given.Name):
		wrong("naam", "In deze naam staat een nummer dat een BSN kan zijn. Kies een naam zonder.")
	}
	switch {
	case given.Shown == "" || len(given.Shown) > 100:
		wrong("getoond", "De naam voor anderen ontbreekt of is te lang. Vul voor- en achternaam in.")
	case bsn.Holds(given.Shown):
		wrong("getoond", "In deze naam staat een nummer dat een BSN kan zijn. Kies een naam zonder.")
	}
	role := views.Role(given.Role)
	if !slices.Contains(views.Roles, role) {
		wrong("rol", "Er is geen rol gekozen. Kies er een.")
	}
	codes := strings.FieldsFunc(given.Codes, betweenCodes)
	account := &webstore.Account{Name: given.Name, Shown: given.Shown, Role: given.Role, CodeList: strings.Join(codes, " ")}
	switch {
	case len(codes) == 0 && isScoped(role):
		wrong("codes", "Een aanbieder heeft een AGB-code nodig en een gemeente een CBS-code. Vul er een in.")
	case len(codes) > 0 && !isScoped(role):
		wrong("codes", "Alleen een aanbieder of gemeente heeft codes. Laat dit veld leeg.")
	case len(codes) > 0:
		book, err := s.Views.Book()
		if err != nil {
			wrong("codes", "Het contractenboek is nu niet te lezen.")
			return account, problems
		}
		for _, text := range unknownCodes(book, role, codes, language) {
			problems = append(problems, site.FieldProblem{Field: "codes", Text: text})
		}
	}
	return account, problems
}

// isScoped reports whether a role sees only what its codes name.
func isScoped(role views.Role) bool { return role == views.Provider || role == views.Municipality }

// betweenCodes reports whether a character separates codes.
func betweenCodes(r rune) bool { return r == ' ' || r == ',' || r == ';' }

// unknownCodes returns a text for each code of a provider or municipality that the book does not have.
func unknownCodes(book *workspace.Book, role views.Role, codes []string, language string) (texts []string) {
	for _, code := range codes {
		switch {
		case role == views.Provider && book.Provider(code) == nil:
			texts = append(texts, words.Say(language, "AGB-code %s staat niet in het contractenboek. Kijk de code na.", code))
		case role == views.Municipality && (book.Municipality(code) == nil || book.Municipality(code).Code != code):
			texts = append(texts, words.Say(language, "Gemeentecode %s staat niet in het contractenboek. Kijk de code na.", code))
		}
	}
	return texts
}

// showLink creates an invitation link for an account and shows it; it cannot be shown again.
func (s *Pages) showLink(w http.ResponseWriter, r *http.Request, who *site.Visitor, account *webstore.Account) error {
	token, err := s.Store.AddLink(r.Context(), account.ID, "uitnodiging")
	if err != nil {
		return err
	}
	h, err := s.accountsPage(r, who)
	if err != nil {
		return err
	}
	body := h.Body.(*accountsPage)
	body.Link, body.For = s.Base()+"/uitnodiging/"+token, account.Shown
	return s.Show(w, r, "accounts", h)
}

func (s *Pages) accountOf(r *http.Request) (*webstore.Account, error) {
	account, found, err := s.Store.Account(r.Context(), r.PathValue("id"))
	if err != nil || !found {
		return nil, site.NotThereOr(err)
	}
	return account, nil
}

func (s *Pages) postBlock(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	account, err := s.accountOf(r)
	if err != nil {
		return err
	}
	if account.ID == who.Account.ID {
		return site.Refuse("Niemand blokkeert het eigen account. Vraag het een andere beheerder.", "You cannot block your own account. Ask another administrator.")
	}
	switch done, err := s.Store.SetBlocked(ctx, account.ID, !account.Blocked); {
	case err != nil:
		return err
	case !done:
		return site.Refuse("Dit is de laatste beheerder. Nodig eerst een andere uit.", "This is the last administrator. Invite another one first.")
	}
	outcome := "geblokkeerd"
	if account.Blocked {
		outcome = "weer toegelaten"
	}
	s.Note(r, who, "account", account.Name, outcome)
	return site.Redirect(w, r, "/beheer/accounts")
}

// postReset removes the password, the second factor and the identity bound to an account, and shows a new invitation link. It
// removes all of them, so that nobody who holds just one can set up the others.
func (s *Pages) postReset(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	account, err := s.accountOf(r)
	if err != nil {
		return err
	}
	if account.ID == who.Account.ID {
		return site.Refuse("Niemand herstelt de eigen tweede factor. Vraag het een andere beheerder.", "You cannot reset your own second factor. Ask another administrator.")
	}
	if err := s.Store.Reset(r.Context(), account.ID); err != nil {
		return err
	}
	s.Note(r, who, "account", account.Name, "begint opnieuw")
	return s.showLink(w, r, who, account)
}
