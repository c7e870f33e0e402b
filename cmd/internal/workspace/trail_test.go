package workspace

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// Whoever reads the audit trail while another command adds to it is not told that somebody tampered with it.
func TestTrailBesideACommand(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		path, address := t.TempDir(), fresh()
		if err := os.WriteFile(filepath.Join(path, "pxq.toml"), []byte("trial = true\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		open := func(command string) *Workspace {
			folder, err := Read(path, "")
			if err != nil {
				t.Fatal(err)
			}
			w, err := folder.Open(t.Context(), Options{Database: address, Create: true, Act: Act{Who: "jan@kantoor", Command: command}})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { w.Close() })
			return w
		}
		writes, reads := open("pxq template"), open("pxq audit")
		if err := writes.Noted(t.Context(), "sjabloon"); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			for ctx.Err() == nil {
				if err := writes.Noted(t.Context(), "sjabloon"); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
		for range 100 {
			told, err := reads.Trail(t.Context())
			if err != nil {
				t.Error(err)
				break
			}
			if len(told.Faults) > 0 {
				t.Errorf("of a trail of %d entries: %s", told.Entries, told.Faults[0].English)
				break
			}
		}
		stop()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}
