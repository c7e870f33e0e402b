package web_test

import (
	"net/http"
	"strings"
	"testing"
)

// Without a public address, requests under a name that could exist on the internet (DNS rebinding) are refused, also to sign in;
// those under names of this computer are answered.
func TestOtherHost(t *testing.T) {
	t.Parallel()
	s := newSite(t, 30)
	ask := func(method, path, host string) (int, string) {
		t.Helper()
		request, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader("account=demo-regio"))
		if err != nil {
			t.Fatal(err)
		}
		request.Host = host
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		answer, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		return answer.StatusCode, strings.Join(answer.Header.Values("Set-Cookie"), "")
	}
	for _, host := range []string{"kwaad.example", "kwaad.example:8080", "KWAAD.EXAMPLE.:8080", "127.0.0.1.kwaad.example", "localhost.kwaad.example"} {
		if status, cookie := ask(http.MethodGet, "/aanmelden", host); status != http.StatusMisdirectedRequest || cookie != "" {
			t.Errorf("the page under %s: %d %s", host, status, cookie)
		}
		if status, cookie := ask(http.MethodPost, "/aanmelden/demo", host); status != http.StatusMisdirectedRequest || cookie != "" {
			t.Errorf("signing in under %s: %d %s", host, status, cookie)
		}
	}
	for _, host := range []string{"", "localhost", "localhost:8080", "LOCALHOST.:8080", "pxq.localhost:8080", "127.0.0.1", "127.0.0.1:9", "[::1]:8080", "[::1]", "dezecomputer:8080"} {
		if status, _ := ask(http.MethodGet, "/aanmelden", host); status != http.StatusOK {
			t.Errorf("the page under %q: %d", host, status)
		}
		if status, _ := ask(http.MethodPost, "/aanmelden/demo", host); status != http.StatusSeeOther {
			t.Errorf("signing in under %q: %d", host, status)
		}
	}
}

// With a public address any host name is accepted: the proxy decides which requests get here.
func TestOtherHostBehindAProxy(t *testing.T) {
	t.Parallel()
	s := newSiteWith(t, 30, "[web]\naddress = \"https://pxq.example.nl\"\n", "")
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+"/aanmelden", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = "binnen.example.nl"
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("%d", answer.StatusCode)
	}
}
