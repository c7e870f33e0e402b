package site

import (
	"net/http"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Only what known proxies wrote determines the client's address: the client may have made up what precedes it, in the same header or
// in another one.
func TestCaller(t *testing.T) {
	s := &Site{Web: workspace.WebSettings{Proxies: []string{"10.0.0.1", "10.0.0.2"}}}
	for _, test := range []struct {
		from, want string
		told       []string
	}{
		{"198.51.100.7:1", "198.51.100.7", nil},
		{"198.51.100.7:1", "198.51.100.7", []string{"203.0.113.9"}},
		{"10.0.0.1:1", "203.0.113.9", []string{"203.0.113.9"}},
		{"10.0.0.1:1", "203.0.113.9", []string{"192.0.2.1, 203.0.113.9"}},
		{"10.0.0.1:1", "203.0.113.9", []string{"192.0.2.1", "203.0.113.9"}},
		{"10.0.0.2:1", "203.0.113.9", []string{"192.0.2.1", "203.0.113.9, 10.0.0.1"}},
		{"10.0.0.1:1", "10.0.0.1", []string{"192.0.2.1, unknown"}},
		{"10.0.0.1:1", "10.0.0.1", nil},
		{"10.0.0.1:1", "2001:db8::1", []string{"2001:DB8::1"}},
	} {
		r := &http.Request{RemoteAddr: test.from, Header: http.Header{"X-Forwarded-For": test.told}}
		if got := s.Caller(r); got != test.want {
			t.Errorf("%s told %q: %s, not %s", test.from, test.told, got, test.want)
		}
	}
}

// Failures and requests are counted by what one attacker can have: an IPv4 address, or a whole IPv6 network.
func TestNetwork(t *testing.T) {
	s := &Site{}
	for from, want := range map[string]string{
		"198.51.100.7:1":           "198.51.100.7",
		"[2001:db8:1:2::7]:1":      "2001:db8:1:2::/64",
		"[2001:db8:1:2:3:4:5:6]:1": "2001:db8:1:2::/64",
		"[2001:db8:1:3::7]:1":      "2001:db8:1:3::/64",
		"[fe80::1%eth0]:1":         "fe80::/64",
		"[::ffff:198.51.100.7]:1":  "::ffff:198.51.100.7",
		"@":                        "@",
	} {
		if got := s.Network(&http.Request{RemoteAddr: from}); got != want {
			t.Errorf("%s: %s, not %s", from, got, want)
		}
	}
}
