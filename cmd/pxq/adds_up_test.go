package main

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/pxq-nl/pxq/exporters/reports/reportstest"
)

// The workbooks of the demo add up: every pair of figures that a reader would compare is equal.
func TestDemoAddsUp(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	dir := filepath.Join(t.TempDir(), "demo")
	succeed(t, "demo", dir, "--as-of", "2026-11-20", "--quiet")
	folders, err := filepath.Glob(filepath.Join(dir, "reports", "*-*"))
	if err != nil || len(folders) != 1 {
		t.Fatalf("%v %v", folders, err)
	}
	reportstest.AddUp(t, folders[0])
}

// So do those of every run and close of the conformance samples, with corrections, credits and amounts carried over.
func TestConformanceAddsUp(t *testing.T) {
	if testing.Short() {
		t.Skip("long, and no two goroutines of it meet")
	}
	samples, err := filepath.Glob(filepath.Join(conformance, "*", "steps.json"))
	if err != nil || len(samples) == 0 {
		t.Fatalf("no samples: %v", err)
	}
	for _, path := range samples {
		var steps []step
		if err := json.Unmarshal([]byte(read(t, path)), &steps); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		play := &play{T: t, folder: copyFolder(t, filepath.Dir(path))}
		play.database = "sqlite:" + filepath.Join(play.folder, "pxq.db")
		for _, step := range steps {
			if step.Do == "export" {
				continue
			}
			if play.step(step); step.Period != "" {
				reportstest.AddUp(t, filepath.Join(play.folder, "reports", step.Period))
			}
		}
	}
}
