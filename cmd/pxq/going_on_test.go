package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestCloseTellsWhatWaits checks that every close reports the care of later months that waits, even if it came in before an
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

// TestCloseTellsOfNegativeBalances checks that a close reports a negative balance that is carried over: in the month that causes
// it and in a month without care, but not in the month that settles it.
func TestCloseTellsOfNegativeBalances(t *testing.T) {
	folder := boundsFolder(t, 1, 0)
	withdrawn := "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n2026-10-0;20000002;999900006;T01;45VB1;2026-10-01;uur;0\n"
	for _, month := range []struct {
		name, asOf string
		tell       string
		come       func()
	}{
		{"2026-10", "2026-11-05", "Er gaat niets door naar 2026-11.", func() {}},
		{"2026-11", "2026-12-05", "1 negatief saldo (€ -90.000,00) gaat door naar 2026-12.", func() { write(t, filepath.Join(folder, "submissions", "in.csv"), withdrawn) }},
		{"2026-12", "2027-01-05", "1 negatief saldo (€ -90.000,00) gaat door naar 2027-01.", func() {}},
		{"2027-01", "2027-02-05", "Er gaat niets door naar 2027-02.", func() { boundsMonth(t, folder, "2027-01", 1, 0, 2) }},
	} {
		month.come()
		period := []string{"--workspace", folder, "--period", month.name, "--as-of", month.asOf}
		succeed(t, append([]string{"run", "--no-reports"}, period...)...)
		said := succeed(t, append([]string{"close", "--yes", "--confirm", "proef"}, period...)...)
		if !strings.Contains(said, "  • "+month.tell) || strings.Contains(said, "Er gaat niets") != strings.HasPrefix(month.tell, "Er gaat") {
			t.Errorf("%s:\n%s", month.name, said)
		}
	}
}
