package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/web/admin"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Somebody who signs in on a shared computer where another account is still signed in gets their own account at the first try, and
// a second factor of their own.
func TestSigningInWhereAnotherIs(t *testing.T) {
	t.Parallel()
	s, store := guessed(t)
	s.enrol(t, "pieters", "regio", "")
	c := s.enrol(t, "aanwezig", "beheerder", "")
	if status, _ := c.post(t, "/aanmelden", url.Values{"naam": {"pieters"}, "wachtwoord": {"correct horse battery"}}.Encode()); status != http.StatusSeeOther {
		t.Fatalf("password: %d", status)
	}
	if status, page := c.get(t, "/aanmelden/code"); status != http.StatusOK || !strings.Contains(page, `name="code"`) {
		t.Errorf("no code is asked: %d", status)
	}
	if status, _ := c.get(t, "/beheer/accounts"); status == http.StatusOK {
		t.Error("who was there is signed in while another gives a code")
	}
	key := func() string {
		c.post(t, "/aanmelden", url.Values{"naam": {"jansen"}, "wachtwoord": {"correct horse battery"}}.Encode())
		return strings.Join(matches(c.page(t, "/aanmelden/code"), `<code class="key">([^<]*)`), "")
	}
	first := key()
	if err := store.Reset(t.Context(), accountID(t, store, "pieters")); err != nil {
		t.Fatal(err)
	}
	read, err := workspace.Read(s.folder, "")
	if err != nil {
		t.Fatal(err)
	}
	link, err := admin.AddAccount(t.Context(), store, read, "pieters", "", "regio", "")
	if err != nil {
		t.Fatal(err)
	}
	c.post(t, link[strings.LastIndex(link, "/uitnodiging/"):], url.Values{"wachtwoord": {"correct horse battery"}, "nogmaals": {"correct horse battery"}}.Encode())
	if second := strings.Join(matches(c.page(t, "/aanmelden/code"), `<code class="key">([^<]*)`), ""); first == "" || second == "" || first == second {
		t.Error("two people are given one key for their second factor")
	}
}

func accountID(t *testing.T, store *webstore.Store, name string) string {
	t.Helper()
	account, found, err := store.AccountNamed(t.Context(), name)
	if err != nil || !found {
		t.Fatalf("%s: %v", name, err)
	}
	return account.ID
}

// Of two administrators who block each other at the same time one remains.
func TestTheLastAdministratorStays(t *testing.T) {
	t.Parallel()
	_, store := guessed(t)
	for range 10 {
		var ids []string
		accounts, err := store.Accounts(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for i := range accounts {
			if accounts[i].Role == "beheerder" {
				ids = append(ids, accounts[i].ID)
			}
		}
		if len(ids) < 2 {
			if err := store.AddAccount(t.Context(), &webstore.Account{Name: "tweede.beheerder", Shown: "Tweede", Role: "beheerder"}); err != nil {
				t.Fatal(err)
			}
			continue
		}
		var all sync.WaitGroup
		blocked := make([]bool, len(ids))
		for i, id := range ids {
			all.Go(func() {
				var err error
				if blocked[i], err = store.SetBlocked(t.Context(), id, true); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if blocked[0] == blocked[1] {
			t.Errorf("blocked: %v", blocked)
		}
		for _, id := range ids {
			if _, err := store.SetBlocked(t.Context(), id, false); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// An account created by the command is checked against the book like one created on the page, and a refusal names the field that is
// wrong.
func TestAnAccountByCommandIsHeldAgainstTheBook(t *testing.T) {
	t.Parallel()
	s, store := guessed(t)
	read, err := workspace.Read(s.folder, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, shown, role, codes, want string }{
		{"een.naam", "", "aanbieder", "99999999", "AGB-code 99999999 staat niet in het contractenboek"},
		{"een.naam", "", "aanbieder", "99020001;x", "AGB-code x staat niet in het contractenboek"},
		{"een.naam", "", "gemeente", "Tilburg", "Gemeentecode Tilburg staat niet in het contractenboek"},
		{"p123456782", "", "regio", "", "een nummer dat een BSN kan zijn"},
		{"een.naam", "Jan 123456782", "regio", "", "een nummer dat een BSN kan zijn"},
		{"x", "", "regio", "", "3 tekens of meer"},
	} {
		_, err := admin.AddAccount(t.Context(), store, read, c.name, c.shown, c.role, c.codes)
		told, ok := err.(interface{ In(string) string })
		if !ok || !strings.Contains(told.In("nl"), c.want) || told.In("en") == told.In("nl") {
			t.Errorf("%+v: %v", c, err)
		}
		if _, found, err := store.AccountNamed(t.Context(), c.name); err != nil || found {
			t.Errorf("%+v: made all the same %v", c, err)
		}
	}
	if _, err := admin.AddAccount(t.Context(), store, read, "een.naam", "", "aanbieder", "99020001;99020002"); err != nil {
		t.Error(err)
	}
}
