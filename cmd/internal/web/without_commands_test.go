package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Pages advise nothing that their visitors cannot do: they open no terminal, and it was they who sent the file.
func TestPagesAdviseWhatTheirVisitorsCanDo(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	provider := s.as(t, "demo-aanbieder")
	content := provider.file(t, "NA-1")
	own := func(page string) string { return matches(page, `(?s)<main[^>]*>(.*)</main>`)[0] }
	isFree := func(about, page string) {
		t.Helper()
		for _, word := range []string{"pxq run", "pxq template", "--year", "afzender", "sender"} {
			if strings.Contains(own(page), word) {
				t.Errorf("%s says %q: %s", about, word, own(page))
			}
		}
	}
	for _, language := range []string{"nl", "en"} {
		provider.post(t, "/taal", "taal="+language)
		for name, content := range map[string]string{"nokop.csv": "a;b\n1;2\n", "leeg.csv": "", "lijst.pdf": "%PDF-1.7\n"} {
			location := provider.upload(t, name, content)
			provider.until(t, location, "data-stream")
			page := provider.page(t, location)
			isFree(name, page)
			if !strings.Contains(page, "/aanleveren/sjabloon?agb=") {
				t.Errorf("%s: nothing leads to the template", name)
			}
		}
	}

	region := s.as(t, "demo-regio")
	_, opened := s.open(t)
	file := filepath.Join(t.TempDir(), "nagekomen.csv")
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := opened.ImportAs(t.Context(), "test", []string{file}, day, nil); err != nil {
		t.Fatal(err)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	page := region.page(t, "/afsluiten")
	isFree("a month that must be run again", page)
	if !strings.Contains(page, "nagekomen.csv, ontvangen op") || !strings.Contains(page, `href="/maand#berekenen"`) {
		t.Errorf("what came in since the run is not named: %s", own(page))
	}
	status, page := region.post(t, "/afsluiten", url.Values{"aansluiting": {"1"}, "periode": {"2026-10"}}.Encode())
	job := region.posted(t, "/jaar/2026", nil)
	region.idle(t)
	isFree("a year", region.page(t, "/jaar/2026"))
	isFree("a year without care", region.until(t, region.posted(t, "/jaar/2099", nil), "data-stream"))
	if page := region.page(t, job); !strings.Contains(page, "klaar") {
		t.Errorf("the year: %s", own(page))
	}
	if status != http.StatusUnprocessableEntity || !strings.Contains(page, `href="#waarom"`) || !strings.Contains(page, `id="waarom"`) {
		t.Errorf("a close that is refused: %d %s", status, own(page))
	}
}

// While an upload is being taken back, its page says so and does not offer it again.
func TestTakingBackIsSeen(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-aanbieder")
	sent := c.sent(t, "een.csv", c.file(t, "TERUG-1"))
	c.until(t, sent, "Wordt ingelezen")
	_, opened := s.open(t)
	if _, err := opened.ImportAs(t.Context(), "test", nil, day, nil); err != nil { // keeps the lock, so that the job waits
		t.Fatal(err)
	}
	c.posted(t, sent+"/intrekken", nil)
	if page := c.page(t, sent); !strings.Contains(page, "Wordt ingetrokken") || !strings.Contains(page, "data-stream") || strings.Contains(page, "Intrekken</button>") {
		t.Errorf("an upload that is being taken back: %s", page)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	if page := c.until(t, sent, "Wordt ingetrokken"); !strings.Contains(page, "<h1>Ingetrokken</h1>") {
		t.Errorf("an upload that was taken back: %s", page)
	}
}
