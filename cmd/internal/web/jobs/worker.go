// Package jobs does the work of the pages in the background: checks of uploads, two at a time, and jobs, one after the other in the
// order in which they were requested. A job is a row of the web store; its kinds are the constants TakeIn to Referral.
//
// Read [Worker] in worker.go first: Ask queues a job, run and doNext take the next, do dispatches on its kind to the functions in
// work.go and decisions.go. checks.go checks uploads, recover.go completes what a killed program left, tidy.go removes what
// expired, and pages.go shows jobs and their progress.
package jobs

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/billing/parallel"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// Ask queues a job for a visitor.
func (s *Worker) Ask(ctx context.Context, who *site.Visitor, kind, subject string) (*webstore.Job, error) {
	job := &webstore.Job{Kind: kind, Subject: subject, Account: who.Account.ID, Name: who.Account.Shown, Role: who.Account.Role, AsOf: int64(s.Options.Today())}
	if err := s.Store.AddJob(ctx, job); err != nil {
		return nil, err
	}
	s.Hurry()
	return job, nil
}

// AskSending queues the job that takes in an upload whose files are among the submissions, and records that it was sent.
func (s *Worker) AskSending(ctx context.Context, who *site.Visitor, upload string) error {
	job := &webstore.Job{Kind: TakeIn, Subject: upload, Account: who.Account.ID, Name: who.Account.Shown, Role: who.Account.Role, AsOf: int64(s.Options.Today())}
	if err := s.Store.AddSending(ctx, upload, who.Account.Shown, job); err != nil {
		return err
	}
	s.Hurry()
	return nil
}

// AskOnce returns a waiting job of the same kind and subject if there is one, and queues a new one otherwise.
func (s *Worker) AskOnce(ctx context.Context, who *site.Visitor, kind, subject string) (*webstore.Job, error) {
	s.asking.Lock()
	defer s.asking.Unlock()

	job, waits, err := s.Store.WaitingJob(ctx, kind, subject)
	if err != nil || waits {
		return job, err
	}
	return s.Ask(ctx, who, kind, subject)
}

// The kinds of jobs.
const (
	TakeIn   = "innemen"
	TakeBack = "intrekken"
	Decide   = "besluiten"
	Run      = "berekenen"
	Close    = "afsluiten"
	Year     = "jaar"
	Referral = "toewijzingen"
)

// Worker does the jobs one after the other, in the order in which they were requested. Each job holds the lock of the ledger, so that
// the command and the pages take turns.
type Worker struct {
	*site.Site
	wake    chan struct{}
	checks  chan struct{} // semaphore of two
	asking  sync.Mutex    // held by AskOnce, so that the second of two simultaneous requests joins the job of the first
	Sending sync.Mutex    // held while an upload is being sent
	results resultCache
	stop    context.CancelFunc
	work    sync.WaitGroup
}

// New returns the worker of a site.
func New(s *site.Site) *Worker {
	return &Worker{Site: s, wake: make(chan struct{}, 1), checks: make(chan struct{}, 2)}
}

// Start recovers what was left when the program last stopped, and starts the background work. Jobs and checks that were under way
// start again, except that a close is cancelled.
func (s *Worker) Start(ctx context.Context) error {
	if err := s.Store.Restart(ctx, Close); err != nil {
		return err
	}
	if err := s.recover(ctx); err != nil {
		return err
	}
	working, stop := context.WithCancel(context.Background())
	s.stop = stop
	s.work.Go(func() { s.run(working) })
	s.work.Go(func() { s.tidyUp(working) })
	return s.checkAgain(ctx)
}

// End stops the background work and waits until it has stopped; checks that were started are finished first.
func (s *Worker) End() {
	if s.stop != nil {
		s.stop()
	}
	s.work.Wait()
}

// Hurry makes the worker look for a job at once.
func (s *Worker) Hurry() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// retryAfter is the time after which an idle worker looks for a job again.
const retryAfter = 2 * time.Second

func (s *Worker) run(ctx context.Context) {
	night := s.nextNight(time.Now())
	for {
		night = s.nightly(ctx, night, time.Now())
		did, err := s.doNext(ctx)
		if ctx.Err() != nil {
			return
		}
		if err != nil {
			s.Log.Error("job", "error", bsn.MaskLine(err.Error()))
		}
		if did && err == nil {
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		case <-time.After(retryAfter):
		}
	}
}

// nightly queues the nightly run if its time, night, has come, and returns the time of the next one: night itself after an error,
// which it logs, so that the run is tried again.
func (s *Worker) nightly(ctx context.Context, night, now time.Time) time.Time {
	if night.IsZero() || !now.After(night) {
		return night
	}
	if err := s.askNightly(ctx); err != nil {
		s.Log.Error("nightly", "error", bsn.MaskLine(err.Error()))
		return night
	}
	return s.nextNight(now)
}

// nextNight returns the time of the next nightly run; the zero time for never.
func (s *Worker) nextNight(now time.Time) time.Time {
	if s.Web.RunAt == "" {
		return time.Time{}
	}
	hour, minute, _ := strings.Cut(s.Web.RunAt, ":")
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	local := now.In(words.Zone())
	at := time.Date(local.Year(), local.Month(), local.Day(), h, m, 0, 0, words.Zone())
	if !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	return at
}

// askNightly queues a run of the open period, unless one is waiting or nothing was run yet.
func (s *Worker) askNightly(ctx context.Context) error {
	period, err := s.Views.OpenPeriod(ctx)
	if err != nil || period == 0 {
		return err
	}
	if _, waits, err := s.Store.WaitingJob(ctx, Run, period.String()); err != nil || waits {
		return err
	}
	job := &webstore.Job{Kind: Run, Subject: period.String(), Name: "pxq", AsOf: int64(s.Options.Today())}
	return s.Store.AddJob(ctx, job)
}

// doNext does the next job. Did is false if none is waiting, or if the job has to wait for another process.
func (s *Worker) doNext(ctx context.Context) (did bool, err error) {
	job, found, err := s.Store.NextJob(ctx)
	if err != nil || !found {
		return false, err
	}
	begun, err := s.Store.BeginJob(ctx, job.ID)
	if err != nil || !begun {
		return begun, err
	}
	message, result, err := s.do(ctx, job)
	ending := context.WithoutCancel(ctx)
	switch {
	case err == nil:
		if err := s.Store.EndJob(ending, job.ID, webstore.Done, message, result); err != nil {
			return true, err
		}
	case workspace.IsBusy(err):
		return false, s.waitAgain(ending, job, err)
	case ctx.Err() != nil:
		return true, nil // the program is stopping; the job starts again with it
	default:
		if err := s.Store.EndJob(ending, job.ID, webstore.Failed, words.Kept(s.words(err)), ""); err != nil {
			return true, err
		}
	}
	s.after(ending, job, err)
	return true, nil
}

// waitAgain makes a job wait again, with a message that names the process which holds the ledger.
func (s *Worker) waitAgain(ctx context.Context, job *webstore.Job, err error) error {
	return s.Store.Wait(ctx, job.ID, words.Kept(s.words(err)))
}

// do does a job. It returns its message and its result, as JSON. A panic is returned as an error.
func (s *Worker) do(ctx context.Context, job *webstore.Job) (message, result string, err error) {
	defer func() {
		if found := recover(); found != nil {
			err = parallel.Recovered(found)
		}
	}()
	folder, err := workspace.Read(s.Options.Path, s.Options.Language)
	if err != nil {
		return "", "", err
	}
	opened, err := folder.Open(ctx, workspace.Options{Database: s.Options.Database, Create: true, Act: s.act(ctx, job)})
	if err != nil {
		return "", "", err
	}
	defer func() {
		if err != nil && !workspace.IsBusy(err) && ctx.Err() == nil {
			text := s.words(err)
			err = errors.Join(&textError{err, text}, opened.Fail(ctx, text))
		}
		err = errors.Join(err, opened.Close())
	}()
	last := time.Time{}
	progress := func(event workspace.Event) {
		if time.Since(last) < 500*time.Millisecond {
			return
		}
		last = time.Now()
		if err := s.Store.TellJob(ctx, job.ID, words.Steps[event.Step], event.Done, event.Total); err != nil && ctx.Err() == nil {
			s.Log.Warn("progress", "error", err)
		}
	}
	asOf := billing.Date(job.AsOf)
	switch job.Kind {
	case TakeIn:
		return s.takeIn(ctx, opened, job, asOf, progress)
	case TakeBack:
		return s.takeBack(ctx, opened, job)
	case Decide:
		return s.decide(ctx, opened, job, asOf, progress)
	case Referral:
		return s.referrals(ctx, opened, job, asOf, progress)
	case Run:
		return s.compute(ctx, opened, job, asOf, progress)
	case Close:
		return s.closePeriod(ctx, opened, job, asOf, progress)
	case Year:
		year, err := strconv.Atoi(job.Subject)
		if err != nil {
			return "", "", err
		}
		made, err := opened.YearStatement(ctx, year, progress)
		if err != nil {
			return "", "", err
		}
		return words.Both("Verantwoording %s gemaakt: %d werkboeken.", job.Subject, len(made.Workbooks.Files)), s.keptReasons(made), nil
	}
	return "", "", fmt.Errorf("no job of kind %q", job.Kind)
}

// act returns the entry of a job for the audit trail: who requested it, and what it is.
func (s *Worker) act(ctx context.Context, job *webstore.Job) workspace.Act {
	who := job.Name
	if account, found, err := s.Store.Account(ctx, job.Account); err == nil && found {
		who = account.Name + " (" + account.Role + ")"
	}
	return workspace.Act{Who: bsn.MaskLine(who), Command: "pxq serve: " + job.Kind + " " + job.Subject}
}
