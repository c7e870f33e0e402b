package providers

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"

	"github.com/pxq-nl/pxq/cmd/internal/web/jobs"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
	"github.com/pxq-nl/pxq/cmd/internal/web/words"
)

// postSend submits an upload: its files move to the submissions of the workspace, where a job or a run takes them in.
func (s *Pages) postSend(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	moved, err := s.send(ctx, who, upload)
	if err != nil {
		return err
	}
	if moved {
		s.Note(r, who, "insturen", upload.ID, "gevraagd")
	}
	return site.Redirect(w, r, "/aanleveringen/"+upload.ID) // not moved: it was sent already, or is not in a state to be sent
}

// send moves the files of an upload to the submissions and queues the job that takes them in. After an error it undoes both. Moved
// is false if the upload is not in state Checked.
func (s *Pages) send(ctx context.Context, who *site.Visitor, upload *webstore.Upload) (moved bool, err error) {
	s.Sending.Lock()
	defer s.Sending.Unlock()
	if moved, err = s.Store.MoveUpload(ctx, upload.ID, webstore.Checked, webstore.Sent); err != nil || !moved {
		return false, err
	}
	from, to := s.UploadFolder(upload.ID), filepath.Join(s.Folder.Path, "submissions", "web", upload.ID)
	err = errors.Join(s.markKnown(ctx, upload), os.MkdirAll(filepath.Dir(to), 0o700))
	if err == nil {
		err = os.Rename(from, to)
	}
	if err == nil {
		if err = s.AskSending(ctx, who, upload.ID); err != nil {
			err = errors.Join(err, os.Rename(to, from))
		}
	}
	if err != nil {
		_, back := s.Store.MoveUpload(context.WithoutCancel(ctx), upload.ID, webstore.Sent, webstore.Checked)
		return false, errors.Join(err, back)
	}
	return true, nil
}

// markKnown records which files of an upload were taken in before it was sent, from another upload or by the command.
func (s *Pages) markKnown(ctx context.Context, upload *webstore.Upload) (err error) {
	files := site.UploadFiles(upload)
	for i := range files {
		if _, files[i].Before, err = s.Views.ReadingOf(ctx, files[i].SHA256); err != nil {
			return err
		}
	}
	return s.Store.KeepFiles(ctx, upload.ID, site.AsJSON(files))
}

// postDiscard removes an upload that was not sent.
func (s *Pages) postDiscard(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	for _, state := range []string{webstore.Checked, webstore.Refused} {
		moved, err := s.Store.MoveUpload(ctx, upload.ID, state, webstore.Gone)
		if err != nil {
			return err
		}
		if moved {
			if err := os.RemoveAll(s.UploadFolder(upload.ID)); err != nil {
				return err
			}
			s.Note(r, who, "verwijderen", upload.ID, "gelukt")
			s.SetNotice(r, "Verwijderd. Er is niets van ingelezen.")
		}
	}
	return site.Redirect(w, r, "/aanleveren")
}

// postTakeBack queues the job that takes a sent upload back, unless a run has seen it.
func (s *Pages) postTakeBack(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	ctx := r.Context()
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	can, err := s.canTakeBack(r, upload)
	if err != nil {
		return err
	}
	if !can {
		return site.Refuse("Een berekening heeft dit bestand al gezien. Trek regels in met aantal 0.", "A run has already read this file. Withdraw records with quantity 0.")
	}
	job, err := s.AskOnce(ctx, who, jobs.TakeBack, upload.ID)
	if err != nil {
		return err
	}
	s.Note(r, who, "intrekken", upload.ID, "gevraagd")
	if err := s.Store.TakeUploadBack(ctx, upload.ID, job.ID); err != nil {
		return err
	}
	return site.Redirect(w, r, "/aanleveringen/"+upload.ID)
}

// getTemplate sends the workbook to fill in, with the provider's products and prices.
func (s *Pages) getTemplate(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	code := who.Code(r.URL.Query().Get("agb"))
	folder, err := os.MkdirTemp("", "pxq-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "sjabloon.xlsx")
	if err := s.Folder.Template("submission", path, code, s.Options.Today()); err != nil {
		return err
	}
	s.Note(r, who, "downloaden", "sjabloon", "gelukt")
	return s.SendFile(w, r, path, "sjabloon-"+code+".xlsx")
}

// streamUpload streams the progress of a check, and of a sent upload until it is taken in.
func (s *Pages) streamUpload(w http.ResponseWriter, r *http.Request, who *site.Visitor) error {
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	return s.Stream(w, r, func() (any, bool, error) {
		now, found, err := s.Store.Upload(r.Context(), upload.ID)
		if err != nil || !found {
			return nil, true, err
		}
		over := now.State != webstore.Checking && now.State != webstore.Sent
		return site.Streamed{State: words.Say(who.Language, now.State), Step: words.Say(who.Language, now.Step), Percent: words.Percent(now.Done, now.Total), Over: over}, over, nil
	})
}
