package jobs

import (
	"context"
	"os"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// tidyUp removes what is over: sessions, and uploads that nobody sent in.
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
		select {
		case <-ctx.Done():
			return
		case <-time.After(10 * time.Minute):
		}
	}
}
