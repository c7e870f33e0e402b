package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestOwnerOfBefore opens a database in which an earlier version kept whose it is: the folder alone, of which nobody knows the
// region, here and after the workspace moved.
func TestOwnerOfBefore(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "regio")
	succeed(t, "init", folder)
	pxq := func(args ...string) string {
		t.Helper()
		return succeed(t, append(args, "--workspace", folder, "--quiet")...)
	}
	write(t, filepath.Join(folder, "referrals", "1.csv"), "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum;Status\nT1;999900006;Tilburg;99020001;44X01;2026-01-01;actief\n")
	pxq("run", "--period", "2026-10", "--as-of", "2026-11-05", "--no-reports")
	for _, before := range []string{folder, filepath.Join(folder, "elders")} {
		inSQLite(t, filepath.Join(folder, "pxq.db"), "UPDATE meta SET value = '"+strings.ReplaceAll(before, "'", "''")+"' WHERE name = 'workspace'")
		if out := pxq("status"); !strings.Contains(out, "2026-10") {
			t.Error(out)
		}
		pxq("run", "--period", "2026-10", "--as-of", "2026-11-05", "--no-reports")
	}
}
