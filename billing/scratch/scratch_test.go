package scratch_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing/scratch"
)

// TestSweep checks that what ended processes left behind is removed, and nothing else.
func TestSweep(t *testing.T) {
	in := t.TempDir()
	mine, err := scratch.Folder(in)
	if err != nil {
		t.Fatal(err)
	}
	file, err := scratch.File(in)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
	for path, want := range map[string]os.FileMode{mine: 0o700, file.Name(): 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v, %v", path, info, err)
		}
	}
	gone := exec.Command(os.Args[0], "-test.run=^$")
	if err := gone.Run(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Base(file.Name())
	of := func(pid int) string {
		return strings.Replace(name, fmt.Sprint("-", os.Getpid(), "-"), fmt.Sprint("-", pid, "-"), 1)
	}
	left := make(map[string]bool) // whether it stays
	add := func(name string, stays bool, age time.Duration) {
		path := filepath.Join(in, name)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		then := time.Now().Add(-age)
		if err := os.Chtimes(path, then, then); err != nil {
			t.Fatal(err)
		}
		left[name] = stays
	}
	add(of(gone.Process.Pid), false, 0)
	add(of(os.Getppid()), true, 48*time.Hour) // it is running
	add(".pxq-other.computer-1-2", true, time.Hour)
	add(".pxq-other.computer-1-3", false, 25*time.Hour)
	add(".pxq-3821586908", false, 25*time.Hour) // of an older version
	add(".pxq-3821586909", true, time.Hour)
	add("pxq.toml", true, 48*time.Hour)
	add(".other", true, 48*time.Hour)
	folder := filepath.Join(in, of(gone.Process.Pid)+"1")
	if err := os.MkdirAll(filepath.Join(folder, "in it"), 0o700); err != nil {
		t.Fatal(err)
	}
	left[filepath.Base(folder)] = false
	left[filepath.Base(mine)], left[name] = true, true
	scratch.Sweep(in)
	var want, got []string
	for name, stays := range left {
		if stays {
			want = append(want, name)
		}
	}
	entries, err := os.ReadDir(in)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("there stay %q, want %q", got, want)
	}
	scratch.Sweep(filepath.Join(in, "not there"))
}
