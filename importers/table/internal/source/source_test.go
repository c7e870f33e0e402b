package source

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Reads in any order return the content of the file, and the hash is that of the content.
func TestContent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := rapid.OneOf(rapid.IntRange(0, 10), rapid.IntRange(blockBytes-2, blockBytes+2), rapid.IntRange(0, 5*blockBytes)).Draw(t, "size")
		whole := make([]byte, size)
		for i := range whole {
			whole[i] = byte(i>>8 ^ i)
		}
		c := NewContent(bytes.NewReader(whole), int64(size))
		for range rapid.IntRange(0, 8).Draw(t, "reads") {
			from := rapid.IntRange(0, size+3).Draw(t, "from")
			p := make([]byte, rapid.IntRange(0, 3*blockBytes).Draw(t, "length"))
			n, err := c.ReadAt(p, int64(from))
			want := whole[min(from, size):min(from+len(p), size)]
			if !bytes.Equal(p[:n], want) || (n < len(p)) != errors.Is(err, io.EOF) {
				t.Fatalf("read %d bytes from %d of %d: %d, %v", len(p), from, size, n, err)
			}
		}
		sum := sha256.Sum256(whole)
		for range 2 {
			if got, err := c.SHA256(); err != nil || got != hex.EncodeToString(sum[:]) {
				t.Fatal(got, err)
			}
		}
	})
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// A changed byte is noticed when it is read again, even if the size and the time of
// the file are unchanged.
func TestContentThatChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	whole := make([]byte, 3*blockBytes)
	open := func(t *testing.T) *Content {
		t.Helper()
		write(t, path, whole)
		c, err := OpenContent(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		if _, err := c.ReadAt(make([]byte, 10), 2*blockBytes); err != nil {
			t.Fatal(err)
		}
		return c
	}
	t.Run("same size and time", func(t *testing.T) {
		c := open(t)
		changed := bytes.Clone(whole)
		changed[2*blockBytes+20] = 1
		write(t, path, changed)
		if err := os.Chtimes(path, c.time, c.time); err != nil {
			t.Fatal(err)
		}
		if err := c.Unchanged(); err != nil {
			t.Fatal(err)
		}
		if _, err := c.SHA256(); !errors.Is(err, ErrChanged) {
			t.Error(err)
		}
	})
	for name, change := range map[string]func() error{
		"longer":  func() error { return os.WriteFile(path, append(bytes.Clone(whole), 1), 0o600) },
		"shorter": func() error { return os.Truncate(path, 5) },
		"touched": func() error { return os.Chtimes(path, time.Now(), time.Now().Add(time.Hour)) },
	} {
		t.Run(name, func(t *testing.T) {
			c := open(t)
			if err := change(); err != nil {
				t.Fatal(err)
			}
			if err := c.Unchanged(); !errors.Is(err, ErrChanged) {
				t.Error(err)
			}
			if _, err := c.SHA256(); !errors.Is(err, ErrChanged) {
				t.Error(err)
			}
		})
	}
	t.Run("another in its place", func(t *testing.T) {
		c := open(t)
		write(t, path+"2", []byte("x"))
		if err := os.Rename(path+"2", path); err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(whole)
		if got, err := c.SHA256(); err != nil || got != hex.EncodeToString(sum[:]) {
			t.Error("the file that was opened is still there:", err)
		}
	})
}

func TestClosed(t *testing.T) {
	c := NewContent(bytes.NewReader([]byte("abc")), 3)
	if _, err := c.ReadAt(make([]byte, 1), 0); err != nil {
		t.Fatal(err)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := c.ReadAt(make([]byte, 1), 0); !errors.Is(err, fs.ErrClosed) {
		t.Error(err)
	}
}

func TestWhatIsNotOpened(t *testing.T) {
	folder := t.TempDir()
	plain := filepath.Join(folder, "plain")
	write(t, plain, []byte("a"))
	link := filepath.Join(folder, "link")
	if err := os.Symlink(plain, link); err != nil {
		t.Skip(err)
	}
	for path, want := range map[string]error{link: ErrLink, folder: ErrNotRegular, os.DevNull: ErrNotRegular, filepath.Join(folder, "none"): fs.ErrNotExist} {
		if _, err := Open(path); !errors.Is(err, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
	file, err := Open(plain)
	if err != nil {
		t.Fatal(err)
	}
	file.Close()
}
