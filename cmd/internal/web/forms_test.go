package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A form that cannot be read is told to be that, and not taken for one that was left empty or for one that is too large.
func TestFormsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-controller")
	for _, path := range []string{"/uitval/besluit", "/uitval/kies", "/taal"} {
		for form, want := range map[string]struct {
			status int
			title  string
		}{
			"besluit=%zz&reden=x":                 {http.StatusBadRequest, "Niet begrepen"},
			"reden=" + strings.Repeat("x", 2<<20): {http.StatusRequestEntityTooLarge, "Te groot"},
		} {
			if status, page := c.post(t, path, form); status != want.status || !strings.Contains(page, "<h1>"+want.title+"</h1>") {
				t.Errorf("%s, a form of %d characters: %d, %q", path, len(form), status, matches(page, `<h1>(.*)</h1>`))
			}
		}
	}
}

// What was done is told on the page that somebody sees next: asking only for its head is not seeing it.
func TestHeadLeavesTheNotice(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-controller")
	c.do(t, http.MethodPost, "/uitval/kies", url.Values{"filter": {""}}.Encode())
	const notice = "Er is geen regel gekozen."
	for range 2 {
		if status, _ := c.do(t, http.MethodHead, "/uitval", ""); status != http.StatusOK {
			t.Fatalf("the head of a page: %d", status)
		}
	}
	if page := c.page(t, "/uitval"); !strings.Contains(page, notice) {
		t.Error("the notice is not on the page")
	}
	if page := c.page(t, "/uitval"); strings.Contains(page, notice) {
		t.Error("the notice is on the next page too")
	}
}
