package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// TestExplainStanding explains records whose newest version does not count: a declared version stays in force, and is shown.
func TestExplainStanding(t *testing.T) {
	sample := filepath.Join(conformance, "basic")
	var steps []step
	if err := json.Unmarshal([]byte(read(t, filepath.Join(sample, "steps.json"))), &steps); err != nil {
		t.Fatal(err)
	}
	folder := copyFolder(t, sample)
	play := &play{T: t, folder: folder, database: "sqlite:" + filepath.Join(folder, "pxq.db")}
	for _, step := range steps {
		if step.Do != "export" {
			play.step(step)
		}
	}
	const standing = "Version 1 is accepted and keeps counting until a newer one is accepted."
	for reference, counts := range map[string]bool{
		"A-001": true, // U03
		"A-005": true, // U04
		"A-008": true, // R10
		"A-010": false,
		"A-037": false, // F03 from the beginning
	} {
		told := play.pxq("explain", reference, "--provider", "01000001", "--lang", "en")
		if strings.Contains(told, standing) != counts {
			t.Errorf("%s: want %v, told\n%s", reference, counts, told)
		}
	}
}
