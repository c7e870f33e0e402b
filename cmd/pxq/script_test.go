package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/pxq-nl/pxq/billing/ledger/ledgertest"
)

// The scripts in testdata/script are a manual by example: each shows one thing that users do with pxq, and runs on both
// databases. They start with a workspace regio that has the contract book of the small month.
func TestScripts(t *testing.T) {
	ledgertest.EachKind(t, func(t *testing.T, fresh func() string) {
		sqlite := strings.HasSuffix(t.Name(), "/sqlite")
		testscript.Run(t, testscript.Params{
			Dir: filepath.Join("testdata", "script"),
			Setup: func(env *testscript.Env) error {
				if !sqlite { // otherwise the database is pxq.db in the workspace, as for most users
					env.Setenv("PXQ_DATABASE", fresh())
				}
				small, regio := filepath.Join(months, "small"), filepath.Join(env.WorkDir, "regio")
				return errors.Join(os.MkdirAll(regio, 0o700), copyFile(filepath.Join(small, "pxq.toml"), filepath.Join(regio, "pxq.toml")), copyInto(filepath.Join(small, "contract"), filepath.Join(regio, "contract")))
			},
			Condition: func(name string) (bool, error) {
				if name != "sqlite" {
					return false, errors.New("unknown condition " + name)
				}
				return sqlite, nil
			},
			Cmds: map[string]func(*testscript.TestScript, bool, []string){
				"exits": exits, "xlsx": xlsx, "cells": cells, "workbooks": workbooks,
			},
			UpdateScripts: *update, RequireUniqueNames: true,
		})
	})
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	return errors.Join(err, os.WriteFile(to, content, 0o600))
}

func copyInto(from, to string) error { return os.CopyFS(to, os.DirFS(from)) }

// exits STATUS COMMAND...: runs a command, which must have that exit status.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	status := 0
	if exit, ok := errors.AsType[*exec.ExitError](ts.Exec(args[1], args[2:]...)); ok {
		status = exit.ExitCode()
	}
	if strconv.Itoa(status) != args[0] {
		ts.Fatalf("exit status %d, want %s", status, args[0])
	}
}

// xlsx NAME.xlsx.txt...: makes the workbook NAME.xlsx from its text.
func xlsx(ts *testscript.TestScript, _ bool, args []string) {
	for _, name := range args {
		path := ts.MkAbs(name)
		ts.Check(os.WriteFile(strings.TrimSuffix(path, ".txt"), []byte(zipOf(scriptTB{ts: ts}, workbookParts(ts.ReadFile(name)))), 0o600))
		ts.Check(os.Remove(path))
	}
}

// cells NAME.xlsx TEXT: writes every cell of a workbook into a text file.
func cells(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(dump(scriptTB{ts: ts}, ts.MkAbs(args[0]))), 0o600))
}

// workbooks FOLDER TEXT: writes the name and the hash of every file of a folder into a text file.
func workbooks(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(hashes(scriptTB{ts: ts}, ts.MkAbs(args[0]))), 0o600))
}

// scriptTB lets test helpers be used in a script.
type scriptTB struct {
	testing.TB
	ts *testscript.TestScript
}

func (scriptTB) Helper() {}

func (s scriptTB) Fatal(values ...any) { s.ts.Fatalf("%v", values) }
