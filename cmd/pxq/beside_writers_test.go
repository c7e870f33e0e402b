package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// writing keeps writing to a database for a while, and signals when it has started.
func writing(t *testing.T, address string, while time.Duration) (ended chan error) {
	t.Helper()
	writer, begun, ended := ledgertest.Open(t, address), make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- writer.Write(t.Context(), func(tx *ledger.Tx) error {
			err := tx.SetMeta(t.Context(), "x", "y")
			close(begun)
			time.Sleep(while)
			return err
		})
	}()
	<-begun
	return ended
}

// A command that wrote something outside the database succeeds even when another process writes to the database: it waits to
// record itself in the audit trail, and does not claim that nothing was done.
func TestMadeBesideAWriter(t *testing.T) {
	folder := monthFolder(t, "small")
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		address, copied := fresh(), filepath.Join(t.TempDir(), "kopie.db")
		args := func(args ...string) []string {
			return append(args, "--workspace", folder, "--as-of", "2026-11-05", "--quiet", "--database", address)
		}
		succeed(t, args("run", "--period", "2026-10", "--no-reports")...)
		made := [][]string{{"account", "add", "piet", "--role", "regio"}}
		if strings.HasPrefix(address, "sqlite:") {
			made = append(made, []string{"backup", copied})
		}
		for _, command := range made {
			ended := writing(t, address, 1500*time.Millisecond)
			succeed(t, args(command...)...)
			if err := <-ended; err != nil {
				t.Fatal(err)
			}
			if told := succeed(t, args("audit", "--last", "0")...); !strings.Contains(told, "pxq "+command[0]) {
				t.Errorf("of %v nothing is told in\n%s", command, told)
			}
		}
	})
}

// A backup that fails halfway leaves nothing, so that the same command can be repeated.
func TestHalfABackup(t *testing.T) {
	folder, beside := monthFolder(t, "small"), t.TempDir()
	args := func(args ...string) []string { return append(args, "--workspace", folder, "--quiet") }
	succeed(t, args("run", "--period", "2026-10", "--as-of", "2026-11-05", "--no-reports")...)
	succeed(t, args("account", "add", "piet")...)
	path := filepath.Join(beside, "kopie.db")
	if err := os.WriteFile(path+".web", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	status, _, said := call(t, args("backup", path)...)
	if _, err := os.Stat(path); status != failed || !strings.Contains(said, "kopie.db.web bestaat al") || err == nil {
		t.Errorf("status %d, %s", status, said)
	}
	if err := os.Remove(path + ".web"); err != nil {
		t.Fatal(err)
	}
	succeed(t, args("backup", path)...)
}
