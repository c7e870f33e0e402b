package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/ledger"
	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/billing/report"
	"github.com/pxq-nl/pxq/exporters/reports"
)

// lastMade records what the latest workbooks of an open period were made of.
type lastMade struct {
	Run int64
	reports.Made
}

func madeName(period billing.Period) string { return "made/" + period.String() }

// keepMade stores what the workbooks of a run were made of, and that no provider was touched since. For a closed period it
// stores nothing, since its workbooks never change, and leaves the touched providers alone: the workbooks may be written
// late, when a run of the next period has touched providers already.
func keepMade(ctx context.Context, tx *ledger.Tx, run ledger.Run, of *reports.Made) error {
	if run.Closed() {
		return tx.SetMeta(ctx, madeName(run.Month()), "")
	}
	text := ""
	if of != nil {
		body, err := json.Marshal(lastMade{run.ID, *of})
		if err != nil {
			return err
		}
		text = string(body)
	}
	return errors.Join(tx.SetMeta(ctx, madeName(run.Month()), text), tx.ForgetTouched(ctx))
}

// lastWorkbooks returns the head of a report (see headOf) and the latest workbooks of its period. standing is nil unless it
// is known what changed since they were written: they have the same head, nothing was withdrawn, no other period was run, and
// no care was sent in messages, whose answers may change.
func (w *Workspace) lastWorkbooks(ctx context.Context, run ledger.Run, made *report.Report, known map[string]string) (head string, standing *reports.LastWorkbooks, err error) {
	if head, err = headOf(made); err != nil || run.Closed() {
		return head, nil, err
	}
	text, err := w.store.Meta(ctx, madeName(run.Month()))
	if err != nil || text == "" {
		return head, nil, err
	}
	var last lastMade
	if err := json.Unmarshal([]byte(text), &last); err != nil || last.Head != head {
		return head, nil, nil // another version or other settings: all workbooks are rewritten
	}
	if follows, err := w.followsOn(ctx, run, last.Run); err != nil || !follows {
		return head, nil, err
	}
	standing = &reports.LastWorkbooks{Made: last.Made, Folder: w.reports(run.Month().String()), Files: standingFiles(w.reports(run.Month().String()), known)}
	standing.Touched, err = w.store.TouchedProviders(ctx)
	return head, standing, err
}

// followsOn reports whether the changes since the run numbered last are all known from the records that were judged.
func (w *Workspace) followsOn(ctx context.Context, run ledger.Run, last int64) (bool, error) {
	if messages, err := w.store.HasMessages(ctx); err != nil || messages {
		return false, err
	}
	if taken, err := w.store.TakenBackAfter(ctx, last); err != nil || taken {
		return false, err
	}
	runs, err := w.store.Runs(ctx)
	return !slices.ContainsFunc(runs, func(other ledger.Run) bool { return other.ID > last && other.Period != run.Period }), err
}

// madeFormat is the version of the stored form of lastMade; another version is ignored.
const madeFormat = "2"

// headOf returns a text of everything that every workbook shows or depends on. Workbooks with another head cannot be reused.
func headOf(made *report.Report) (string, error) {
	policy, err := json.Marshal(made.Policy)
	if err != nil {
		return "", err
	}
	notes, err := json.Marshal(made.Notes)
	return strings.Join([]string{madeFormat, made.Region, made.Language, made.Program, made.AsOf.String(), made.Fingerprint, made.SecondFrom.String(), string(policy), string(notes)}, "\n"), err
}

// standingFiles returns, of the known hashes by name, those of the files in a folder that are as they were written.
func standingFiles(folder string, known map[string]string) map[string]string {
	standing := make(map[string]string, len(known))
	var lock sync.Mutex
	group, _ := parallel.New(context.Background())
	group.SetLimit(runtime.NumCPU())
	for name, hash := range known {
		group.Go(func() error {
			if now, err := reports.HashOf(filepath.Join(folder, name)); err == nil && now == hash {
				lock.Lock()
				defer lock.Unlock()
				standing[name] = hash
			}
			return nil
		})
	}
	_ = group.Wait() // no function returns an error: a file that cannot be read is left out
	return standing
}
