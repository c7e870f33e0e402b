package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// testdata/schemas has a database of every released schema, in which the first period of the conformance sample is closed. Each
// of them can be opened, passes verify, and continues with the next month.
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

// A database of an earlier schema gives the same exports of its closed period, byte for byte, as the program of that schema did.
// These are kept next to it. Where a text of the catalogue has changed since, the kept file has the new text: texts come from
// the program, everything else was stored.
func TestEarlierSchemasGiveTheSameExports(t *testing.T) {
	kept, err := filepath.Glob("../../testdata/schemas/*/*.csv")
	if err != nil || len(kept) < 5 {
		t.Fatalf("exports of %d kinds are kept: %v", len(kept), err)
	}
	for _, path := range kept {
		content, err := os.ReadFile(filepath.Dir(path) + ".db")
		if err != nil {
			t.Fatal(err)
		}
		database := filepath.Join(t.TempDir(), "pxq.db")
		if err := os.WriteFile(database, content, 0o600); err != nil {
			t.Fatal(err)
		}
		what := strings.TrimSuffix(filepath.Base(path), ".csv")
		got := succeed(t, "export", what, "--period", "2026-01", "--workspace", copyFolder(t, filepath.Join(conformance, "basic")), "--database", "sqlite:"+database)
		if want := read(t, path); got != want {
			t.Errorf("%s: %s", path, firstDifference(want, got))
		}
	}
}
