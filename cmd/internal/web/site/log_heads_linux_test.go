package site

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// A line that does not fit on the disk is removed whole: the next one would follow its first half, and be read as a hash that the log
// never had.
func TestKeepLinkOnFullDisk(t *testing.T) {
	folder, page := t.TempDir(), os.Getpagesize()
	if err := syscall.Mount("pxq-test", folder, "tmpfs", 0, "size=1m,mode=0700"); err != nil {
		t.Skipf("no disk may be made here: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	s := &Site{Folder: &workspace.Folder{Path: folder}}
	kept := strings.Repeat("\n", page-10)
	if err := os.WriteFile(s.logHeads(), []byte(kept), 0o600); err != nil {
		t.Fatal(err)
	}
	filler := filepath.Join(folder, "filler")
	_ = os.WriteFile(filler, make([]byte, 1<<20), 0o600) // as much as fits
	link := strings.Repeat("a", 64)
	if err := s.keepLink(100, link); err == nil {
		t.Error("a link fits on a full disk")
	}
	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	if err := s.keepLink(200, link); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(s.logHeads())
	if got := strings.TrimPrefix(string(content), kept); err != nil || got != "200 "+link+"\n" {
		t.Errorf("the links are %q, %v", got, err)
	}
}
