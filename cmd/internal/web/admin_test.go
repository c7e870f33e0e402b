package web_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// The last backup is the one in the audit trail, wherever it was written.
func TestLastBackup(t *testing.T) {
	t.Parallel()
	s := newSite(t, 1500)
	admin := s.as(t, "demo-beheerder")
	if page := admin.page(t, "/beheer/stand"); !strings.Contains(page, "geen gevonden") {
		t.Fatal("a backup is found before one is made")
	}
	read, err := workspace.Read(s.folder, "")
	if err != nil {
		t.Fatal(err)
	}
	opened, err := read.Open(t.Context(), workspace.Options{Act: workspace.Act{Who: "iemand", Command: "pxq backup"}})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(opened.Audit(t.Context(), views.BackupRemark+"elders/pxq.db"), opened.Close()); err != nil {
		t.Fatal(err)
	}
	if page := admin.page(t, "/beheer/stand"); strings.Contains(page, "geen gevonden") || strings.Contains(page, "elders") {
		t.Error("the backup is not found, or its place is told")
	}
}
