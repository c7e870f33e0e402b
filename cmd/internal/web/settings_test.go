package web_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The checklist of the month agrees with the page to close it: a file in the folders needs a run first.
func TestAFileThatNoRunHasSeenIsToBeDone(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-regio")
	if page := c.page(t, "/maand"); !strings.Contains(page, "Afsluiten kan.") {
		t.Fatalf("it cannot be closed: %s", page)
	}
	if err := os.WriteFile(filepath.Join(s.folder, "submissions", "later.csv"), []byte(s.as(t, "demo-aanbieder").file(t, "LATER-1")), 0o600); err != nil {
		t.Fatal(err)
	}
	if page := c.page(t, "/maand"); strings.Contains(page, "Afsluiten kan.") || strings.Contains(page, "De berekening is bij") || !strings.Contains(page, "nog niet zijn ingelezen: 1.") {
		t.Errorf("nothing is to be done: %s", page)
	}
}

// The pages use the current settings, like the runs and imports that they request.
func TestSettingsThatChange(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c, controller := s.as(t, "demo-regio"), s.as(t, "demo-controller")
	c.page(t, "/maand")
	settings := "trial = true\n[policy]\nmin_minutes = 6\nsecond_controller_from = 1\n"
	if err := os.WriteFile(filepath.Join(s.folder, "pxq.toml"), []byte(settings), 0o600); err != nil {
		t.Fatal(err)
	}
	wanted := func(c *client, path, text string) {
		t.Helper()
		page := ""
		for ends := time.Now().Add(20 * time.Second); !strings.Contains(page, text); time.Sleep(100 * time.Millisecond) {
			if page = c.page(t, path); time.Now().After(ends) {
				t.Fatalf("%s does not say %q: %s", path, text, page)
			}
		}
	}
	wanted(c, "/maand", "Er is iets nieuws sinds de laatste berekening")
	wanted(controller, "/uitval", "twee controllers")
	controller.decide(t, controller.holds(t)[0], "afwijzen", "van een")
	if files := s.decisionFiles(t); files != "" {
		t.Errorf("one controller decides alone: %s", files)
	}
	c.until(t, c.posted(t, "/berekenen", url.Values{"periode": {"2026-10"}}), "data-stream")
	wanted(c, "/maand", "Afsluiten kan.")
	if status, page := c.get(t, "/afsluiten"); status != http.StatusOK || !strings.Contains(page, `name="run"`) {
		t.Errorf("it cannot be closed after the run: %d %s", status, page)
	}
}
