package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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

// takeIn takes in what a provider sent.
func (w *worker) takeIn(ctx context.Context, opened *workspace.Workspace, job *webstore.Job, asOf billing.Date, progress workspace.Progress) (message, result string, err error) {
	upload, found, err := w.store.Upload(ctx, job.Subject)
	if err != nil || !found {
		return "", "", errors.Join(err, errNotThere)
	}
	files, err := filesOf(filepath.Join(w.folder.Path, "submissions", "web", upload.ID))
	if err != nil {
		return "", "", err
	}
	imported, err := opened.ImportOwn(ctx, "pxq serve: innemen", upload.Code, files, asOf, progress)
	if err != nil {
		return "", "", err
	}
	kept, again := 0, 0
	for _, file := range imported.Files {
		if file.Refused != nil {
			return "", "", problem("Geweigerd bij het inlezen: %s", "Refused while taking in: %s", file.Refused.In(w.folder.Language))
		}
		kept += file.Kept
		again += file.AlreadyReceived
		if file.Known {
			again += file.Records
		}
	}
	return w.text("Ingelezen: %d regels nieuw, %d al ontvangen.", kept, again), "", nil
}

// takeBack takes back what a provider sent, as if it had never come, and takes its files out of the inbox.
func (w *worker) takeBack(ctx context.Context, opened *workspace.Workspace, job *webstore.Job) (message, result string, err error) {
	upload, found, err := w.store.Upload(ctx, job.Subject)
	if err != nil || !found {
		return "", "", errors.Join(err, errNotThere)
	}
	folder := filepath.Join(w.folder.Path, "submissions", "web", upload.ID)
	for _, file := range uploadFiles(upload) {
		seen, taken, err := w.views.SeenByRun(ctx, file.SHA256)
		switch {
		case err != nil:
			return "", "", err
		case seen:
			return "", "", problem("Een berekening heeft dit bestand al gezien. Trek regels in met aantal 0.", "A computation has seen this file already. Withdraw rows with quantity 0.")
		case taken:
			if _, _, err := opened.Withdraw(ctx, filepath.Join(folder, file.Name)); err != nil {
				return "", "", err
			}
		}
	}
	return w.text("Ingetrokken: het bestand telt niet meer mee."), "", os.RemoveAll(folder)
}

// decide takes in a file of decisions.
func (w *worker) decide(ctx context.Context, opened *workspace.Workspace, job *webstore.Job, asOf billing.Date, progress workspace.Progress) (message, result string, err error) {
	imported, err := opened.ImportAs(ctx, "pxq serve: besluiten", []string{w.decisionFile(job.Subject)}, asOf, progress)
	if err != nil {
		return "", "", err
	}
	taken := 0
	for _, file := range imported.Files {
		if file.Refused != nil {
			return "", "", problem("Geweigerd bij het inlezen: %s", "Refused while taking in: %s", file.Refused.In(w.folder.Language))
		}
		taken += file.Decisions
	}
	message = w.text("%d besluiten ingelezen.", taken)
	for _, not := range imported.Decisions {
		message += "\n" + w.text("Niet overgenomen: %s %s: %s", not.Reference, not.Code, not.Reason.In(w.folder.Language))
	}
	return message, "", nil
}

// decisionFile returns the file of decisions of a job.
func (s *Server) decisionFile(id string) string {
	return filepath.Join(s.folder.Path, "decisions", "web", id+".csv")
}

// referrals takes in referrals that the region put up.
func (w *worker) referrals(ctx context.Context, opened *workspace.Workspace, job *webstore.Job, asOf billing.Date, progress workspace.Progress) (message, result string, err error) {
	files, err := filesOf(filepath.Join(w.folder.Path, "referrals", "web", job.Subject))
	if err != nil {
		return "", "", err
	}
	imported, err := opened.ImportAs(ctx, "pxq serve: toewijzingen", files, asOf, progress)
	if err != nil {
		return "", "", err
	}
	taken := 0
	var not []referralNotTaken
	for _, file := range imported.Files {
		if file.Refused != nil {
			return "", "", problem("Geweigerd bij het inlezen: %s", "Refused while taking in: %s", file.Refused.In(w.folder.Language))
		}
		taken += file.Referrals
	}
	for _, p := range imported.Referrals {
		not = append(not, asNotTaken(p, w.folder.Language))
	}
	return w.text("%d toewijzingen ingelezen, %d regels niet overgenomen.", taken, len(not)), asJSON(not), nil
}

// compute runs a period.
func (w *worker) compute(ctx context.Context, opened *workspace.Workspace, job *webstore.Job, asOf billing.Date, progress workspace.Progress) (message, result string, err error) {
	period, err := billing.ParsePeriod(job.Subject)
	if err != nil {
		return "", "", err
	}
	month, err := opened.Run(ctx, workspace.RunOptions{Period: period, AsOf: asOf}, progress)
	if err != nil {
		return "", "", err
	}
	message = w.text("Berekend: %s in %d declaratieregels.", formatEuro(month.Summary.Declared, w.folder.Language), month.Summary.Lines)
	if month.Unchanged {
		message = w.text("Er was niets nieuws: de uitkomst van de vorige berekening staat.")
	}
	for _, file := range month.Imported.Files {
		if file.Refused != nil {
			message += "\n" + w.text("Geweigerd: %s", bsn.MaskLine(file.Refused.In(w.folder.Language)))
		}
	}
	return message, w.comparison(ctx, opened, period), nil
}

// comparison returns what the last run of a period made otherwise than the one before it.
func (w *worker) comparison(ctx context.Context, opened *workspace.Workspace, period billing.Period) string {
	diff, compared, _, err := opened.Compare(ctx, period)
	if err != nil || !compared {
		return ""
	}
	return asJSON(changeOf(diff))
}

// closePeriod makes a period final.
func (w *worker) closePeriod(ctx context.Context, opened *workspace.Workspace, job *webstore.Job, asOf billing.Date, progress workspace.Progress) (message, result string, err error) {
	of, run, _ := strings.Cut(job.Subject, "/")
	period, err := billing.ParsePeriod(of)
	if err != nil {
		return "", "", err
	}
	if _, _, now, err := w.views.OpenPeriod(ctx); err != nil || strconv.FormatInt(now, 10) != run {
		return "", "", problem("Er is opnieuw berekend sinds het afsluiten gevraagd is. Bekijk de nieuwe uitkomst en vraag het opnieuw.",
			"There was another computation since the close was asked for. Look at the new result and ask again.")
	}
	month, err := opened.ClosePeriod(ctx, workspace.CloseOptions{Period: period, AsOf: asOf}, progress)
	if err != nil {
		return "", "", err
	}
	return w.text("Periode %s is afgesloten. Ketenkop: %s", period, month.Head), "", nil
}

// after tells what came of a job where it is looked for, and writes the log.
func (w *worker) after(ctx context.Context, job *webstore.Job, err error) {
	outcome := "gelukt"
	if err != nil {
		outcome = "mislukt"
	}
	entry := webstore.Entry{Role: job.Role, Act: job.Kind, Object: job.Subject, Outcome: outcome}
	if account, found, err := w.store.Account(ctx, job.Account); err == nil && found {
		entry.Account = account.Name
	}
	problems := []error{w.store.Log(ctx, entry)}
	switch job.Kind {
	case jobDecide:
		problems = append(problems, w.store.DecisionsTakenIn(ctx, job.ID))
	case jobTakeIn:
		to := webstore.TakenIn
		if err != nil {
			to = webstore.Refused
			problems = append(problems, w.store.SetMessage(ctx, job.Subject, w.words(err)), os.RemoveAll(filepath.Join(w.folder.Path, "submissions", "web", job.Subject)))
		}
		_, moved := w.store.MoveUpload(ctx, job.Subject, webstore.Sent, to)
		problems = append(problems, moved)
	case jobTakeBack:
		if err == nil {
			_, moved := w.store.MoveUpload(ctx, job.Subject, webstore.Sent, webstore.TakenBack)
			_, movedToo := w.store.MoveUpload(ctx, job.Subject, webstore.TakenIn, webstore.TakenBack)
			problems = append(problems, moved, movedToo)
		}
	}
	if err := errors.Join(problems...); err != nil {
		w.log.Error("after a job", "error", err)
	}
}

// filesOf returns the files of a folder, in order.
func filesOf(folder string) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var files []string
	for _, entry := range entries {
		if entry.Type().IsRegular() {
			files = append(files, filepath.Join(folder, entry.Name()))
		}
	}
	return files, nil
}

// ask asks for a job.
func (s *Server) ask(ctx context.Context, who *visitor, kind, subject string) (*webstore.Job, error) {
	job := &webstore.Job{Kind: kind, Subject: subject, Account: who.account.ID, Name: who.account.Shown, Role: who.account.Role, AsOf: int64(s.options.Today())}
	if err := s.store.AddJob(ctx, job); err != nil {
		return nil, err
	}
	s.worker.hurry()
	return job, nil
}
