package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestExplainNewest explains a declared record with a newer version that is held: the story is that of the newest, whatever
// its file and sheet are called.
func TestExplainNewest(t *testing.T) {
	folder, pxq := followingMonths(t)
	pxq("run", "--period", "2026-10", "--as-of", "2026-11-05")
	pxq("close", "--period", "2026-10", "--as-of", "2026-11-05")
	write(t, filepath.Join(folder, "submissions", "0 later.csv"), "Regelnummer;AGB-code;BSN;Toewijzingsnummer;Productcode;Datum;Eenheid;Aantal\n"+
		"R1;99020001;999900006;T1;44X01;2026-11-01;dagdeel;2\n")
	pxq("run", "--period", "2026-11", "--as-of", "2026-12-05")
	told := pxq("explain", "R1")
	for _, want := range []string{"UITVAL", "U04 (uitval)", "Versie 1 is akkoord en blijft meetellen"} {
		if !strings.Contains(told, want) {
			t.Errorf("no %q in\n%s", want, told)
		}
	}
}
