package site

import (
	"net/http"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Who asks is told by the last known proxy alone: what stands before its word the one who asks may have written, in the same
// header or in one of its own.
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
