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

// lastMade is what the workbooks that were written last of an open period were made of.
type lastMade struct {
	Run int64
	reports.Made
}

func madeName(period billing.Period) string { return "made/" + period.String() }

// keepMade notes what workbooks were made of, and that nobody was touched since. Of a closed period nothing is kept, for its
// workbooks stay as they are; they may be written late, when a run of the next period has touched providers already.
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

// lastWorkbooks returns what stands on every workbook of a report, and those that were written last of its period when it can be
// told what changed since: nothing was taken back, no other period was run, and no care comes in messages, of which an
// answer may change.
func (w *Workspace) lastWorkbooks(ctx context.Context, run ledger.Run, made *report.Report, known map[string]string) (head string, standing *reports.Standing, err error) {
	if head, err = headOf(made); err != nil || run.Closed() {
		return head, nil, err
	}
	text, err := w.store.Meta(ctx, madeName(run.Month()))
	if err != nil || text == "" {
		return head, nil, err
	}
	var last lastMade
	if err := json.Unmarshal([]byte(text), &last); err != nil || last.Head != head {
		return head, nil, nil // of another version: all is made anew
	}
	if follows, err := w.followsOn(ctx, run, last.Run); err != nil || !follows {
		return head, nil, err
	}
	standing = &reports.Standing{Made: last.Made, Folder: w.reports(run.Month().String()), Files: standingFiles(w.reports(run.Month().String()), known)}
	standing.Touched, err = w.store.TouchedProviders(ctx)
	return head, standing, err
}

// followsOn reports whether what changed between two runs is known from what was judged.
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

// keptAs is how it is kept what workbooks were made of: what was kept otherwise is not looked at.
const keptAs = "2"

// headOf is what stands on every workbook, or decides what does.
func headOf(made *report.Report) (string, error) {
	policy, err := json.Marshal(made.Policy)
	if err != nil {
		return "", err
	}
	notes, err := json.Marshal(made.Notes)
	return strings.Join([]string{keptAs, made.Region, made.Language, made.Program, made.AsOf.String(), made.Fingerprint, made.SecondFrom.String(), string(policy), string(notes)}, "\n"), err
}

// standingFiles returns the hashes of the files in a folder that are as they were written.
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
	_ = group.Wait() // of what cannot be read it is not known
	return standing
}
