package web_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/web/browsertest"
)

// pathsOf are the pages of each demo account that are looked at.
var pathsOf = map[string][]string{
	"demo-aanbieder":  {"/aanleveren", "/aanleveringen", "/regels", "/retour", "/betalingen", "/hulp", "/toegankelijkheid", "/is-er-niet"},
	"demo-controller": {"/uitval", "/uitval?volgorde=wachten", "/uitval/tweede", "/besluiten", "/maand", "/taken"},
	"demo-gemeente":   {"/maand", "/uitval", "/wijzigingen", "/betalingen", "/downloads"},
	"demo-regio":      {"/maand", "/gemeenten", "/aanbieders", "/wijzigingen", "/betalingen", "/aansluiting", "/afsluiten", "/maanden", "/jaar", "/downloads", "/toewijzingen", "/boek", "/taken"},
	"demo-beheerder":  {"/beheer/accounts", "/beheer/logboek", "/beheer/stand"},
}

// Every page in a real browser: axe finds nothing, the console says nothing, and nothing is wider than a phone. With
// PXQ_PICTURES naming a folder it keeps what each page looks like.
func TestPagesInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and what runs is a browser")
	}
	path := browsertest.Find()
	if path == "" {
		t.Skip("no chromium")
	}
	axe, err := os.ReadFile(filepath.Join("..", "..", "..", "testdata", "axe", "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	s := newSite(t, 1500)
	b, err := browsertest.Start(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	pictures := os.Getenv("PXQ_PICTURES")
	look := func(name string) {
		for _, width := range []int64{1280, 360} {
			if err := b.Size(width, 900); err != nil {
				t.Fatal(err)
			}
			wide, err := browsertest.Eval[int64](b, "document.documentElement.scrollWidth")
			if err != nil || wide > width {
				t.Errorf("%s at %d is %d wide (%v)", name, width, wide, err)
			}
			if width < 1000 && pictures == "" && os.Getenv("PXQ_SOAK") == "" {
				continue // the gate is short
			}
			found, err := b.Axe(string(axe))
			if err != nil {
				t.Fatal(err)
			}
			for _, violation := range found {
				t.Errorf("%s at %d: %s: %s\n%s\n%s", name, width, violation.ID, violation.Help, violation.Nodes[0].HTML, violation.Nodes[0].FailureSummary)
			}
			if pictures != "" || len(found) > 0 {
				keepPicture(t, b, pictures, fmt.Sprintf("%s-%d.png", name, width))
			}
		}
	}
	if err := b.Go(s.URL + "/aanmelden"); err != nil {
		t.Fatal(err)
	}
	look("aanmelden")
	for account, paths := range pathsOf {
		signIn(t, s, b, account)
		for _, path := range paths {
			if err := b.Go(s.URL + path); err != nil {
				t.Fatalf("%s %s: %v", account, path, err)
			}
			look(account + strings.ReplaceAll(path, "/", "-"))
		}
		if account == "demo-controller" {
			if err := b.Click("table a.open"); err != nil {
				t.Log(err)
			} else {
				look(account + "-regel")
			}
		}
	}
	for _, complaint := range b.Complaints() {
		if !strings.Contains(complaint, "404") {
			t.Errorf("the console says %s", complaint)
		}
	}
}

func signIn(t *testing.T, s *site, b *browsertest.Browser, account string) {
	t.Helper()
	if err := b.Go(s.URL + "/aanmelden"); err != nil {
		t.Fatal(err)
	}
	if out, err := browsertest.Eval[bool](b, "!!document.querySelector('form[action=\"/afmelden\"]')"); err == nil && out {
		if err := b.Click(`form[action="/afmelden"] button`); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Click(`button[value="` + account + `"]`); err != nil {
		t.Fatal(err)
	}
}

// keepPicture keeps what a page looked like.
func keepPicture(t *testing.T, b *browsertest.Browser, folder, name string) {
	t.Helper()
	if folder == "" {
		folder = filepath.Join(os.TempDir(), "pxq-pictures")
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	picture, err := b.Picture()
	if err != nil {
		t.Fatal(err)
	}
	name = strings.NewReplacer("?", "-", "=", "-").Replace(name)
	if err := os.WriteFile(filepath.Join(folder, name), picture, 0o600); err != nil {
		t.Fatal(err)
	}
	t.Log("picture", filepath.Join(folder, name))
}
