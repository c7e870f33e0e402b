package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Two accounts that agree at the same time close once; later requests lead to the same job.
func TestTwoAgreeAtOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	_, opened := s.open(t)
	if _, err := opened.ImportAs(t.Context(), "test", nil, day, nil); err != nil { // keeps the lock, so that the close waits
		t.Fatal(err)
	}
	clients := []*client{s.as(t, "demo-regio"), s.as(t, "demo-regio-2")}
	_, page := clients[0].get(t, "/afsluiten")
	form := url.Values{"run": matches(page, `name="run" value="(\d+)"`), "invoer": matches(page, `name="invoer" value="([^"]*)"`), "aansluiting": {"1"}, "periode": {"2026-10"}}
	led := make([]string, 4)
	var both sync.WaitGroup
	for i := range led {
		both.Go(func() { led[i] = clients[i%2].posted(t, "/afsluiten", form) })
	}
	both.Wait()
	slices.Sort(led)
	jobs := slices.Compact(slices.DeleteFunc(led, func(to string) bool { return to == "/afsluiten" }))
	if len(jobs) != 1 {
		t.Fatalf("they are led to %q", jobs)
	}
	page = ""
	for ends := time.Now().Add(time.Minute); !strings.Contains(page, "u hoeft niets te doen"); time.Sleep(25 * time.Millisecond) {
		if page = clients[0].page(t, jobs[0]); time.Now().After(ends) {
			t.Fatalf("a job that waits says %s", page)
		}
	}
	if !strings.Contains(page, "Een ander pxq-proces") {
		t.Errorf("a job that waits does not say for whom: %s", page)
	}
}

// A month beyond a safety bound is closed by two accounts, each with a reason, and the audit trail has both.
func TestCloseBeyondABound(t *testing.T) {
	t.Parallel()
	s := newSiteWith(t, 1500, "[policy]\nmax_rejected = 1\n", "")
	first, second := s.as(t, "demo-regio"), s.as(t, "demo-regio-2")
	form := func(c *client, reason string) string {
		_, page := c.get(t, "/afsluiten")
		if !strings.Contains(page, "veiligheidsgrens") {
			t.Fatalf("no bound is broken: %s", page)
		}
		return url.Values{"run": matches(page, `name="run" value="(\d+)"`), "invoer": matches(page, `name="invoer" value="([^"]*)"`), "aansluiting": {"1"}, "periode": {"2026-10"}, "reden": {reason}}.Encode()
	}
	for _, reason := range []string{"", "   ", "zie 999900006", strings.Repeat("x", 501)} {
		if status, body := first.post(t, "/afsluiten", form(first, reason)); status != http.StatusUnprocessableEntity || !strings.Contains(body, `id="reden"`) {
			t.Errorf("%q: %d", reason, status)
		}
	}
	if status, _ := first.post(t, "/afsluiten", form(first, "geteld met de aanbieders")); status != http.StatusSeeOther {
		t.Fatalf("the first: %d", status)
	}
	if _, page := second.get(t, "/afsluiten"); !strings.Contains(page, "geteld met de aanbieders") {
		t.Error("the second does not see the reason of the first")
	}
	if status, body := second.post(t, "/afsluiten", form(second, "nagekeken")); status != http.StatusSeeOther {
		t.Fatalf("the second cannot close: %d %s", status, body)
	}
	second.until(t, "/afsluiten", "name=\"run\"")
	second.idle(t)
	if _, page := second.get(t, "/afsluiten"); !strings.Contains(page, "is afgesloten op") {
		t.Errorf("not closed: %s", page)
	}
	if open := matches(s.as(t, "demo-aanbieder").page(t, "/aanleveren"), `De open periode is ([^.]*)\.`); !slices.Equal(open, []string{"november 2026"}) {
		t.Errorf("after October is closed, providers submit for %q", open)
	}
	told := s.trail(t)
	for _, said := range []string{"bevestigd: ", "Demo-regio: geteld met de aanbieders", "Tweede demo-regio: nagekeken", "demo-regio-2 (regio)", "pxq serve: afsluiten 2026-10"} {
		if !strings.Contains(told, said) {
			t.Errorf("the trail does not tell %q: %s", said, told)
		}
	}
}
