package reports_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"github.com/pxq-nl/pxq/exporters/reports"
)

// A read-only folder that somebody put between the workbooks goes along to the new folder, and does not stand in the way of this
// or a later run.
func TestReadOnlyFolderBetweenWorkbooks(t *testing.T) {
	parent := t.TempDir()
	folder := filepath.Join(parent, "2026-10")
	asOrdinaryUser(t, parent)
	write := func(dir string) ([]reports.File, error) {
		return nil, os.WriteFile(filepath.Join(dir, "regio.xlsx"), []byte("new"), 0o600)
	}
	own := filepath.Join(folder, "eigen")
	if err := os.MkdirAll(own, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(own, "notitie.txt"), []byte("of us"), 0o400); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := os.Chmod(own, 0o500); err != nil {
			t.Fatal(err)
		}
		if _, _, err := reports.Replace(folder, nil, write); err != nil {
			t.Fatal(err)
		}
		if text, err := os.ReadFile(filepath.Join(own, "notitie.txt")); err != nil || string(text) != "of us" {
			t.Errorf("the note is %q, %v", text, err)
		}
		if found, err := os.ReadDir(parent); err != nil || len(found) != 1 {
			t.Errorf("beside the folder stand %v, %v", found, err)
		}
	}
}

// asOrdinaryUser has the goroutine use files as a user for whom permissions hold, if it runs as root; the folder is then theirs.
func asOrdinaryUser(t *testing.T, folder string) {
	t.Helper()
	if os.Getuid() != 0 {
		return
	}
	const nobody = 65534
	if err := errors.Join(os.Chmod(filepath.Dir(folder), 0o711), os.Chown(folder, nobody, nobody)); err != nil { // or else it cannot be reached
		t.Fatal(err)
	}
	runtime.LockOSThread()
	if err := syscall.Setfsuid(nobody); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		syscall.Setfsuid(0) //nolint:errcheck // the next line does not return the thread if it failed
		runtime.UnlockOSThread()
	})
}
