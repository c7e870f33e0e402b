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
