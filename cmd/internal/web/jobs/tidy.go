package jobs

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// tidyEvery is the interval between two rounds of tidyUp.
const tidyEvery = 10 * time.Minute

// tidyUp regularly removes expired sessions, uploads that were not sent within a day and other leftovers, and completes sendings.
func (s *Worker) tidyUp(ctx context.Context) {
	for {
		if err := s.Store.ForgetOld(ctx); err != nil && ctx.Err() == nil {
			s.Log.Warn("tidy up", "error", err)
		}
		for _, state := range []string{webstore.Checked, webstore.Refused} {
			uploads, err := s.Store.UploadsIn(ctx, state)
			if err != nil {
				continue
			}
			for _, upload := range uploads {
				if time.Since(time.Unix(upload.Made, 0)) < 24*time.Hour {
					continue
				}
				if moved, err := s.Store.MoveUpload(ctx, upload.ID, state, webstore.Gone); err == nil && moved {
					_ = os.RemoveAll(s.UploadFolder(upload.ID))
				}
			}
		}
		s.forgetWaiting(ctx)
		s.finishSendings(ctx)
		select {
		case <-ctx.Done():
			return
		case <-time.After(tidyEvery):
		}
	}
}

// forgetWaiting removes files that were uploaded more than a day ago and belong to no upload, such as contract books that nobody
// confirmed.
func (s *Worker) forgetWaiting(ctx context.Context) {
	entries, err := os.ReadDir(filepath.Dir(s.UploadFolder("x")))
	if err != nil {
		return // nothing was uploaded yet
	}
	for _, entry := range entries {
		info, err := entry.Info()
		if err != nil || entry.Name() == "results" || time.Since(info.ModTime()) < 24*time.Hour {
			continue
		}
		if _, found, err := s.Store.Upload(ctx, entry.Name()); err == nil && !found {
			_ = os.RemoveAll(s.UploadFolder(entry.Name()))
		}
	}
}
