package web_test

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// A word that is wider than a phone, in a name, a reason or a file name, does not make a page wider than the phone.
func TestLongWordsFit(t *testing.T) {
	l := newLooker(t)
	s := newSiteWith(t, 1500, "region = \""+strings.Repeat("Jeugdhulpregio", 4)+"\"\n[policy]\nmax_rejected = 1\n", "")
	c := s.as(t, "demo-regio")
	_, page := c.get(t, "/afsluiten")
	c.posted(t, "/afsluiten", url.Values{"run": matches(page, `name="run" value="(\d+)"`), "invoer": matches(page, `name="invoer" value="([^"]*)"`), "aansluiting": {"1"}, "periode": {"2026-10"}, "reden": {strings.Repeat("onafgebroken", 40)}})
	upload := s.as(t, "demo-aanbieder").upload(t, strings.Repeat("lange-naam_", 10)+".csv", "")
	l.must(l.Size(320, 900))
	for account, path := range map[string]string{"demo-beheerder": "/beheer/stand", "demo-regio": "/afsluiten", "demo-aanbieder": upload} {
		signIn(t, s, l.Browser, account)
		l.must(l.Go(s.URL + path))
		time.Sleep(100 * time.Millisecond) // until the script has seen which tables fit
		if wide := see[int64](l, "document.documentElement.scrollWidth"); wide > 320 {
			t.Errorf("%s is %d wide", path, wide)
		}
	}
}
