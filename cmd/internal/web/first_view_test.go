package web_test

import (
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
)

// The first view of each role is small: its start page with style and script, as transferred, takes at most 60 KB and three
// requests besides the icon.
func TestFirstView(t *testing.T) {
	t.Parallel()
	records := 1500
	if os.Getenv("PXQ_SOAK") != "" {
		records = 12_000 // enough to fill a list
	}
	s := newSite(t, records)
	pressed := func(path string) int {
		t.Helper()
		request, err := http.NewRequest(http.MethodGet, s.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Accept-Encoding", "gzip")
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		content, err := io.ReadAll(answer.Body)
		if err != nil || answer.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d %v", path, answer.StatusCode, err)
		}
		return len(content)
	}
	for account, path := range map[string]string{"": "/aanmelden", "demo-aanbieder": "/aanleveren", "demo-controller": "/uitval", "demo-gemeente": "/maand", "demo-regio": "/maand", "demo-beheerder": "/beheer/accounts"} {
		c := s.as(t, account)
		status, page := c.get(t, path)
		for status == http.StatusSeeOther {
			status, page = c.get(t, matches(page, `href="([^"]+)"`)[0])
		}
		size, requests := len(page), 1
		for _, asked := range matches(page, `(?:src|href)="(/static/[^"]+)"`) {
			if !strings.Contains(asked, ".svg") {
				size, requests = size+pressed(asked), requests+1
			}
		}
		t.Logf("%s %s: %d bytes in %d requests", account, path, size, requests)
		if size > 60<<10 || requests > 3 || status != http.StatusOK {
			t.Errorf("%s %s: %d, %d bytes in %d requests", account, path, status, size, requests)
		}
	}
}
