package site

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// A panic in a handler or a job is reported in a file of the workspace and in the log, under the same number and without data.
func TestDefectOfPages(t *testing.T) {
	var log bytes.Buffer
	s := &Site{Folder: &workspace.Folder{Path: t.TempDir()}, Log: slog.New(slog.NewTextHandler(&log, nil))}
	kept := s.Defect(parallel.Safely(func() error { panic("cliënt 999910012") })(), "pxq serve GET /maand")
	if kept == nil || len(kept.Number) != 6 {
		t.Fatalf("%+v", kept)
	}
	content, err := os.ReadFile(kept.Path)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(content), log.String()} {
		if strings.Contains(text, "999910012") || !strings.Contains(text, kept.Number) || !strings.Contains(text, "answers_test.go:") {
			t.Errorf("%s", text)
		}
	}
	if s.Defect(errors.New("no panic"), "") != nil {
		t.Error("an error is taken for a panic")
	}
}
