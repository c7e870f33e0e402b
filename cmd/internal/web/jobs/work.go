package jobs

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// takeIn takes in the files of a sent upload.
func (s *Worker) takeIn(ctx context.Context, opened *workspace.Workspace, job *webstore.Job, asOf billing.Date, progress workspace.Progress) (message, result string, err error) {
	upload, found, err := s.Store.Upload(ctx, job.Subject)
	if err != nil || !found {
		return "", "", errors.Join(err, site.ErrNotThere)
	}
	files, err := filesOf(s.sentFolder(upload.ID))
	if err != nil {
		return "", "", err
	}
	imported, err := opened.ImportOwn(ctx, "pxq serve: innemen", upload.Provider, files, asOf, progress)
	if err != nil {
		return "", "", err
	}
	kept, again := 0, 0
	for _, file := range imported.Files {
		if file.Refused != nil {
			return "", "", s.refused(file.Refused)
		}
		kept += file.Kept
		again += file.AlreadyReceived
		if file.Known {
			brought, had, err := s.ofKnown(ctx, upload, file.Name)
			if err != nil {
				return "", "", err
			}
			kept += brought
			again += had
		}
	}
	return words.Both("Ingelezen: %s nieuw, %s al ontvangen.", words.Count(kept), words.Count(again)), "", nil
}

// ofKnown counts the rows of a file that was known when the job had its turn: those this upload brought, since a run took the file in
// first, and those that were already received.
func (s *Worker) ofKnown(ctx context.Context, upload *webstore.Upload, name string) (brought, had int, err error) {
	for _, file := range site.UploadFiles(upload) {
		if file.Name != name {
			continue
		}
		reading, _, err := s.Views.ReadingOf(ctx, file.SHA256)
		if err != nil || file.Before {
			return 0, reading.Rows, err
		}
		return reading.Kept, reading.Rows - reading.Kept, nil
	}
	return 0, 0, nil
}

// takeBack takes back the files of an upload, as if they had never been sent, and removes them from the submissions. A file that came
// in another way as well still counts.
func (s *Worker) takeBack(ctx context.Context, opened *workspace.Workspace, job *webstore.Job) (message, result string, err error) {
	upload, found, err := s.Store.Upload(ctx, job.Subject)
	if err != nil || !found {
		return "", "", errors.Join(err, site.ErrNotThere)
	}
	folder := s.sentFolder(upload.ID)
	message = words.Both("Ingetrokken: het bestand telt niet meer mee.")
	for _, file := range site.UploadFiles(upload) {
		seen, taken, err := s.Views.SeenByRun(ctx, file.SHA256)
		switch {
		case err != nil:
			return "", "", err
		case seen && !file.Before:
			return "", "", site.Refuse("Een berekening heeft dit bestand al gezien. Trek regels in met aantal 0.", "A run has already read this file. Withdraw records with quantity 0.")
		case taken && !file.Before:
			if _, _, err := opened.Withdraw(ctx, filepath.Join(folder, file.Name)); err != nil {
				return "", "", err
			}
		case taken:
			message = words.Both("Ingetrokken. Wat al langs een andere weg was ontvangen, telt nog mee.")
		}
	}
	return message, "", os.RemoveAll(folder)
}

// referrals takes in referrals that the region uploaded.
func (s *Worker) referrals(ctx context.Context, opened *workspace.Workspace, job *webstore.Job, asOf billing.Date, progress workspace.Progress) (message, result string, err error) {
	files, err := filesOf(filepath.Join(s.Folder.Path, "referrals", "web", job.Subject))
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
			return "", "", s.refused(file.Refused)
		}
		taken += file.Referrals
	}
	for _, p := range imported.Referrals {
		not = append(not, asNotTaken(p))
	}
	return words.Both("Toewijzingen ingelezen: %d; rijen niet overgenomen: %d.", taken, len(not)), site.AsJSON(not), nil
}

// compute runs a period and writes its workbooks.
func (s *Worker) compute(ctx context.Context, opened *workspace.Workspace, job *webstore.Job, asOf billing.Date, progress workspace.Progress) (message, result string, err error) {
	period, err := billing.ParsePeriod(job.Subject)
	if err != nil {
		return "", "", err
	}
	month, err := opened.Run(ctx, workspace.RunOptions{Period: period, AsOf: asOf}, progress)
	if err != nil {
		return "", "", err
	}
	message = words.Both("Berekend: %s in %d declaratieregels.", words.Amount(month.Summary.Declared), month.Summary.Lines)
	if month.Unchanged {
		message = words.Both("Er was niets nieuws: de uitkomst van de vorige berekening staat.")
	}
	for _, file := range month.Imported.Files {
		if file.Refused != nil {
			message += "\n" + words.Both("Geweigerd: %s", s.masked(file.Refused))
		} else if file.BackAgain {
			message += "\n" + words.Both("Eerder teruggetrokken, en nu opnieuw ingelezen: %s", file.Name)
		}
	}
	for _, line := range notTaken(month.Imported) {
		message += "\n" + line
	}
	return message, s.comparison(ctx, opened, period), nil
}

// comparison returns the changes between the last run of a period and the one before it, as JSON; "" if there is nothing to compare.
func (s *Worker) comparison(ctx context.Context, opened *workspace.Workspace, period billing.Period) string {
	diff, compared, _, err := opened.Compare(ctx, period)
	if err != nil || !compared {
		return ""
	}
	return site.AsJSON(changeOf(diff))
}

// closePeriod closes a period, unless there was another run since the close was requested.
func (s *Worker) closePeriod(ctx context.Context, opened *workspace.Workspace, job *webstore.Job, asOf billing.Date, progress workspace.Progress) (message, result string, err error) {
	of, run, _ := strings.Cut(job.Subject, "/")
	period, err := billing.ParsePeriod(of)
	if err != nil {
		return "", "", err
	}
	if _, _, now, err := s.Views.LastPeriod(ctx); err != nil || strconv.FormatInt(now, 10) != run {
		return "", "", site.Refuse("Er is opnieuw berekend sinds het afsluiten gevraagd is. Bekijk de nieuwe uitkomst en vraag het opnieuw.",
			"There has been another run since the close was requested. Look at the new result and request it again.")
	}
	confirm, err := s.reasonsToClose(ctx, period, run)
	if err != nil {
		return "", "", err
	}
	month, err := opened.ClosePeriod(ctx, workspace.CloseOptions{Period: period, AsOf: asOf, Confirm: confirm}, progress)
	if err != nil {
		return "", "", err
	}
	return words.Both("Periode %s is afgesloten. Ketenkop: %s", period, month.Head), "", nil
}

// reasonsToClose returns the reasons that were given for closing beyond a safety bound, with who gave them; "" for none.
func (s *Worker) reasonsToClose(ctx context.Context, period billing.Period, run string) (string, error) {
	number, err := strconv.ParseInt(run, 10, 64)
	if err != nil {
		return "", err
	}
	agreements, err := s.Store.Agreements(ctx, int64(period), number)
	var reasons []string
	for _, agreement := range agreements {
		if agreement.Reason != "" {
			reasons = append(reasons, agreement.Name+": "+agreement.Reason)
		}
	}
	return strings.Join(reasons, "; "), err
}

// after logs the outcome of a job, and moves its upload to the state that follows.
func (s *Worker) after(ctx context.Context, job *webstore.Job, err error) {
	outcome := "gelukt"
	if err != nil {
		outcome = "mislukt"
	}
	entry := webstore.Entry{Role: job.Role, Act: job.Kind, Object: job.Subject, Outcome: outcome}
	if account, found, err := s.Store.Account(ctx, job.Account); err == nil && found {
		entry.Account = account.Name
	}
	s.Enter(ctx, &entry)
	var problems []error
	switch job.Kind {
	case TakeIn:
		to := webstore.TakenIn
		if err != nil {
			to = webstore.Refused
			problems = append(problems, s.Store.SetMessage(ctx, job.Subject, words.Kept(s.words(err))), os.RemoveAll(s.sentFolder(job.Subject)))
		}
		_, moved := s.Store.MoveUpload(ctx, job.Subject, webstore.Sent, to)
		problems = append(problems, moved)
	case TakeBack:
		if err == nil {
			_, moved := s.Store.MoveUpload(ctx, job.Subject, webstore.Sent, webstore.TakenBack)
			_, movedToo := s.Store.MoveUpload(ctx, job.Subject, webstore.TakenIn, webstore.TakenBack)
			problems = append(problems, moved, movedToo)
		}
	}
	if err := errors.Join(problems...); err != nil {
		s.Log.Error("after a job", "error", err)
	}
}

// filesOf returns the paths of the files in a folder, sorted.
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
