package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A vote or an agreement to close that still waits for a second account no longer counts once its account is blocked.
func TestBlockedAgreesWithNothing(t *testing.T) {
	t.Parallel()
	s := newSiteWith(t, 1500, "[policy]\nsecond_controller_from = 1\n", "")
	admin := s.as(t, "demo-beheerder")
	voter, region := s.as(t, "demo-controller"), s.as(t, "demo-regio")
	hold := voter.holds(t)[0]
	voter.decide(t, hold, "afwijzen", "van wie weg is")
	agree := func(c *client) string {
		_, page := c.get(t, "/afsluiten")
		return c.posted(t, "/afsluiten", url.Values{"run": matches(page, `name="run" value="(\d+)"`), "invoer": matches(page, `name="invoer" value="([^"]*)"`), "aansluiting": {"1"}, "periode": {"2026-10"}})
	}
	if to := agree(region); to != "/afsluiten" {
		t.Fatalf("one alone closes: %s", to)
	}
	if page := region.page(t, "/afsluiten"); !strings.Contains(page, "U bent akkoord. Een ander account van de regio sluit af.") || strings.Contains(page, `name="periode"`) {
		t.Error("who agreed is asked to agree")
	}
	for _, name := range []string{"demo-controller", "demo-regio"} {
		id := matches(admin.page(t, "/beheer/accounts"), `>`+name+`</span>.*?/beheer/accounts/([a-z0-9]+)/blokkeren`)
		if status, _ := admin.post(t, "/beheer/accounts/"+id[0]+"/blokkeren", ""); status != http.StatusSeeOther {
			t.Fatalf("%s is not blocked: %d", name, status)
		}
	}
	s.as(t, "demo-controller-2").decide(t, hold, "afwijzen", "van de tweede")
	if files := s.decisionFiles(t); files != "" {
		t.Errorf("a blocked account decides along: %s", files)
	}
	if to := agree(s.as(t, "demo-regio-2")); to != "/afsluiten" {
		t.Errorf("a blocked account closes along: %s", to)
	}
}
