package importers_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/importers"
)

// A file above the limit is refused before it is read for its hash, so that even a sparse file of a terabyte costs no time.
func TestHashOfTooLarge(t *testing.T) {
	path := filepath.Join(t.TempDir(), "uren.csv")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 1<<40); err != nil {
		t.Skip("no sparse files here")
	}
	if _, err := importers.Hash(path); err == nil || !strings.Contains(err.Error(), "1 GiB") {
		t.Error(err)
	}
}
