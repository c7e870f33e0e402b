package jobs

import (
	"bytes"
	"context"
	"encoding/csv"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/billing"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
	"github.com/pxq-nl/pxq/cmd/internal/workspace"
)

// NameDecisions gives the decisions file of a job its final name, unless it has that already.
func (s *Worker) NameDecisions(id string) error {
	path := s.DecisionFile(id)
	err := os.Rename(path+".new", path)
	if _, missing := os.Stat(path); missing == nil {
		return nil
	}
	return err
}

// decide takes in the decisions file of a job.
func (s *Worker) decide(ctx context.Context, opened *workspace.Workspace, job *webstore.Job, asOf billing.Date, progress workspace.Progress) (message, result string, err error) {
	if err := s.NameDecisions(job.Subject); err != nil {
		return "", "", err
	}
	imported, err := opened.ImportAs(ctx, "pxq serve: besluiten", []string{s.DecisionFile(job.Subject)}, asOf, progress)
	if err != nil {
		return "", "", err
	}
	taken := 0
	for _, file := range imported.Files {
		if file.Refused != nil {
			return "", "", s.refused(file.Refused)
		}
		taken += file.Decisions
		if file.Known {
			return s.decidedBefore(ctx, job)
		}
	}
	message = decisionsTaken(taken)
	for _, not := range imported.Decisions {
		message += "\n" + words.Both("Niet overgenomen: %s %s: %s", not.Reference, not.Code, not.Reason)
	}
	return message, "", nil
}

func decisionsTaken(taken int) string { return words.Both("%d besluiten ingelezen.", taken) }

// decidedBefore returns the message of a job whose decisions file a run took in before the job had its turn.
func (s *Worker) decidedBefore(ctx context.Context, job *webstore.Job) (message, result string, err error) {
	content, err := os.ReadFile(s.DecisionFile(job.Subject))
	if err != nil {
		return "", "", err
	}
	in := csv.NewReader(bytes.NewReader(content))
	in.Comma = ';'
	rows, err := in.ReadAll()
	if err != nil {
		return "", "", err
	}
	hash := site.NewHash()
	hash.Write(content)
	reading, _, err := s.Views.ReadingOf(ctx, hash.Text())
	if err != nil {
		return "", "", err
	}
	message = decisionsTaken(reading.Decisions)
	if left := len(rows) - 1 - reading.Decisions; left > 0 {
		message += "\n" + words.Both("Niet overgenomen: %d. Wat nog een besluit vraagt, staat onder Uitval.", left)
	}
	return message, "", nil
}

// DecisionFile returns the path of the decisions file of a job.
func (s *Worker) DecisionFile(id string) string {
	return filepath.Join(s.Folder.Path, "decisions", "web", id+".csv")
}
