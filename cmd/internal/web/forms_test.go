package web_test

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// A malformed form is reported as such, and not taken for an empty one or one that is too large.
func TestFormsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-controller")
	for _, path := range []string{"/uitval/besluit", "/uitval/kies", "/taal"} {
		for form, want := range map[string]struct {
			status int
			title  string
		}{
			"besluit=%zz&reden=x":                 {http.StatusBadRequest, "Niet begrepen"},
			"reden=" + strings.Repeat("x", 2<<20): {http.StatusRequestEntityTooLarge, "Te groot"},
		} {
			if status, page := c.post(t, path, form); status != want.status || !strings.Contains(page, "<h1>"+want.title+"</h1>") {
				t.Errorf("%s, a form of %d characters: %d, %q", path, len(form), status, matches(page, `<h1>(.*)</h1>`))
			}
		}
	}
}

// A notice is shown on the next page; a HEAD request does not use it up.
func TestHeadLeavesTheNotice(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	c := s.as(t, "demo-controller")
	c.do(t, http.MethodPost, "/uitval/kies", url.Values{"filter": {""}}.Encode())
	const notice = "Er is geen regel gekozen."
	for range 2 {
		if status, _ := c.do(t, http.MethodHead, "/uitval", ""); status != http.StatusOK {
			t.Fatalf("the head of a page: %d", status)
		}
	}
	if page := c.page(t, "/uitval"); !strings.Contains(page, notice) {
		t.Error("the notice is not on the page")
	}
	if page := c.page(t, "/uitval"); strings.Contains(page, notice) {
		t.Error("the notice is on the next page too")
	}
}

// The recovery codes are shown once; a HEAD request does not use that up.
func TestHeadLeavesTheRecoveryCodes(t *testing.T) {
	t.Parallel()
	const path = "/aanmelden/herstelcodes"
	c := newSite(t, 1500).enrol(t, "nieuwe.controller", "controller", "")
	for range 2 {
		if status, _ := c.do(t, http.MethodHead, path, ""); status != http.StatusOK {
			t.Fatalf("the head of the page: %d", status)
		}
	}
	if codes := matches(c.page(t, path), `<code>(\w{10})</code>`); len(codes) != 10 {
		t.Errorf("%d codes are shown", len(codes))
	}
	if status, _ := c.get(t, path); status != http.StatusSeeOther {
		t.Errorf("once they were shown: %d", status)
	}
}

// A refused upload is read to its end before the response: a browser that cannot finish sending reports a broken connection instead
// of the page that says what is too large.
func TestRefusedFilesAreReadWhole(t *testing.T) {
	t.Parallel()
	s := newSiteWith(t, 1500, "[web]\nupload_mib = 1\n", "")
	for _, c := range []struct {
		account, path string
		files         []int // in MiB
		status        int
		title, why    string
	}{
		{"demo-aanbieder", "/aanleveren", []int{9}, http.StatusRequestEntityTooLarge, "Te groot", "hoogstens 1 MiB"},
		{"demo-aanbieder", "/aanleveren", []int{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9}, http.StatusUnprocessableEntity, "Aanleveren", "meer dan 10 bestanden"},
		{"demo-regio", "/toewijzingen", []int{9}, http.StatusRequestEntityTooLarge, "Te groot", "hoogstens 1 MiB"},
		{"demo-regio", "/boek", []int{9}, http.StatusRequestEntityTooLarge, "Te groot", "hoogstens 1 MiB"},
		{"demo-controller", "/uitval/inlezen", []int{0, 9}, http.StatusUnprocessableEntity, "Uitval: besluiten gevraagd", "meer dan 1 bestand"},
	} {
		var form strings.Builder
		for _, mib := range c.files {
			form.WriteString("--b\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"a.csv\"\r\n\r\n" + strings.Repeat("x", mib<<20) + "\r\n")
		}
		form.WriteString("--b--\r\n")
		body := strings.NewReader(form.String())
		request, err := http.NewRequest(http.MethodPost, s.URL+c.path, io.NopCloser(body))
		if err != nil {
			t.Fatal(err)
		}
		request.ContentLength = int64(form.Len())
		request.Header.Set("Content-Type", "multipart/form-data; boundary=b")
		request.Header.Set("Sec-Fetch-Site", "same-origin")
		answer, err := s.as(t, c.account).Do(request)
		if err != nil {
			t.Errorf("%s: %v", c.path, err)
			continue
		}
		page, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != c.status || !strings.Contains(string(page), "<h1>"+c.title+"</h1>") || !strings.Contains(string(page), c.why) {
			t.Errorf("%s, files of %v MiB: %d, %q, %v", c.path, c.files, answer.StatusCode, matches(string(page), `<h1>(.*)</h1>`), err)
		}
		if body.Len() > 0 {
			t.Errorf("%s, files of %v MiB: answered while %d of %d bytes were not read", c.path, c.files, body.Len(), form.Len())
		}
	}
}
