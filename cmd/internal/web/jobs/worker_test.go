package jobs

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
	"github.com/pxq-nl/pxq/cmd/internal/workspace/views"
)

// Simultaneous requests for the same job join one waiting job.
func TestAskedAtOnce(t *testing.T) {
	store, err := webstore.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "pxq.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	worker := New(&site.Site{Store: store, Options: site.Options{Today: func() billing.Date { return billing.NewDate(2026, 11, 26) }}})
	who := &site.Visitor{Account: &webstore.Account{ID: "a", Shown: "A", Role: "regio"}}
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if _, err := worker.AskOnce(t.Context(), who, Run, "2026-10"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if jobs, err := store.Jobs(t.Context(), "", nil, 0, 10); err != nil || len(jobs) != 1 {
		t.Errorf("%d jobs wait: %v", len(jobs), err)
	}
}

// A nightly run that cannot be queued, because the database does not respond, is logged and tried again; one that can be is due
// again the next night.
func TestNightlyIsTriedAgain(t *testing.T) {
	path := t.TempDir()
	if err := os.WriteFile(filepath.Join(path, "pxq.toml"), []byte("trial = true\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	folder, err := workspace.Read(path, "")
	if err != nil {
		t.Fatal(err)
	}
	opened, err := views.Open(t.Context(), folder, "")
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	worker := New(&site.Site{Views: opened, Web: workspace.WebSettings{RunAt: "02:00"}, Log: slog.New(slog.NewTextHandler(&log, nil))})
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	night, next := now.Add(-time.Minute), worker.nextNight(now)
	if got := worker.nightly(t.Context(), night, now); !got.Equal(next) || log.Len() > 0 {
		t.Errorf("queued, but due at %v and not %v: %s", got, next, &log)
	}
	if err := opened.Close(); err != nil {
		t.Fatal(err)
	}
	if got := worker.nightly(t.Context(), night, now); !got.Equal(night) || !strings.Contains(log.String(), "nightly") {
		t.Errorf("not queued, but due at %v and not %v; the log says %q", got, night, &log)
	}
}
