package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/pxq-nl/pxq/cmd/internal/web/admin"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// enrol creates an account, sets its password and second factor by the pages, and returns its client, signed in.
func (s *site) enrol(t *testing.T, name, role, codes string) *client {
	t.Helper()
	read, err := workspace.Read(s.folder, "")
	if err != nil {
		t.Fatal(err)
	}
	store, err := webstore.Open(t.Context(), read.DatabaseAddress(s.database))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	link, err := admin.AddAccount(t.Context(), store, read, name, name, role, codes)
	if err != nil {
		t.Fatal(err)
	}
	c := s.as(t, "")
	const password = "correct horse battery"
	if status, _ := c.post(t, link[strings.LastIndex(link, "/uitnodiging/"):], url.Values{"wachtwoord": {password}, "nogmaals": {password}}.Encode()); status != http.StatusSeeOther {
		t.Fatalf("invitation: %d", status)
	}
	_, page := c.get(t, "/aanmelden/code")
	secret := strings.ReplaceAll(matches(page, `<code[^>]*>([A-Z2-7 ]{16,})</code>`)[0], " ", "")
	code, err := totp.GenerateCode(secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if status, _ := c.post(t, "/aanmelden/code", url.Values{"code": {code}}.Encode()); status != http.StatusSeeOther {
		t.Fatalf("code: %d", status)
	}
	return c
}

// What belongs to another account of the same role does not exist either: uploads, jobs, selections, rows and workbooks, in
// addresses and in forms, with the same bytes as what does not exist.
func TestWhatIsAnotherAccountsIsNotThere(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	own := s.as(t, "demo-aanbieder")
	_, page := own.get(t, "/aanleveren")
	code := matches(page, `AGB-code (\d{8})`)[0]
	_, list := s.as(t, "demo-regio").get(t, "/aanbieders?toon=aanbieders")
	agbs := slices.DeleteFunc(matches(list, `href="/aanbieders/(\d{8})"`), func(agb string) bool { return agb == code })
	other := s.enrol(t, "ander.aanbieder", "aanbieder", agbs[0])

	upload := own.upload(t, "eigen.csv", "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\nA-1;"+code+";123;1;45X01;02-10-2026;uur;2\n")
	own.until(t, upload, "Wordt gecontroleerd")
	_, nothing := other.get(t, "/aanleveringen/bestaat-niet")
	for _, path := range []string{upload, upload + "/stroom", upload + "/bevindingen", upload + "?tab=regel"} {
		if status, body := other.get(t, path); status != http.StatusNotFound || steady(body) != steady(nothing) {
			t.Errorf("%s of another: %d", path, status)
		}
	}
	for _, act := range []string{"/insturen", "/verwijderen", "/intrekken"} {
		if status, body := other.post(t, upload+act, ""); status != http.StatusNotFound || steady(body) != steady(nothing) {
			t.Errorf("%s of another: %d", act, status)
		}
	}
	if status, body := own.get(t, upload); status != http.StatusOK || !strings.Contains(body, "om eerst te herstellen") {
		t.Errorf("what another tried changed the upload: %d", status)
	}
	_, none := other.get(t, "/regels/999999999")
	for _, nr := range matches(ownRows(t, own), `href="/regels/(\d+)"`) {
		if status, body := other.get(t, "/regels/"+nr); status != http.StatusNotFound || steady(body) != steady(none) {
			t.Errorf("row %s of another: %d", nr, status)
		}
	}
	// A code of another account is replaced by the account's own, in every address and form.
	for _, path := range []string{"/regels", "/retour", "/aanleveren", "/betalingen", "/retour/2026-10"} {
		_, mine := other.get(t, path)
		if status, body := other.get(t, path+"?agb="+code); status != http.StatusOK || strings.ReplaceAll(steady(body), "?agb="+code, "") != steady(mine) {
			t.Errorf("%s with the code of another: %d, and it is not the own page", path, status)
		}
	}
	for _, file := range append(matches(own.page(t, "/regels"), `<option value="(\d+)"`), "999999") {
		if status, body := other.get(t, "/regels?bestand="+file); status != http.StatusNotFound || steady(body) != steady(none) {
			t.Errorf("file %s of another: %d", file, status)
		}
	}
	_, gone := other.get(t, "/downloads/2026-10/bestaat-niet.xlsx")
	for _, name := range s.workbookNames(t) {
		if strings.Contains(name, agbs[0]) {
			continue
		}
		if status, body := other.get(t, "/downloads/2026-10/"+url.PathEscape(name)); status != http.StatusNotFound || steady(body) != steady(gone) {
			t.Errorf("%s of another: %d", name, status)
		}
	}

	first, second := s.as(t, "demo-controller"), s.as(t, "demo-controller-2")
	rows := first.holds(t)
	choice := first.posted(t, "/uitval/kies", url.Values{"regel": {rows[0].key + "@" + rows[0].version}})
	_, nowhere := second.get(t, "/keuze/bestaat-niet")
	if status, body := second.get(t, choice); status != http.StatusNotFound || steady(body) != steady(nowhere) {
		t.Errorf("the selection of another: %d", status)
	}
	if status, _ := second.post(t, choice, "besluit=afwijzen&reden=x"); status != http.StatusNotFound {
		t.Errorf("decided on the selection of another: %d", status)
	}
	job := s.as(t, "demo-regio").posted(t, "/berekenen", url.Values{"periode": {"2026-10"}})
	for _, c := range []*client{other, first, s.as(t, "demo-gemeente"), s.as(t, "demo-beheerder")} {
		_, absent := c.get(t, "/taken/bestaat-niet")
		for _, path := range []string{job, job + "/stroom"} {
			if status, body := c.get(t, path); status != http.StatusNotFound || steady(body) != steady(absent) {
				t.Errorf("the job of the region: %d", status)
			}
		}
	}
}

// posted sends a form and returns the address of the redirect.
func (c *client) posted(t *testing.T, path string, form url.Values) string {
	t.Helper()
	request, err := http.NewRequest(http.MethodPost, c.URL+path, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, err := c.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusSeeOther {
		t.Fatalf("%s: %d", path, answer.StatusCode)
	}
	return answer.Header.Get("Location")
}

// workbookNames returns the names of the workbooks of October.
func (s *site) workbookNames(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(s.folder, "reports", "2026-10"))
	if err != nil || len(entries) == 0 {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// An account that the command resets has the codes that the command names.
func TestAnAccountBegunAnewHasItsCodes(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	before := s.enrol(t, "twee.keer", "aanbieder", "99040003")
	after := s.enrol(t, "twee.keer", "aanbieder", "99020001")
	if page := after.page(t, "/aanleveren"); !strings.Contains(page, "AGB-code 99020001") {
		t.Errorf("it still has the codes of before: %s", matches(page, `AGB-code (\d{8})`))
	}
	if status, _ := before.get(t, "/aanleveren"); status != http.StatusSeeOther {
		t.Errorf("the session of before goes on: %d", status)
	}
}

// Texts about one row have the singular form in both languages.
func TestOneRowIsSentIn(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-aanbieder")
	const head = "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n"
	one := c.upload(t, "een.csv", head+"een;;;;;;;\n")
	two := c.upload(t, "twee.csv", head+"een;;;;;;;\ntwee;;;;;;;\n")
	for location, want := range map[string]string{one: "<button>Stuur 1 regel in, die zo wordt afgewezen</button>", two: "<button>Stuur 2 regels in, ook de 2 die zo worden afgewezen</button>"} {
		if page := c.until(t, location, "data-stream"); !strings.Contains(page, want) {
			t.Errorf("%s is not in %s", want, matches(page, `(<button>Stuur [^<]*</button>)`))
		}
	}
	c.post(t, "/taal", "taal=en")
	if page := c.page(t, one); !strings.Contains(page, "<button>Submit 1 record, which will be rejected as it is</button>") {
		t.Errorf("in English: %s", matches(page, `(<button>Submit [^<]*</button>)`))
	}
}
