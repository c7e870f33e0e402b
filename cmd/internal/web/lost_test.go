package web_test

import (
	"strings"
	"testing"
)

// Who submits a form after the session ended is told, once, that it was not saved.
func TestAFormAfterTheSession(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-controller")
	hold := c.holds(t)[0]
	c.post(t, "/afmelden", "")
	const lost = "wat u verstuurde is niet bewaard"
	if strings.Contains(c.page(t, "/aanmelden"), lost) {
		t.Fatal("signing out loses a form")
	}
	if to := c.posted(t, "/uitval/besluit", map[string][]string{"besluit": {"akkoord"}, "reden": {"gezien"}, "regel": {hold.key}}); to != "/aanmelden" {
		t.Fatalf("a form without a session leads to %s", to)
	}
	if page := c.page(t, "/aanmelden"); !strings.Contains(page, lost) {
		t.Error("nothing tells that the decision was not saved")
	}
	if page := c.page(t, "/aanmelden"); strings.Contains(page, lost) {
		t.Error("it is told twice")
	}
}
