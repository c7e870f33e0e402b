package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/views"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// accountsPage is what the list of accounts shows.
type accountsPage struct {
	Accounts []accountRow
	Link     string // of the invitation that was just made
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

func getAccounts(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	h, err := s.accountsPage(r, who)
	if err != nil {
		return err
	}
	return s.show(w, r, "accounts", h)
}

func (s *Server) accountsPage(r *http.Request, who *visitor) (*head, error) {
	accounts, err := s.store.Accounts(r.Context())
	if err != nil {
		return nil, err
	}
	h := s.page(r, "Accounts")
	body := &accountsPage{Roles: views.Roles}
	for _, account := range accounts {
		row := accountRow{Account: account, Own: account.ID == who.account.ID, Factor: "nog niet"}
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
				names = append(names, code+" "+s.providerName(code))
			case views.Municipality:
				names = append(names, s.townName(code))
			}
		}
		row.Scope = strings.Join(names, ", ")
		body.Accounts = append(body.Accounts, row)
	}
	h.Body = body
	return h, nil
}

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@+-]{2,99}$`)

// postInvite makes an account and the link with which it begins.
func postInvite(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	given := invitation{strings.ToLower(strings.TrimSpace(r.PostFormValue("naam"))), strings.TrimSpace(r.PostFormValue("getoond")), r.PostFormValue("rol"), strings.TrimSpace(r.PostFormValue("codes"))}
	account, problems := s.newAccount(given, who.language)
	if len(problems) == 0 {
		if _, taken, err := s.store.AccountNamed(ctx, given.Name); err != nil {
			return err
		} else if taken {
			problems = append(problems, fieldProblem{"naam", say(who.language, "De naam ‘%s’ is al in gebruik. Kies een andere.", given.Name)})
		}
	}
	if len(problems) > 0 {
		h, err := s.accountsPage(r, who)
		if err != nil {
			return err
		}
		h.Problems, h.Body.(*accountsPage).Given = problems, given
		return s.showStatus(w, r, http.StatusUnprocessableEntity, "accounts", h)
	}
	if err := s.store.AddAccount(ctx, account); err != nil {
		return err
	}
	s.note(r, who, "account", account.Name, "uitgenodigd als "+account.Role)
	return s.showLink(w, r, who, account)
}

// newAccount makes an account of what was filled in, or says what is wrong with it.
func (s *Server) newAccount(given invitation, language string) (*webstore.Account, []fieldProblem) {
	var problems []fieldProblem
	wrong := func(field, text string, values ...any) {
		problems = append(problems, fieldProblem{field, say(language, text, values...)})
	}
	if !nameForm.MatchString(given.Name) || billing.Mask(given.Name) != given.Name {
		wrong("naam", "Een naam heeft 3 tekens of meer: letters, cijfers en . _ - + @. Kies een andere.")
	}
	if given.Shown == "" || billing.Mask(given.Shown) != given.Shown || len(given.Shown) > 100 {
		wrong("getoond", "De naam voor anderen ontbreekt of is te lang. Vul voor- en achternaam in.")
	}
	role := views.Role(given.Role)
	if !slices.Contains(views.Roles, role) {
		wrong("rol", "Er is geen rol gekozen. Kies er een.")
	}
	account := &webstore.Account{Name: given.Name, Shown: given.Shown, Role: given.Role}
	book, err := s.views.Book()
	if err != nil {
		wrong("codes", "Het contractenboek is nu niet te lezen.")
		return account, problems
	}
	codes := strings.FieldsFunc(given.Codes, func(r rune) bool { return r == ' ' || r == ',' || r == ';' })
	for _, code := range codes {
		switch {
		case role == views.Provider && book.Provider(code) == nil:
			wrong("codes", "AGB-code %s staat niet in het contractenboek. Kijk de code na.", code)
		case role == views.Municipality && (book.Municipality(code) == nil || book.Municipality(code).Code != code):
			wrong("codes", "Gemeentecode %s staat niet in het contractenboek. Kijk de code na.", code)
		}
	}
	switch {
	case len(codes) == 0 && (role == views.Provider || role == views.Municipality):
		wrong("codes", "Een aanbieder heeft een AGB-code nodig en een gemeente een CBS-code. Vul er een in.")
	case len(codes) > 0 && role != views.Provider && role != views.Municipality:
		wrong("codes", "Alleen een aanbieder of gemeente heeft codes. Laat dit veld leeg.")
	}
	account.CodeList = strings.Join(codes, " ")
	return account, problems
}

// showLink shows the link with which an account begins, once.
func (s *Server) showLink(w http.ResponseWriter, r *http.Request, who *visitor, account *webstore.Account) error {
	token, err := s.store.AddLink(r.Context(), account.ID, "uitnodiging")
	if err != nil {
		return err
	}
	h, err := s.accountsPage(r, who)
	if err != nil {
		return err
	}
	body := h.Body.(*accountsPage)
	body.Link, body.For = s.base()+"/uitnodiging/"+token, account.Shown
	return s.show(w, r, "accounts", h)
}

func (s *Server) accountOf(r *http.Request) (*webstore.Account, error) {
	account, found, err := s.store.Account(r.Context(), r.PathValue("id"))
	if err != nil || !found {
		return nil, notThereOr(err)
	}
	return account, nil
}

func postBlock(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	account, err := s.accountOf(r)
	if err != nil {
		return err
	}
	if account.ID == who.account.ID {
		return problem("Niemand blokkeert het eigen account. Vraag het een andere beheerder.", "Nobody blocks their own account. Ask another administrator.")
	}
	if !account.Blocked && account.Role == string(views.Administrator) {
		accounts, err := s.store.Accounts(ctx)
		if err != nil {
			return err
		}
		left := 0
		for _, other := range accounts {
			if other.Role == string(views.Administrator) && !other.Blocked && other.ID != account.ID {
				left++
			}
		}
		if left == 0 {
			return problem("Dit is de laatste beheerder. Nodig eerst een andere uit.", "This is the last administrator. Invite another one first.")
		}
	}
	if err := s.store.SetBlocked(ctx, account.ID, !account.Blocked); err != nil {
		return err
	}
	outcome := "geblokkeerd"
	if account.Blocked {
		outcome = "weer toegelaten"
	}
	s.note(r, who, "account", account.Name, outcome)
	return redirect(w, r, "/beheer/accounts")
}

// postReset takes away password and second factor, and makes a link to begin anew.
func postReset(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	account, err := s.accountOf(r)
	if err != nil {
		return err
	}
	if account.ID == who.account.ID {
		return problem("Niemand herstelt de eigen tweede factor. Vraag het een andere beheerder.", "Nobody resets their own second factor. Ask another administrator.")
	}
	if err := s.store.SetTOTP(r.Context(), account.ID, "", nil); err != nil {
		return err
	}
	s.note(r, who, "account", account.Name, "tweede factor hersteld")
	return s.showLink(w, r, who, account)
}
