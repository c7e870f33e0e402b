package workspace

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/ledger"
)

// When the program is killed between forgetting a run and removing its workbooks, the next command removes them, and does not
// mistake the workbooks of the next run for changed ones. Workbooks of a later run stay.
func TestForgetIsFinished(t *testing.T) {
	m := generated(t, 10, 5)
	m.run()
	m.in(func(w *Workspace) error {
		own := filepath.Join(w.reports(monthRun.String()), "eigen.txt")
		if err := os.WriteFile(own, []byte("van mij"), 0o600); err != nil {
			return err
		}
		if err := w.lockFor(t.Context(), "pxq forget"); err != nil {
			return err
		}
		_, err := w.forgetRuns(t.Context(), monthRun)
		return err
	})
	m.in(func(w *Workspace) error {
		if err := w.lockFor(t.Context(), "pxq import"); err != nil {
			return err
		}
		if names := entriesOf(m); len(names) != 1 || names[0] != "eigen.txt" {
			t.Errorf("what stays is %q", names)
		}
		if gone, err := forgottenWorkbooks(t.Context(), w.store.Meta); err != nil || len(gone) != 0 {
			t.Errorf("still to be removed are %v, %v", gone, err)
		}
		return nil
	})
	before := len(m.run())
	m.in(func(w *Workspace) error {
		if err := w.lockFor(t.Context(), "pxq forget"); err != nil {
			return err
		}
		_, err := w.forgetRuns(t.Context(), monthRun)
		return err
	})
	m.run()                         // the workbooks of the forgotten run are gone
	m.in(func(w *Workspace) error { // which could not remove them, and made the same ones
		err := w.store.Write(t.Context(), func(tx *ledger.Tx) error {
			written, err := tx.ReportHashes(t.Context(), monthRun)
			return errors.Join(err, keepForgotten(t.Context(), tx, workbooksOf{monthRun.String(): written}))
		})
		return errors.Join(err, w.lockFor(t.Context(), "pxq import"))
	})
	names := entriesOf(m)
	if len(names) != before {
		t.Errorf("%d files, then %q", before, names)
	}
	for _, name := range names {
		if strings.HasPrefix(name, "bewaard-") {
			t.Errorf("%s was kept as if somebody had changed it", name)
		}
	}
}

// entriesOf returns the names of the files in the folder of the month.
func entriesOf(m *month) (names []string) {
	m.Helper()
	entries, err := os.ReadDir(m.reports())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		m.Fatal(err)
	}
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}
