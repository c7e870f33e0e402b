package jobs

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/pxq-nl/pxq/billing/bsn"
	"github.com/pxq-nl/pxq/cmd/internal/web/site"
	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// recover completes or undoes what a killed program left half done. How far each thing was follows from the files and the web store.
func (s *Worker) recover(ctx context.Context) error {
	uploads, err := s.Store.UploadsIn(ctx, webstore.Sent)
	if err != nil {
		return err
	}
	taken, err := s.Store.UploadsIn(ctx, webstore.TakenIn)
	if err != nil {
		return err
	}
	since, err := s.sentSince(ctx)
	if err != nil {
		return err
	}
	for _, upload := range slices.Concat(uploads, since, taken) {
		if err := s.recoverUpload(ctx, &upload); err != nil {
			return err
		}
	}
	return errors.Join(s.forgetUploads(ctx), s.recoverDecisions(ctx), s.recoverBook())
}

// sentSince finds the uploads that were sent after a backup was made which has since been restored: the web store does not know that
// they were sent, but their files are among the submissions. It moves them to state Sent and returns them.
func (s *Worker) sentSince(ctx context.Context) (sent []webstore.Upload, err error) {
	for _, state := range []string{webstore.Checking, webstore.Checked} {
		uploads, err := s.Store.UploadsIn(ctx, state)
		if err != nil {
			return nil, err
		}
		for _, upload := range uploads {
			if _, err := os.Stat(s.sentFolder(upload.ID)); err != nil {
				continue
			}
			if _, err := s.Store.MoveUpload(ctx, upload.ID, state, webstore.Sent); err != nil {
				return nil, err
			}
			upload.State = webstore.Sent
			sent = append(sent, upload)
		}
	}
	return sent, nil
}

// finishSendings completes uploads that were sent while nothing could be written: with a full disk no job could be queued, and the
// sending could not be undone either.
func (s *Worker) finishSendings(ctx context.Context) {
	s.Sending.Lock()
	defer s.Sending.Unlock()
	uploads, err := s.Store.UploadsIn(ctx, webstore.Sent)
	for i := 0; err == nil && i < len(uploads); i++ {
		if uploads[i].Job == "" {
			err = s.recoverUpload(ctx, &uploads[i])
		}
	}
	if err != nil && ctx.Err() == nil {
		s.Log.Warn("go on sending", "error", bsn.MaskLine(err.Error()))
	}
	s.Hurry()
}

// recoverUpload completes the sending of an upload, or taking it back: it moves its files, queues its job or sets its state.
func (s *Worker) recoverUpload(ctx context.Context, upload *webstore.Upload) error {
	if back, asked, err := s.Store.LastJob(ctx, TakeBack, upload.ID); err != nil || asked {
		if err == nil && back.State == webstore.Done {
			_, err = s.Store.MoveUpload(ctx, upload.ID, upload.State, webstore.TakenBack)
		}
		return err
	}
	if upload.State != webstore.Sent {
		return nil
	}
	to := s.sentFolder(upload.ID)
	if _, err := os.Stat(to); errors.Is(err, os.ErrNotExist) {
		if err := errors.Join(os.MkdirAll(filepath.Dir(to), 0o700), os.Rename(s.UploadFolder(upload.ID), to)); err != nil {
			return err
		}
	}
	job, asked, err := s.Store.LastJob(ctx, TakeIn, upload.ID)
	switch {
	case err != nil:
		return err
	case !asked:
		job = &webstore.Job{Kind: TakeIn, Subject: upload.ID, Account: upload.Account, Name: upload.Name, Role: "aanbieder", AsOf: int64(s.Options.Today())}
		return s.Store.AddSending(ctx, upload.ID, upload.Name, job)
	case job.State == webstore.Done:
		_, err = s.Store.MoveUpload(ctx, upload.ID, webstore.Sent, webstore.TakenIn)
	case job.IsOver():
		_, err = s.Store.MoveUpload(ctx, upload.ID, webstore.Sent, webstore.Refused)
		err = errors.Join(err, s.Store.SetMessage(ctx, upload.ID, job.Message), os.RemoveAll(to))
	}
	return err
}

// forgetUploads removes files that belong to no upload: their request failed, or the program was killed during it.
func (s *Worker) forgetUploads(ctx context.Context) error {
	entries, err := os.ReadDir(filepath.Dir(s.UploadFolder("x")))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		if entry.Name() == "results" {
			continue
		}
		if _, found, lookErr := s.Store.Upload(ctx, entry.Name()); lookErr == nil && !found {
			err = errors.Join(err, os.RemoveAll(s.UploadFolder(entry.Name())))
		}
	}
	return err
}

// recoverDecisions gives decisions files without their final name that name if their job was queued, and removes them otherwise:
// then the controller was not told that the decisions were taken.
func (s *Worker) recoverDecisions(ctx context.Context) error {
	files, err := filepath.Glob(s.DecisionFile("*") + ".new")
	for _, file := range files {
		id := strings.TrimSuffix(filepath.Base(file), ".csv.new")
		_, asked, lookErr := s.Store.Job(ctx, id)
		switch {
		case lookErr != nil:
			err = errors.Join(err, lookErr)
		case asked:
			err = errors.Join(err, s.NameDecisions(id))
		default:
			err = errors.Join(err, os.Remove(file))
		}
	}
	return err
}

// recoverBook moves the new contract book to contract/ if the program was killed after the old one was moved away.
func (s *Worker) recoverBook() error {
	contract := filepath.Join(s.Folder.Path, "contract")
	if _, err := os.Stat(contract); err == nil || !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if _, err := os.Stat(contract + site.NewBook); err != nil {
		return nil //nolint:nilerr // the workspace uses the built-in book
	}
	return os.Rename(contract+site.NewBook, contract)
}

// sentFolder returns the folder of the files of a sent upload, among the submissions.
func (s *Worker) sentFolder(id string) string {
	return filepath.Join(s.Folder.Path, "submissions", "web", id)
}
