package jobs

import (
	"path/filepath"
	"sync"
	"testing"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
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
