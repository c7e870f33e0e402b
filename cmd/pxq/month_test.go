package main

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

const months = "../../testdata/months"

// monthFolder returns a copy of a month's workspace, with a workbook made from every NAME.xlsx.txt in it.
func monthFolder(t testing.TB, name string) string {
	t.Helper()
	folder := copyFolder(t, filepath.Join(months, name))
	if err := os.RemoveAll(filepath.Join(folder, "expected")); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
		if workbook, found := strings.CutSuffix(path, ".txt"); found && err == nil {
			write(t, workbook, workbookOf(t, read(t, path)))
			err = os.Remove(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// The exports, the summary and every cell of every workbook of a small month are in testdata/months/small/expected, so that
// changes can be reviewed.
func TestSmallMonth(t *testing.T) {
	folder, expected := monthFolder(t, "small"), filepath.Join(months, "small", "expected")
	if *update {
		remove(t, expected)
	}
	pxq := func(args ...string) string {
		return succeed(t, append(args, "--workspace", folder, "--database", "sqlite:pxq.db", "--quiet")...)
	}
	pxq("run", "--period", "2026-10", "--as-of", "2026-11-05", "--no-reports")
	if err := os.CopyFS(folder, os.DirFS(filepath.Join(folder, "later"))); err != nil {
		t.Fatal(err)
	}
	summary := pxq("run", "--period", "2026-10", "--as-of", "2026-11-06")
	golden(t, filepath.Join(expected, "summary.txt"), strings.ReplaceAll(summary, folder, "small"))
	for _, what := range workspace.Exports {
		golden(t, filepath.Join(expected, what+".csv"), pxq("export", what, "--period", "2026-10"))
	}
	reports := filepath.Join(folder, "reports", "2026-10")
	var names []string
	for _, entry := range entries(t, reports) {
		names = append(names, entry+".txt")
		text := dump(t, filepath.Join(reports, entry))
		golden(t, filepath.Join(expected, "workbooks", entry+".txt"), text)
		if entry == "regio.xlsx" && leaked(nil, text, "") != "" {
			t.Errorf("a BSN in %s", entry)
		}
	}
	if known := entries(t, filepath.Join(expected, "workbooks")); !slices.Equal(known, names) {
		t.Errorf("workbooks\ngot  %v\nwant %v", names, known)
	}
}

func entries(t testing.TB, folder string) []string {
	t.Helper()
	list, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range list {
		names = append(names, entry.Name())
	}
	return names
}

// The remark of every row of the small month has the codes that the row is meant to give.
func TestSmallMonthFindsWhatWasPlanted(t *testing.T) {
	planted := make(map[string]string)
	for _, file := range []string{"01000001.csv", "20000002.xlsx.txt", "30000003.xlsx.txt"} {
		mark := "|"
		if strings.HasSuffix(file, ".csv") {
			mark = ";"
		}
		for line := range strings.Lines(read(t, filepath.Join(months, "small", "submissions", file))) {
			reference, rest, found := strings.Cut(line, mark)
			if reference = strings.TrimSpace(reference); !found || len(reference) != len("A-001") || reference[1] != '-' {
				continue
			}
			planted[reference] = strings.TrimSpace(rest[strings.LastIndex(rest, mark)+1:])
		}
	}
	rows := parseCSV(t, read(t, filepath.Join(months, "small", "expected", "records.csv")))
	reference, codes := slices.Index(rows[0], "reference"), slices.Index(rows[0], "codes")
	slices.SortFunc(rows, func(a, b []string) int { return cmp.Compare(a[reference], b[reference]) })
	for _, row := range rows {
		if want, ok := planted[row[reference]]; ok && row[codes] != want {
			t.Errorf("%s: got %q, want %q", row[reference], row[codes], want)
		}
	}
	if len(planted) < 60 {
		t.Errorf("%d rows", len(planted))
	}
}
