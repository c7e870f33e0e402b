package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	module       = "github.com/pxq-nl/pxq/"
	linesPerFile = 300
	linesPerFunc = 60
)

// floors are the layers of the program, by folder. A folder may import only folders of lower layers, so importers and exporters,
// which are in one layer, do not import each other.
var floors = map[string]int{
	"cmd/pxq": 18, "cmd/internal/web": 17,
	"cmd/internal/web/signin": 16, "cmd/internal/web/providers": 16, "cmd/internal/web/controllers": 16, "cmd/internal/web/region": 16, "cmd/internal/web/admin": 16,
	"cmd/internal/web/jobs": 15, "cmd/internal/web/site": 14, "cmd/internal/web/words": 13, "cmd/internal/web/webstore": 13, "cmd/internal/web/browsertest": 13, "cmd/internal/workspace/views": 13,
	"cmd/pxq/terminal": 12, "cmd/internal/workspace": 11, "cmd/internal/synthetic": 10,
	"importers": 9, "exporters": 9, "billing/batch": 8, "rates": 8, "billing/intake": 7, "billing/report": 7, "billing/ledger": 6, "cmd/internal/defect": 5, "cmd/internal/limits": 5, "billing/scratch": 5, "billing/watched": 5,
	"billing/versions": 4, "billing/rules": 4, "billing/ijw": 3, "billing": 2, "billing/bsn": 1, "billing/parallel": 1,
}

// filesPerRoom is the largest number of files in a folder, without tests: its listing serves as a table of contents.
const filesPerRoom = 25

// The folders that only compute: they may not use files, the network, a database or a file format.
var (
	pure   = []string{"billing", "billing/bsn", "billing/ijw", "billing/parallel", "billing/rules", "billing/versions"}
	impure = []string{
		"os", "io", "net", "log", "syscall", "database", "encoding", "archive", "compress", "path/filepath", "github.com/xuri/excelize", "github.com/jmoiron/sqlx",
		"github.com/lib/pq", "modernc.org/sqlite", "github.com/spf13/cobra",
	}
)

// source is a file of the program that is no test.
type source struct {
	path  string // in the repository
	room  string
	lines int
	*ast.File
	*token.FileSet
}

func sources(t *testing.T) []source {
	t.Helper()
	var found []source
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != root && (entry.Name() == "testdata" || strings.HasPrefix(entry.Name(), ".")):
			return fs.SkipDir
		case entry.IsDir() || filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		relative, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		parsed, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		slashed := filepath.ToSlash(relative)
		found = append(found, source{slashed, roomOf(path.Dir(slashed)), strings.Count(read(t, name), "\n"), parsed, files})
		return nil
	})
	if err != nil || len(found) < 100 {
		t.Fatalf("%d files: %v", len(found), err)
	}
	return found
}

// roomOf returns the entry of floors to which a folder of the repository belongs; "" for none.
func roomOf(folder string) string {
	for ; folder != "."; folder = path.Dir(folder) {
		if floors[folder] != 0 {
			return folder
		}
	}
	return ""
}

func TestRoomsImportDownwards(t *testing.T) {
	for _, file := range sources(t) {
		if file.room == "" {
			t.Errorf("%s is in no room: give its folder a floor", file.path)
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			inside, ours := strings.CutPrefix(imported, module)
			if room := roomOf(inside); ours && room != file.room && floors[room] >= floors[file.room] {
				t.Errorf("%s imports %s, which is not on a lower floor", file.path, inside)
			}
			if strings.HasPrefix(file.path, "cmd/internal/web/") && (inside == "billing/ledger" || strings.HasPrefix(inside, "billing/ledger/")) {
				t.Errorf("%s imports %s: pages read through cmd/internal/workspace", file.path, inside)
			}
			if slices.Contains(pure, file.room) && slices.ContainsFunc(impure, func(root string) bool {
				return imported == root || strings.HasPrefix(imported, root+"/")
			}) {
				t.Errorf("%s imports %s, but %s only computes", file.path, imported, file.room)
			}
		}
	}
}

// ledgerRooms are the layers of the ledger; each imports only lower ones. Hidden ones may not be imported from outside the
// ledger, so that users of a store see no SQL.
var ledgerRooms = map[string]struct {
	floor  int
	hidden bool
}{
	"billing/ledger": {floor: 5}, "billing/ledger/schema": {4, true}, "billing/ledger/proof": {4, true}, "billing/ledger/database": {3, true}, "billing/ledger/packed": {3, true},
	"billing/ledger/schema1": {3, true}, "billing/ledger/words": {floor: 2}, "billing/ledger/sums": {1, true}, "billing/ledger/trail": {floor: 1},
}

// sqlPackages may be imported only by the package database of the ledger.
var sqlPackages = []string{"database/sql", "github.com/jmoiron/sqlx", "github.com/lib/pq", "modernc.org/sqlite"}

func TestRoomsOfTheLedger(t *testing.T) {
	found := make(map[string]bool)
	for _, file := range sources(t) {
		folder := path.Dir(file.path)
		if strings.HasPrefix(folder, "billing/ledger/ledgertest") {
			continue // for tests only
		}
		found[folder] = true
		room := ledgerRooms[folder]
		if room.floor == 0 && strings.HasPrefix(folder, "billing/ledger/") {
			t.Errorf("%s is in no room of the ledger: give its folder a floor", file.path)
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if room.floor > 0 && folder != "billing/ledger/database" && slices.Contains(sqlPackages, imported) {
				t.Errorf("%s imports %s", file.path, imported)
			}
			below, is := ledgerRooms[strings.TrimPrefix(imported, module)]
			if is && (room.floor > 0 && below.floor >= room.floor || room.floor == 0 && below.hidden) {
				t.Errorf("%s imports %s", file.path, imported)
			}
		}
	}
	for folder := range ledgerRooms {
		if !found[folder] {
			t.Errorf("%s is no room any more", folder)
		}
	}
}

// A folder has few enough files to see at a glance what is in it.
func TestFoldersHaveFewFiles(t *testing.T) {
	files := make(map[string]int)
	for _, file := range sources(t) {
		files[path.Dir(file.path)]++
	}
	for folder, count := range files {
		if count > filesPerRoom {
			t.Errorf("%s has %d files", folder, count)
		}
	}
}

// A file fits in a few screens, and a function in one.
func TestFilesAndFunctionsAreShort(t *testing.T) {
	for _, file := range sources(t) {
		if file.lines >= linesPerFile {
			t.Errorf("%s has %d lines", file.path, file.lines)
		}
		ast.Inspect(file.File, func(node ast.Node) bool {
			var body *ast.BlockStmt
			name := "a function"
			switch function := node.(type) {
			case *ast.FuncDecl:
				body, name = function.Body, function.Name.Name
			case *ast.FuncLit:
				body = function.Body
			}
			if body != nil {
				if lines := file.Position(body.End()).Line - file.Position(node.Pos()).Line + 1; lines >= linesPerFunc {
					t.Errorf("%s: %s has %d lines", file.Position(node.Pos()), name, lines)
				}
			}
			return true
		})
	}
}

// The walk in README.md leads from file to file: each starts with a comment that gives its place and the next file.
func TestWalkOfTheReadme(t *testing.T) {
	var walk []string
	for _, step := range regexp.MustCompile("(?m)^[1-8]\\. `([a-z/]+\\.go)`:").FindAllStringSubmatch(read(t, "../../README.md"), -1) {
		walk = append(walk, step[1])
	}
	if len(walk) != 8 {
		t.Fatalf("the walk has %d files", len(walk))
	}
	for i, file := range walk {
		comment, _, _ := strings.Cut(read(t, filepath.Join("..", "..", file)), "\npackage ")
		next := fmt.Sprintf("From the cell to the euro, %d of 8.", i+1)
		if !strings.HasPrefix(comment, "// "+next) {
			t.Errorf("%s begins with %q", file, comment)
		}
		if i+1 < len(walk) && !strings.Contains(strings.ReplaceAll(comment, "\n// ", " "), walk[i+1]) {
			t.Errorf("%s does not lead to %s", file, walk[i+1])
		}
	}
}
