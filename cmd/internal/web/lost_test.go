package web_test

import (
	"net/http"
	"strings"
	"testing"

	pages "github.com/pxq-nl/pxq/cmd/internal/web/site"
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

// Who uploads too often is told of the hour that this takes, and not that a minute is enough.
func TestTooManyUploads(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-aanbieder")
	status := http.StatusSeeOther
	for range pages.UploadsAnHour {
		if status, _ = c.postFile(t, "/aanleveren", "x.csv", "a;b\n"); status != http.StatusSeeOther {
			t.Fatalf("an upload: %d", status)
		}
	}
	answer, page := c.sendFiles(t, "/aanleveren", "x.csv", "a;b\n")
	if answer.StatusCode != http.StatusTooManyRequests || answer.Header.Get("Retry-After") != "3600" || !strings.Contains(page, "over een uur opnieuw") || strings.Contains(page, "een minuut") {
		t.Errorf("one upload too many: %d %s %s", answer.StatusCode, answer.Header.Get("Retry-After"), page)
	}
}
