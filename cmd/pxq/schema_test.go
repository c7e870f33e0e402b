package main

import (
	"os"
	"path/filepath"
	"testing"
)

// A database of every released schema is kept in testdata/schemas, with the first period of the conformance
// sample closed in it. Each of them opens, is sound, and goes on with the next month.
func TestDatabasesOfEveryRelease(t *testing.T) {
	kept, err := filepath.Glob("../../testdata/schemas/*.db")
	if err != nil || len(kept) == 0 {
		t.Fatalf("no databases are kept: %v", err)
	}
	for _, path := range kept {
		t.Run(filepath.Base(path), func(t *testing.T) {
			folder := copyFolder(t, filepath.Join(conformance, "basic"))
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(folder, "pxq.db"), content, 0o600); err != nil {
				t.Fatal(err)
			}
			p := &play{T: t, folder: folder, database: "sqlite:" + filepath.Join(folder, "pxq.db")}
			p.verify(true)
			p.step(step{Do: "run", Period: "2026-02", AsOf: "2026-03-06"})
			p.step(step{Do: "close", Period: "2026-02", AsOf: "2026-03-06"})
			p.verify(true)
		})
	}
}
