package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// The kinds of jobs.
const (
	jobTakeIn   = "innemen"
	jobTakeBack = "intrekken"
	jobDecide   = "besluiten"
	jobRun      = "berekenen"
	jobClose    = "afsluiten"
	jobYear     = "jaar"
	jobReferral = "toewijzingen"
)

// worker does the jobs, one after the other, in the order in which they were asked. It holds the lock of the ledger for
// the time of a job, so that the command and the pages take turns.
type worker struct {
	*Server
	wake chan struct{}
}

func newWorker(s *Server) *worker { return &worker{Server: s, wake: make(chan struct{}, 1)} }

// hurry wakes the worker up.
func (w *worker) hurry() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// retryAfter is how long the worker waits before it looks again.
const retryAfter = 2 * time.Second

func (w *worker) run(ctx context.Context) {
	nextNight := w.nextNight(time.Now())
	for {
		if !nextNight.IsZero() && time.Now().After(nextNight) {
			w.askNightly(ctx)
			nextNight = w.nextNight(time.Now())
		}
		did, err := w.one(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			w.log.Error("job", "error", billing.Mask(err.Error()))
		}
		if did && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-w.wake:
		case <-time.After(retryAfter):
		}
	}
}

// nextNight returns when the next run is asked for by itself; the zero time is never.
func (w *worker) nextNight(now time.Time) time.Time {
	if w.web.RunAt == "" {
		return time.Time{}
	}
	hour, minute, _ := strings.Cut(w.web.RunAt, ":")
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	local := now.In(zone())
	at := time.Date(local.Year(), local.Month(), local.Day(), h, m, 0, 0, zone())
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// askNightly asks for a run of the open period.
func (w *worker) askNightly(ctx context.Context) {
	period, closed, run, err := w.views.OpenPeriod(ctx)
	if err != nil || run == 0 {
		return
	}
	if closed {
		period = period.Add(1)
	}
	if _, waits, err := w.store.WaitingJob(ctx, jobRun, period.String()); err != nil || waits {
		return
	}
	job := &webstore.Job{Kind: jobRun, Subject: period.String(), Name: "pxq", AsOf: int64(w.options.Today())}
	if err := w.store.AddJob(ctx, job); err != nil {
		w.log.Error("nightly", "error", err)
	}
}

// one does the job that was asked first; did is false when none waits, or when it has to wait for another process.
func (w *worker) one(ctx context.Context) (did bool, err error) {
	job, found, err := w.store.NextJob(ctx)
	if err != nil || !found {
		return false, err
	}
	begun, err := w.store.BeginJob(ctx, job.ID)
	if err != nil || !begun {
		return begun, err
	}
	message, result, err := w.do(ctx, job)
	ending := context.WithoutCancel(ctx)
	switch {
	case err == nil:
		if err := w.store.EndJob(ending, job.ID, webstore.Done, message, result); err != nil {
			return true, err
		}
	case workspace.IsBusy(err):
		return false, w.waitAgain(ending, job, err)
	case ctx.Err() != nil:
		return true, nil // it starts again when the program does
	default:
		if err := w.store.EndJob(ending, job.ID, webstore.Failed, w.words(err), ""); err != nil {
			return true, err
		}
	}
	w.after(ending, job, err)
	return true, nil
}

// waitAgain puts a job back that has to wait for another process, and says for whom.
func (w *worker) waitAgain(ctx context.Context, job *webstore.Job, err error) error {
	return w.store.Wait(ctx, job.ID, w.words(err))
}

// words writes an error for people.
func (w *worker) words(err error) string {
	if words, ok := errors.AsType[inWords](err); ok {
		return bsn.MaskLine(words.In(w.folder.Language))
	}
	w.log.Error("job", "error", billing.Mask(err.Error()))
	return say(w.folder.Language, "Er ging iets mis dat pxq niet kan duiden. Er is niets gewijzigd.")
}

// do does a job. A panic is an error like any other.
func (w *worker) do(ctx context.Context, job *webstore.Job) (message, result string, err error) {
	defer func() {
		if found := recover(); found != nil {
			err = fmt.Errorf("panic: %v\n%s", found, debug.Stack())
		}
	}()
	folder, err := workspace.Read(w.options.Path, w.options.Language)
	if err != nil {
		return "", "", err
	}
	opened, err := folder.Open(ctx, workspace.Options{Database: w.options.Database, Create: true})
	if err != nil {
		return "", "", err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	last := time.Time{}
	progress := func(event workspace.Event) {
		if time.Since(last) < 500*time.Millisecond {
			return
		}
		last = time.Now()
		if err := w.store.TellJob(ctx, job.ID, stepWords[event.Step], event.Done, event.Total, ""); err != nil && ctx.Err() == nil {
			w.log.Warn("progress", "error", err)
		}
	}
	asOf := billing.Date(job.AsOf)
	switch job.Kind {
	case jobTakeIn:
		return w.takeIn(ctx, opened, job, asOf, progress)
	case jobTakeBack:
		return w.takeBack(ctx, opened, job)
	case jobDecide:
		return w.decide(ctx, opened, job, asOf, progress)
	case jobReferral:
		return w.referrals(ctx, opened, job, asOf, progress)
	case jobRun:
		return w.compute(ctx, opened, job, asOf, progress)
	case jobClose:
		return w.closePeriod(ctx, opened, job, asOf, progress)
	case jobYear:
		year, err := strconv.Atoi(job.Subject)
		if err != nil {
			return "", "", err
		}
		made, err := opened.YearStatement(ctx, year, progress)
		if err != nil {
			return "", "", err
		}
		return w.text("Verantwoording %s gemaakt: %d werkboeken.", job.Subject, len(made.Workbooks.Files)), asJSON(made.Provisional), nil
	}
	return "", "", fmt.Errorf("no job of kind %q", job.Kind)
}

// stepWords are the steps of a job for people.
var stepWords = map[workspace.Step]string{
	workspace.TakingIn: "inlezen", workspace.Judging: "toetsen", workspace.Recomputing: "narekenen", workspace.Writing: "werkboeken schrijven",
}

func (w *worker) text(key string, values ...any) string {
	return say(w.folder.Language, key, values...)
}

func asJSON(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}
