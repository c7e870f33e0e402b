package web_test

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A declaration that counts as never sent is shown to its provider, with what is wrong, and to the region, as a count; to nobody
// else.
func TestNotSent(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	own, region := s.as(t, "demo-aanbieder"), s.as(t, "demo-regio")
	code := matches(own.page(t, "/aanleveren"), `AGB-code (\d{8})`)[0]
	content, err := os.ReadFile(filepath.Join("..", "..", "..", "importers", "ijw", "testdata", "jw323.xml"))
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.NewReplacer("42420001", code, ">15371<", ">1<").Replace(string(content))
	folder := filepath.Join(s.folder, "submissions", "post")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "declaratie.xml"), []byte(broken), 0o600); err != nil {
		t.Fatal(err)
	}
	if page := region.page(t, "/maand"); strings.Contains(page, "niet verstuurd") {
		t.Fatal("it is told before it came in")
	}
	region.until(t, region.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}}), "data-stream")
	for path, wants := range map[string][]string{
		"/retour": {"declaratie.xml", "niet verstuurd gelden", "prestaties", "J"}, "/aanleveringen": {"declaratie.xml"},
	} {
		page := own.page(t, path)
		for _, want := range wants {
			if !strings.Contains(page, want) {
				t.Errorf("%s of the provider lacks %q", path, want)
			}
		}
	}
	if page := region.page(t, "/maand"); !strings.Contains(page, "1 bericht geldt als niet verstuurd") {
		t.Errorf("the region's checklist lacks it: %s", matches(page, `(?s)<ul class="todo">(.*?)</ul>`))
	}
	page := region.page(t, "/aanbieders")
	if !strings.Contains(page, `niet verstuurd gelden`) || strings.Contains(page, "declaratie.xml") {
		t.Error("the region's providers lack it, or tell more than a count")
	}
	agbs := slices.DeleteFunc(matches(page, `href="/aanbieders/(\d{8})"`), func(agb string) bool { return agb == code })
	for _, c := range []*client{s.enrol(t, "nog.een", "aanbieder", agbs[0]), s.as(t, "demo-gemeente"), s.as(t, "demo-controller")} {
		for _, path := range []string{"/retour", "/maand"} {
			if page := c.page(t, path); strings.Contains(page, "niet verstuurd") || strings.Contains(page, "declaratie.xml") {
				t.Errorf("%s of another tells of it", path)
			}
		}
	}
}

// Two declarations with one number, checked before either was sent in: after a run the page of the second tells that it counts as
// never sent, and why; that of the first what became of its rows.
func TestSentInButCountsAsNeverSent(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	own, region := s.as(t, "demo-aanbieder"), s.as(t, "demo-regio")
	code := matches(own.page(t, "/aanleveren"), `AGB-code (\d{8})`)[0]
	content, err := os.ReadFile(filepath.Join("..", "..", "..", "importers", "ijw", "testdata", "jw323.xml"))
	if err != nil {
		t.Fatal(err)
	}
	first := strings.ReplaceAll(string(content), "42420001", code)
	var pages []string
	for _, declaration := range []string{first, strings.Replace(first, "B2026-10", "B2026-11", 1)} {
		location := own.upload(t, "declaratie.xml", declaration)
		own.until(t, location, "Wordt gecontroleerd")
		pages = append(pages, location)
	}
	for _, location := range pages {
		own.posted(t, location+"/insturen", nil)
		own.until(t, location, "Wordt ingelezen")
	}
	region.until(t, region.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}}), "data-stream")
	const processed, notSent = "declaratie.xml: 3 zorgregels", "declaratie.xml geldt als niet verstuurd: niets ervan is gedeclareerd."
	if page := own.page(t, pages[0]); strings.Contains(page, notSent) || !strings.Contains(page, processed) {
		t.Errorf("the page of the first: %s", matches(page, `(?s)<main.*?>(.*)</main>`))
	}
	if page := own.page(t, pages[1]); !strings.Contains(page, notSent) || !strings.Contains(page, "heeft een eigen nummer") || strings.Contains(page, processed) {
		t.Errorf("the page of the second: %s", matches(page, `(?s)<main.*?>(.*)</main>`))
	}
}
