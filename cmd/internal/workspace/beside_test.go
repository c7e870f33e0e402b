package workspace

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// Reading the audit trail while another command adds to it reports no tampering.
func TestTrailBesideACommand(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		path, address := t.TempDir(), fresh()
		if err := os.WriteFile(filepath.Join(path, "pxq.toml"), []byte("trial = true\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		writes, reads := opened(t, path, address, "pxq template"), opened(t, path, address, "pxq audit")
		if err := writes.Audit(t.Context(), "sjabloon"); err != nil {
			t.Fatal(err)
		}
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			for ctx.Err() == nil {
				if err := writes.Audit(t.Context(), "sjabloon"); err != nil {
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

// opened returns a workspace, opened as a command does.
func opened(t *testing.T, path, address, command string) *Workspace {
	t.Helper()
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

// An export during which another command forgets the run is complete, as if it had been made before.
func TestExportBesideACommand(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		m, address := generated(t, 60, 5), fresh()
		run := RunOptions{Period: monthRun, AsOf: monthRun.Add(1).First().AddDays(20), NoWorkbooks: true}
		for _, what := range Exports {
			writes := opened(t, m.path, address, "pxq run")
			if _, err := writes.Run(t.Context(), run, nil); err != nil {
				t.Fatal(err)
			}
			export := Export{What: what, Format: "csv", Period: monthRun}
			var want, got bytes.Buffer
			if err := writes.Export(t.Context(), export, &want); err != nil {
				t.Fatal(err)
			}
			reads := opened(t, m.path, address, "pxq export")
			err := reads.export(t.Context(), export, func(fill func(io.Writer) error) error {
				if _, err := writes.Forget(t.Context(), monthRun); err != nil {
					return err
				}
				return fill(&got)
			})
			if err != nil {
				t.Fatal(err)
			}
			if want.String() != got.String() {
				t.Errorf("%s: %d lines before the run was forgotten, %d beside it", what, bytes.Count(want.Bytes(), []byte("\n")), bytes.Count(got.Bytes(), []byte("\n")))
			}
			if err := errors.Join(reads.Close(), writes.Close()); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// A command that could not be recorded in the audit trail, since another process kept writing, has done its work and says so.
// A refused command reports its reason, and not that another process writes.
func TestNotedBesideAWriter(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		path, address := t.TempDir(), fresh()
		if err := os.WriteFile(filepath.Join(path, "pxq.toml"), []byte("trial = true\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		writes, notes := ledgertest.Open(t, address), opened(t, path, address, "pxq backup")
		err := writes.Write(t.Context(), func(tx *ledger.Tx) error {
			if err := tx.SetMeta(t.Context(), "x", "y"); err != nil {
				return err
			}
			impatient, stop := context.WithCancel(t.Context())
			stop()
			if err := notes.Audit(impatient, "reservekopie"); err != nil || len(notes.Notes()) != 1 {
				t.Errorf("%v %v", err, notes.Notes())
			}
			return notes.Fail(t.Context(), billing.Text{Dutch: "geweigerd", English: "refused"})
		})
		if err != nil {
			t.Error(err)
		}
	})
}
