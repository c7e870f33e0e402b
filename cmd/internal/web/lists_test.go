package web_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Lists have pages, and each page is filled with what the visitor may see: jobs of the region are reachable behind those of
// providers, and old uploads and decisions behind new ones.
func TestLongListsAreWhole(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	region := s.as(t, "demo-regio")
	first := region.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}})
	region.until(t, first, "bezig")
	region.until(t, first, "in de rij")
	own := s.as(t, "demo-aanbieder")
	code := matches(own.page(t, "/aanleveren"), `AGB-code (\d{8})`)[0]
	add := func(role string, count int) {
		for range count {
			job := &webstore.Job{Kind: "jaar", Subject: "2026", Account: "iemand", Name: "iemand", Role: role}
			if err := s.pages.Store.AddJob(t.Context(), job); err != nil {
				t.Fatal(err)
			}
			if err := s.pages.Store.EndJob(t.Context(), job.ID, webstore.Failed, "", ""); err != nil {
				t.Fatal(err)
			}
		}
	}
	add("aanbieder", 60)
	if page := region.page(t, "/taken"); !strings.Contains(page, first) {
		t.Error("the jobs of providers stand before those of the region")
	}
	add("regio", 60)
	if page := region.page(t, "/taken"); !strings.Contains(page, "Blad 1 van 2") || !strings.Contains(region.page(t, "/taken?blad=2"), first) {
		t.Error("the jobs of the region have no second page")
	}

	for i := range 60 {
		upload := &webstore.Upload{ID: fmt.Sprintf("oud%02d", i), Account: "x", Name: "x", Provider: code, State: webstore.Gone, Files: "[]", Counts: "{}"}
		if err := s.pages.Store.AddUpload(t.Context(), upload); err != nil {
			t.Fatal(err)
		}
	}
	here := matches(own.page(t, "/aanleveringen"), `href="(\?toon=aanleveringen)">Toon alle 60<`)
	if len(here) != 1 {
		t.Fatal("not all uploads are shown, and nothing leads to them")
	}
	both := own.page(t, "/aanleveringen"+here[0]) + own.page(t, "/aanleveringen"+here[0]+"&blad=2")
	if shown := matches(both, `href="/aanleveringen/(oud\d\d)"`); len(shown) != 60 || len(slices.Compact(slices.Sorted(slices.Values(shown)))) != 60 {
		t.Errorf("%d uploads on two pages", len(shown))
	}

	controller := s.as(t, "demo-controller")
	asked := controller.holds(t)[0]
	_, story := controller.get(t, "/uitval/"+asked.nr)
	reference, agb := matches(story, `<h1>Regel ([^<]*)</h1>`)[0], controller.providerOf(t, asked)
	_, found, _ := strings.Cut(asked.key, "-")
	var files []string
	for i := range 101 {
		file := filepath.Join(t.TempDir(), fmt.Sprintf("besluit-%d.csv", i))
		content := "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar\n" + strings.Join([]string{reference, agb, found, asked.version, "afwijzen", fmt.Sprintf("reden %d", i), "iemand"}, ";") + "\n"
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	_, opened := s.open(t)
	_, err := opened.ImportAs(t.Context(), "test", files, day, nil)
	for ends := time.Now().Add(time.Minute); workspace.IsBusy(err) && time.Now().Before(ends); time.Sleep(25 * time.Millisecond) { // a job above may have started before it was ended
		_, err = opened.ImportAs(t.Context(), "test", files, day, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	if page := controller.page(t, "/besluiten"); !strings.Contains(page, "Blad 1 van 3") {
		t.Errorf("101 decisions: %s", matches(page, `(Blad [^<]*)`))
	}
}

// An account with several codes can reach the pages of each of them.
func TestAnAccountOfTwoCodes(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	agbs := matches(s.as(t, "demo-regio").page(t, "/aanbieders?toon=aanbieders"), `href="/aanbieders/(\d{8})"`)
	c := s.enrol(t, "twee.codes", "aanbieder", agbs[0]+","+agbs[1])
	for _, path := range []string{"/retour", "/regels"} {
		page := c.page(t, path)
		if !strings.Contains(page, `href="?agb=`+agbs[1]+`"`) {
			t.Errorf("%s does not lead to the second code", path)
		}
	}
	second := c.page(t, "/retour?agb="+agbs[1])
	if !strings.Contains(second, "/retour-"+agbs[1]+"-") || strings.Contains(second, "/retour-"+agbs[0]+"-") {
		t.Error("the return file of the second code is not that of it")
	}
	for _, link := range matches(second, `href="(/regels\?[^"]*)"`) {
		if !strings.HasSuffix(link, "agb="+agbs[1]) {
			t.Errorf("%s leaves the second code", link)
		}
	}
	row := matches(c.page(t, "/regels?agb="+agbs[1]), `href="(/regels/\d+)"`)
	if len(row) == 0 || !strings.Contains(c.page(t, row[0]), `href="/regels?agb=`+agbs[1]+`"`) {
		t.Errorf("a row of the second code does not lead back to its list: %q", row)
	}
}

// A waiting page refreshes itself only without a script, and requests that a page makes itself are not the page to return to after
// signing in.
func TestWaiting(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	region := s.as(t, "demo-regio")
	job := region.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}})
	answer, err := region.Get(region.URL + job)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if again := answer.Header.Get("Refresh"); again != "" {
		t.Errorf("the page comes again under whoever reads it: Refresh: %s", again)
	}
	nobody := s.as(t, "")
	nobody.get(t, "/afsluiten")
	for _, path := range []string{"/taken/x/stroom", "/aanleveringen/x/stroom"} {
		nobody.get(t, path)
	}
	if to := nobody.posted(t, "/aanmelden/demo", url.Values{"account": {"demo-regio"}}); to != "/afsluiten" {
		t.Errorf("whoever signs in comes to %s", to)
	}
}

// A reset removes password and second factor, and ends sessions that were between the two steps of signing in.
func TestAResetLeavesNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	s.enrol(t, "wie.weg.is", "regio", "")
	in := url.Values{"naam": {"wie.weg.is"}, "wachtwoord": {"correct horse battery"}}.Encode()
	half := s.as(t, "")
	if status, _ := half.post(t, "/aanmelden", in); status != http.StatusSeeOther {
		t.Fatalf("password: %d", status)
	}
	admin := s.as(t, "demo-beheerder")
	if page := admin.page(t, "/beheer/accounts"); !strings.Contains(page, "begint opnieuw: wachtwoord, tweede factor") || strings.Contains(page, `<button class="second">Tweede factor herstellen`) {
		t.Error("what a reset takes away is not told before it does")
	}
	id := matches(admin.page(t, "/beheer/accounts"), `wie\.weg\.is</span>.*?/beheer/accounts/([a-z0-9]+)/herstel`)
	if status, _ := admin.post(t, "/beheer/accounts/"+id[0]+"/herstel", ""); status != http.StatusOK {
		t.Fatalf("reset: %d", status)
	}
	if status, page := half.get(t, "/aanmelden/code"); status != http.StatusSeeOther {
		t.Errorf("who was half signed in makes a second factor: %d %s", status, matches(page, `<h1>(.*)</h1>`))
	}
	if status, _ := s.as(t, "").post(t, "/aanmelden", in); status != http.StatusUnprocessableEntity {
		t.Errorf("the old password still signs in: %d", status)
	}
}

// Trying a code before the delay is over is answered with the time to wait, and does not make it longer.
func TestTryingTooSoonMakesNoLongerDelay(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	s.enrol(t, "wie.haast.heeft", "regio", "")
	c := s.as(t, "")
	c.post(t, "/aanmelden", url.Values{"naam": {"wie.haast.heeft"}, "wachtwoord": {"correct horse battery"}}.Encode())
	var seconds []string // of the last response with a delay: on a busy machine a short one may be over by the next try
	for range 25 {
		_, said := c.post(t, "/aanmelden/code", url.Values{"code": {"000000"}}.Encode())
		if told := matches(said, `over (\d+) seconden?`); len(told) > 0 {
			seconds = told
		}
	}
	if len(seconds) == 0 || len(seconds[0]) > 2 {
		t.Errorf("seconds to wait: %s", seconds)
	}
	told := s.as(t, "demo-beheerder").page(t, "/beheer/logboek?handeling=aanmelden")
	if accounts := slices.Compact(matches(told, `data-head="Account">([^<]*)</td>(?:<td[^>]*>[^<]*</td>){4,5}?<td[^>]*>mislukt<`)); !slices.Equal(accounts, []string{"wie.haast.heeft"}) {
		t.Errorf("the log tells of failures of %q", accounts)
	}
}

// Every provider in the list has a page, also one that the book does not have, whose rows are rejected for that.
func TestListedProvidersHavePages(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	region := s.as(t, "demo-regio")
	list := region.page(t, "/aanbieders")
	unknown := matches(list, `href="/aanbieders/\d{8}">(\d{8})<`)
	if len(unknown) == 0 {
		t.Fatal("the month has no provider that the book lacks")
	}
	for _, agb := range matches(list, `href="/aanbieders/(\d{8})"`) {
		if status, _ := region.get(t, "/aanbieders/"+agb); status != http.StatusOK {
			t.Errorf("provider %s of the list: status %d", agb, status)
		}
	}
	if page := region.page(t, "/aanbieders/"+unknown[0]); !strings.Contains(page, "C01") {
		t.Error("the page of a provider that the book lacks does not tell why what it sent is rejected")
	}
	for _, nobody := range []string{"00000001", "x"} {
		if status, _ := region.get(t, "/aanbieders/"+nobody); status != http.StatusNotFound {
			t.Errorf("a provider %s of whom nothing came: status %d", nobody, status)
		}
	}
}

// A page beyond the last one, as after deciding on all of its rows, redirects to the last: an empty page would suggest that nothing
// is left. The notice is kept for it.
func TestPagesBehindTheLast(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	own, controller, region, administrator := s.as(t, "demo-aanbieder"), s.as(t, "demo-controller"), s.as(t, "demo-regio"), s.as(t, "demo-beheerder")
	leads := func(who *client, path string) string {
		t.Helper()
		answer, err := who.Get(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer.Header.Get("Location")
	}
	for path, who := range map[string]*client{
		"/uitval?blad=9": controller, "/uitval?blad=9&volgorde=wacht": controller, "/besluiten?blad=9": controller, "/taken?blad=9": region, "/regels?blad=9": own,
		"/aanleveringen?blad=9&toon=bestanden": own, "/aanleveringen?blad=9&toon=aanleveringen": own, "/beheer/logboek?blad=9": administrator,
	} {
		last := strings.Replace(path, "blad=9", "blad=1", 1)
		if to := leads(who, path); to != last {
			t.Errorf("%s leads to %q", path, to)
		}
		if to := leads(who, last); to != "" {
			t.Errorf("%s leads on to %q", last, to)
		}
	}

	asked := controller.holds(t)[0]
	to := controller.posted(t, "/uitval/besluit", url.Values{"regel": {asked.key + "@" + asked.version}, "besluit": {"afwijzen"}, "reden": {"dubbel"}, "filter": {"blad=9"}})
	if to != "/uitval?blad=9" {
		t.Fatalf("a decision leads to %s", to)
	}
	to = leads(controller, to)
	if page := controller.page(t, to); to != "/uitval?blad=1" || !strings.Contains(page, "1 besluit genomen") || strings.Contains(page, "liet geen uitval over") {
		t.Errorf("after a decision %s says %q", to, matches(page, `(?s)<main[^>]*>(.{300})`))
	}
}

// The count of a list that selects nothing, such as a search without a result, is not mistaken for that of the whole list.
func TestAnEmptyListIsNotCountedAsTheWholeOne(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	region, c := s.as(t, "demo-regio"), s.as(t, "demo-controller")
	region.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}}) // counts are kept from the first entry in the audit trail on
	region.idle(t)
	asked := func(path string) string { return matches(c.page(t, path), `<p class="lead">(\d+) beslui`)[0] }
	if count := asked("/uitval?stand=tweede"); count != "0" {
		t.Fatalf("%s wait for a second controller", count)
	}
	whole := asked("/uitval")
	if whole == "0" {
		t.Error("nothing asks for a decision, once the empty list was counted")
	}
	asked("/uitval?stand=besloten")
	if page := c.page(t, c.posted(t, "/uitval/zoek", url.Values{"zoek": {"bestaat niet"}})); !strings.Contains(page, "<h1>Gevonden: 0</h1>") {
		t.Errorf("a search without a result: %s", matches(page, `<h1>(.*)</h1>`))
	}
	if again := asked("/uitval"); again != whole {
		t.Errorf("%s decisions asked, and after a search %s", whole, again)
	}
}

// Waiting is counted up to today, also when no run came since, and longer than a number of days leaves out what waits exactly that
// long.
func TestWaitingLongerThan(t *testing.T) {
	t.Parallel()
	from, err := generated.of(1500)
	if err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(t.TempDir(), "month")
	if err := errors.Join(os.CopyFS(folder, os.DirFS(from)), computeOn(folder, "", day.AddDays(-10), false)); err != nil {
		t.Fatal(err)
	}
	c := serve(t, folder, "").as(t, "demo-controller")
	waiting := `data-head="Wacht \(dagen\)">(\d+)<`
	page := c.page(t, "/uitval?dagen=9")
	if days := slices.Compact(matches(page, waiting)); !slices.Equal(days, []string{"10"}) || !strings.Contains(page, "De oudste wacht 10 dagen.") {
		t.Errorf("waiting longer than 9 days: %q", days)
	}
	if days := matches(c.page(t, "/uitval?dagen=10"), waiting); len(days) > 0 {
		t.Errorf("waiting longer than 10 days: %q", days)
	}
}
