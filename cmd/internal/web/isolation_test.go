package web_test

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var accounts = map[string]string{
	"aanbieder": "demo-aanbieder", "controller": "demo-controller", "gemeente": "demo-gemeente", "regio": "demo-regio", "beheerder": "demo-beheerder",
}

// A route refuses every role but its own, and everybody who is not signed in, whatever is in the address.
func TestEveryRouteByRole(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	nobody := s.as(t, "")
	byRole := make(map[string]*client)
	for role, account := range accounts {
		byRole[role] = s.as(t, account)
	}
	fill := regexp.MustCompile(`\{[^}]*\}`)
	routes := s.pages.Routes()
	if len(routes) < 70 {
		t.Fatalf("%d routes", len(routes))
	}
	for _, route := range routes {
		if len(route.Roles) == 0 {
			continue
		}
		path := strings.TrimSuffix(fill.ReplaceAllString(route.Pattern, "1"), "/1")
		if strings.Contains(route.Pattern, "{") && !strings.Contains(route.Pattern, "{$}") {
			path = fill.ReplaceAllString(route.Pattern, "1")
		} else if strings.Contains(route.Pattern, "{$}") {
			path = "/"
		}
		if status, _ := nobody.do(t, route.Method, path, ""); status != http.StatusSeeOther {
			t.Errorf("%s %s without signing in: %d", route.Method, path, status)
		}
		for role, c := range byRole {
			if contains(route.Roles, role) {
				continue
			}
			one, first := c.do(t, route.Method, path, "regel=1-R01&besluit=akkoord&reden=x")
			other, second := c.do(t, route.Method, strings.ReplaceAll(path, "1", "2"), "regel=2-R01")
			if one != http.StatusForbidden || strings.Contains(route.Pattern, "{") && (other != one || steady(first) != steady(second)) {
				t.Errorf("%s %s as %s: %d and %d, same bytes %v", route.Method, path, role, one, other, steady(first) == steady(second))
			}
		}
	}
}

func contains(list []string, text string) bool {
	for _, item := range list {
		if item == text {
			return true
		}
	}
	return false
}

// steady returns a page without the time at which the session ends, which changes with every request.
func steady(page string) string { return endOfSession.ReplaceAllString(page, "") }

var endOfSession = regexp.MustCompile(`data-ends="[^"]*"`)

// The response for what belongs to somebody else has the same bytes as the one for what does not exist.
func TestWhatIsAnothersIsNotThere(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	provider, controller, town := s.as(t, "demo-aanbieder"), s.as(t, "demo-controller"), s.as(t, "demo-gemeente")
	_, list := controller.get(t, "/uitval")
	nrs := matches(list, `data-nr="(\d+)"`)
	if len(nrs) == 0 {
		t.Fatal("nothing is held")
	}
	_, nothing := town.get(t, "/uitval/999999999")
	_, own := town.get(t, "/uitval")
	seen := 0
	for _, nr := range nrs {
		if contains(matches(own, `data-nr="(\d+)"`), nr) {
			continue
		}
		seen++
		if status, body := town.get(t, "/uitval/"+nr); status != http.StatusNotFound || steady(body) != steady(nothing) {
			t.Errorf("a municipality reads record %s: %d", nr, status)
		}
	}
	if seen == 0 {
		t.Fatal("every record is of one municipality")
	}
	_, none := provider.get(t, "/regels/999999999")
	for _, nr := range nrs {
		if status, body := provider.get(t, "/regels/"+nr); status != http.StatusNotFound && !strings.Contains(ownRows(t, provider), "/regels/"+nr+`"`) || status == http.StatusNotFound && steady(body) != steady(none) {
			t.Errorf("a provider reads record %s: %d", nr, status)
		}
	}
	_, gone := provider.get(t, "/downloads/2026-10/bestaat-niet.xlsx")
	for _, name := range []string{"regio.xlsx", "uitval.xlsx", "gemeente-0855-Tilburg.xlsx"} {
		for _, c := range []*client{provider, town} {
			if status, body := c.get(t, "/downloads/2026-10/"+name); name != "gemeente-0855-Tilburg.xlsx" && (status != http.StatusNotFound || c == provider && steady(body) != steady(gone)) {
				t.Errorf("%s can be fetched: %d", name, status)
			}
		}
	}
	for _, path := range []string{"/downloads/2026-10/..%2f..%2fpxq.db", "/downloads/..%2f/pxq.db", "/static/..%2f..%2fpxq.toml", "/aanleveringen/..%2f..%2f"} {
		if status, _ := provider.get(t, path); status == http.StatusOK {
			t.Errorf("%s is served", path)
		}
	}
}

func ownRows(t *testing.T, c *client) string {
	t.Helper()
	all := ""
	for page := 1; page < 20; page++ {
		_, body := c.get(t, "/regels?blad="+string(rune('0'+page)))
		all += body
		if !strings.Contains(body, `rel="next"`) {
			break
		}
	}
	return all
}

// A form sent from another site changes nothing.
func TestFormsOfOtherSites(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-regio")
	for _, header := range [][2]string{{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://elders.example"}, {"Origin", "null"}} {
		request, err := http.NewRequest(http.MethodPost, s.URL+"/berekenen", strings.NewReader("periode=2026-10"))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set(header[0], header[1])
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := c.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusForbidden {
			t.Errorf("%v: %d", header, answer.StatusCode)
		}
	}
}

// No page shows a BSN to a role that may not see it.
func TestNoClientNumbersOnPages(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	number := regexp.MustCompile(`\b9999\d{5}\b`) // the BSNs of synthetic clients
	for account, paths := range pathsOf {
		c := s.as(t, account)
		for _, path := range paths {
			if _, body := c.get(t, path); number.MatchString(body) {
				t.Errorf("%s %s shows %s", account, path, number.FindString(body))
			}
		}
	}
}

// A provider checks, sends and takes back an upload. Others cannot see it, and repeating a step changes nothing.
func TestSubmit(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-aanbieder")
	_, page := c.get(t, "/aanleveren")
	code := matches(page, `AGB-code (\d{8})`)[0]
	mine := "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\nX-1;" + code + ";123;1;45A48;02-11-2026;uur;2\n"
	message, err := os.ReadFile(filepath.Join("..", "..", "..", "importers", "ijw", "testdata", "jw323.xml"))
	if err != nil {
		t.Fatal(err)
	}
	declaration := strings.ReplaceAll(string(message), "42420001", code)
	taken := map[string]string{"own.csv": "1 regel", "message.xml": "3 regels"}
	for name, test := range map[string]struct{ content, want string }{
		"message.xml":  {declaration, "prestatie 1"},
		"anothers.xml": {string(message), "andere AGB-code"},
		"broken.xml":   {strings.Replace(declaration, ">15371<", ">1<", 1), "(0001)"},
		"own":          {mine, "om eerst te herstellen"},
		"foreign":      {mine + "X-2;12345678;123;1;45A48;02-11-2026;uur;2\n", "Geweigerd"},
		"referrals":    {"Toewijzingsnummer;BSN;Gemeente;AGB-code;Ingangsdatum;Productcode\n1;123;0855;" + code + ";01-01-2026;45A48\n", "Geweigerd"},
		"decisions":    {"Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\n1;" + code + ";R08;1;akkoord;x;y\n", "Geweigerd"},
		"nothing":      {"", "Geweigerd"},
	} {
		if filepath.Ext(name) == "" {
			name += ".csv"
		}
		location := c.upload(t, "../"+name, test.content)
		body := c.until(t, location, "Wordt gecontroleerd")
		if strings.Contains(body, s.folder) || strings.Contains(body, "/uploads/") {
			t.Errorf("%s: the page names folders of the server: %s", name, body)
		}
		if !strings.Contains(body, test.want) {
			t.Errorf("%s: %q is not on the page: %s", name, test.want, matches(body, `<h1>(.*)</h1>`))
		}
		if taken[name] == "" {
			continue
		}
		if !strings.Contains(body, "F04") && name == "own.csv" {
			t.Error("the finding is not told")
		}
		if status, workbook := c.get(t, location+"/bevindingen"); status != http.StatusOK || !strings.HasPrefix(workbook, "PK") {
			t.Errorf("%s: the findings as a workbook: %d", name, status)
		}
		if status, _ := s.as(t, "demo-controller").get(t, location); status != http.StatusForbidden {
			t.Errorf("a controller reads an upload: %d", status)
		}
		if status, _ := c.post(t, location+"/insturen", ""); status != http.StatusSeeOther {
			t.Errorf("send: %d", status)
		}
		if body := c.until(t, location, "Wordt ingelezen"); !strings.Contains(body, "Ingelezen: "+taken[name]+" nieuw, 0 regels al ontvangen") {
			t.Errorf("not taken in: %s", body)
		}
		c.post(t, location+"/insturen", "") // sending again changes nothing
		c.post(t, location+"/intrekken", "")
		if body := c.until(t, location, "Wordt ingetrokken"); !strings.Contains(body, "Ingetrokken") {
			t.Errorf("not taken back: %s", body)
		}
	}
}
