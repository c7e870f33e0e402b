package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// row is a hold in the list.
type row struct{ key, version, nr string }

func (c *client) holds(t *testing.T) []row {
	t.Helper()
	_, page := c.get(t, "/uitval")
	keys, versions, nrs := matches(page, `data-row="([^"]+)"`), matches(page, `data-version="(\d+)"`), matches(page, `data-nr="(\d+)"`)
	var rows []row
	for i := range keys {
		rows = append(rows, row{keys[i], versions[i], nrs[i]})
	}
	return rows
}

func (c *client) decide(t *testing.T, r row, word, reason string) {
	t.Helper()
	if status, body := c.post(t, "/uitval/besluit", url.Values{"regel": {r.key + "@" + r.version}, "besluit": {word}, "reden": {reason}}.Encode()); status != http.StatusSeeOther {
		t.Fatalf("decide: %d %s", status, body)
	}
}

// decisionFiles returns the contents of the decisions files that the pages wrote.
func (s *site) decisionFiles(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(s.folder, "decisions", "web", "*.csv"))
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all += string(content)
	}
	return all
}

// Above an amount a first decision is a vote, on a page or in a workbook. Only another account can turn it into a decision.
func TestVotes(t *testing.T) {
	t.Parallel()
	s := newSiteWith(t, 1500, "[policy]\nsecond_controller_from = 1\n", "")
	first, second := s.as(t, "demo-controller"), s.as(t, "demo-controller-2")
	rows := first.holds(t)
	slices.SortFunc(rows, func(a, b row) int { return strings.Compare(a.key, b.key) })
	if len(rows) < 4 {
		t.Fatal("too little is held")
	}
	for range 3 {
		first.decide(t, rows[0], "afwijzen", "eerste reden")
	}
	if files := s.decisionFiles(t); files != "" {
		t.Fatalf("one account decides alone: %s", files)
	}
	second.decide(t, rows[0], "akkoord", "tweede reden")
	if files := s.decisionFiles(t); files != "" {
		t.Fatalf("two that differ decide: %s", files)
	}
	second.decide(t, rows[0], "afwijzen", "toch")
	second.idle(t)
	if files := s.decisionFiles(t); !strings.Contains(files, ";afwijzen;eerste reden;Demo-controller;Tweede demo-controller") {
		t.Errorf("not taken with both names: %s", files)
	}

	// Two at the same time: one result, and nothing twice.
	var both sync.WaitGroup
	for _, c := range []*client{first, second, first, second} {
		both.Go(func() { c.decide(t, rows[1], "afwijzen", "tegelijk") })
	}
	both.Wait()
	if files := s.decisionFiles(t); strings.Count(files, "tegelijk") != 1 {
		t.Errorf("decided at once: %s", files)
	}

	// The same with the workbook.
	book := first.workbook(t, rows[2])
	before := s.decisionFiles(t)
	for range 2 {
		if status, _ := first.postFile(t, "/uitval/inlezen", "uitval.csv", book); status != http.StatusSeeOther {
			t.Fatalf("workbook: %d", status)
		}
	}
	if files := s.decisionFiles(t); files != before {
		t.Fatalf("a workbook leads around the second: %s", files)
	}
	second.postFile(t, "/uitval/inlezen", "uitval.csv", book)
	if files := s.decisionFiles(t); !strings.Contains(files, ";afwijzen;uit het werkboek;Demo-controller;Tweede demo-controller") || strings.Contains(files, "Iemand anders") {
		t.Errorf("the workbook of the second: %s", files)
	}
}

// workbook returns a list of holds with one decision filled in.
func (c *client) workbook(t *testing.T, r row) string {
	t.Helper()
	_, story := c.get(t, "/uitval/"+r.nr)
	_, code, _ := strings.Cut(r.key, "-")
	return "Regelnummer;AGB-code;Code;Versie;Besluit;Reden;Beoordelaar;Tweede beoordelaar\n" +
		strings.Join([]string{matches(story, `<h1>Regel ([^<]*)</h1>`)[0], c.providerOf(t, r), code, r.version, "Afwijzen", "uit het werkboek", "Iemand anders", "Nog iemand"}, ";") + "\n"
}

// providerOf returns the AGB code of the provider of a hold.
func (c *client) providerOf(t *testing.T, r row) string {
	t.Helper()
	_, page := c.get(t, "/uitval")
	for _, code := range matches(page, `<option value="(\d{8})"`) {
		if _, list := c.get(t, "/uitval?aanbieder="+code); strings.Contains(list, `data-row="`+r.key+`"`) {
			return code
		}
	}
	t.Fatal("no provider")
	return ""
}

// Each vote and each decision has its own entry in the log, also when many are taken together or come in a workbook.
func TestEachDecisionIsLogged(t *testing.T) {
	t.Parallel()
	s := newSiteWith(t, 1500, "[policy]\nsecond_controller_from = 1\n", "")
	first, second := s.as(t, "demo-controller"), s.as(t, "demo-controller-2")
	rows := first.holds(t)[:3]
	chosen := url.Values{}
	for _, r := range rows {
		chosen.Add("regel", r.key+"@"+r.version)
	}
	decision := url.Values{"besluit": {"afwijzen"}, "reden": {"allemaal"}}
	first.posted(t, first.posted(t, "/uitval/kies", chosen), decision)
	second.posted(t, second.posted(t, "/uitval/kies", chosen), decision)
	second.idle(t)
	other := first.holds(t)[0]
	if status, _ := first.postFile(t, "/uitval/inlezen", "uitval.csv", first.workbook(t, other)); status != http.StatusSeeOther {
		t.Fatalf("workbook: %d", status)
	}
	_, log := s.as(t, "demo-beheerder").get(t, "/beheer/logboek/csv")
	for _, r := range rows {
		about := "uitval/" + strings.ReplaceAll(r.key, "-", " ")
		for _, want := range []string{"demo-controller;controller;127.0.0.1;stem;" + about + ";afwijzen", "demo-controller-2;controller;127.0.0.1;besluit;" + about + ";afwijzen"} {
			if strings.Count(log, want) != 1 {
				t.Errorf("%q stands %d times in the log", want, strings.Count(log, want))
			}
		}
	}
	if want := "demo-controller;controller;127.0.0.1;stem;uitval/" + strings.ReplaceAll(other.key, "-", " ") + ";afwijzen"; !strings.Contains(log, want) {
		t.Errorf("the vote of the workbook is not in the log: %s", log)
	}
}
