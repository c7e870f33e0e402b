package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// A command that is interrupted, even before its first step, says so and exits with status 1. Errors that follow from the
// interruption are not reported as a defect or as missing rights on the database.
func TestInterruptedInEveryCommand(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		folder, database := t.TempDir(), fresh()
		succeed(t, "generate", "--records", "30", "--workspace", folder, "--database", database)
		succeed(t, "run", "--period", "2026-10", "--as-of", "2026-11-12", "--workspace", folder, "--database", database)
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		for _, args := range [][]string{
			{"run", "--period", "2026-10"}, {"import", filepath.Join(folder, "pxq.toml")}, {"close", "--period", "2026-10", "--yes"}, {"report", "--year", "2026"}, {"status"}, {"verify"},
			{"audit"}, {"diff", "--period", "2026-10"}, {"export", "records", "--period", "2026-10"}, {"serve", "--listen", "127.0.0.1:0"}, {"forget", "--period", "2026-10"},
		} {
			var out, errOut bytes.Buffer
			status := run(ctx, append(args, "--workspace", folder, "--database", database, "--as-of", "2026-11-12"), &out, &errOut)
			if told := errOut.String(); status != failed || !strings.Contains(told, "afgebroken") {
				t.Errorf("%q ends with %d: %s", args, status, told)
			}
		}
	})
}

// Files that were taken in before a command fails stay, and later commands know them. So the failing command reports what was
// not taken of them.
func TestNotTakenIsToldOnFailing(t *testing.T) {
	t.Parallel()
	const head = "Toewijzingsnummer;BSN;Gemeente;AGB-code;Productcode;Ingangsdatum\n"
	for _, args := range [][]string{{"import", "referrals/a.csv", "referrals/b/b.csv"}, {"run", "--period", "2026-10"}} {
		folder := t.TempDir()
		write(t, filepath.Join(folder, "pxq.toml"), "trial = true\n")
		for i, arg := range args {
			if strings.HasSuffix(arg, ".csv") {
				args[i] = filepath.Join(folder, arg)
			}
		}
		args = append(args, "--workspace", folder, "--as-of", "2026-11-05")
		succeed(t, "run", "--period", "2026-10", "--workspace", folder, "--as-of", "2026-11-05", "--no-reports")
		write(t, filepath.Join(folder, "referrals", "a.csv"), head+"T01;999900006;Tilburg;99020003;44X01;binnenkort\n")
		write(t, filepath.Join(folder, "referrals", "b", "b.csv"), head+"T02;999900006;Tilburg;99020003;44X01;01-01-2026\n")
		inSQLite(t, filepath.Join(folder, "pxq.db"), "CREATE TRIGGER fails BEFORE INSERT ON files WHEN NEW.name = 'b.csv' BEGIN SELECT RAISE(ABORT, 'no more'); END")
		if status, out, errOut := call(t, args...); status != failed || !strings.Contains(out, "a.csv, rij 2: toewijzing T01; Ingangsdatum ‘binnenkort’") {
			t.Errorf("pxq %s ends with %d and tells %q: %s", args[0], status, out, errOut)
		}
		inSQLite(t, filepath.Join(folder, "pxq.db"), "DROP TRIGGER fails")
		if status, out, errOut := call(t, args...); status != done || strings.Contains(out, "binnenkort") {
			t.Errorf("pxq %s once more ends with %d and tells %q: %s", args[0], status, out, errOut)
		}
	}
}
