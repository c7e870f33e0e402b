package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// all selects all rows of a list to decide on, and returns the page that follows.
func (c *client) all(t *testing.T, filter string) string {
	t.Helper()
	return c.page(t, c.posted(t, "/uitval/kies", url.Values{"alles": {"1"}, "filter": {filter}}))
}

// Selecting all rows of a list selects exactly those it shows: of a search, of the holds that wait for a second controller, or of
// an amount; and none if the filter is invalid.
func TestAllOfAListIsTheList(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-controller")
	rows := c.holds(t)
	_, story := c.get(t, "/uitval/"+rows[0].nr)
	reference := matches(story, `<h1>Regel ([^<]*)</h1>`)[0]
	found := c.posted(t, "/uitval/zoek", url.Values{"zoek": {reference}})
	_, filter, _ := strings.Cut(found, "?")
	list := c.page(t, found)
	if strings.Contains(found, reference) || !strings.Contains(list, "<h1>Gevonden: 1</h1>") || !strings.Contains(list, `value="`+filter+`"`) {
		t.Errorf("sought %s: %s", reference, list)
	}
	if page := c.all(t, filter); !strings.Contains(page, "<h1>1 besluit</h1>") {
		t.Errorf("all that was found: %s", matches(page, "<h1>(.*)</h1>"))
	}
	if status, _ := s.as(t, "demo-controller-2").get(t, found); status != http.StatusNotFound {
		t.Errorf("what another found: %d", status)
	}
	for _, filter := range []string{"stand=tweede", "vanaf=1.000", "vanaf=-5", "dagen=tien", "vanaf=1e3"} {
		if page := c.all(t, filter); !strings.Contains(page, "Er is geen regel gekozen.") {
			t.Errorf("all of %s: %s", filter, matches(page, "<h1>(.*)</h1>"))
		}
	}
	page := c.page(t, "/uitval?vanaf=1.000")
	if strings.Contains(page, "data-row=") || !strings.Contains(page, `<a href="#vanaf">‘1.000’ is geen bedrag in hele euro&#39;s.`) {
		t.Error("an amount that cannot be read narrows to nothing and says so")
	}
}

// A controller who did not see that another has decided meanwhile is told so and changes nothing; one who saw it revises the
// decision.
func TestADecisionThatWasNotSeenStands(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	first, second := s.as(t, "demo-controller"), s.as(t, "demo-controller-2")
	rows := first.holds(t)
	stale := []string{rows[0].key + "@" + rows[0].version}
	chosen := second.posted(t, "/uitval/kies", url.Values{"regel": stale})
	first.decide(t, rows[0], "akkoord", "gebeld met de aanbieder")
	first.idle(t)
	before := s.decisionFiles(t)
	late := url.Values{"besluit": {"afwijzen"}, "reden": {"klopt niet"}}
	second.post(t, chosen, late.Encode())
	if page := second.page(t, "/uitval"); !strings.Contains(page, "hierover is zojuist al besloten") {
		t.Error("who chose before is not told")
	}
	late["regel"] = stale
	second.post(t, "/uitval/besluit", late.Encode())
	if page := second.page(t, "/uitval"); !strings.Contains(page, "hierover is zojuist al besloten") {
		t.Error("who saw no decision is not told")
	}
	if files := s.decisionFiles(t); files != before {
		t.Fatalf("a decision that was not seen is decided over: %s", files)
	}
	again := matches(second.page(t, "/uitval?stand=besloten"), `name="regel" value="([^"]*)"`)
	if len(again) != 1 {
		t.Fatalf("decided: %q", again)
	}
	late["regel"] = again
	second.post(t, "/uitval/besluit", late.Encode())
	if files := s.decisionFiles(t); !strings.Contains(files, ";afwijzen;klopt niet;Tweede demo-controller") {
		t.Errorf("a decision that was seen is not revised: %s", files)
	}
}

// An invalid form is shown again on its page, with the problem at its field and what was typed.
func TestADecisionThatLacksSomethingComesBack(t *testing.T) {
	t.Parallel()
	s := newSiteWith(t, 1500, "[policy]\nsecond_controller_from = 1\n", "")
	c := s.as(t, "demo-controller")
	rows := c.holds(t)
	field := "reden-" + rows[0].key
	status, page := c.post(t, "/uitval/besluit", url.Values{"regel": {rows[0].key + "@" + rows[0].version}, "besluit": {"akkoord"}, "reden": {"cliënt 123456782"}}.Encode())
	for _, part := range []string{"<h1>Regel ", `<a href="#` + field + `">In de reden staat een nummer`, `id="` + field + `"`, `value="cliënt 123456782"`} {
		if !strings.Contains(page, part) {
			t.Errorf("%d, and the page has no %s", status, part)
		}
	}
	c.decide(t, rows[0], "afwijzen", "eerste")
	status, page = s.as(t, "demo-controller-2").post(t, "/uitval/tweede", url.Values{"regel": {rows[0].key}, "besluit": {"afwijzen"}}.Encode())
	for _, part := range []string{"<h1>Wacht op een tweede controller</h1>", `<a href="#` + field + `">De reden ontbreekt`, `id="` + field + `"`} {
		if !strings.Contains(page, part) {
			t.Errorf("%d, and the page of the second has no %s", status, part)
		}
	}
}

// undone undoes the last decision, as its key does, and returns the notice.
func (c *client) undone(t *testing.T) string {
	t.Helper()
	c.post(t, "/uitval/terug", "")
	return strings.Join(matches(c.page(t, "/uitval"), `<p class="notice" role="status">([^<]*)`), "")
}

// The last decision is undone, also of several in one second, but not if another controller has decided since.
func TestTheLastDecisionIsTakenBack(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	first, second := s.as(t, "demo-controller"), s.as(t, "demo-controller-2")
	rows := first.holds(t)
	for _, row := range rows[:6] {
		first.decide(t, row, "afwijzen", "klopt niet")
	}
	_, story := first.get(t, "/uitval/"+rows[5].nr)
	last := matches(story, `<h1>Regel ([^<]*)</h1>`)[0]
	if said := first.undone(t); said != "Teruggenomen: "+last+" wordt weer aangehouden." {
		t.Errorf("taken back is %q and not %s", said, last)
	}
	first.decide(t, rows[6], "akkoord", "gebeld")
	first.idle(t)
	second.decide(t, row{rows[6].key, rows[6].version + "@akkoord", rows[6].nr}, "afwijzen", "toch niet")
	if said := first.undone(t); said != "Er is niets om terug te nemen." {
		t.Errorf("taken back over what another decided: %q", said)
	}
}

// A vote is undone like a decision. If two votes differ, a third controller decides with the one they agree with. The log
// distinguishes votes, decisions and what was not done.
func TestVotesOfThree(t *testing.T) {
	t.Parallel()
	s := newSiteWith(t, 1500, "[policy]\nsecond_controller_from = 1\n", "")
	first, second, third := s.as(t, "demo-controller"), s.as(t, "demo-controller-2"), s.enrol(t, "derde", "controller", "")
	rows := first.holds(t)
	first.decide(t, rows[1], "aanhouden", "")
	first.decide(t, rows[0], "afwijzen", "eerst")
	if said := first.undone(t); said != "Uw stem is teruggenomen." {
		t.Errorf("a vote taken back: %q", said)
	}
	if page := first.page(t, "/uitval/tweede"); !strings.Contains(page, "Er wacht niets op een tweede controller.") {
		t.Error("the vote still waits")
	}
	first.decide(t, rows[0], "akkoord", "goed")
	second.decide(t, rows[0], "afwijzen", "fout")
	third.decide(t, rows[0], "afwijzen", "ook fout")
	third.decide(t, rows[0], "akkoord", "te laat")
	if files := s.decisionFiles(t); !strings.Contains(files, ";afwijzen;fout;Tweede demo-controller;derde") {
		t.Errorf("the third agrees with the second: %s", files)
	}
	page := s.as(t, "demo-beheerder").page(t, "/beheer/logboek")
	acts := strings.Join(matches(page, `data-head="Handeling">(stem|besluit)<`), " ")
	if acts != "besluit besluit stem stem stem stem besluit" || strings.Count(page, ">niet gedaan<") != 1 {
		t.Errorf("the log tells of %s", acts)
	}
}

// A decision that a run took into account can be revised on the page of its record, and the next run uses the new one.
func TestRevisingADecision(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	first, second, region := s.as(t, "demo-controller"), s.as(t, "demo-controller-2"), s.as(t, "demo-regio")
	computed := func() string {
		job := region.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}})
		region.until(t, job, "data-stream")
		return region.page(t, job)
	}
	asked := first.holds(t)[0]
	first.decide(t, asked, "akkoord", "gebeld")
	first.idle(t)
	computed()
	if page := second.page(t, "/besluiten"); !strings.Contains(page, `<a href="/uitval/`+asked.nr+`">Herzien</a>`) {
		t.Fatal("nothing leads to revising")
	}
	story := second.page(t, "/uitval/"+asked.nr)
	seen := matches(story, `name="regel" value="([^"]*)"`)
	if len(seen) != 1 || seen[0] != asked.key+"@"+asked.version+"@akkoord" || !strings.Contains(story, "besloten: akkoord") {
		t.Fatalf("what is revised: %q", seen)
	}
	if status, page := second.post(t, "/uitval/"+asked.nr+"/bsn", ""); status != http.StatusOK || len(matches(page, `<dt>BSN</dt><dd><code>(\d{9})<`)) != 1 {
		t.Errorf("the client of what is revised: %d", status)
	}
	if status, _ := s.as(t, "demo-gemeente").get(t, "/uitval/"+asked.nr); status != http.StatusNotFound {
		t.Errorf("a municipality sees what waits for nothing: %d", status)
	}
	second.post(t, "/uitval/besluit", url.Values{"regel": {asked.key + "@" + asked.version}, "besluit": {"afwijzen"}, "reden": {"ongezien"}}.Encode())
	second.post(t, "/uitval/besluit", url.Values{"regel": seen, "besluit": {"afwijzen"}, "reden": {"toch niet"}}.Encode())
	second.idle(t)
	if files := s.decisionFiles(t); strings.Contains(files, "ongezien") || !strings.Contains(files, ";afwijzen;toch niet;Tweede demo-controller") {
		t.Errorf("revised: %s", files)
	}
	if page := computed(); !strings.Contains(page, "<li>1 zorgregel kreeg een andere uitkomst.</li>") {
		t.Errorf("the run does not go by it: %s", matches(page, `<li>([^<]*)</li>`))
	}
	if story := second.page(t, "/uitval/"+asked.nr); !strings.Contains(story, "besloten: afwijzen") {
		t.Error("the new decision is not the one that may be revised")
	}
}

// A BSN in a reason that came in a file is not shown on any page.
func TestAReasonThatNamesAClient(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-controller")
	row := c.holds(t)[0]
	c.decide(t, row, "aanhouden", "op deze plaats")
	c.idle(t)
	file := filepath.Join(t.TempDir(), "besluiten.csv")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(s.decisionFiles(t), "op deze plaats", "gebeld over 999900006")), 0o600); err != nil {
		t.Fatal(err)
	}
	_, opened := s.open(t)
	imported, err := opened.ImportAs(t.Context(), "test", []string{file}, day, nil)
	for ; workspace.IsBusy(err); time.Sleep(25 * time.Millisecond) { // the job has ended but still holds the lock
		imported, err = opened.ImportAs(t.Context(), "test", []string{file}, day, nil)
	}
	if err != nil || imported.Files[0].Decisions != 1 {
		t.Fatalf("%v %+v", err, imported)
	}
	for _, path := range []string{"/uitval/" + row.nr, "/uitval", "/uitval?stand=besloten", "/besluiten"} {
		page := c.page(t, path)
		if strings.Contains(page, "999900006") {
			t.Errorf("%s shows the number of a client", path)
		}
		if !strings.Contains(page, "gebeld over") && path == "/uitval/"+row.nr {
			t.Errorf("%s does not offer the reason: %s", path, page)
		}
	}
}

// An empty list says why it is empty: nothing was run, everything was decided, or nothing was held.
func TestWhyNothingIsAsked(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-controller")
	c.posted(t, c.posted(t, "/uitval/kies", url.Values{"alles": {"1"}}), url.Values{"besluit": {"afwijzen"}, "reden": {"allemaal"}})
	c.idle(t)
	if page := c.page(t, "/uitval"); !strings.Contains(page, "Niets vraagt nog een besluit") || strings.Contains(page, "liet geen uitval over") {
		t.Errorf("after deciding on all: %s", page)
	}
	folder := filepath.Join(t.TempDir(), "leeg")
	if err := workspace.CreateTrial(folder); err != nil {
		t.Fatal(err)
	}
	if page := serve(t, folder, "").as(t, "demo-controller").page(t, "/uitval"); !strings.Contains(page, "Er is nog niets berekend.") || strings.Contains(page, "liet geen uitval over") {
		t.Errorf("before the first run: %s", page)
	}
}
