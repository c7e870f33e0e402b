package web_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/web/browsertest"
)

// pathsOf are the paths to test, by demo account.
var pathsOf = map[string][]string{
	"demo-aanbieder":  {"/aanleveren", "/aanleveringen", "/regels", "/retour", "/betalingen", "/hulp", "/toegankelijkheid", "/is-er-niet"},
	"demo-controller": {"/uitval", "/uitval?volgorde=wachten", "/uitval/tweede", "/besluiten", "/maand", "/taken"},
	"demo-gemeente":   {"/maand", "/uitval", "/wijzigingen", "/betalingen", "/downloads"},
	"demo-regio":      {"/maand", "/gemeenten", "/aanbieders", "/wijzigingen", "/betalingen", "/aansluiting", "/afsluiten", "/maanden", "/jaar", "/downloads", "/toewijzingen", "/boek", "/taken"},
	"demo-beheerder":  {"/beheer/accounts", "/beheer/logboek", "/beheer/stand"},
}

// looker checks pages in a browser.
type looker struct {
	*testing.T
	*browsertest.Browser
	axe, pictures string
}

// newLooker starts a browser, or skips the test if none is installed.
func newLooker(t *testing.T) *looker {
	t.Helper()
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
	b, err := browsertest.Start(context.Background(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return &looker{t, b, string(axe), os.Getenv("PXQ_PICTURES")}
}

// look checks a page, wide and narrow, on what every page must satisfy.
func (l *looker) look(name string) {
	l.Helper()
	for _, width := range []int64{1280, 360} {
		if err := l.Size(width, 900); err != nil {
			l.Fatal(err)
		}
		if err := l.Until(fmt.Sprintf("document.documentElement.scrollWidth <= %d", width)); err != nil { // the page may take a moment to adapt
			wide, _ := browsertest.Eval[int64](l.Browser, "document.documentElement.scrollWidth")
			l.Errorf("%s at %d is %d wide (%v)", name, width, wide, err)
		}
		if width < 1000 && l.pictures == "" && os.Getenv("PXQ_SOAK") == "" {
			continue // only checked in make soak
		}
		found, err := l.Axe(l.axe)
		if err != nil {
			l.Fatal(err)
		}
		for _, violation := range found {
			l.Errorf("%s at %d: %s: %s\n%s\n%s", name, width, violation.ID, violation.Help, violation.Nodes[0].HTML, violation.Nodes[0].FailureSummary)
		}
		if l.pictures != "" || len(found) > 0 {
			keepPicture(l.T, l.Browser, l.pictures, fmt.Sprintf("%s-%d.png", name, width))
		}
	}
}

// Every page in a real browser: axe finds no violation, the console has no errors, and nothing is wider than a phone. If
// PXQ_PICTURES names a folder, the test saves a screenshot of each page in both languages there.
func TestPagesInABrowser(t *testing.T) {
	l := newLooker(t)
	s := newSite(t, 1500)
	if err := l.Go(s.URL + "/aanmelden"); err != nil {
		t.Fatal(err)
	}
	l.look("aanmelden")
	for account, paths := range pathsOf {
		signIn(t, s, l.Browser, account)
		for _, language := range []string{"nl", "en"} {
			if language == "en" {
				if l.pictures == "" && os.Getenv("PXQ_SOAK") == "" {
					continue // only checked in make soak
				}
				if err := l.Click(`button[value="en"]`); err != nil {
					t.Fatal(err)
				}
			}
			if l.pictures != "" || os.Getenv("PXQ_SOAK") != "" {
				for name, path := range s.states(t, account) {
					l.must(l.Go(s.URL + path))
					l.look(account + "-" + language + "-state-" + name)
				}
			}
			for _, path := range paths {
				if err := l.Go(s.URL + path); err != nil {
					t.Fatalf("%s %s: %v", account, path, err)
				}
				l.look(account + "-" + language + strings.ReplaceAll(path, "/", "-"))
			}
			switch account {
			case "demo-controller":
				l.lookAtFirst(s, "/uitval", "table a.open", account+"-"+language+"-story")
			case "demo-aanbieder":
				l.lookAtUpload(s, account+"-"+language)
				l.lookAtOutcomes(s, account+"-"+language)
			case "demo-regio":
				l.lookAtFirst(s, "/aanbieders", "table td a", account+"-"+language+"-provider")
			}
		}
	}
	for _, complaint := range l.Complaints() {
		if !strings.Contains(complaint, "404") {
			t.Errorf("the console says %s", complaint)
		}
	}
}

// states are pages that are reached only by doing something. They are checked in make soak.
func (s *site) states(t *testing.T, account string) map[string]string {
	t.Helper()
	c := s.as(t, account)
	paths := make(map[string]string)
	switch account {
	case "demo-controller":
		rows := c.holds(t)
		paths["selection"] = c.posted(t, "/uitval/kies", url.Values{"regel": {rows[0].key + "@" + rows[0].version, rows[1].key + "@" + rows[1].version}})
		c.decide(t, rows[len(rows)-1], "afwijzen", "niet geleverd")
		c.idle(t)
		paths["decided"], paths["jobs"], paths["none"] = "/uitval?stand=besloten", "/taken", "/uitval?dagen=9999"
	case "demo-regio":
		_, paths["book"] = c.postFile(t, "/boek", "boek.xlsx", c.changedBook(t, 123.45, ""))
		paths["job"] = c.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}})
		c.until(t, paths["job"], "data-stream")
		paths["year"] = c.posted(t, "/jaar/2026", nil)
		c.until(t, paths["year"], "data-stream")
		paths["year-made"], paths["municipality"] = "/jaar/2026", "/gemeenten/0855"
	case "demo-aanbieder":
		_, list := c.get(t, "/regels")
		paths["row"] = matches(list, `href="(/regels/\d+)"`)[0]
	}
	return paths
}

// lookAtOutcomes checks the pages of an upload that is refused, sent or taken back.
func (l *looker) lookAtOutcomes(s *site, name string) {
	l.Helper()
	if l.pictures == "" && os.Getenv("PXQ_SOAK") == "" {
		return // only checked in make soak
	}
	c := s.as(l.T, "demo-aanbieder")
	refused := c.upload(l.T, "leeg.csv", "")
	c.until(l.T, refused, "data-stream")
	l.must(l.Go(s.URL + refused))
	l.look(name + "-refused")
	code := matches(c.page(l.T, "/aanleveren"), `(\d{8})\)`)[0]
	sent := c.upload(l.T, "oktober.csv", "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\nS-"+name+";"+code+";999900006;1;45X01;02-10-2026;uur;2\n")
	c.until(l.T, sent, "data-stream")
	c.posted(l.T, sent+"/insturen", nil)
	c.until(l.T, sent, "data-stream")
	l.must(l.Go(s.URL + sent))
	l.look(name + "-sent")
}

// page returns a page.
func (c *client) page(t *testing.T, path string) string {
	t.Helper()
	_, page := c.get(t, path)
	return page
}

// lookAtFirst checks the page of the first link in a list.
func (l *looker) lookAtFirst(s *site, list, link, name string) {
	l.Helper()
	if err := l.Size(1280, 900); err != nil {
		l.Fatal(err)
	}
	if err := l.Go(s.URL + list); err != nil {
		l.Fatal(err)
	}
	href, err := browsertest.Eval[string](l.Browser, "document.querySelector('"+link+"').href")
	if err != nil {
		l.Fatal(err)
	}
	if err := l.Go(href); err != nil {
		l.Fatal(err)
	}
	l.look(name)
}

// lookAtUpload uploads a file and checks the page with its findings.
func (l *looker) lookAtUpload(s *site, name string) {
	l.Helper()
	if err := l.Size(1280, 900); err != nil {
		l.Fatal(err)
	}
	if err := l.Go(s.URL + "/aanleveren"); err != nil {
		l.Fatal(err)
	}
	if err := l.Files("#bestand", s.someRows(l.T, l.Browser)); err != nil {
		l.Fatal(err)
	}
	if err := l.Click("form[enctype] button"); err != nil {
		l.Fatal(err)
	}
	if err := l.Wait(".tiles"); err != nil {
		l.Fatal(err)
	}
	l.look(name + "-checked")
	if err := l.Click(`nav.tabs a[href="?tab=regel"]`); err != nil {
		l.Fatal(err)
	}
	l.look(name + "-rows")
}

// someRows returns a file of the provider's rows, some of them wrong.
func (s *site) someRows(t *testing.T, b *browsertest.Browser) string {
	t.Helper()
	lead, err := b.Text(".lead")
	if err != nil {
		t.Fatal(err)
	}
	code := matches(lead, `(\d{8})`)[0]
	path := filepath.Join(t.TempDir(), "oktober.csv")
	content := "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n"
	for i := range 40 {
		bsn, product, date, quantity := "999900006", "45X01", fmt.Sprintf("%02d-10-2026", i%28+1), "1,5"
		switch {
		case i%9 == 4:
			date = "31-09-2026"
		case i%11 == 3:
			bsn = "123456789"
		case i%17 == 8:
			product = "45Z99"
		case i == 20:
			quantity = "anderhalf"
		}
		content += fmt.Sprintf("N-%03d;%s;%s;300201;%s;%s;uur;%s\n", i, code, bsn, product, date, quantity)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
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

// keepPicture saves a screenshot.
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
