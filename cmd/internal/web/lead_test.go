package web_test

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What a page says of its list is true of the list that it shows.
func TestListsSayWhatTheyAre(t *testing.T) {
	t.Parallel()
	s := newSiteWith(t, 1500, "[policy]\nsecond_controller_from = 1\n", "")
	first, second := s.as(t, "demo-controller"), s.as(t, "demo-controller-2")
	hold := first.holds(t)[0]
	first.decide(t, hold, "akkoord", "gezien")
	second.decide(t, hold, "akkoord", "ook gezien")
	second.idle(t)
	if lead := matches(first.page(t, "/uitval?stand=besloten"), `<p class="lead">(\d+ beslui\w+ \w+)`); !slices.Equal(lead, []string{"1 besluit genomen"}) {
		t.Errorf("the list of what was decided says %q", lead)
	}
	// Whoever takes a vote back that the second controller has just decided along with is told so.
	if to := first.posted(t, "/uitval/tweede", url.Values{"regel": {hold.key}, "terug": {"1"}}); to != "/uitval/tweede" {
		t.Errorf("a vote that was decided leads to %s", to)
	}
	if page := first.page(t, "/uitval/tweede"); !strings.Contains(page, "Hierover is intussen al besloten") {
		t.Error("nothing tells that the vote was decided")
	}
	admin := s.as(t, "demo-beheerder")
	if page := admin.page(t, "/beheer/logboek?account=niemand"); strings.Contains(page, "Er staat nog niets") || !strings.Contains(page, `<a href="/beheer/logboek">`) {
		t.Error("an empty list of the log does not say that the filter leaves nothing")
	}
}

// Whoever chooses a language on an invitation stays with it.
func TestInvitationInAnotherLanguage(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	_, page := s.as(t, "demo-beheerder").post(t, "/beheer/accounts", "naam=nieuw.hier&getoond=Nieuw&rol=controller")
	link := matches(page, `(/uitnodiging/[a-z0-9]+)`)[0]
	c := s.as(t, "")
	back := matches(c.page(t, link), `name="terug" value="([^"]*)"`)
	if to := c.posted(t, "/taal", url.Values{"taal": {"en"}, "terug": back}); to != link {
		t.Errorf("the language leads from the invitation to %s", to)
	}
	if page := c.page(t, link); !strings.Contains(page, "<h1>Welcome to pxq</h1>") {
		t.Errorf("the invitation is in another language: %s", matches(page, `<h1>(.*)</h1>`))
	}
}

// A day in a table does not break at its hyphens.
func TestDaysDoNotBreak(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob("site/pages/*.html")
	if err != nil || len(pages) == 0 {
		t.Fatalf("pages: %q %v", pages, err)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range matches(string(text), `<td([^>]*)>\{\{day `) {
			if !strings.Contains(cell, "nb") {
				t.Errorf("%s: a day in <td%s> breaks", page, cell)
			}
		}
	}
}

// A field at which a problem is told is marked as invalid, for who does not see where the text stands.
func TestFieldsWithAProblemAreMarked(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	for _, wrong := range []struct{ account, path, form, field string }{
		{"demo-regio", "/afsluiten", "run=1", "aansluiting"}, {"demo-beheerder", "/beheer/accounts", "naam=x", "naam"}, {"demo-beheerder", "/beheer/accounts", "naam=xyz", "getoond"},
	} {
		c := s.as(t, wrong.account)
		if wrong.path == "/afsluiten" {
			page := c.page(t, wrong.path)
			wrong.form = url.Values{"run": matches(page, `name="run" value="(\d+)"`), "invoer": matches(page, `name="invoer" value="([^"]*)"`), "periode": {"2026-10"}}.Encode()
		}
		_, page := c.post(t, wrong.path, wrong.form)
		fields := matches(page, `<(?:input|select|textarea)([^>]*id="`+wrong.field+`"[^>]*)>`)
		if len(fields) != 1 || !strings.Contains(fields[0], `aria-invalid="true"`) {
			t.Errorf("%s: the field %s is %q", wrong.path, wrong.field, fields)
		}
	}
	pages, err := filepath.Glob("site/pages/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range pages {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, field := range matches(string(text), `template "field-problem" \$h\.ProblemOf "(\w+)"`) {
			for _, tag := range matches(string(text), `<(?:input|select|textarea)((?:[^>{]|\{\{[^}]*\}\})*\bid="`+field+`"(?:[^>{]|\{\{[^}]*\}\})*)>`) {
				if !strings.Contains(tag, "aria-invalid") {
					t.Errorf("%s: <%s> is never marked", page, tag)
				}
			}
		}
	}
}
