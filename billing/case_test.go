package billing

import "testing"

// The number of the client is masked in all values of a finding, and the record itself does not change.
func TestValuesWithoutTheNumberOfTheClient(t *testing.T) {
	const client = "999910012"
	c := &Case{Record: &Record{BSN: client}}
	given := []string{client, "2026-01-10", "A-" + client, "999910024"}
	got := c.withoutBSN(given)
	for i, want := range []string{Mask(client), "2026-01-10", "A-" + Mask(client), "999910024"} {
		if got[i] != want {
			t.Errorf("value %d: got %q, want %q", i, got[i], want)
		}
	}
	if given[0] != client {
		t.Error("the values of the record were changed")
	}
}
