package controllers

import (
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// A row of the workbook means the hold with exactly its reference, else the only one whose reference a table may have changed to it.
func TestMeant(t *testing.T) {
	for _, test := range []struct {
		reference, want string
		asked           []string
	}{
		{"7", "7", []string{"007", "7"}},
		{"07", "", []string{"007", "7"}},
		{"7", "007", []string{"007"}},
		{"007", "", []string{"7"}},
		{"7.0", "7", []string{"7"}},
		{"7.0", "7.0", []string{"7", "7.0"}},
		{"007.0", "007", []string{"7", "007"}},
		{"A", "A\u00a0", []string{"A\u00a0"}},
		{"A", "", []string{"A\u00a0", "A\u200b"}},
	} {
		var asked []views.DecidableHold
		for _, written := range test.asked {
			asked = append(asked, views.DecidableHold{Written: written})
		}
		if got, found := meant(asked, test.reference); got.Written != test.want || found != (test.want != "") {
			t.Errorf("%q of %q: %q", test.reference, test.asked, got.Written)
		}
	}
}
