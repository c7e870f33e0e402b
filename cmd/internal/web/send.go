package web

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pxq-nl/pxq/cmd/internal/web/webstore"
)

// postSend sends an upload in: its files move into the workspace, where any import takes them in.
func postSend(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	moved, err := s.store.MoveUpload(ctx, upload.ID, webstore.Checked, webstore.Sent)
	if err != nil {
		return err
	}
	if !moved {
		return redirect(w, r, "/aanleveringen/"+upload.ID) // sent already, or not to be sent
	}
	to := filepath.Join(s.folder.Path, "submissions", "web")
	if err := os.MkdirAll(to, 0o700); err != nil {
		return err
	}
	if err := os.Rename(s.uploadFolder(upload.ID), filepath.Join(to, upload.ID)); err != nil {
		_, back := s.store.MoveUpload(ctx, upload.ID, webstore.Sent, webstore.Checked)
		return errors.Join(err, back)
	}
	job, err := s.ask(ctx, who, jobTakeIn, upload.ID)
	if err != nil {
		return err
	}
	s.note(r, who, "insturen", upload.ID, "gevraagd")
	if err := s.store.SendUpload(ctx, upload.ID, who.account.Shown, job.ID); err != nil {
		return err
	}
	return redirect(w, r, "/aanleveringen/"+upload.ID)
}

// postDiscard throws an upload away that was not sent.
func postDiscard(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	ctx := r.Context()
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	for _, state := range []string{webstore.Checked, webstore.Refused} {
		moved, err := s.store.MoveUpload(ctx, upload.ID, state, webstore.Gone)
		if err != nil {
			return err
		}
		if moved {
			if err := os.RemoveAll(s.uploadFolder(upload.ID)); err != nil {
				return err
			}
			s.note(r, who, "verwijderen", upload.ID, "gelukt")
			s.tell(r, "Verwijderd. Er is niets van ingelezen.")
		}
	}
	return redirect(w, r, "/aanleveren")
}

// postTakeBack takes back what was sent, until a run has seen it.
func postTakeBack(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
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
		return problem("Een berekening heeft dit bestand al gezien. Trek regels in met aantal 0.", "A computation has seen this file already. Withdraw rows with quantity 0.")
	}
	job, err := s.ask(ctx, who, jobTakeBack, upload.ID)
	if err != nil {
		return err
	}
	s.note(r, who, "intrekken", upload.ID, "gevraagd")
	if err := s.store.SendUpload(ctx, upload.ID, upload.SentBy, job.ID); err != nil {
		return err
	}
	return redirect(w, r, "/aanleveringen/"+upload.ID)
}

// getTemplate gives the workbook to fill in, with the provider's own products and prices.
func getTemplate(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	code := who.code(r.URL.Query().Get("agb"))
	folder, err := os.MkdirTemp("", "pxq-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, "sjabloon.xlsx")
	if err := s.folder.Template("submission", path, code, s.options.Today()); err != nil {
		return err
	}
	s.note(r, who, "downloaden", "sjabloon", "gelukt")
	return s.sendFile(w, r, path, "sjabloon-"+code+".xlsx")
}

// sendFile sends a file as an attachment.
func (s *Server) sendFile(w http.ResponseWriter, r *http.Request, path, name string) error {
	file, err := os.Open(path)
	if err != nil {
		return errNotThere
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	kind := "application/octet-stream"
	switch filepath.Ext(name) {
	case ".xlsx":
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	case ".csv":
		kind = "text/csv; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", attachment(name))
	http.ServeContent(w, r, "", info.ModTime(), file)
	return nil
}

// attachment names a file that is to be kept.
func attachment(name string) string {
	safe := strings.Map(func(r rune) rune {
		if r < ' ' || r > '~' || strings.ContainsRune(`"\;%`, r) {
			return '_'
		}
		return r
	}, name)
	return `attachment; filename="` + safe + `"`
}

// streamUpload tells how far a check is, as it goes.
func streamUpload(s *Server, w http.ResponseWriter, r *http.Request, who *visitor) error {
	upload, err := s.uploadOf(r, who)
	if err != nil {
		return err
	}
	return s.stream(w, r, func() (any, bool, error) {
		now, found, err := s.store.Upload(r.Context(), upload.ID)
		if err != nil || !found {
			return nil, true, err
		}
		over := now.State != webstore.Checking && now.State != webstore.Sent
		return streamed{State: now.State, Step: say(who.language, now.Step), Percent: percent(now.Done, now.Total), Over: over}, over, nil
	})
}

// streamed is what a page is told while it waits.
type streamed struct {
	State   string `json:"state"`
	Step    string `json:"step"`
	Percent int64  `json:"percent"`
	Over    bool   `json:"over"`
	Message string `json:"message,omitempty"`
}

// stream sends states as they change, at most twice a second, until it is over or nobody listens.
func (s *Server) stream(w http.ResponseWriter, r *http.Request, look func() (state any, over bool, err error)) error {
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	control := http.NewResponseController(w)
	last := ""
	for quiet := 0; ; quiet++ {
		state, over, err := look()
		if err != nil {
			return nil //nolint:nilerr // the page asks again
		}
		if text := asJSON(state); text != last || quiet >= 30 {
			last, quiet = text, 0
			if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil {
				return nil //nolint:nilerr // nobody listens any more
			}
			if err := control.Flush(); err != nil {
				return nil //nolint:nilerr // nobody listens any more
			}
		}
		if over {
			return nil
		}
		select {
		case <-r.Context().Done():
			return nil
		case <-time.After(500 * time.Millisecond):
		}
	}
}
