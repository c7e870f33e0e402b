package main

import (
	"strings"
	"testing"
)

// TestCloseTellsWhatWaits sees that every close tells of the care of later months that waits, also of that which came in before an
// earlier close.
func TestCloseTellsWhatWaits(t *testing.T) {
	folder := boundsFolder(t, 3, 0)
	boundsMonth(t, folder, "2026-12", 2, 0, 2)
	for _, month := range []struct {
		name  string
		waits bool
	}{{"2026-10", true}, {"2026-11", true}, {"2026-12", false}} {
		period := []string{"--workspace", folder, "--period", month.name, "--as-of", "2027-01-05"}
		succeed(t, append([]string{"run", "--no-reports"}, period...)...)
		said := succeed(t, append([]string{"close", "--yes"}, period...)...)
		if waits := strings.Contains(said, "2 zorgregels van een latere maand"); waits != month.waits || strings.Contains(said, "Er gaat niets") == waits {
			t.Errorf("%s:\n%s", month.name, said)
		}
	}
}
