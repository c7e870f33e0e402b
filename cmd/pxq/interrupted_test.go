package main

import (
	"bytes"
	"context"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// Whenever a command is interrupted, from before its first step, it says that it was and ends with status 1; what it met
// then is no defect, nor a database without rights.
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
