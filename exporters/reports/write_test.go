package reports_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/pxq-nl/pxq/exporters/reports"
)

// TestDemo writes the workbooks of a made-up month; with PXQ_DEMO_DIR set they are kept there.
func TestDemo(t *testing.T) {
	dir := t.TempDir()
	if kept := os.Getenv("PXQ_DEMO_DIR"); kept != "" {
		dir = kept
	}
	files, err := reports.Write(t.Context(), dir, &newDemo(120).report)
	if err != nil {
		t.Fatal(err)
	}
	if len(files) != 9 {
		t.Errorf("%d workbooks", len(files))
	}
	for _, file := range files {
		info, err := os.Stat(filepath.Join(dir, file.Name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", file.Name, info, err)
		}
	}
}
