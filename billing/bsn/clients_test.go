package bsn

import (
	"errors"
	"testing"
)

// Two clients: one of this provider, one of another.
func TestClients(t *testing.T) {
	asked := 0
	clients := NewClients(func(provider, number string) (bool, error) {
		asked++
		return number == "999910012" || number == "999910024" && provider != "20000002", nil
	})
	for text, want := range map[string]string{
		"Toewijzing 999910024": "Toewijzing •••", "9999-10-012": "•••", "123456782": "123456782", "999910036 en 999910024": "••• en •••", "300201": "300201",
	} {
		if got, err := clients.MaskOf(text, "999910036"); got != want || err != nil {
			t.Errorf("%q: got %q, %v", text, got, err)
		}
	}
	for _, test := range []struct {
		text, want string
		written    []string
	}{
		{"999910036", "•••", []string{"999910036"}},                  // the row's own client
		{"999910012", "•••", []string{"x 9999-10-012"}},              // a client of the provider
		{"999910024", "999910024", []string{"R/999910024"}},          // written by the provider, a client only of another
		{"123456782", "123456782", []string{"123456782"}},            // nobody
		{"toewijzing 999910024", "toewijzing •••", []string{"R-12"}}, // not from the provider
	} {
		if got, err := clients.MaskTo("20000002", "999910036", test.written, test.text); got != test.want || err != nil {
			t.Errorf("%q: got %q, %v", test.text, got, err)
		}
	}
	before := asked
	if _, err := clients.Mask("999910012 999910024 123456782"); err != nil || asked != before {
		t.Errorf("asked %d times more: %v", asked-before, err)
	}
	failing := NewClients(func(string, string) (bool, error) { return false, errors.New("no store") })
	if got, err := failing.Mask("999910012"); err == nil || got != "•••" {
		t.Errorf("got %q, %v", got, err)
	}
}
