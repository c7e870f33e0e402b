package main

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// hashes returns a line with the name and SHA-256 of every file below a folder.
func hashes(t testing.TB, folder string) string {
	t.Helper()
	var list strings.Builder
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			fmt.Fprintf(&list, "%s %x\n", strings.TrimPrefix(path, folder), sha256.Sum256([]byte(read(t, path))))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}

// A month of the size of the demo gives the same workbooks, byte for byte, each time: in the same workspace, where the second
// run finds nothing new, after the workbooks were removed, and in another workspace with the same files.
func TestRunTwice(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole month, in which no two goroutines meet that do not meet in a small one")
	}
	first, second := t.TempDir(), t.TempDir()
	month := func(folder string) string {
		return succeed(t, "run", "--workspace", folder, "--period", "2026-10", "--as-of", "2026-11-12", "--quiet", "--json")
	}
	var summaries [3]map[string]any
	var reports [4]string
	for i, folder := range []string{first, first, second} {
		if i != 1 {
			succeed(t, "generate", "--records", "12000", "--workspace", folder)
		}
		if err := json.Unmarshal([]byte(month(folder)), &summaries[i]); err != nil {
			t.Fatal(err)
		}
		reports[i] = hashes(t, filepath.Join(folder, "reports"))
	}
	remove(t, filepath.Join(first, "reports"))
	month(first)
	reports[3] = hashes(t, filepath.Join(first, "reports"))
	for i, name := range []string{"", "a second run", "another workspace", "a run after the workbooks were thrown away"} {
		if reports[i] != reports[0] {
			t.Errorf("%s: %s", name, firstDifference(reports[0], reports[i]))
		}
	}
	for _, key := range []string{"rows_read", "already_received", "outcomes", "declared", "lines", "reasons"} {
		for i := range summaries {
			if before, after := fmt.Sprint(summaries[0][key]), fmt.Sprint(summaries[i][key]); before != after {
				t.Errorf("%s of run %d: %s, was %s", key, i, after, before)
			}
		}
	}
	imported := summaries[1]["imported"].(map[string]any)
	for _, file := range imported["files"].([]any) {
		if known := file.(map[string]any)["known"]; known != true {
			t.Errorf("taken in again: %v", file)
		}
	}
	if strings.Count(reports[0], "\n") < 50 {
		t.Errorf("few workbooks:\n%s", reports[0])
	}
	out := succeed(t, "run", "--workspace", first, "--period", "2026-10", "--as-of", "2026-11-12", "--quiet")
	if !strings.Contains(out, "Er was niets nieuws") {
		t.Errorf("the second run says\n%s", out)
	}
}
