package admin

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// AddAccount creates an account and returns its invitation link. An account with this name and role that exists is reset: it is
// unblocked, gets these codes, and must be set up again by the link. Problems with the arguments are returned as [site.Problem].
func AddAccount(ctx context.Context, store *webstore.Store, folder *workspace.Folder, name, shown, role, codes string) (link string, err error) {
	name = strings.ToLower(strings.TrimSpace(name))
	if !nameForm.MatchString(name) {
		return "", site.Refuse("Een naam heeft 3 tekens of meer: letters, cijfers en . _ - + @. Kies een andere.", "A name has 3 or more characters: letters, digits and . _ - + @. Choose another one.")
	}
	if bsn.Holds(name) || bsn.Holds(shown) {
		return "", site.Refuse("In deze naam staat een nummer dat een BSN kan zijn. Kies een naam zonder.", "This name contains a number that may be a BSN. Choose a name without it.")
	}
	if !slices.Contains(views.Roles, views.Role(role)) {
		return "", site.Refuse("‘%s’ is geen rol. Kies aanbieder, controller, gemeente, regio of beheerder.", "“%s” is not a role. Choose aanbieder, controller, gemeente, regio or beheerder.", role)
	}
	list := strings.FieldsFunc(codes, betweenCodes)
	if isScoped(views.Role(role)) != (len(list) > 0) {
		return "", site.Refuse("Een aanbieder heeft AGB-codes nodig en een gemeente CBS-codes, met --codes; andere rollen niet.", "A provider needs AGB codes and a municipality CBS codes, with --codes; other roles have no codes.")
	}
	if err := refuseUnknown(folder, views.Role(role), list); err != nil {
		return "", err
	}
	account, found, err := store.AccountNamed(ctx, name)
	if err != nil {
		return "", err
	}
	if found && account.Role != role {
		return "", site.Refuse("Account %s heeft een andere rol (%s). Eén rol per account: kies een andere naam.", "Account %s has another role (%s). One role per account: choose another name.", name, account.Role)
	}
	if !found {
		if shown == "" {
			shown = name
		}
		account = &webstore.Account{Name: name, Shown: shown, Role: role, CodeList: strings.Join(list, " ")}
		if err := store.AddAccount(ctx, account); err != nil {
			return "", err
		}
	} else if err := errors.Join(store.Reset(ctx, account.ID), store.SetCodes(ctx, account.ID, strings.Join(list, " ")), letIn(ctx, store, account.ID)); err != nil {
		return "", err
	}
	token, err := store.AddLink(ctx, account.ID, "uitnodiging")
	if err != nil {
		return "", err
	}
	if err := store.Log(ctx, &webstore.Entry{Act: "account", Object: name, Outcome: "uitgenodigd als " + role, Account: "pxq account add"}); err != nil {
		return "", err
	}
	base := folder.Settings.Web.Address
	if base == "" {
		base = "http://" + site.ListenHere // the command adds that the address may differ
	}
	return base + "/uitnodiging/" + token, nil
}

// letIn unblocks an account.
func letIn(ctx context.Context, store *webstore.Store, id string) error {
	_, err := store.SetBlocked(ctx, id, false)
	return err
}

// refuseUnknown returns an error for a code that the contract book does not have: an account with only such codes would see nothing.
func refuseUnknown(folder *workspace.Folder, role views.Role, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	book, err := folder.Book()
	if err != nil {
		return err
	}
	if unknown := unknownCodes(book, role, codes, "nl"); len(unknown) > 0 {
		return site.RefuseWith(billing.Text{Dutch: unknown[0], English: unknownCodes(book, role, codes, "en")[0]})
	}
	return nil
}
