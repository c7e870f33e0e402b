package web_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// On a full disk nothing is half sent: the page says why, no run takes the files in, and sending works once there is room.
func TestNothingIsHalfSent(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	store := "sqlite:" + filepath.Join(s.folder, "pxq-web.db")
	full := func(name, on string) (free func()) {
		ledgertest.Execute(t, store, "CREATE TRIGGER "+name+" BEFORE "+on+" BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
		return func() { ledgertest.Execute(t, store, "DROP TRIGGER "+name) }
	}
	inbox := func(kind string) []string {
		found, err := filepath.Glob(filepath.Join(s.folder, kind, "web", "*"))
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	provider, region := s.as(t, "demo-aanbieder"), s.as(t, "demo-regio")
	const head = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n"
	upload := provider.upload(t, "een.csv", head+"een;;;;;;;\n")
	provider.until(t, upload, "data-stream")
	free := full("no_jobs", "INSERT ON jobs")
	if status, page := provider.post(t, upload+"/insturen", ""); status != http.StatusInternalServerError || !strings.Contains(page, "De schijf van de server is vol") {
		t.Errorf("%d %s", status, matches(page, `<h1>(.*)</h1>`))
	}
	if page := provider.page(t, upload); !strings.Contains(page, "/insturen") || len(inbox("submissions")) > 0 {
		t.Errorf("it is half sent: %s %s", matches(page, `<h1>(.*)</h1>`), inbox("submissions"))
	}
	const referrals = "Toewijzingsnummer;BSN;Geboortedatum;Gemeente;AGB-code;Productcode;Ingangsdatum\nA1;999990019;2015-01-01;0855;99020001;45A04;2026-01-01\n"
	if status, _ := region.postFile(t, "/toewijzingen", "nieuw.csv", referrals); status != http.StatusInternalServerError {
		t.Errorf("referrals: %d", status)
	}
	if left := inbox("referrals"); len(left) > 0 {
		t.Errorf("referrals of which is said that nothing was changed wait for a run: %s", left)
	}
	free()
	if status, _ := provider.post(t, upload+"/insturen", ""); status != http.StatusSeeOther {
		t.Fatalf("with room: %d", status)
	}
	if page := provider.until(t, upload, "data-stream"); !strings.Contains(page, "ingelezen") {
		t.Errorf("it is not taken in: %s", matches(page, `<h1>(.*)</h1>`))
	}
}

// When a session cannot be stored, the response is the error page only: nothing follows it, and it does not redirect.
func TestAnsweredOnce(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	ledgertest.Execute(t, "sqlite:"+filepath.Join(s.folder, "pxq-web.db"), "CREATE TRIGGER no_sessions BEFORE INSERT ON sessions BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END")
	for _, asked := range []string{"/maand", "/aanmelden/demo"} {
		c := s.as(t, "")
		status, page := c.get(t, asked)
		if asked == "/aanmelden/demo" {
			status, page = c.post(t, asked, "account=demo-regio")
		}
		if status != http.StatusInternalServerError || !strings.Contains(page, "De schijf van de server is vol") || !strings.HasSuffix(strings.TrimSpace(page), "</html>") || strings.Count(page, "<html") != 1 {
			t.Errorf("%s: %d\n%s", asked, status, page)
		}
	}
}
