package jobs

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// tidyEvery is how long it takes before it is looked again at what is over.
const tidyEvery = 10 * time.Minute

// tidyUp removes what is over: sessions, and uploads that nobody sent in. What was left half sent goes on.
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

// forgetWaiting removes files that were put up a day ago and came to nothing: a contract book to which nobody said yes.
func (s *Worker) forgetWaiting(ctx context.Context) {
	entries, err := os.ReadDir(filepath.Dir(s.UploadFolder("x")))
	if err != nil {
		return // nothing was put up yet
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
